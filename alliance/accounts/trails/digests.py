"""The digests: of an entry by PostgreSQL itself, of a table's day and of the chain in Python."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.apps import apps
from django.db import connection
from pghistory.models import Event

WORDS = ["text", "varchar", "bpchar", "json", "jsonb", "_text", "_varchar"]
BLANK = """('null', '""', '{}', '[]')"""
"""What stands where words were redacted."""

COLUMNS = """
    SELECT c.relname, a.attname, t.typname = ANY(%s) AND NOT starts_with(a.attname, 'pgh_')
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
    WHERE c.relname = ANY(%s) AND pg_table_is_visible(c.oid) AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY c.relname, a.attname
"""
IN_ONE_SPELLING = """
    SELECT set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO', true),
        set_config('IntervalStyle', 'postgres', true), set_config('bytea_output', 'hex', true),
        set_config('extra_float_digits', '1', true)
"""


@dataclass(frozen=True)
class Shape:
    """A table of events and its columns: those with words, which may have to be redacted, and the rest."""

    table: str
    rest: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return self.rest + self.words


def event_models() -> dict[str, Any]:
    """Every table that the triggers of the trail fill."""
    return {
        model._meta.db_table: model
        for model in sorted(apps.get_models(), key=lambda model: model._meta.db_table)
        if issubclass(model, Event) and model._meta.managed and model.pgh_tracked_model
    }


def present_shapes() -> dict[str, Shape]:
    """The tables of events as they are now."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [WORDS, list(event_models())])
        rows = cursor.fetchall()
    shapes = {}
    for table, group in groupby(rows, key=itemgetter(0)):
        columns = [(name, words) for _table, name, words in group]
        rest, words = ([name for name, has in columns if has == wanted] for wanted in (False, True))
        shapes[table] = Shape(table, tuple(rest), tuple(words))
    return shapes


def speak_one_spelling() -> None:
    """Moments, numbers and bytes are written alike until the transaction ends, whatever the session says."""
    with connection.cursor() as cursor:
        cursor.execute(IN_ONE_SPELLING)


def wait_for_sealers() -> None:
    """One at a time: until this transaction ends, nobody else seals or redacts."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE accounts_trailseal IN SHARE ROW EXCLUSIVE MODE")


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def digest_sql(shape: Shape, *, salt: str, parts: str) -> str:
    """The digest of entry ``e`` with its context ``c``; see ``docs/decisions/0005`` for what goes in."""
    rest = f"SELECT r FROM (SELECT {', '.join(f'e.{quoted(name)}' for name in shape.rest)}) AS r"
    frame = (
        f"sha256(convert_to({literal(shape.table)} || to_jsonb(({rest}))::text"
        " || coalesce(c.metadata::text, ''), 'UTF8'))"
    )
    words = (word_digest_sql(name, salt=salt, parts=parts) for name in shape.words)
    return f"sha256({' || '.join([frame, *words])})"


def word_digest_sql(column: str, *, salt: str, parts: str) -> str:
    """The digest of one word of an entry: kept where it was redacted, else made with its own salt."""
    name, value = literal(column), f"coalesce(to_jsonb(e.{quoted(column)})::text, 'null')"
    own_salt = f"coalesce(decode({parts}->'salts'->>{name}, 'hex'), {word_salt_sql(column, salt)})"
    made = f"sha256({own_salt} || convert_to({value}, 'UTF8'))"
    kept = f"CASE WHEN {value} IN {BLANK} THEN decode({parts}->'digests'->>{name}, 'hex') END"
    return f"CASE WHEN {parts}->'digests' ? {name} THEN {kept} ELSE {made} END"


def word_salt_sql(column: str, salt: str) -> str:
    """The salt of one word: it tells nothing about the entry's own salt, nor about that of another word."""
    return f"sha256({salt} || convert_to({literal(column)}, 'UTF8'))"


WITH_CONTEXT = "LEFT JOIN pghistory_context AS c ON c.id = e.pgh_context_id"
"""What the digest of entry ``e`` needs besides it: who acted, and why."""


def marked_days(*, since: date | None = None, until: date) -> Iterator[tuple[date, str, int, str]]:
    """For each day and table how many entries are marked, and the digest of their marks; in flat memory."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT day, table_name, entry, digest FROM accounts_trailmark"
            " WHERE day >= %s AND day <= %s ORDER BY day, table_name, entry",
            [since or date.min, until],
        )
        for (day, table), marks in groupby(cursor, key=itemgetter(0, 1)):
            number, digest = _digest_of_marks((entry, mark) for _day, _table, entry, mark in marks)
            yield day, table, number, digest


def _digest_of_marks(marks: Iterable[tuple[int, memoryview]]) -> tuple[int, str]:
    whole, number = hashlib.sha256(), 0
    for entry, digest in marks:
        whole.update(entry.to_bytes(8, "big", signed=True) + bytes(digest))
        number += 1
    return number, whole.hexdigest()


def digest_of_day(tables: dict[str, Any]) -> str:
    """What the seal says of each table, in one digest."""
    return _of_json(tables)


def hash_of_seal(*, day: date, entries: int, digest: str, previous: str, sealed_at: datetime) -> str:
    """The link of the chain: it holds the day, and the hash of the day before."""
    return _of_json([previous, day.isoformat(), entries, digest, sealed_at.astimezone(UTC).isoformat()])


def _of_json(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
