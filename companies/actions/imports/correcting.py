"""Rows are put right in place, left out, or said to be about a certain company."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from alliance.accounts.models import User
from companies.actions.columns import Words
from companies.actions.imports import staging
from companies.actions.imports.access import require_importer
from companies.actions.imports.carrying_out import rejudge
from companies.actions.imports.checking import compare_rows, counted, words_of
from companies.actions.imports.matching import Matcher
from companies.actions.imports.refusals import NotACandidate, not_possible
from companies.actions.imports.rows import Reader
from companies.actions.imports.texts import texts_of
from companies.actions.imports.working import locked
from companies.models import Import, ImportRow
from companies.states import ImportState, Verdict

ABOUT_ROWS = "same_as_row", "perhaps_row"


@transaction.atomic
def correct(
    row: ImportRow, values: Mapping[str, str], *, by: User | None, at: datetime | None = None
) -> ImportRow:
    """Type cells anew, by column; the others stay as they are. The whole row is checked again."""
    run, kept = held(row, by, at or timezone.now())
    words = words_of(run)
    before = texts_before(run, kept, words)
    reader = Reader(run.mapping, words)
    # A column that the file does not have can be filled in by hand all the same.
    missing = [key for key in values if key not in run.mapping]
    if missing:
        reader = Reader([*run.mapping, *missing], words)
    read = reader.typed({**before, **values}, kept.number)
    read.corrected = True
    if missing:
        run.mapping, run.heads = [*run.mapping, *missing], [*run.heads, *("" for _key in missing)]
    Matcher(run, words).judge([read])
    kept = staging.save(kept, read)
    settle_down(run, [kept.number])
    kept.refresh_from_db()
    return kept


def texts_before(run: Import, kept: ImportRow, words: Words) -> dict[str, str]:
    """What the cells of a row say, by column, also where they were not written down."""
    if not staging.is_only_in_the_file(kept):
        return texts_of(kept, words)
    return staging.in_the_file(run, [kept.number], Reader(run.mapping, words))[kept.number].texts


@transaction.atomic
def settle(row: ImportRow, *, company: int | None, by: User | None, at: datetime | None = None) -> ImportRow:
    """Say which of the companies found a row is about; None: none of them, it is a new one."""
    run, kept = held(row, by, at or timezone.now())
    if company is not None and company not in kept.candidates:
        raise NotACandidate
    words = words_of(run)
    [read] = staging.read_all_back(run, [kept], Reader(run.mapping, words))
    read.settled = True
    read.values.pop("id", None)
    if company is not None:
        read.values["id"] = company
    Matcher(run, words).judge([read])
    kept = staging.save(kept, read)
    settle_down(run, [kept.number])
    kept.refresh_from_db()
    return kept


@transaction.atomic
def leave_out(rows: ImportRow | Iterable[ImportRow], *, by: User | None, at: datetime | None = None) -> int:
    """Leave rows of one import out; how many there were."""
    return put(rows, True, by, at or timezone.now())


@transaction.atomic
def take_in(rows: ImportRow | Iterable[ImportRow], *, by: User | None, at: datetime | None = None) -> int:
    """Take rows in again that were left out; they are checked again."""
    return put(rows, False, by, at or timezone.now())


def put(rows: ImportRow | Iterable[ImportRow], left_out: bool, by: User | None, at: datetime) -> int:
    chosen = [rows] if isinstance(rows, ImportRow) else list(rows)
    if not chosen:
        return 0
    run, _row = held(chosen[0], by, at)
    numbers = [row.number for row in chosen if row.run_id == run.pk]
    of_run = ImportRow.objects.filter(run=run, number__in=numbers, left_out=not left_out)
    changed = list(of_run.values_list("number", flat=True))
    of_run.update(left_out=left_out)
    if not left_out:
        rejudge(run, ImportRow.objects.filter(run=run, number__in=changed))
    settle_down(run, changed)
    return len(changed)


def held(row: ImportRow, by: User | None, at: datetime) -> tuple[Import, ImportRow]:
    """The import, held while the person works on it, and the row as it stands now."""
    run = locked(row.run_id)
    require_importer(by, run.city, at=at)
    if run.state != ImportState.CHECKED:
        raise not_possible(run)
    return run, ImportRow.objects.get(pk=row.pk)


def settle_down(run: Import, numbers: Collection[int]) -> None:
    """Look again at rows that were compared with these ones, and count."""
    about = Q(verdict__in=[Verdict.MISTAKE, Verdict.DUPLICATE], left_out=False)
    others = [row for row in ImportRow.objects.filter(about, run=run) if is_about(row, numbers)]
    rejudge(run, others)
    compare_rows(run.pk)
    run.counts = counted(run.pk)
    run.save()


def is_about(row: ImportRow, numbers: Collection[int]) -> bool:
    return any(code in ABOUT_ROWS and params.get("row") in numbers for *_cell, code, params in row.mistakes)
