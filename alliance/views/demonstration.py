"""The accounts of the demonstration, as its sign-in page lists them."""

from django.conf import settings

from alliance.accounts.models import User
from cities.models import Officer

PASSWORD = "demo"  # noqa: S105


def demo_accounts() -> list[tuple[str, str]]:
    """E-mail address and what the person is; nothing outside the demonstration."""
    if not settings.DEMO:
        return []
    staff = User.objects.filter(email__endswith="@demo.example").exclude(role="").order_by("-role")
    officers = Officer.objects.confirmed().filter(user__email__endswith=".demo.example")
    officers = officers.select_related("user", "city").order_by("city__country", "city__pinyin", "level")
    named = [(user.email, user.get_role_display()) for user in staff]
    return named + [
        (officer.user.email, f"{officer.city} · {officer.get_level_display()}") for officer in officers
    ]
