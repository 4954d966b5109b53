"""The whole file is looked at before anything is written: each row gets its verdict and its mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone

from alliance.accounts.models import User
from alliance.pages.sheets.reading import open_sheet
from companies.actions.columns import Words
from companies.actions.imports import staging
from companies.actions.imports.access import require_importer
from companies.actions.imports.matching import Matcher
from companies.actions.imports.refusals import not_possible
from companies.actions.imports.rows import Reader
from companies.actions.imports.working import Lease, ask, locked
from companies.models import Import, ImportRow
from companies.states import ImportState
from membership.models.membership import alliance_day

CHUNK = 1000
SAME_ENTRY = """
    UPDATE companies_importrow AS later
    SET verdict = 'mistake', mistakes = jsonb_build_array(jsonb_build_array(
        'registered_name', NULL, later.values->>'registered_name', 'same_as_row',
        jsonb_build_object('row', first.number)
    ))
    FROM (
        SELECT company_id, min(number) AS number FROM companies_importrow
        WHERE run_id = %(run)s AND verdict IN ('changed', 'unchanged') AND NOT left_out
        GROUP BY company_id HAVING count(*) > 1
    ) AS first
    WHERE later.run_id = %(run)s AND later.company_id = first.company_id AND later.number > first.number
        AND later.verdict IN ('changed', 'unchanged') AND NOT later.left_out
"""
SAME_NUMBER = """
    UPDATE companies_importrow AS later
    SET verdict = 'mistake', mistakes = jsonb_build_array(jsonb_build_array(
        'register_number', NULL, later.values->>'register_number', 'same_as_row',
        jsonb_build_object('row', first.number)
    ))
    FROM (
        SELECT values->>'register_kind' AS kind, values->>'register_number' AS register_number,
            min(number) AS number
        FROM companies_importrow
        WHERE run_id = %(run)s AND verdict IN ('new', 'changed', 'unchanged', 'duplicate') AND NOT left_out
            AND values->>'register_number' <> ''
        GROUP BY 1, 2 HAVING count(*) > 1
    ) AS first
    WHERE later.run_id = %(run)s AND later.number > first.number AND NOT later.left_out
        AND later.verdict IN ('new', 'changed', 'unchanged', 'duplicate')
        AND later.values->>'register_number' = first.register_number
        AND later.values->>'register_kind' = first.kind
"""
SAME_NAME = """
    WITH keys AS (
        SELECT number, values->>'city_id' AS city, unnest(name_keys) AS key,
            COALESCE(values->>'register_number', '') AS register_number
        FROM companies_importrow
        WHERE run_id = %(run)s AND verdict = 'new' AND NOT left_out AND NOT settled
    ), alike AS (
        SELECT city, key, count(*) AS rows FROM keys GROUP BY 1, 2 HAVING count(*) > 1
    ), pairs AS (
        SELECT later.number, min(first.number) AS first
        FROM alike JOIN keys AS later USING (city, key)
        JOIN keys AS first USING (city, key)
        WHERE first.number < later.number
            AND (first.register_number = '' OR later.register_number = ''
                OR first.register_number = later.register_number)
        GROUP BY 1
    )
    UPDATE companies_importrow AS later
    SET verdict = 'duplicate', mistakes = jsonb_build_array(jsonb_build_array(
        'registered_name', NULL, later.values->>'registered_name', 'perhaps_row',
        jsonb_build_object('row', pairs.first)
    ))
    FROM pairs WHERE later.run_id = %(run)s AND later.number = pairs.number
"""
COUNTS = """
    SELECT CASE WHEN left_out THEN 'left_out' ELSE verdict END, count(*)
    FROM companies_importrow WHERE run_id = %s GROUP BY 1
"""


@transaction.atomic
def check(run: Import, *, by: User | None, at: datetime | None = None) -> Import:
    """Have the whole file looked at anew, in the background: what was corrected or left out is forgotten."""
    at = at or timezone.now()
    run = locked(run.pk)
    require_importer(by, run.city, at=at)
    if run.state == ImportState.CHECKING:
        return run
    if run.state not in {ImportState.UPLOADED, ImportState.CHECKED}:
        raise not_possible(run)
    run.ask_for_check(by=by, at=at)
    run.report = {}
    run.save()
    ask(run)
    run.refresh_from_db()
    return run


def do_check(run: Import, lease: Lease) -> None:
    """The work itself, chunk by chunk, each written down; begun anew if a worker was killed."""
    ImportRow.objects.filter(run=run).delete()
    words = words_of(run)
    matcher, reader = Matcher(run, words), Reader(run.mapping, words)
    with run.file.open("rb") as file:
        sheet = open_sheet(file, name=run.filename)
        total, done = sheet.total_rows or 0, 0
        rows = (reader.read(row) for row in sheet.rows())
        while chunk := list(islice(rows, CHUNK)):
            with transaction.atomic():
                matcher.judge(chunk)
                staging.copy_in(run.pk, chunk)
            done += len(chunk)
            lease.renew(done, total)
    finish(run.pk, done)


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
        for statement in (SAME_ENTRY, SAME_NUMBER, SAME_NAME):
            cursor.execute(statement, {"run": pk})


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
