"""The founding of the alliance, written into the register as its sources tell it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict

from django.db import transaction
from django.utils import timezone

from alliance.accounts.models import User
from cities.models import City, RegisterNote, RegisterNoteSource
from membership.models import Membership, MembershipCity
from membership.models.membership import open_period
from membership.states import Beginning, MembershipKind


class FoundingRecord(TypedDict):
    """What the sources tell: the day, the cities, and notes where the sources contradict each other."""

    founded_on: str
    cities: list[dict[str, Any]]
    notes: list[dict[str, Any]]


@dataclass(frozen=True)
class Written:
    """How much a call of `record_founding` has added."""

    cities: int
    memberships: int
    notes: int


@transaction.atomic
def record_founding(record: FoundingRecord, *, by: User | None = None, at: datetime | None = None) -> Written:
    """Add founding cities, a founding membership each, and notes; what is there already stays untouched."""
    at = at or timezone.now()
    founded_on = date.fromisoformat(record["founded_on"])
    cities = [register_city(facts, by=by, at=at) for facts in record["cities"]]
    memberships = [begin_founding_membership(city, on=founded_on, by=by, at=at) for city, _ in cities]
    notes = [write_note(facts) for facts in record["notes"]]
    return Written(cities=sum(added for _, added in cities), memberships=sum(memberships), notes=sum(notes))


def register_city(facts: dict[str, Any], *, by: User | None, at: datetime) -> tuple[City, bool]:
    """Return the city with this official code, locked, and whether it had to be added."""
    key = {"country": facts["country"], "official_code": facts["official_code"]}
    given = {**facts, "registered_at": at, "confirmed_at": at, "confirmed_by": by}
    _, added = City.objects.get_or_create(**key, defaults=given)
    return City.objects.select_for_update().get(**key), added


def begin_founding_membership(city: City, *, on: date, by: User | None, at: datetime) -> bool:
    """Give the locked city its founding membership, unless it has, or once had, one."""
    if city.places.filter(membership__beginning=Beginning.FOUNDING).exists():
        return False
    kind = MembershipKind.FULL
    membership = Membership.objects.create(
        kind=kind, beginning=Beginning.FOUNDING, recorded_at=at, recorded_by=by
    )
    MembershipCity.objects.create(membership=membership, city=city, kind=kind, period=open_period(on))
    return True


def write_note(facts: dict[str, Any]) -> bool:
    """Write a note on the register with its sources, unless there is one of this key."""
    texts = {name: text for name, text in facts.items() if name not in ("key", "sources")}
    note, added = RegisterNote.objects.get_or_create(key=facts["key"], defaults=texts)
    if added:
        RegisterNoteSource.objects.bulk_create(
            RegisterNoteSource(note=note, **row) for row in facts["sources"]
        )
    return added
