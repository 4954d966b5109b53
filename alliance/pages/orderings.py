"""Named orders of a list: ``?sort=name`` upwards, ``?sort=-name`` downwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.expressions import BaseExpression, OrderBy

Key = str | BaseExpression | F
Orderings = Mapping[str, Key | Sequence[Key]]


@dataclass(frozen=True)
class Sort:
    """One named order and its direction."""

    name: str
    descending: bool = False

    @classmethod
    def parse(cls, text: str) -> Sort:
        """``-date`` is the order called date, downwards."""
        return cls(text.removeprefix("-"), text.startswith("-"))

    def __str__(self) -> str:
        return f"-{self.name}" if self.descending else self.name

    def reversed(self) -> Sort:
        """The same order the other way round."""
        return Sort(self.name, not self.descending)

    def apply(self, rows: QuerySet[Any], orderings: Orderings) -> QuerySet[Any]:
        """The rows in this order; equal ones by primary key, so that pages never overlap."""
        keys = orderings[self.name]
        several = [keys] if isinstance(keys, (str, BaseExpression, F)) else list(keys)
        return rows.order_by(*(_directed(key, self.descending) for key in several), "pk")


def _directed(key: Key, descending: bool) -> Any:
    if isinstance(key, str):
        return _flipped(key) if descending else key
    if isinstance(key, OrderBy):
        return _reversed(key) if descending else key
    return key.desc() if descending else key.asc()


def _flipped(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


def _reversed(key: OrderBy) -> OrderBy:
    # Whatever is unknown stays where it was told to stand, in both directions.
    return OrderBy(
        key.expression,
        descending=not key.descending,
        nulls_first=key.nulls_first,
        nulls_last=key.nulls_last,
    )
