"""People in the admin. Invitations stand in `cities.admin`, where their actions are."""

from __future__ import annotations

from typing import Any

from allauth.account import admin as addresses
from allauth.account.models import EmailAddress
from allauth.mfa import admin as factors
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from alliance.accounts.actions import take_off_factors
from alliance.accounts.models import TrailMark, TrailRedaction, TrailSeal, User
from alliance.accounts.permissions import FACTORS, has_second_factor
from alliance.pages.admin import RowAdmin
from alliance.pages.admin.moves import Move, ReasonForm

# The packages' own pages show secrets of second factors, and let addresses be confirmed without a trail.
for package, model in ((addresses, EmailAddress), (factors, Authenticator)):
    assert package  # noqa: S101 - imported so that it has registered its page
    admin.site.unregister(model)


@admin.register(User)
class UserAdmin(RowAdmin):
    """Passwords are never shown; a changed address has to be confirmed by its owner again."""

    moves = [
        Move(
            "take_off_factors",
            _("Take off lost second factors"),
            take_off_factors,
            _("The person is told, and sets up a new one at the next sign-in. Make sure who is asking."),
            form=ReasonForm,
            may=lambda user, person: user.is_administrator and user.pk != person.pk,
            possible=has_second_factor,
        )
    ]
    correctable = ["email", "name", "role", "language", "time_zone", "is_active"]
    secret = ["password"]
    more = ["address_confirmed", "second_factor"]
    list_display = ["name", "email", "role", "language", "is_active", "second_factor", "last_login"]
    list_filter = ["role", "is_active", "language"]
    search_fields = ["name", "email"]
    date_hierarchy = "joined_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        own = {"user": OuterRef("pk")}
        return (
            super()
            .get_queryset(request)
            .annotate(
                confirmed=Exists(EmailAddress.objects.filter(**own, verified=True)),
                protected=Exists(Authenticator.objects.filter(**own, type__in=FACTORS)),
            )
        )

    @admin.display(description=_("address confirmed"), boolean=True)
    def address_confirmed(self, person: Any) -> bool:
        return bool(person.confirmed)

    @admin.display(description=_("second factor set up"), boolean=True)
    def second_factor(self, person: Any) -> bool:
        return bool(person.protected)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            EmailAddress.objects.filter(user=obj, primary=True).update(email=obj.email, verified=False)


class ProofAdmin(RowAdmin):
    """What pins the trail is only looked at."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(TrailSeal)
class TrailSealAdmin(ProofAdmin):
    """The seals of the days, newest first; what they say of each table stands in them."""

    list_display = ["day", "entries", "hash", "sealed_at"]
    search_fields = ["hash"]
    date_hierarchy = "day"


@admin.register(TrailMark)
class TrailMarkAdmin(ProofAdmin):
    """The digest of each sealed entry."""

    secret = ["salt", "digest"]
    more = ["digest_in_letters"]
    list_display = ["table_name", "entry", "day", "digest_in_letters"]
    search_fields = ["table_name"]
    show_full_result_count = False

    @admin.display(description=_("digest"))
    def digest_in_letters(self, mark: Any) -> str:
        return bytes(mark.digest).hex()


@admin.register(TrailRedaction)
class TrailRedactionAdmin(ProofAdmin):
    """Words that were taken out of the trail, by whom and why."""

    list_display = ["table_name", "columns", "reason", "redacted_at", "redacted_by"]
    search_fields = ["table_name", "reason"]
    date_hierarchy = "redacted_at"
    needed = ["redacted_by"]
