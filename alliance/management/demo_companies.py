"""The companies of the demonstration: as many as wanted, of the member cities, all invented."""

from collections.abc import Callable
from datetime import datetime

from alliance.accounts.models import User
from alliance.accounts.states import StaffRole
from cities.models import City
from companies.management import invented
from membership.models import MembershipCity

USUAL = 2000
MOST = 1_000_000
SAY_EVERY = 50_000


def load(count: int, *, at: datetime, say: Callable[[str], object] = lambda sentence: None) -> int:
    """Add invented companies until there are `count`; how many were added. A batch is whole or not at all."""
    members = MembershipCity.objects.on(at.date()).full().values("city")

    def progress(done: int) -> None:
        if done and done % SAY_EVERY == 0:
            say(f"{done:,} companies …")

    return invented.load(
        count,
        by=User.objects.filter(role=StaffRole.SECRETARIAT).order_by("pk").first(),
        at=at,
        cities=list(City.objects.filter(pk__in=members).order_by("slug")),
        progress=progress,
    )
