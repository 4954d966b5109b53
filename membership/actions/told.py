"""Who was told by a circular, by which copy, and from which moment on (docs/consent.md, "Told").

What is written down depends on the record of the copies alone, never on when somebody looks: the worker
looks again and again, and each opening, handing over and return writes down what it settles at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from alliance.letters.models import Delivery
from alliance.letters.states import DeliveryChannel, DeliveryState
from cities.models import Officer
from membership.actions import withdrawals_effect
from membership.actions.notice_terms import waiting_time
from membership.models import Addressee, Circular, Told, Withdrawal
from membership.models.membership import alliance_midnight
from membership.states import ToldWay


@transaction.atomic
def record(
    circular: Circular, *, at: datetime | None = None, slug: str = "", opened: Delivery | None = None
) -> list[Told]:
    """Write down every city that counts as told by a moment, at its earliest; the rows that are new.

    `slug` looks at one city only; `opened` is a copy that one of its voices opens at this moment. If the
    last city that a withdrawal waits for is among them, it becomes effective with it.
    """
    at = at or timezone.now()
    if circular.letter_id is None:
        return []
    cities, waiting = untold_cities(circular, slug), waiting_time(circular)
    # The copies first, then the withdrawal: in this order everybody takes them.
    copies = held_copies(circular, cities, at - waiting, waiting)
    withdrawal = Withdrawal.objects.select_for_update().filter(circular=circular).first()
    found = earliest([*ways(circular, copies, waiting), *opening(opened, at)], at)
    rows = Told.objects.bulk_create(
        (told_row(circular, cities[slug], told, at) for slug, told in found.items() if slug in cities),
        ignore_conflicts=True,
    )
    if withdrawal is not None and rows:
        withdrawals_effect.take_effect_if_due(withdrawal, at=at)
    return rows


@dataclass(frozen=True)
class Reached:
    """A copy that tells a city from a moment on."""

    slug: str
    told_at: datetime
    way: str
    delivery: int


def untold_cities(circular: Circular, slug: str = "") -> dict[str, int]:
    """The cities that the circular went to and that were not told yet, by short name."""
    told = Told.objects.filter(circular=circular).values("city")
    rows = Addressee.objects.filter(circular=circular).exclude(city__in=told)
    if slug:
        rows = rows.filter(city__slug=slug)
    return dict(rows.order_by().values_list("city__slug", "city"))


def held_copies(circular: Circular, slugs: Iterable[str], before: datetime, waiting: timedelta) -> list[Any]:
    """The copies that tell those cities, mails settled by a moment; held, so that none comes back now."""
    waited = Q(state=DeliveryState.ACCEPTED) | Q(
        state=DeliveryState.BOUNCED, bounced_at__gt=F("settled_at") + waiting
    )
    copies = Delivery.objects.filter(
        (waited & Q(settled_at__lte=before)) | Q(state=DeliveryState.HANDED_OVER),
        letter=circular.letter_id,
        on_behalf_of__in=list(slugs),
    )
    columns = ("pk", "on_behalf_of", "channel", "settled_at", "handed_over_on")
    held: QuerySet[Any] = copies.order_by("pk").select_for_update(no_key=True)
    return list(held.values_list(*columns, named=True))


def ways(circular: Circular, copies: Iterable[Any], waiting: timedelta) -> Iterator[Reached]:
    """From when on each copy tells its city: a mail after the waiting time, paper from its day on."""
    for copy in copies:
        if copy.channel == DeliveryChannel.MAIL:
            yield Reached(copy.on_behalf_of, copy.settled_at + waiting, ToldWay.MAIL, copy.pk)
        else:
            moment = day_begun(copy.handed_over_on, circular)
            yield Reached(copy.on_behalf_of, min(moment, copy.settled_at), copy.channel, copy.pk)


def day_begun(day: date, circular: Circular) -> datetime:
    """When a day begins in the alliance's zone; on the day of issue, the issue."""
    begun = alliance_midnight(day)
    return max(begun, circular.issued_at or begun)


def opening(opened: Delivery | None, at: datetime) -> Iterator[Reached]:
    """A copy opened in the system tells its city at once."""
    if opened is not None:
        yield Reached(opened.on_behalf_of, at, ToldWay.INBOX, opened.pk)


def earliest(ways: Iterable[Reached], at: datetime) -> dict[str, Reached]:
    """The way by which each city was told first, by short name."""
    first: dict[str, Reached] = {}
    for way in sorted(ways, key=lambda way: (way.told_at, way.delivery)):
        if way.told_at <= at:
            first.setdefault(way.slug, way)
    return first


def told_row(circular: Circular, city: int, reached: Reached, at: datetime) -> Told:
    return Told(
        circular=circular,
        city_id=city,
        told_at=reached.told_at,
        way=reached.way,
        delivery_id=reached.delivery,
        recorded_at=at,
    )


def circular_of(delivery: Delivery) -> Circular | None:
    """The circular that the copy is one of; letters about a circular are none of it."""
    if not delivery.on_behalf_of:
        return None
    return Circular.objects.filter(letter=delivery.letter_id).first()


def when_opened(*, delivery: Delivery, at: datetime, **_signal: Any) -> None:
    """A voice of the city opened its copy; editors, and who speaks no more, tell nobody."""
    circular = circular_of(delivery)
    if circular is not None and speaks(delivery):
        record(circular, at=at, slug=delivery.on_behalf_of, opened=delivery)


def speaks(delivery: Delivery) -> bool:
    """Whether whom the copy went to is, now, lead or deputy of the city it went to."""
    voices = Officer.objects.speaking().filter(city__slug=delivery.on_behalf_of)
    return voices.filter(user=delivery.recipient_id).exists()


def when_settled(*, delivery: Delivery, at: datetime, **_signal: Any) -> None:
    """A copy was handed over; or it came back, perhaps after its city was told by it."""
    circular = circular_of(delivery)
    if circular is not None:
        record(circular, at=at, slug=delivery.on_behalf_of)
