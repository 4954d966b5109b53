"""The whole file is looked at before anything is written: each row gets its verdict and its mistakes."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone

from alliance.accounts.models import User
from alliance.pages.sheets.reading import open_sheet
from alliance.pages.sheets.rows import Row
from companies.actions.columns import Words
from companies.actions.imports import lines, staging
from companies.actions.imports.matching import Matcher
from companies.actions.imports.recognising import Earlier, digest_of
from companies.actions.imports.rows import Read, Reader
from companies.actions.imports.working import Lease, locked, set_to_work, to_be_asked
from companies.models import Import, ImportRow
from companies.states import ImportState, Verdict
from membership.models.membership import alliance_day

CHUNK = 1000
# Windows, not joins of the rows with themselves: these are new, and PostgreSQL does not know yet how many.
ALIKE = """
    UPDATE companies_importrow AS later
    SET verdict = '{verdict}', mistakes = jsonb_build_array(jsonb_build_array(
        '{column}', NULL, {said}, '{code}', jsonb_build_object('row', pairs.first)
    ))
    FROM ({pairs}) AS pairs WHERE later.id = pairs.id AND pairs.first < pairs.number
"""
# What a row says stands in its values, or in the line of a new company, where a backslash is doubled.
NAME_IN_LINE = f"split_part(later.line, E'\\t', {lines.COLUMNS.index('registered_name') + 1})"
NAME = rf"""
    COALESCE(later.values->>'registered_name', NULLIF(replace({NAME_IN_LINE}, '\\', '\'), ''))
"""
NUMBER = "later.register_number"
OF_RUN = "run_id = %(run)s AND NOT left_out AND verdict"
SAME_ENTRY = f"""
    SELECT id, number, min(number) OVER (PARTITION BY company_id) AS first
    FROM companies_importrow WHERE {OF_RUN} IN ('changed', 'unchanged')
"""
SAME_NUMBER = f"""
    SELECT id, number, min(number) OVER (PARTITION BY register_kind, register_number) AS first
    FROM companies_importrow
    WHERE {OF_RUN} IN ('new', 'changed', 'unchanged', 'duplicate') AND register_number <> ''
"""
KEYS = f"""
    SELECT id, number, city_id, unnest(name_keys) AS key, register_number = '' AS unnumbered
    FROM companies_importrow WHERE {OF_RUN} = 'new' AND NOT settled
"""
SAME_NAME = f"""
    SELECT id, number, min(CASE WHEN unnumbered THEN first ELSE first_unnumbered END) AS first
    FROM (
        SELECT id, number, unnumbered, min(number) OVER alike AS first,
            min(number) FILTER (WHERE unnumbered) OVER alike AS first_unnumbered
        FROM ({KEYS}) AS keys WINDOW alike AS (PARTITION BY city_id, key)
    ) AS compared
    GROUP BY id, number
"""
# Asked first, as most files name no company twice: to group rows takes a third of the time of a window.
ANY_NUMBER_TWICE = f"""
    SELECT FROM companies_importrow
    WHERE {OF_RUN} IN ('new', 'changed', 'unchanged', 'duplicate') AND register_number <> ''
    GROUP BY register_kind, register_number HAVING count(*) > 1 LIMIT 1
"""
ANY_NAME_TWICE = f"""
    SELECT FROM ({KEYS}) AS keys GROUP BY city_id, key HAVING count(*) > 1 AND bool_or(unnumbered) LIMIT 1
"""
ANY_ENTRY_TWICE = f"""
    SELECT FROM companies_importrow WHERE {OF_RUN} IN ('changed', 'unchanged')
    GROUP BY company_id HAVING count(*) > 1 LIMIT 1
"""
COMPARED = [
    (ANY_ENTRY_TWICE, SAME_ENTRY, "mistake", "registered_name", "same_as_row", NAME),
    (ANY_NUMBER_TWICE, SAME_NUMBER, "mistake", "register_number", "same_as_row", NUMBER),
    (ANY_NAME_TWICE, SAME_NAME, "duplicate", "registered_name", "perhaps_row", NAME),
]
COUNTS = """
    SELECT CASE WHEN left_out THEN 'left_out' ELSE verdict END, count(*)
    FROM companies_importrow WHERE run_id = %s GROUP BY 1
"""


@transaction.atomic
def check(run: Import, *, by: User | None, at: datetime | None = None) -> Import:
    """Have the whole file looked at anew, in the background: what was corrected or left out is forgotten."""
    at = at or timezone.now()
    possible = {ImportState.UPLOADED, ImportState.CHECKED}
    run, still = to_be_asked(run, by=by, at=at, already={ImportState.CHECKING}, possible=possible)
    if not still:
        return run
    run.ask_for_check(by=by, at=at)
    run.report = {}
    return set_to_work(run)


def do_check(run: Import, lease: Lease) -> None:
    """The work itself, chunk by chunk, each written down; begun anew if a worker was killed."""
    ImportRow.objects.filter(run=run).delete()
    checker, done = Checker(run), 0
    with run.file.open("rb") as file, staging.Copying(run.pk) as copying, uncollected():
        rows = open_sheet(file, name=run.filename, again=True).rows()
        # A chunk is copied while the next one is taken from the file.
        while chunk := list(islice(rows, CHUNK)):
            copying.wait()
            found = checker.look_at(chunk)
            done += len(chunk)
            lease.renew(done, run.progress_of)
            copying.begin(found)
            del chunk, found  # two of them would take twice the memory
    finish(run.pk, done)


@contextmanager
def uncollected() -> Iterator[None]:
    """Rows do not refer to each other in circles, and to look for circles takes a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class Checker:
    """Looks at the rows of one file; those that come again as they were carried out are not read."""

    def __init__(self, run: Import) -> None:
        words = words_of(run)
        self.matcher, self.reader = Matcher(run, words), Reader(run.mapping, words)
        self.earlier = Earlier(run)

    def look_at(self, rows: list[Row]) -> list[Read]:
        digests = [digest_of(row) for row in rows]
        known = self.earlier.entries(rows, digests)
        found = [self.read(row, known.get(digest)) for row, digest in zip(rows, digests, strict=True)]
        for read, digest in zip(found, digests, strict=True):
            read.digest = digest
        self.matcher.judge([read for read in found if not read.verdict] if known else found)
        return found

    def read(self, row: Row, entry: tuple[int, int] | None) -> Read:
        return self.reader.read(row) if entry is None or row.mistakes else unchanged(row, *entry)


def unchanged(row: Row, company: int, revision: int) -> Read:
    return Read(row.number, {}, verdict=Verdict.UNCHANGED, company=company, revision=revision)


@transaction.atomic
def finish(pk: int, done: int) -> None:
    """Compare the rows with each other, count them, and let the person look."""
    run = locked(pk)
    if run.state != ImportState.CHECKING:
        return
    compare_rows(pk)
    run.counts = counted(pk)
    run.progress = run.progress_of = done
    run.finish_check()
    run.save()


def compare_rows(pk: int) -> None:
    """Two rows of the file about one company."""
    with connection.cursor() as cursor:
        for asked, pairs, verdict, column, code, said in COMPARED:
            cursor.execute(asked, {"run": pk})
            if cursor.rowcount:
                alike = ALIKE.format(pairs=pairs, verdict=verdict, column=column, code=code, said=said)
                cursor.execute(alike, {"run": pk})


def counted(pk: int) -> dict[str, int]:
    """How many rows there are of each verdict, those left out apart."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [pk])
        return dict(cursor.fetchall())


def words_of(run: Import) -> Words:
    moment = run.asked_at or run.begun_at
    return Words(run.city, day=alliance_day(moment))


def in_chunks(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), CHUNK):
        yield numbers[start : start + CHUNK]
