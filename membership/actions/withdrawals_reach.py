"""Which member cities a notice has reached, and which not yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from alliance.letters.models import Delivery
from alliance.letters.states import DeliveryState
from cities.models import City
from cities.models.city import name_order
from membership.actions.notice_terms import waiting_time
from membership.models import Addressee, Told, Withdrawal


@dataclass(frozen=True)
class Missing:
    """A member city that was not told yet: its copies, and when it counts as told if none comes back.

    `expected_at` is None where no copy was accepted that still waits: then something must be done, or
    the worker has still to send. `may_be_reached` says that a copy is on its way.
    """

    city: City
    deliveries: list[Delivery]
    expected_at: datetime | None = None

    @property
    def may_be_reached(self) -> bool:
        """Whether it may come right by itself: a copy is accepted or still on its way."""
        hopeless = (DeliveryState.FAILED, DeliveryState.BOUNCED, DeliveryState.CALLED_BACK)
        return any(copy.state not in hopeless for copy in self.deliveries)


def must_be_told(withdrawal: Withdrawal) -> QuerySet[Addressee]:
    """The frozen list: every city of every member asked, except the one that leaves.

    Members who join or leave meanwhile change nothing in it; observers are not waited for.
    """
    rows = Addressee.objects.filter(circular=withdrawal.circular_id, elector__isnull=False)
    return rows.exclude(city=withdrawal.place.city_id)


def still_missing(withdrawal: Withdrawal, *, at: datetime | None = None) -> list[Missing]:
    """The member cities that must be told and were not yet, in the order of their names."""
    at = at or timezone.now()
    circular = withdrawal.circular
    if circular is None:
        return []
    told = Told.objects.filter(circular=circular).values("city")
    untold = must_be_told(withdrawal).exclude(city__in=told).values("city")
    cities = list(City.objects.filter(pk__in=untold).order_by(name_order(), "pk"))
    copies = copies_by_city(circular.letter_id, [city.slug for city in cities])
    waiting = waiting_time(circular)
    return [Missing(city, copies[city.slug], expected_at(copies[city.slug], waiting)) for city in cities]


def copies_by_city(letter: int | None, slugs: Iterable[str]) -> dict[str, list[Delivery]]:
    """The copies of a letter for some cities, oldest first."""
    copies: dict[str, list[Delivery]] = defaultdict(list)
    rows = Delivery.objects.filter(letter=letter, on_behalf_of__in=list(slugs)).select_related("recipient")
    for copy in rows.order_by("pk"):
        copies[copy.on_behalf_of].append(copy)
    return copies


def expected_at(copies: Iterable[Delivery], waiting: timedelta) -> datetime | None:
    """When the first accepted copy counts, if it does not come back."""
    accepted = [copy.settled_at for copy in copies if copy.state == DeliveryState.ACCEPTED]
    return min((moment + waiting for moment in accepted if moment), default=None)
