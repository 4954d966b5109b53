"""A question as the index understands it, and what it answers in a stretch of companies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db import connection

from companies.querysets import limits
from companies.querysets.windows import EVERYWHERE, FINEST, Window, sample

# OFFSET 0 keeps the planner from walking along another index, hoping to come upon answers soon.
ANSWERS = "(SELECT company_id, lexemes FROM companies_companysearch WHERE {condition} OFFSET 0) AS hits"
HITS = "SELECT {classes}, length(lexemes), company_id FROM {answers} WHERE {wide} LIMIT %s"
COUNT = "SELECT count(*) FROM (SELECT FROM {answers} WHERE {wide} LIMIT %s) AS counted"
SAMPLE = "SELECT count(*), count(*) FILTER (WHERE {wide}) FROM (SELECT * FROM {answers} LIMIT %s) AS few"
Condition = tuple[str, list]
"""SQL and its values."""


class Hit(NamedTuple):
    """An answer, in the order in which answers of one window are shown."""

    later: int
    size: int
    company: int


class Sampled(NamedTuple):
    """About how many answers there are, and how many before the wide filters are asked for."""

    answers: int
    candidates: int


@dataclass(frozen=True)
class Asked:
    """What is asked of the index, and the highest number that a company has."""

    query: tuple[str, ...]
    """The index is asked for each of them apart: it skips what another has not, and is much quicker."""
    wide: tuple[str, ...] = ()
    """What a large part of all companies has; where answers are few each is rather looked at for it."""
    valid: str = ""
    days: Sequence[date] = ()
    first: tuple[str, ...] = ()
    """What is shown first of its answers, and what next."""
    highest: int = 0
    within: Asked | None = None
    """A question that finds all this finds, and of which it is known how much it finds."""
    found: dict[Window, list[Hit]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def sampled(self) -> Sampled:
        return self.within.sampled if self.within else self.sample()

    def sample(self) -> Sampled:
        part = sample(self.highest)
        answers, values = self.answers([*self.query, part.lexeme])
        sql = SAMPLE.format(answers=answers, wide=matches(self.wide))
        with connection.cursor() as cursor:
            cursor.execute(sql, [*self.wide, *values, limits.MOST_ORDERED + 1])
            candidates, answers = cursor.fetchone()
        return Sampled(round(answers / part.share), round(candidates / part.share))

    @property
    def expected(self) -> int:
        """How many answers there are at most, about."""
        return self.sampled.answers

    def first_hits(self, window: Window) -> list[Hit]:
        """The answers in a window, one more than can be put in order at most; asked for once."""
        if window not in self.found:
            self.found[window] = self.hits(window, None if window.bits == FINEST else limits.MOST_ORDERED + 1)
        return self.found[window]

    def hits(self, window: Window, most: int | None = None) -> list[Hit]:
        """The answers in a window, in order; any so many, if there are more."""
        answers, values, wide, looked = self.parts(window.lexeme)
        classes, first = self.classes()
        with connection.cursor() as cursor:
            sql = HITS.format(answers=answers, classes=classes, wide=wide)
            cursor.execute(sql, [*first, *values, *looked, most])
            return sorted(map(Hit._make, cursor.fetchall()))

    def gathered(self) -> list[Hit] | None:
        """All answers, where they are no more than can be put in order; None for more."""
        found = self.hits(EVERYWHERE, limits.MOST_ORDERED + 1)
        return found if len(found) <= limits.MOST_ORDERED else None

    def count(self, window: str = "") -> int:
        """How many answers there are, of everything or of the windows; one more than are counted at most."""
        answers, values, wide, looked = self.parts(window)
        with connection.cursor() as cursor:
            sql = COUNT.format(answers=answers, wide=wide)
            cursor.execute(sql, [*values, *looked, limits.MOST_ORDERED + 1])
            return int(cursor.fetchone()[0])

    def condition(self) -> Condition:
        return self.matching([*self.query, *self.wide])

    def classes(self) -> Condition:
        """The place of an answer among those shown first, next, and after them."""
        whens = [f"WHEN lexemes @@ %s::tsquery THEN {place}" for place in range(len(self.first))]
        return f"CASE {' '.join(whens)} ELSE {len(whens)} END" if whens else "0", list(self.first)

    def parts(self, window: str) -> tuple[str, list, str, list]:
        """What the index is asked for, and what each answer is looked at for."""
        looked = self.wide if self.looks else ()
        asked = [*self.query, *(() if looked else self.wide), *filter(None, [window])]
        return *self.answers(asked), matches(looked), list(looked)

    def answers(self, queries: Sequence[str]) -> Condition:
        condition, values = self.matching(queries)
        return ANSWERS.format(condition=condition), values

    @property
    def are_few(self) -> bool:
        """Whether all answers of the words are soon had."""
        return self.sampled.candidates <= limits.AT_ONCE

    @property
    def looks(self) -> bool:
        """Whether it is quicker to look at each answer of the words than to ask for the wide filters."""
        answers, candidates = self.sampled
        return bool(self.query and self.wide) and (self.are_few or candidates <= limits.LOOKED_AT * answers)

    def matching(self, queries: Sequence[str]) -> Condition:
        valid = f" AND {self.valid}" if self.valid else ""
        return f"{matches(queries)}{valid}", [*queries, *self.days]


def matches(queries: Sequence[str]) -> str:
    return " AND ".join(["lexemes @@ %s::tsquery"] * len(queries)) or "TRUE"
