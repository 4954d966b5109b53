"""What a column of a company sheet is, and what can be wrong with a cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import get_language

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from companies.actions.columns.words import Words
    from companies.models import Company

Values = dict[str, Any]
"""What a cell says about a company, by field."""

EMPTIED = frozenset("-–—－")
"""A cell of a single dash empties the field; an empty one says nothing about it."""


class Mistake(NamedTuple):
    """What is wrong with a cell; the sentence is put together for whoever reads it.

    `code` names the sentence (see `companies.actions.columns.sentences`), `params` fills it.
    """

    code: str
    params: Mapping[str, str | int] = {}


Read = Callable[[str, "Words"], "Values | Mistake"]
Write = Callable[["Company"], str]


@dataclass(frozen=True)
class Column:
    """One column: how it is headed, read, written and explained. `fields` are those of a company it fills."""

    key: str
    heads: Mapping[str, tuple[str, ...]]
    read: Read
    write: Write
    fields: tuple[str, ...]
    explanation: StrOrPromise = ""
    example: str = ""
    allowed: tuple[tuple[str, StrOrPromise], ...] = ()
    empty: Values = field(default_factory=dict)
    """What a single dash makes of the fields; nothing where the column cannot be emptied."""
    repeats: bool = True
    """Whether the same text comes again and again in a file, so that it is read once."""

    @property
    def label(self) -> str:
        """The head under which we write the column, in the active language."""
        return self.heads[(get_language() or "en")[:2]][0]
