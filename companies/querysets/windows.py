"""Asking the index for a part of what it has, so that a question never costs more than its answer.

Companies are numbered; a window is a stretch of numbers, and a lexeme of its own. Of a question with
many answers one window after the other is asked for, each as wide as it can be without holding more
than can be put in order at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
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
"""Expected answers up to which all of them are counted at once."""
SURELY = 3000
"""Answers expected where first is counted, when only more than can be put in order are looked for."""
SOME = 25
"""Answers that the first window has at least; else windows are wider."""
MANY = 5000
"""Answers from which on it is quicker to walk along a column than to put all of them in order."""
SETTINGS = (
    "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0"
)
HITS = """
    WITH hits AS MATERIALIZED (SELECT company_id, lexemes FROM companies_companysearch WHERE {condition})
    SELECT {classes}, length(lexemes), company_id FROM hits LIMIT %s
"""
COUNT = """
    WITH hits AS MATERIALIZED (SELECT company_id FROM companies_companysearch WHERE {condition})
    SELECT count(*) FROM (SELECT FROM hits LIMIT %s) AS counted
"""
EXPECTED = "EXPLAIN (FORMAT JSON) SELECT FROM companies_companysearch WHERE lexemes @@ %s::tsquery"
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
    valid: str = ""
    days: Sequence[date] = ()
    first: tuple[str, ...] = ()
    """What is shown first of its answers, and what next."""
    expected: int | None = None
    """How many answers there are at most, where that is known."""

    def classes(self) -> tuple[str, list]:
        """The place of an answer among those shown first, next, and after them."""
        whens = [f"WHEN lexemes @@ %s::tsquery THEN {place}" for place in range(len(self.first))]
        return f"CASE {' '.join(whens)} ELSE {len(whens)} END" if whens else "0", list(self.first)

    def condition(self, window: str = "") -> tuple[str, list]:
        query = all_of([f"({self.query})" if self.query else "", window])
        matches, values = ("lexemes @@ %s::tsquery", [query]) if query else ("TRUE", [])
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
    if asked.expected is not None and asked.expected <= MOST_ORDERED:
        return asked.expected
    if not asked.query:
        return everything.companies
    with connection.cursor() as cursor:
        cursor.execute(EXPECTED, [asked.query])
        plan = cursor.fetchone()[0]
    return int((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"])


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
        if count(asked, Window(bits, 0).lexeme, SOME) == SOME:
            break
        bits = wider
    return bits


def hits(asked: Asked, window: Window, most: int | None = None) -> list[Hit]:
    """The answers in a window, in order; any so many, if there are more."""
    condition, values = asked.condition(window.lexeme)
    classes, first = asked.classes()
    with connection.cursor() as cursor:
        cursor.execute(HITS.format(condition=condition, classes=classes), [*values, *first, most])
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
    part = expected > FEW and stretch(SURELY / expected, everything)
    if part and (total := count(asked, part.lexeme, MOST_ORDERED + 1)) > MOST_ORDERED:
        return total, total * (everything.highest + 1) > MANY * part.end
    return count(asked, "", MOST_ORDERED + 1), False


def count(asked: Asked, window: str, most: int) -> int:
    """How many answers there are in a window; `most` for that many and more."""
    condition, values = asked.condition(window)
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(condition=condition), [*values, most])
        return int(cursor.fetchone()[0])


def fitting(asked: Asked, widest: int, at: int, *, back: bool = False) -> tuple[Window, list[Hit]]:
    """The widest window from a number on, or up to it, that does not hold too many answers."""
    fits = [bits for bits in (ALL, *SIGNS) if bits <= widest and at % (1 << bits) == 0]
    for bits in fits:
        window = Window(bits, (at >> bits) - back)
        found = hits(asked, window, None if bits == FINEST else MOST_ORDERED + 1)
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
