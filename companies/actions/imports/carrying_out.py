"""An import is carried out: everything at once, or nothing. What others changed meanwhile stops it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from alliance.accounts.models import User
from alliance.pages.moments import day_text
from companies.actions import companies as keeping
from companies.actions import duplicates, indexing
from companies.actions.freshness import latest_validity
from companies.actions.imports import staging
from companies.actions.imports.access import require_importer
from companies.actions.imports.checking import CHUNK, compare_rows, counted, in_chunks, words_of
from companies.actions.imports.matching import Matcher, candidates_of, entries_in
from companies.actions.imports.refusals import NothingToCarryOut, RowsOpen, not_possible
from companies.actions.imports.rows import Read, Reader
from companies.actions.imports.working import Lease, LostLease, locked, set_to_work, to_be_asked
from companies.actions.imports.writing import Writer, changed_meanwhile
from companies.actions.refusals import ValidityOver, ValidityTooLong
from companies.models import Import, ImportRow
from companies.states import ImportState, Verdict
from membership.models.membership import alliance_day

BATCH = 1000
HOLD = "SELECT pg_advisory_xact_lock(hashtext('companies.imports'), %s)"
CITIES = """
    SELECT DISTINCT city_id FROM companies_importrow
    WHERE run_id = %s AND verdict = 'new' AND NOT left_out AND city_id IS NOT NULL ORDER BY 1
"""


class Meanwhile(Exception):
    """Others have changed rows since they were looked at."""

    def __init__(self, numbers: list[int]) -> None:
        self.numbers = numbers
        super().__init__(numbers)


@transaction.atomic
def carry_out(
    run: Import, *, publish_until: date | None = None, by: User | None, at: datetime | None = None
) -> Import:
    """Have everything written that was checked, in the background.

    New companies are drafts, or with `publish_until` published at once. A second time changes nothing.
    """
    at = at or timezone.now()
    already = {ImportState.CARRYING_OUT, ImportState.DONE}
    run, still = to_be_asked(run, by=by, at=at, already=already, possible={ImportState.CHECKED})
    if not still:
        return run
    refuse_to_carry_out(run, publish_until, at)
    run.publish_until = publish_until
    run.ask_to_carry_out(by=by, at=at)
    run.report = {}
    return set_to_work(run)


def refuse_to_carry_out(run: Import, publish_until: date | None, at: datetime) -> None:
    counts = counted(run.pk)
    mistakes, duplicates = counts.get(Verdict.MISTAKE, 0), counts.get(Verdict.DUPLICATE, 0)
    if mistakes or duplicates:
        raise RowsOpen(mistakes=mistakes, duplicates=duplicates)
    if not counts.get(Verdict.NEW) and not counts.get(Verdict.CHANGED):
        raise NothingToCarryOut
    if run.city:
        keeping.refuse_place(run.city, at)
    if publish_until is None:
        return
    if publish_until < alliance_day(at):
        raise ValidityOver(day=day_text(publish_until))
    if publish_until > (latest := latest_validity(at)):
        raise ValidityTooLong(day=day_text(latest))


@transaction.atomic
def cancel(run: Import, *, by: User | None, at: datetime | None = None) -> Import:
    """Give an import up; what a worker has begun meanwhile is not written. A second time changes nothing."""
    at = at or timezone.now()
    run = locked(run.pk)
    require_importer(by, run.city, at=at)
    if run.state == ImportState.CANCELLED:
        return run
    if not run.is_in_hand:
        raise not_possible(run)
    run.cancel(at=at)
    run.save()
    return run


def do_carry_out(run: Import, lease: Lease) -> None:
    """The work itself. Where others were quicker, nothing is written, and the rows are looked at again."""
    try:
        write_all(run, lease)
    except Meanwhile as found:
        look_again(run.pk, found.numbers)
    except IntegrityError:
        # Somebody was quicker by the blink of an eye: the database did not take the same number twice.
        numbers = changed_meanwhile(run)
        if not numbers:
            raise
        look_again(run.pk, numbers)


@transaction.atomic
def write_all(run: Import, lease: Lease) -> None:
    """Everything in one transaction, which ends only if nobody has cancelled meanwhile."""
    hold_cities(run)
    run.refresh_from_db()
    if run.state != ImportState.CARRYING_OUT:
        return
    at = run.asked_at or timezone.now()
    refuse_meanwhile(run)
    staging.make_missing_lines(run)
    writer, after, done = Writer(run, at), 0, 0
    total = sum(run.counts.values())
    while True:
        to, count = writer.next(after, BATCH)
        if to is None:
            break
        indexing.index(writer.write(after, to))
        after, done = to, done + count
        lease.renew(done, total)
    if writer.not_written:
        raise Meanwhile(writer.not_written)
    note_duplicates(run, at)
    finish(run, at)


def note_duplicates(run: Import, at: datetime) -> None:
    """What somebody has entered as new though it is like another entry stands in the queue of duplicates."""
    settled = ImportRow.objects.filter(run=run, verdict=Verdict.NEW, settled=True, left_out=False)
    if companies := list(settled.values_list("company_id", flat=True)):
        duplicates.note(companies, at=at)


def hold_cities(run: Import) -> None:
    """Two imports of one city are carried out one after the other."""
    with connection.cursor() as cursor:
        if not run.city_id:
            cursor.execute(CITIES, [run.pk])
        cities = {run.city_id} if run.city_id else {city for (city,) in cursor.fetchall()}
        for city in sorted(cities):
            cursor.execute(HOLD, [city])


def refuse_meanwhile(run: Import) -> None:
    """Stop before anything is written if entries are not as they were when the rows were checked."""
    numbers = {*changed_meanwhile(run), *known_by_now(run)}
    if numbers:
        raise Meanwhile(sorted(numbers))


def known_by_now(run: Import) -> Iterable[int]:
    """New companies that somebody has entered since under the same name."""
    if not entries_in([run.city_id] if run.city_id else None):
        return
    new = ImportRow.objects.filter(run=run, verdict=Verdict.NEW, left_out=False).order_by("number")
    rows: list[Read] = []
    for kept in new.iterator(chunk_size=CHUNK):
        rows.append(as_read(kept))
        if len(rows) == CHUNK:
            yield from unexpected(rows)
            rows = []
    yield from unexpected(rows)


def as_read(kept: ImportRow) -> Read:
    return Read(kept.number, staging.said_by(kept), name_keys=kept.name_keys, candidates=kept.candidates)


def unexpected(rows: list[Read]) -> list[int]:
    """Rows for which an entry is found that nobody has looked at."""
    found = candidates_of(rows) if rows else {}
    return [row.number for row in rows if set(found.get(row.number, [])) - set(row.candidates)]


def finish(run: Import, at: datetime) -> None:
    """The import's own row has the last word: cancelled meanwhile, and nothing is written."""
    kept = locked(run.pk)
    if kept.state != ImportState.CARRYING_OUT:
        raise LostLease
    kept.counts = counted(run.pk)
    kept.progress = kept.progress_of = sum(kept.counts.values())
    kept.finish(at=at)
    kept.save()


@transaction.atomic
def look_again(pk: int, numbers: list[int]) -> None:
    """Check the rows again as the entries are now, name them, and let the person look."""
    run = locked(pk)
    if run.state != ImportState.CARRYING_OUT:
        return
    for some in in_chunks(numbers):
        ImportRow.objects.filter(run=run, number__in=some).update(settled=False)
        rejudge(run, ImportRow.objects.filter(run=run, number__in=some))
    ImportRow.objects.filter(run=run, number__in=numbers).update(changed_meanwhile=True)
    compare_rows(run.pk)
    run.counts = counted(run.pk)
    run.report = {**run.report, "meanwhile": numbers[:1000]}
    run.stop()
    run.save()


def rejudge(run: Import, kept: Iterable[ImportRow]) -> None:
    """Look at rows again, as they were read or corrected."""
    before = list(kept)
    if not before:
        return
    words = words_of(run)
    reader = Reader(run.mapping, words)
    rows = staging.read_all_back(run, before, reader)
    for row in rows:
        row.candidates = row.candidates if row.settled else []
    Matcher(run, words).judge(rows)
    for one, read in zip(before, rows, strict=True):
        staging.save(one, read)
