"""A row of a file while it is looked at: what its cells say, and what that means for the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from alliance.pages.sheets.rows import Mistake as CellMistake
from alliance.pages.sheets.rows import Row
from companies.actions.columns import BY_KEY, COLUMNS, EMPTIED, Column, Mistake, Values, Words
from companies.states import Verdict

MOST_KEPT = 20_000
LONGEST_SHOWN = 300
Columns = Sequence[tuple[int, Column, dict[str, Any] | None]]
"""Columns of a file: where they stand, and what was read of those in which texts repeat."""
ORDER = {column.key: place for place, column in enumerate(COLUMNS)}


@dataclass(slots=True)
class Read:
    """One row as it was read; `mistakes` are [column, place, text, code, params]."""

    number: int
    values: Values
    mistakes: list[list[Any]] = field(default_factory=list)
    cells: Sequence[str] = ()
    columns: Columns = field(default=(), repr=False)
    verdict: str = ""
    company: int | None = None
    revision: int = 0
    differences: dict[str, list[Any]] = field(default_factory=dict)
    candidates: list[int] = field(default_factory=list)
    sort_name: str = ""
    name_keys: list[str] = field(default_factory=list)
    settled: bool = False
    corrected: bool = False
    digest: int = 0

    @property
    def texts(self) -> dict[str, str]:
        """What its cells say, by column."""
        return {column.key: self.cells[place] for place, column, _known in self.columns if self.cells[place]}

    def mistaken(self, key: str, code: str, text: Any = "", params: Mapping[str, Any] | None = None) -> None:
        """Something is wrong that shows only when the whole row is looked at."""
        self.mistakes.append([key, None, str(text)[:LONGEST_SHOWN], code, dict(params or {})])
        self.verdict = Verdict.MISTAKE


class Reader:
    """Reads the rows of one file: which column stands where is settled once.

    What comes again and again (a legal form, a city) is read once and remembered.
    """

    def __init__(self, mapping: Sequence[str], words: Words) -> None:
        self.words = words
        places = sorted((ORDER[key], place) for place, key in enumerate(mapping) if key)
        self.columns: Columns = [
            (place, COLUMNS[order], {} if COLUMNS[order].repeats else None) for order, place in places
        ]
        self.keys = {place: column.key for place, column, _known in self.columns}

    def read(self, row: Row) -> Read:
        values: Values = {}
        mistakes: list[list[Any]] = []
        cells = writable(row.cells)
        for place, column, known in self.columns:
            if not (text := cells[place]):
                continue
            if known is None:
                found = self.cell(column, text)
            elif (found := known.get(text)) is None:
                found = self.keep(column, text, known)
            if found.__class__ is Mistake:
                mistakes.append([column.key, place, text[:LONGEST_SHOWN], found.code, dict(found.params)])
            else:
                values.update(found)
        if row.mistakes:
            mistakes += self.cell_mistakes(row.mistakes)
        return Read(row.number, values, mistakes, cells, self.columns)

    def keep(self, column: Column, text: str, known: dict[str, Any]) -> Any:
        if len(known) >= MOST_KEPT:
            known.clear()
        known[text] = found = self.cell(column, text)
        return found

    def cell(self, column: Column, text: str) -> Any:
        if len(text) < 4 and text.strip() in EMPTIED:
            return column.empty or Mistake("cannot_be_emptied")
        if text.isspace():
            return {}
        return column.read(text, self.words)

    def cell_mistakes(self, found: Iterable[CellMistake]) -> list[list[Any]]:
        """Faults of the file itself, in columns that we read, or outside all of them."""
        outside = "cell_outside"
        rows = [
            [
                self.keys.get(one.place, ""),
                one.place,
                one.value[:LONGEST_SHOWN],
                f"cell_{one.kind.name.lower()}",
                {},
            ]
            for one in found
        ]
        return [row for row in rows if row[0] or row[3] == outside]

    def typed(self, texts: Mapping[str, str], number: int) -> Read:
        """The same for a row typed in by hand: texts by column."""
        by_place = {column.key: place for place, column, _known in self.columns}
        width = max(by_place.values(), default=-1) + 1
        cells = [""] * width
        for key, text in texts.items():
            if key in by_place:
                cells[by_place[key]] = str(text)
        return self.read(Row(number, cells))


def writable(cells: Sequence[str]) -> Sequence[str]:
    """Without what a database cannot keep: the zero character, halves of characters."""
    joined = "".join(cells)
    if "\0" not in joined and (joined.isascii() or is_whole(joined)):
        return cells
    return [cell.replace("\0", "").encode("utf-8", "replace").decode() for cell in cells]


def is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def fields_of(mapping: Iterable[str]) -> list[str]:
    """The fields of a company that the columns of a file fill."""
    found = {name for key in mapping if key for name in BY_KEY[key].fields}
    return sorted(found - {"id"})
