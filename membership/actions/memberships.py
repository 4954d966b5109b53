"""Beginning and ending places in the alliance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.accounts.permissions import NotPermitted
from alliance.pages.moments import day_text
from alliance.pages.refusals import Refusal
from cities.models import City
from membership.actions.withdrawal_refusals import UnderWithdrawal
from membership.models import Circular, Elector, ElectorateExit, Membership, MembershipCity
from membership.models.membership import alliance_midnight, open_period
from membership.states import Beginning, CircularState, Ending, MembershipKind


class NoCity(Refusal):
    """A membership is held by somebody."""

    sentence = _("Please choose at least one city.")


class FromBothSides(Refusal):
    """One voice speaks on one side."""

    sentence = _("Cities that share a membership lie in the same country.")


class HasItAlready(Refusal):
    """A city holds one place of a kind at a time."""

    sentence = _("%(city)s is in the alliance already on this day or later: %(kind)s.")


class EndedAlready(Refusal):
    """An end is not moved."""

    sentence = _("This place has an end already: %(day)s.")


class EndsBeforeItBegins(Refusal):
    """A mistyped day."""

    sentence = _("The place of %(city)s begins on %(day)s; its end must lie after that day.")


class HowItEnded(Refusal):
    """An ending has a cause."""

    sentence = _("Please say what ended the membership.")


def require_keeper(by: User | None) -> None:
    """The secretariat keeps places; management begins and ends them by its decisions."""
    if by is not None and not (by.is_secretariat or by.is_management):
        raise NotPermitted


@transaction.atomic
def begin(
    kind: MembershipKind,
    cities: Sequence[City],
    *,
    beginning: Beginning,
    begins: date,
    by: User | None,
    at: datetime | None = None,
) -> Membership:
    """Give cities a place in the alliance from a day on, with one voice if it is a full one."""
    at = at or timezone.now()
    require_keeper(by)
    cities = locked_cities(cities)
    for city in cities:
        refuse_if_held(city, kind, begins)
    membership = Membership.objects.create(kind=kind, beginning=beginning, recorded_at=at, recorded_by=by)
    MembershipCity.objects.bulk_create(
        MembershipCity(membership=membership, city=city, kind=kind, period=open_period(begins))
        for city in cities
    )
    return membership


def locked_cities(cities: Iterable[City]) -> list[City]:
    """The cities in the order given, held so that nobody else gives them a place meanwhile."""
    wanted = list(dict.fromkeys(city.pk for city in cities))
    rows = City.objects.filter(pk__in=wanted).order_by("pk").select_for_update(no_key=True)
    found = {city.pk: city for city in rows}
    if not found:
        raise NoCity
    if len({city.country for city in found.values()}) > 1:
        raise FromBothSides
    return [found[pk] for pk in wanted]


def refuse_if_held(city: City, kind: MembershipKind, begins: date) -> None:
    """A full member is neither observer nor guest; and nobody is anything twice."""
    kinds = {kind, MembershipKind.FULL}
    rest = MembershipCity.objects.filter(city=city, kind__in=kinds)
    held = rest.filter(Q(period__endswith__isnull=True) | Q(period__endswith__gt=begins)).first()
    if held is not None:
        raise HasItAlready(city=city.name, kind=held.get_kind_display())


def invite_observer(
    cities: Sequence[City], *, begins: date, by: User | None, at: datetime | None = None
) -> Membership:
    """A city watches: it gets circulars for information and has no voice."""
    kind, beginning = MembershipKind.OBSERVER, Beginning.INVITATION
    return begin(kind, cities, beginning=beginning, begins=begins, by=by, at=at)


def invite_guest(
    cities: Sequence[City], *, begins: date, by: User | None, at: datetime | None = None
) -> Membership:
    """A city visits."""
    kind, beginning = MembershipKind.GUEST, Beginning.INVITATION
    return begin(kind, cities, beginning=beginning, begins=begins, by=by, at=at)


@transaction.atomic
def end_place(
    place: MembershipCity, *, ends: date, ending: Ending, by: User | None, at: datetime | None = None
) -> MembershipCity:
    """End a city's place; `ends` is the first day on which it holds it no more.

    With the last city the membership itself ends, and leaves the electorate of every open circular.
    """
    at = at or timezone.now()
    require_keeper(by)
    membership = Membership.objects.select_for_update().get(pk=place.membership_id)
    place = MembershipCity.objects.select_related("city").select_for_update(of=("self",)).get(pk=place.pk)
    refuse_end(place, ends, ending)
    refuse_under_withdrawal(place)
    place.period = DateRange(place.begins, ends, "[)")
    place.save(update_fields=["period"])
    if (last := last_day_after(membership)) is not None:
        membership.ending = ending
        membership.save(update_fields=["ending"])
        if membership.kind == MembershipKind.FULL:
            leave_electorates(membership, left_at=alliance_midnight(last))
    return place


def refuse_end(place: MembershipCity, ends: date, ending: Ending) -> None:
    if ending == Ending.NONE:
        raise HowItEnded
    earlier = ending in (Ending.ACCESSION, Ending.WITHDRAWAL)
    shortened = earlier and place.ends is not None and ends < place.ends
    if place.ends is not None and not shortened:
        raise EndedAlready(day=day_text(place.ends))
    if ends <= place.begins:
        raise EndsBeforeItBegins(city=place.city.name, day=day_text(place.begins))


def refuse_under_withdrawal(place: MembershipCity) -> None:
    """A withdrawal that stands ends the place by itself, on the day that follows from the record."""
    if standing := place.withdrawals.open().first():
        raise UnderWithdrawal(city=place.city.name, reference=standing.reference)


def last_day_after(membership: Membership) -> date | None:
    """The first day on which the membership holds no city any more; None while it has no such day."""
    ends = [place.ends for place in membership.places.all()]
    return None if None in ends else max(end for end in ends if end is not None)


def leave_electorates(membership: Membership, *, left_at: datetime) -> None:
    """Keep that a member leaves the electorate of circulars that are open; closed ones stay untouched."""
    asked = Elector.objects.filter(
        membership=membership, circular__state=CircularState.ISSUED, exit__isnull=True
    )
    open_ones = Circular.objects.filter(pk__in=asked.values("circular"), state=CircularState.ISSUED)
    held = [circular.pk for circular in open_ones.order_by("pk").select_for_update()]
    ElectorateExit.objects.bulk_create(
        ElectorateExit(elector=elector, left_at=left_at) for elector in asked.filter(circular__in=held)
    )
