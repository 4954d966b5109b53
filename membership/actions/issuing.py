"""Issuing a circular: from this moment its text, attachments, rule and electorate stay as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.accounts.models import User
from alliance.accounts.permissions import require_secretariat
from alliance.accounts.trails import newest_hash
from alliance.letters import paper
from alliance.letters.states import LetterKind
from cities.models import City, Officer
from cities.states import OfficerLevel
from membership.actions import notices, texts
from membership.actions.addressees import voices_of
from membership.actions.circular_refusals import (
    NobodyToAsk,
    NoDeadline,
    NoRule,
    NotInConsultation,
    NotPrintable,
    TextsMissing,
    UnknownPlaceholder,
)
from membership.actions.drafts import later_than, lock_with_application
from membership.actions.papers import enclosures_of
from membership.actions.seals import TEXTS, put_seal
from membership.models import (
    Addressee,
    Circular,
    Elector,
    ElectorateExit,
    Membership,
    MembershipCity,
    NumberSeries,
)
from membership.models.membership import alliance_day, alliance_midnight
from membership.querysets import MembershipCityQuerySet
from membership.states import ApplicationState, CircularKind, CircularState, MembershipKind

SERIES = "circular"
Places = Mapping[int, Sequence[MembershipCity]]


@transaction.atomic
def issue(circular: Circular, *, by: User | None, at: datetime | None = None) -> Circular:
    """Number, freeze and seal it, and write to every member city. A second time changes nothing."""
    at = at or timezone.now()
    require_secretariat(by)
    circular = lock_with_application(circular)
    if circular.state != CircularState.DRAFT:
        return circular
    refuse_to_issue(circular, at=at)
    cities = freeze_electorate(circular, alliance_day(at))
    year = alliance_day(at).year
    circular.issue(by=by, at=at, year=year, number=NumberSeries.next(SERIES, year))
    freeze_content(circular)
    circular.trail_head = newest_hash()
    put_seal(circular)
    letter = notices.the_circular(circular)
    circular.letter = notices.tell(
        circular,
        LetterKind.CIRCULAR,
        letter,
        voices_of(cities),
        by=by,
        at=at,
        enclosures=[*enclosures_of(circular), *notices.with_deadline(circular)],
    )
    circular.save()
    return circular


def refuse_to_issue(circular: Circular, *, at: datetime) -> None:
    """What stands in the way of issuing, the first thing first."""
    if circular.kind == CircularKind.ACCESSION:
        refuse_without_question(circular)
    if circular.deadline is not None:
        later_than(at, circular.deadline)
    missing = [name for ending, name in language_names().items() if not is_written(circular, ending)]
    if missing:
        raise TextsMissing(languages=", ".join(missing))
    if unknown := texts.unknown_placeholders({field: getattr(circular, field) for field in TEXTS}):
        raise UnknownPlaceholder(words=", ".join(unknown), known=", ".join(texts.KNOWN_PLACEHOLDERS))
    if signs := paper.unprintable([getattr(circular, field) for field in TEXTS]):
        raise NotPrintable(signs=" ".join(signs))


def refuse_without_question(circular: Circular) -> None:
    """An accession circular asks about an application in consultation, under a rule, until a deadline."""
    application = circular.application
    if application is None or application.state != ApplicationState.IN_CONSULTATION:
        raise NotInConsultation(reference=application.reference if application else "")
    if circular.rule is None:
        raise NoRule
    if circular.deadline is None:
        raise NoDeadline


def is_written(circular: Circular, ending: str) -> bool:
    return all(getattr(circular, f"{field}_{ending}").strip() for field in ("subject", "body"))


def language_names() -> dict[str, str]:
    return {"zh": _("Chinese"), "de": _("German"), "en": _("English")}


def freeze_content(circular: Circular) -> None:
    """The rule's copy, the application as submitted, and the texts with their placeholders put in."""
    if circular.rule is not None:
        circular.rule_content = circular.rule.as_content()
    if circular.application is not None:
        circular.application_version = circular.application.versions.order_by("number").last()
    for field, text in texts.texts_of(circular).items():
        setattr(circular, field, text)


def freeze_electorate(circular: Circular, day: date) -> list[City]:
    """One voice for each full member on the day, and every city told; the cities, observers' included.

    The memberships are locked: one that ends meanwhile waits, and then finds this circular open.
    """
    held = places_on(circular, day).full().values("membership")
    rows = Membership.objects.filter(pk__in=held).order_by("pk")
    memberships = list(rows.select_for_update(no_key=True))
    if not memberships:
        raise NobodyToAsk
    places = places_of(circular, memberships, day)
    electors = Elector.objects.bulk_create(
        elector_for(circular, membership, places[membership.pk]) for membership in memberships
    )
    record_known_exits(electors, places)
    return record_addressees(circular, electors, places, day)


def places_on(circular: Circular, day: date) -> MembershipCityQuerySet:
    """The cities of members and observers on a day; of one side only, where it goes to one side."""
    places = MembershipCity.objects.on(day)
    return places.filter(city__country=circular.side) if circular.side else places


def places_of(circular: Circular, memberships: Sequence[Membership], day: date) -> Places:
    """The cities that each membership holds on a day."""
    places: dict[int, list[MembershipCity]] = {membership.pk: [] for membership in memberships}
    held = places_on(circular, day).filter(membership__in=places).select_related("city").order_by("pk")
    for place in held:
        places[place.membership_id].append(place)
    return places


def elector_for(circular: Circular, membership: Membership, places: Sequence[MembershipCity]) -> Elector:
    """A member as it is named on the day of issue, in three languages."""
    names = {
        field: getattr(membership, field) or " · ".join(getattr(place.city, field) for place in places)
        for field in ("name_zh", "name_de", "name_en")
    }
    return Elector(circular=circular, membership=membership, side=places[0].city.country, **names)


def record_known_exits(electors: Sequence[Elector], places: Places) -> None:
    """Members of which it is known already when their membership ends."""
    exits = []
    for elector in electors:
        ends = [place.ends for place in places[elector.membership_id]]
        if last := all(ends) and max(end for end in ends if end):
            exits.append(ElectorateExit(elector=elector, left_at=alliance_midnight(last)))
    ElectorateExit.objects.bulk_create(exits)


def record_addressees(
    circular: Circular, electors: Sequence[Elector], places: Places, day: date
) -> list[City]:
    """A row for every city of every member, and for observers, who get it for information."""
    rows = [
        Addressee(circular=circular, city=place.city, elector=elector)
        for elector in electors
        for place in places[elector.membership_id]
    ]
    asked = {row.city_id for row in rows}
    observers = places_on(circular, day).filter(kind=MembershipKind.OBSERVER).select_related("city")
    rows += [
        Addressee(circular=circular, city=place.city)
        for place in observers.order_by("pk")
        if place.city_id not in asked
    ]
    Addressee.objects.bulk_create(rows)
    return [row.city for row in rows]


def cities_without_lead(day: date) -> list[City]:
    """Member cities that nobody leads on a day: the secretariat is told before it issues a circular."""
    leads = Officer.objects.speaking().filter(level=OfficerLevel.LEAD).values("city")
    held = MembershipCity.objects.full().on(day).values("city")
    return list(City.objects.filter(pk__in=held).exclude(pk__in=leads))
