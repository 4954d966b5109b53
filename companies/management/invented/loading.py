"""Invented firms into the tables, searchable at once."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import connection, transaction

from alliance.accounts.models import User
from cities.models import City, Industry
from companies.actions import indexing
from companies.actions.imports.lines import copied
from companies.management.invented.firms import Values, invented, translations
from companies.models import Company
from companies.models.names import derived_names
from companies.states import CompanyState

BATCH = 5000
DRAFT_EVERY = 97
BLANK: Values = {
    str(field.column): getattr(Company(), field.attname) for field in Company._meta.concrete_fields
}
COPY = f"COPY {Company._meta.db_table} ({', '.join(BLANK)}) FROM STDIN"
Placed = tuple[int, Values]
"""A firm, and how many were invented before it."""
NUMBERS = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"


def load(
    count: int,
    *,
    by: User | None,
    at: datetime,
    seed: int = 2016,
    cities: list[City] | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Add so many firms that the table holds `count` of this seed; how many were added.

    A firm that is there already, known by its register number, is left as it is.
    """
    seats = cities if cities is not None else list(City.objects.public().order_by("slug"))
    rows = itertools.islice(invented(seats, seed=seed, day=at.date()), count)
    industries = Industries()
    added = 0
    for batch in batches(enumerate(rows)):
        there = numbers_there(batch)
        new = [(place, values) for place, values in batch if values["register_number"] not in there]
        enter([entry(values, place, industries, by=by, at=at) for place, values in new])
        added += len(new)
        progress(added)
    return added


@transaction.atomic
def enter(firms: list[Values]) -> None:
    """Copied in one go: with so many fields a firm, `bulk_create` costs more than all the rest."""
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, [Company._meta.db_table, len(firms)])
        for firm, (number,) in zip(firms, cursor.fetchall(), strict=True):
            firm["id"] = number
        with connection.wrap_database_errors:
            cursor.cursor.copy_expert(COPY, io.StringIO("".join(map(line_of, firms))))
    indexing.index([firm["id"] for firm in firms])


def line_of(firm: Values) -> str:
    return "\t".join(map(copied, firm.values())) + "\n"


def batches(rows: Iterator[Placed]) -> Iterator[list[Placed]]:
    while batch := list(itertools.islice(rows, BATCH)):
        yield batch


def numbers_there(batch: list[Placed]) -> set[str]:
    numbers = [values["register_number"] for _, values in batch]
    there = Company.objects.filter(register_number__in=numbers)
    return set(there.values_list("register_number", flat=True))


def entry(values: Values, place: int, industries: Industries, *, by: User | None, at: datetime) -> Values:
    """What each column of an entry says."""
    fresh = values["valid_until"] >= at.date()
    state = CompanyState.PUBLISHED if fresh else CompanyState.STALE
    said = {column: value for column, value in values.items() if column in BLANK}
    return BLANK | said | translations(values) | derived_names(values) | {
        "city_id": values["city"].pk,
        "industry_id": industries.of(values["industry"]),
        "state": CompanyState.DRAFT if place % DRAFT_EVERY == DRAFT_EVERY - 1 else state,
        "checked_on": values["checked_on"] if by else None,
        "checked_by_id": by.pk if by else None,
        "entered_at": at,
        "entered_by_id": by.pk if by else None,
        "changed_at": at,
    }  # fmt: skip


class Industries:
    """Keys of industries by code; where a class is not kept, what it belongs to."""

    def __init__(self) -> None:
        self.keys = dict(Industry.objects.values_list("code", "pk"))

    def of(self, code: str) -> int:
        return next(self.keys[code[:length]] for length in (4, 3, 2) if code[:length] in self.keys)
