"""Verifying: the trail is held against its marks, the marks against the seals, these against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from alliance.accounts.models import TrailMark, TrailRedaction, TrailSeal
from alliance.accounts.trails import digests
from alliance.accounts.trails.digests import Shape
from alliance.accounts.trails.sealing import DAY, GRACE, beginning, due_days

OVERDUE = GRACE + timedelta(days=1)


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was sealed."""

    sentence: str
    day: date | None = None
    table: str = ""
    entry: int | None = None

    def __str__(self) -> str:
        place = [str(self.day)] if self.day else []
        place += [self.table] if self.table else []
        place += [f"entry {self.entry}"] if self.entry is not None else []
        return f"{', '.join(place)}: {self.sentence}" if place else self.sentence


@dataclass
class Run:
    """Days in a row on which a table had the same columns."""

    shape: Shape
    first: date
    last: date


@dataclass
class Sealed:
    """What the seals say, gathered while they are read once."""

    last: date | None = None
    hashes: set[str] = field(default_factory=set)
    runs: dict[str, list[Run]] = field(default_factory=lambda: defaultdict(list))

    def note(self, seal: TrailSeal) -> None:
        self.last = seal.day
        self.hashes.add(seal.hash)
        for table, said in seal.tables.items():
            shape = Shape(table, tuple(said["columns"]), tuple(said["words"]))
            if not self.runs[table] or self.runs[table][-1].shape != shape:
                self.runs[table].append(Run(shape, seal.day, seal.day))
            self.runs[table][-1].last = seal.day


@transaction.atomic
def verify(*, printed: Iterable[tuple[str, str]] = (), at: datetime | None = None) -> list[Finding]:
    """Everything about the trail that is not as it was sealed; an empty list is good.

    ``printed`` are hashes that stand elsewhere, each with the words for where: on a circular, on paper.
    """
    at = at or timezone.now()
    digests.speak_one_spelling()
    sealed = Sealed()
    findings = list(wrong_seals(sealed))
    findings += marks_without_seal(sealed)
    present = digests.present_shapes()
    for table, runs in sorted(sealed.runs.items()):
        for run in runs:
            findings += wrong_entries(run, present.get(table))
    for table in present:
        findings += entries_without_mark(table, sealed.last)
    findings += redactions_without_record()
    findings += overdue_days(at)
    findings += (
        Finding(f"{where} bears the hash {printed_hash}, which no seal has")
        for where, printed_hash in printed
        if printed_hash not in sealed.hashes
    )
    return findings


def wrong_seals(sealed: Sealed) -> Iterator[Finding]:
    """Read every seal once: its own hash, its place in the chain, its days' marks."""
    newest = TrailSeal.objects.order_by("-day").values_list("day", flat=True).first()
    marks = marked(newest)
    previous = None
    for seal in TrailSeal.objects.order_by("day").iterator(chunk_size=100):
        yield from wrong_link(seal, previous)
        yield from wrong_marks(seal, marks.pop(seal.day, {}))
        sealed.note(seal)
        previous = seal
    for day in marks:
        yield Finding("the day has marks but no seal: its seal was removed", day)


def marked(newest: date | None) -> dict[date, dict[str, tuple[int, str]]]:
    """The marks up to the newest seal, as number and digest for each day and table."""
    found: dict[date, dict[str, tuple[int, str]]] = defaultdict(dict)
    if newest:
        for day, table, number, digest in digests.marked_days(until=newest):
            found[day][table] = number, digest
    return found


def wrong_link(seal: TrailSeal, previous: TrailSeal | None) -> Iterator[Finding]:
    own = digests.hash_of_seal(
        day=seal.day,
        entries=seal.entries,
        digest=seal.digest,
        previous=seal.previous,
        sealed_at=seal.sealed_at,
    )
    if seal.hash != own or seal.digest != digests.digest_of_day(seal.tables):
        yield Finding("the seal was changed: its hash is not that of its content", seal.day)
    if previous and seal.day != previous.day + DAY:
        yield Finding("days before this one have no seal: seals were removed", seal.day)
    if seal.previous != (previous.hash if previous else ""):
        yield Finding("the seal does not continue the one before: one was removed or replaced", seal.day)


def wrong_marks(seal: TrailSeal, marks: dict[str, tuple[int, str]]) -> Iterator[Finding]:
    for table in sorted({*seal.tables, *marks}):
        said = seal.tables.get(table, {})
        number, digest = marks.get(table, (0, ""))
        if (number, digest) != (said.get("entries", 0), said.get("digest", "")):
            yield Finding(
                f"the marks are not those that were sealed ({said.get('entries', 0)} sealed, {number} now)",
                seal.day,
                table,
            )


def marks_without_seal(sealed: Sealed) -> list[Finding]:
    """Days after the newest seal; in one statement, as somebody may be sealing at this moment."""
    later = TrailMark.objects.filter(day__gt=TrailSeal.objects.order_by("-day").values("day")[:1])
    days = (later if sealed.last else TrailMark.objects.all()).order_by("day").values_list("day", flat=True)
    return [Finding("the day has marks but no seal: its seal was removed", day) for day in days.distinct()]


def wrong_entries(run: Run, present: Shape | None) -> list[Finding]:
    """Entries that are gone, or say something else than when they were sealed."""
    table = run.shape.table
    if present is None:
        return [Finding("the table is gone", run.first, table)]
    if gone := sorted({*run.shape.columns} - {*present.columns}):
        return [Finding(f"columns that were sealed are gone: {', '.join(gone)}", run.first, table)]
    digest = digests.digest_sql(run.shape, salt="m.salt", parts="m.parts")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.day, m.entry, e.pgh_id IS NULL FROM accounts_trailmark AS m"
            f" LEFT JOIN {digests.quoted(table)} AS e ON e.pgh_id = m.entry {digests.WITH_CONTEXT}"
            " WHERE m.table_name = %s AND m.day BETWEEN %s AND %s"
            f" AND (e.pgh_id IS NULL OR {digest} IS DISTINCT FROM m.digest) ORDER BY m.entry",
            [table, run.first, run.last],
        )
        return [
            Finding("the entry is missing" if missing else "the entry was changed", day, table, entry)
            for day, entry, missing in cursor.fetchall()
        ]


def entries_without_mark(table: str, last: date | None) -> list[Finding]:
    """Entries that bear a date of a sealed day, and were not there when it was sealed."""
    if last is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT (e.pgh_created_at AT TIME ZONE 'UTC')::date, e.pgh_id FROM {digests.quoted(table)} AS e"
            " WHERE e.pgh_created_at < %s AND NOT EXISTS (SELECT FROM accounts_trailmark AS m"
            " WHERE m.table_name = %s AND m.entry = e.pgh_id) ORDER BY e.pgh_id",
            [beginning(last + DAY), table],
        )
        return [
            Finding("the entry was inserted after the day was sealed", day, table, entry)
            for day, entry in cursor.fetchall()
        ]


def redactions_without_record() -> Iterator[Finding]:
    """Entries whose words were taken out although no redaction says so."""
    recorded: dict[tuple[str, int], set[str]] = defaultdict(set)
    for one in TrailRedaction.objects.all():
        for entry in one.entries:
            recorded[one.table_name, entry].update(one.columns)
    marks: Any = TrailMark.objects.filter(salt=None).order_by("table_name", "entry")
    for mark in marks.iterator():
        if not {*mark.parts["digests"]} <= recorded[mark.table_name, mark.entry]:
            yield Finding(
                "words were taken out without a redaction on record", mark.day, mark.table_name, mark.entry
            )


def overdue_days(at: datetime) -> Iterator[Finding]:
    """Finished days that should have been sealed long ago."""
    days = due_days(at, grace=OVERDUE)
    if days:
        yield Finding(f"no day since then is sealed ({len(days)} are due): does the worker run?", days[0])
