"""What moved in memory is written down, many rows in one statement, unless somebody else moved it meanwhile.

The moves themselves stand in the model alone; this writes whatever they left behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection

from alliance.letters.models import Delivery

HOLD = ("state", "attempts", "leased_until")
"""By these a worker knows that a delivery is still as it last saw it: every claim has its own lease."""

WRITTEN = (
    "state",
    "attempts",
    "next_attempt_at",
    "leased_until",
    "begun_at",
    "answer",
    "settled_at",
    "possibly_twice",
)
"""What the worker's moves change."""


class Move:
    """A delivery and how it stood before it moved."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery
        self.before = _values(delivery, HOLD)

    def row(self) -> list[Any]:
        return [self.delivery.pk, *self.before, *_values(self.delivery, WRITTEN)]


def write_down(moves: Sequence[Move]) -> set[int]:
    """Keys of the deliveries that still stood as they were known to stand; only they are written."""
    if not moves:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(statement(len(moves)), [value for move in moves for value in move.row()])
        return {key for (key,) in cursor.fetchall()}


def _values(delivery: Delivery, names: Sequence[str]) -> list[Any]:
    return [getattr(delivery, name) for name in names]


@cache
def statement(number: int) -> str:
    """One UPDATE of so many rows, each compared with how it was known to stand."""
    table, key = Delivery._meta.db_table, Delivery._meta.pk
    columns = [key, *(_field(name) for name in HOLD), *(_field(name) for name in WRITTEN)]
    row = ", ".join(f"%s::{field.cast_db_type(connection)}" for field in columns)
    names = ["key", *(f"old_{name}" for name in HOLD), *WRITTEN]
    changes = ", ".join(f"{name} = new.{name}" for name in WRITTEN)
    unmoved = " AND ".join(f"old.{name} IS NOT DISTINCT FROM new.old_{name}" for name in HOLD)
    return (
        f"UPDATE {table} AS old SET {changes} "  # noqa: S608 (names of our own)
        f"FROM (VALUES {', '.join([f'({row})'] * number)}) AS new ({', '.join(names)}) "
        f"WHERE old.id = new.key AND {unmoved} RETURNING old.id"
    )


def prepared_statement(number: int) -> str:
    """The same with places for values that PostgreSQL knows: it thinks about it once a connection."""
    parts = statement(number).split("%s")
    return "".join(f"{part}${place}" for place, part in enumerate(parts[:-1], 1)) + parts[-1]


def _field(name: str) -> Any:
    return Delivery._meta.get_field(name)
