"""Entries that may be the same company, with what speaks for it; a person decides."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from cities.models import City
from companies.actions.refusals import CompanyRefusal
from companies.models import Company, DuplicatePair
from companies.models.likeness import NOTE, OF_ENTRIES, OF_VALUES, matches_sql
from companies.models.names import derived_names
from companies.permissions import require_keeper
from companies.querysets.sight import Sight
from companies.states import DuplicateReason, DuplicateState


class Decided(CompanyRefusal):
    """Merged entries are merged."""

    sentence = _("It is decided already that these entries are one company; they are merged.")


@dataclass(frozen=True)
class Candidate:
    """An entry that may be the same company, and what speaks for it."""

    company: Company
    reasons: tuple[DuplicateReason, ...]

    @property
    def is_certain(self) -> bool:
        """One register number belongs to one company."""
        return DuplicateReason.NUMBER in self.reasons


def for_rows(relation: str, params: Collection[Any] = ()) -> list[tuple[int, int, list[str]]]:
    """Row, entry and reasons of all that the rows of a relation may be, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(matches_sql(relation), list(params))
        return cursor.fetchall()


def candidates(
    values: Mapping[str, Any],
    *,
    city: City | None = None,
    exclude: Company | None = None,
    sight: Sight | None = None,
) -> list[Candidate]:
    """Entries that a company with these values may be, the likeliest first; with `sight` only those seen."""
    asked = compared(values, city or values.get("city"))
    found = {company: reasons for _row, company, reasons in for_rows(OF_VALUES, asked)}
    rows = Company.objects.filter(pk__in=found).select_related("city", "industry")
    if exclude is not None:
        rows = rows.exclude(pk=exclude.pk)
    if sight is not None:
        rows = rows.seen_by(sight)
    every = [Candidate(row, tuple(map(DuplicateReason, found[row.pk]))) for row in rows]
    return sorted(every, key=lambda one: (not one.is_certain, -len(one.reasons), one.company.pk))


def compared(values: Mapping[str, Any], city: City | None) -> list[Any]:
    """By what entries are compared, in the order in which it is asked for."""
    return [
        city.pk if city else None,
        values.get("register_kind") or "",
        values.get("register_number") or "",
        derived_names(values)["name_keys"],
        values.get("website") or "",
        values.get("address") or "",
        values.get("founded"),
    ]


def note(companies: Collection[int], *, at: datetime | None = None) -> int:
    """Put into the queue what these entries may be duplicates of; what was decided stays decided."""
    at = at or timezone.now()
    matches = matches_sql(OF_ENTRIES)
    with connection.cursor() as cursor:
        cursor.execute(NOTE.format(state=DuplicateState.OPEN, matches=matches), [at, list(companies)])
        return cursor.rowcount


@transaction.atomic
def tell_apart(
    pair: DuplicatePair, *, note: str = "", by: User | None, at: datetime | None = None
) -> DuplicatePair:
    """Say that two entries are two companies. A second time changes nothing."""
    at = at or timezone.now()
    pair = DuplicatePair.objects.select_for_update().get(pk=pair.pk)
    for company in (pair.first, pair.second):
        require_keeper(by, company.city_id, at=at)
    if pair.state == DuplicateState.DIFFERENT:
        return pair
    if pair.state == DuplicateState.MERGED:
        raise Decided
    pair.tell_apart(by=by, at=at, note=note.strip())
    pair.save()
    return pair


def open_pairs(sight: Sight) -> Any:
    """The queue of a person: what may be merged or told apart."""
    return DuplicatePair.objects.open().kept_by(sight)
