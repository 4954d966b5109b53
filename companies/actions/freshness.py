"""How long entries can be relied on: twelve months, unless somebody confirms them again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from cities.models import City
from companies.actions import indexing
from companies.actions.moves import move_all
from companies.models import Company
from companies.states import SHOWN_STATES, CompanyState
from membership.models.membership import alliance_day

LEAP_DAY = 2, 29


@dataclass(frozen=True)
class Share:
    """How many of a city's entries that others see can be relied on."""

    city: int
    fresh: int
    shown: int

    @property
    def percent(self) -> int | None:
        """None where nothing is shown; 100 only if all of them are fresh."""
        return self.fresh * 100 // self.shown if self.shown else None


def latest_validity(at: datetime) -> date:
    """The day until which somebody can vouch for an entry: twelve months from that day on."""
    day = alliance_day(at)
    if (day.month, day.day) == LEAP_DAY:
        return date(day.year + 1, 2, 28)
    return day.replace(year=day.year + 1)


def next_validity(company: Company, *, at: datetime) -> date:
    """Until when the entry is valid if it is published or confirmed now; never shorter than it is."""
    latest = latest_validity(at)
    return max(company.valid_until, latest) if company.valid_until else latest


@transaction.atomic
def expire(*, at: datetime | None = None) -> int:
    """Mark entries as out of date whose validity is over, some thousands at a time; how many they were."""
    at = at or timezone.now()
    # All cities by name: the index begins with the city, and looks up each of them at once.
    cities = list(City.objects.values_list("pk", flat=True))
    over = Company.objects.filter(city__in=cities, valid_until__lt=alliance_day(at))
    moved = move_all(over, "expire", at=at)
    if moved:
        indexing.index(moved)
    return len(moved)


def shares(cities: Iterable[City | int] | None = None, *, at: datetime | None = None) -> list[Share]:
    """Of each city, or of some, how many of its shown entries are fresh; cities without any are left out."""
    day = alliance_day(at or timezone.now())
    rows = Company.objects.filter(state__in=SHOWN_STATES)
    if cities is not None:
        rows = rows.filter(city__in=[city if isinstance(city, int) else city.pk for city in cities])
    fresh = Q(state=CompanyState.PUBLISHED, valid_until__gte=day)
    counted = (
        rows.order_by("city").values("city").annotate(fresh=Count("pk", filter=fresh), shown=Count("pk"))
    )
    return [Share(row["city"], row["fresh"], row["shown"]) for row in counted]
