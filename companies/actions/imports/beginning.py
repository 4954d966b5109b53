"""A file comes in: it is opened, kept, and its columns are recognised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import connection, transaction
from django.utils import timezone

from alliance.accounts.models import User
from alliance.pages.files import checksum, shown_name
from alliance.pages.sheets.reading import open_sheet
from alliance.pages.sheets.rows import Kind, Sheet
from alliance.search import fold
from cities.models import City
from companies.actions.columns import BY_KEY, COLUMNS
from companies.actions.companies import refuse_place
from companies.actions.imports.access import require_importer
from companies.actions.imports.checking import check
from companies.actions.imports.refusals import (
    CityColumnMissing,
    ColumnsMissing,
    ColumnTwice,
    ColumnUnknown,
    not_possible,
)
from companies.actions.imports.working import locked
from companies.models import ColumnMemory, Import
from companies.states import ImportState

LONGEST_HEAD = 300
MEDIA_TYPES = {
    Kind.CSV: "text/csv",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
}
HOLD = "SELECT pg_advisory_xact_lock(hashtext('companies.imports.begin'), %s)"


@transaction.atomic
def begin(city: City | None, upload: File[Any], *, by: User | None, at: datetime | None = None) -> Import:
    """Take a file in; `city` is None for the secretariat's files of many cities.

    The same person's same file a second time is the same import, as long as nothing was done with it.
    """
    at = at or timezone.now()
    require_importer(by, city, at=at)
    if city is not None:
        refuse_place(city, at)
    name = shown_name(upload)
    sheet = open_sheet(upload, name=name)
    digest = checksum(upload)
    if standing := standing_import(city, digest, by):
        return standing
    of_file = {"file": upload, "filename": name, "size": upload.size or 0, "sha256": digest}
    return Import.objects.create(city=city, begun_at=at, begun_by=by, **of_file, **told(sheet, city))


def standing_import(city: City | None, digest: str, by: User | None) -> Import | None:
    """The import of the same file with which nothing was done; nobody begins another until we are through."""
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [by.pk % 2**31 if by else 0])
    same = Import.objects.filter(city=city, begun_by=by, sha256=digest, state=ImportState.UPLOADED)
    return same.first()


def told(sheet: Sheet, city: City | None) -> dict[str, Any]:
    """What an import keeps of a table that was opened."""
    heads = [head[:LONGEST_HEAD] for head in sheet.heads]
    return {
        "media_type": MEDIA_TYPES[sheet.kind],
        "heads": heads,
        "mapping": suggest(heads, city=city),
        "report": {"notes": [str(note) for note in sheet.notes]} if sheet.notes else {},
        "progress_of": sheet.total_rows or 0,
    }


def suggest(heads: Sequence[str], *, city: City | None) -> list[str]:
    """For each head the column it means, in any of our languages; empty where nothing is known.

    What the city chose the last time comes first. No column is suggested twice.
    """
    remembered = dict(
        ColumnMemory.objects.filter(city=city, head__in=map(plain, heads)).values_list("head", "key")
    )
    known = known_heads()
    found: list[str] = []
    for head in heads:
        key = remembered.get(plain(head), known.get(plain(head), ""))
        found.append(key if key in BY_KEY and key not in found else "")
    return found


def plain(head: str) -> str:
    """A head as it is compared: without case, marks and punctuation."""
    return fold(head)[:LONGEST_HEAD]


def known_heads() -> dict[str, str]:
    return {
        plain(head): column.key for column in COLUMNS for heads in column.heads.values() for head in heads
    } | {plain(column.key): column.key for column in COLUMNS}


@transaction.atomic
def set_columns(
    run: Import, mapping: Sequence[str], *, by: User | None, at: datetime | None = None
) -> Import:
    """Say which column of the file is which, remember it for the city, and have the file checked."""
    at = at or timezone.now()
    run = locked(run.pk)
    require_importer(by, run.city, at=at)
    if run.state not in {ImportState.UPLOADED, ImportState.CHECKED}:
        raise not_possible(run)
    run.mapping = sensible(list(mapping), run)
    run.save()
    remember(run, at=at)
    return check(run, by=by, at=at)


def sensible(mapping: list[str], run: Import) -> list[str]:
    """The mapping, or why no file can be read by it."""
    mapping = (mapping + [""] * len(run.heads))[: len(run.heads)]
    chosen = [key for key in mapping if key]
    if unknown := [key for key in chosen if key not in BY_KEY]:
        raise ColumnUnknown(key=unknown[0])
    if twice := [key for key in chosen if chosen.count(key) > 1]:
        raise ColumnTwice(column=BY_KEY[twice[0]].label)
    if not {"id", "registered_name", "register_number"} & set(chosen):
        raise ColumnsMissing
    if run.city is None and not {"id", "city", "register_number"} & set(chosen):
        raise CityColumnMissing
    return mapping


def remember(run: Import, *, at: datetime) -> None:
    """Another file of this city will have the same heads."""
    rows = {
        plain(head): ColumnMemory(city=run.city, head=plain(head), key=key, remembered_at=at)
        for head, key in zip(run.heads, run.mapping, strict=True)
        if plain(head)
    }
    ColumnMemory.objects.filter(city=run.city, head__in=rows).delete()
    ColumnMemory.objects.bulk_create(rows.values(), ignore_conflicts=True)
