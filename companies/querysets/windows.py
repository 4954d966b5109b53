"""Asking the index for a part of what it has, so that a question never costs more than its answer.

Companies are numbered; a window is a stretch of numbers, and a lexeme of its own. Of a question with
many answers one window after the other is asked for, each as wide as it can be without holding more
than can be put in order at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from math import ceil
from typing import NamedTuple

from django.db import connection

from companies.querysets.lexemes import WINDOWS, all_of, any_of

MOST_ORDERED = 1000
"""Answers that are put in order at once, and counted."""
ENOUGH = 1200
"""Answers expected in the first window asked for."""
ALL = 40
SIGNS = {bits: sign for sign, bits in WINDOWS}
FINEST = min(SIGNS)
FEW = 4000
"""Expected answers up to which all of them are asked for at once."""
COUNTED_AT_ONCE = 50_000
"""Expected answers up to which it is quicker to count in all windows than to tell windows apart."""
SURELY = 3000
"""Answers expected where first is counted, when only more than can be put in order are looked for."""
LOOKED_AT = 8
"""Answers of the words alone that are looked at for one with the wide filters, at most."""
SOME = 25
"""Answers that the first window has at least; else windows are wider."""
MANY = 5000
"""Answers from which on it is quicker to walk along a column than to put all of them in order."""
SETTINGS = (
    "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0"
)
HITS = """
    WITH hits AS MATERIALIZED (SELECT company_id, lexemes FROM companies_companysearch WHERE {condition})
    SELECT {classes}, length(lexemes), company_id FROM hits WHERE {wide} LIMIT %s
"""
COUNT = """
    WITH hits AS MATERIALIZED (SELECT lexemes FROM companies_companysearch WHERE {condition})
    SELECT count(*) FROM (SELECT FROM hits WHERE {wide} LIMIT %s) AS counted
"""
EXPECTED = """
    EXPLAIN (FORMAT JSON) SELECT FROM companies_companysearch WHERE lexemes @@ %s::tsquery
    UNION ALL SELECT FROM companies_companysearch WHERE lexemes @@ %s::tsquery
"""
SIZE = """
    SELECT greatest(reltuples, 0), coalesce((SELECT max(company_id) FROM companies_companysearch), 0)
    FROM pg_class WHERE oid = 'companies_companysearch'::regclass
"""


class Hit(NamedTuple):
    """An answer, in the order in which answers of one window are shown."""

    later: int
    size: int
    company: int


@dataclass(frozen=True)
class Asked:
    """A question as the index understands it."""

    query: str
    wide: str = ""
    """What a large part of all companies has; then the index is slower than looking at each answer."""
    valid: str = ""
    days: Sequence[date] = ()
    first: tuple[str, ...] = ()
    """What is shown first of its answers, and what next."""
    expected: int | None = None
    """How many answers there are at most, where that is known."""
    found: dict[Window, list[Hit]] = field(default_factory=dict, compare=False, repr=False)

    def classes(self) -> tuple[str, list]:
        """The place of an answer among those shown first, next, and after them."""
        whens = [f"WHEN lexemes @@ %s::tsquery THEN {place}" for place in range(len(self.first))]
        return f"CASE {' '.join(whens)} ELSE {len(whens)} END" if whens else "0", list(self.first)

    @property
    def full(self) -> str:
        return all_of([f"({self.query})" if self.query else "", self.wide])

    @cached_property
    def estimates(self) -> tuple[int, int]:
        """How many answers the database expects, and how many before the wide filters are asked for."""
        with connection.cursor() as cursor:
            cursor.execute(EXPECTED, [self.full, self.query or self.full])
            plan = cursor.fetchone()[0]
        both = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plans"]
        return int(both[0]["Plan Rows"]), int(both[1]["Plan Rows"])

    @property
    def is_rare(self) -> bool:
        """Whether it is known without asking that all answers can be put in order at once."""
        return self.expected is not None and self.expected <= MOST_ORDERED

    @cached_property
    def looks(self) -> bool:
        """Whether the wide filters are looked for in each answer."""
        if not (self.query and self.wide):
            return False
        return self.is_rare or self.estimates[1] <= LOOKED_AT * self.estimates[0]

    @property
    def candidates(self) -> int:
        """How many answers the index is expected to give."""
        if self.is_rare:
            return self.expected or 0
        return self.estimates[1 if self.looks else 0] if self.full else COUNTED_AT_ONCE + 1

    def condition(self, window: str = "") -> tuple[str, list]:
        return self.matching(self.full, window)

    def parts(self, window: str = "") -> tuple[str, list, str, list]:
        """What the index is asked for, and what each answer is looked at for."""
        if not self.looks:
            return *self.matching(self.full, window), "TRUE", []
        return *self.matching(self.query, window), "lexemes @@ %s::tsquery", [self.wide]

    def matching(self, query: str, window: str) -> tuple[str, list]:
        asked = all_of([f"({query})" if query else "", window])
        matches, values = ("lexemes @@ %s::tsquery", [asked]) if asked else ("TRUE", [])
        return f"{matches} AND {self.valid}" if self.valid else matches, [*values, *self.days]


class Window(NamedTuple):
    """A stretch of 2 ** bits numbers."""

    bits: int
    place: int

    @property
    def lexeme(self) -> str:
        return f"{SIGNS[self.bits]}{self.place}" if self.bits < ALL else ""

    @property
    def begin(self) -> int:
        return self.place << self.bits

    @property
    def end(self) -> int:
        return (self.place + 1) << self.bits


EVERYWHERE = Window(ALL, 0)


@dataclass(frozen=True)
class Size:
    """How many companies there are, about, and the highest number."""

    companies: int
    highest: int


NOTHING_KNOWN = Size(0, 0)


class Stretch(NamedTuple):
    """The first windows of one width, together."""

    bits: int
    windows: int

    @property
    def lexeme(self) -> str:
        return any_of([Window(self.bits, place).lexeme for place in range(self.windows)])

    @property
    def end(self) -> int:
        return self.windows << self.bits


def stretch(share: float, everything: Size) -> Stretch | None:
    """The first numbers, about that share of all; None where it is everything."""
    wanted = share * (everything.highest + 1)
    bits = next((bits for bits in SIGNS if wanted >= 1 << bits), FINEST)
    windows = ceil(wanted / (1 << bits))
    return Stretch(bits, windows) if windows << bits <= everything.highest else None


def settle() -> Size:
    """Only the index is asked, in this transaction; and how much there is to ask."""
    with connection.cursor() as cursor:
        cursor.execute(f"{SETTINGS};{SIZE}")
        companies, highest = cursor.fetchone()
    return Size(int(companies), highest)


def expectation(asked: Asked, everything: Size) -> int:
    """How many answers the database expects; all companies for a question that asks for nothing."""
    if asked.is_rare:
        return asked.expected or 0
    return asked.estimates[0] if asked.full else everything.companies


def widest(expected: int, everything: Size) -> int:
    """How wide windows may be, by what is expected."""
    if expected <= MOST_ORDERED:
        return ALL
    share = expected / max(everything.companies, expected)
    return next((bits for bits in SIGNS if share * (1 << bits) <= ENOUGH), FINEST)


def width(asked: Asked, everything: Size) -> int:
    """How wide windows may be to begin with; wider where the first has hardly any of what was expected."""
    bits = widest(expectation(asked, everything), everything)
    for wider in sorted(bit for bit in (*SIGNS, ALL) if bit > bits):
        if len(first_hits(asked, Window(bits, 0))) >= SOME:
            break
        bits = wider
    return bits


def first_hits(asked: Asked, window: Window) -> list[Hit]:
    """The answers in a window, one more than can be put in order at most; asked for once."""
    if window not in asked.found:
        asked.found[window] = hits(asked, window, None if window.bits == FINEST else MOST_ORDERED + 1)
    return asked.found[window]


def hits(asked: Asked, window: Window, most: int | None = None) -> list[Hit]:
    """The answers in a window, in order; any so many, if there are more."""
    condition, values, wide, looked = asked.parts(window.lexeme)
    classes, first = asked.classes()
    with connection.cursor() as cursor:
        sql = HITS.format(condition=condition, classes=classes, wide=wide)
        cursor.execute(sql, [*values, *first, *looked, most])
        return sorted(map(Hit._make, cursor.fetchall()))


def gathered(asked: Asked) -> list[Hit] | None:
    """All answers, where they are no more than can be put in order; None for more."""
    found = hits(asked, EVERYWHERE, MOST_ORDERED + 1)
    return found if len(found) <= MOST_ORDERED else None


def counted(asked: Asked, everything: Size) -> tuple[int, bool]:
    """How many answers there are, 1,001 at most, and whether they are many.

    Of many only a stretch of the first windows is counted, where more than enough are expected.
    """
    expected = expectation(asked, everything)
    part = asked.candidates > COUNTED_AT_ONCE and stretch(SURELY / max(expected, SURELY), everything)
    if part and (total := count(asked, part.lexeme, MOST_ORDERED + 1)) > MOST_ORDERED:
        return total, total * (everything.highest + 1) > MANY * part.end
    return count(asked, "", MOST_ORDERED + 1), False


def count(asked: Asked, window: str, most: int) -> int:
    """How many answers there are in a window; `most` for that many and more."""
    condition, values, wide, looked = asked.parts(window)
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(condition=condition, wide=wide), [*values, *looked, most])
        return int(cursor.fetchone()[0])


def fitting(asked: Asked, widest: int, at: int, *, back: bool = False) -> tuple[Window, list[Hit]]:
    """The widest window from a number on, or up to it, that does not hold too many answers."""
    fits = [bits for bits in (ALL, *SIGNS) if bits <= widest and at % (1 << bits) == 0]
    for bits in fits:
        window = Window(bits, (at >> bits) - back)
        found = first_hits(asked, window)
        if bits == FINEST or len(found) <= MOST_ORDERED:
            break
    return window, found


def answers(asked: Asked, widest: int, highest: int, begin: int = 0) -> Iterator[tuple[Window, list[Hit]]]:
    """Window by window from a number on."""
    while begin <= highest:
        window, found = fitting(asked, widest, begin)
        yield window, found
        begin = window.end


def answers_before(asked: Asked, widest: int, end: int) -> Iterator[tuple[Window, list[Hit]]]:
    """Window by window back from a number."""
    while end > 0:
        window, found = fitting(asked, widest, end, back=True)
        yield window, found
        end = window.begin


def answers_back(asked: Asked, widest: int, highest: int) -> Iterator[tuple[Window, list[Hit]]]:
    """Window by window back from the end."""
    if widest == ALL:
        found = hits(asked, EVERYWHERE, MOST_ORDERED + 1)
        if len(found) <= MOST_ORDERED:
            yield EVERYWHERE, found
            return
    bits = min(widest, max(SIGNS))
    yield from answers_before(asked, widest, ((highest >> bits) + 1) << bits)
