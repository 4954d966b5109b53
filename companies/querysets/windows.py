"""Stretches of companies by number: each is a lexeme of the index, so that a part can be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from django.db import connection

from companies.querysets.lexemes import WINDOWS, any_of

ALL = 40
SIGNS = {bits: sign for sign, bits in WINDOWS}
FINEST = min(SIGNS)
SAMPLES = 4
"""Finest windows that stand for all of them."""
SETTINGS = (
    "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0"
)
HIGHEST = "SELECT coalesce((SELECT max(company_id) FROM companies_companysearch), 0)"


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
class Windows:
    """Some windows of one width, and which share of all numbers is in them."""

    windows: tuple[Window, ...]
    share: float

    @property
    def lexeme(self) -> str:
        return any_of([window.lexeme for window in self.windows])


def settle() -> int:
    """Only the index is asked, in this transaction; the highest number of a company."""
    with connection.cursor() as cursor:
        cursor.execute(f"{SETTINGS};{HIGHEST}")
        return int(cursor.fetchone()[0])


def sample(highest: int) -> Windows:
    """Some of the finest windows, evenly spread; all of them where they are few."""
    every = (highest >> FINEST) + 1
    places = dict.fromkeys(number * every // SAMPLES for number in range(SAMPLES))
    return Windows(tuple(Window(FINEST, place) for place in places), len(places) / every)


def first_part(share: float, highest: int) -> Windows | None:
    """The first numbers, about that share of all; None where it is everything."""
    numbers = highest + 1
    wanted = share * numbers
    bits = next((bits for bits in SIGNS if wanted >= 1 << bits), FINEST)
    count = ceil(wanted / (1 << bits))
    if count << bits > highest:
        return None
    return Windows(tuple(Window(bits, place) for place in range(count)), (count << bits) / numbers)
