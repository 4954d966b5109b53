"""A row of a file while it is looked at: what its cells say, and what that means for the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from alliance.pages.sheets.rows import Mistake as CellMistake
from alliance.pages.sheets.rows import Row
from companies.actions.columns import BY_KEY, COLUMNS, EMPTIED, Column, Mistake, Values, Words
from companies.states import Verdict

MOST_KEPT = 20_000
LONGEST_SHOWN = 300
Columns = Sequence[tuple[int, Column, Callable[[str], Values | Mistake]]]
"""Columns of a file: where they stand, which they are, and how their cells are read."""
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
        return {column.key: self.cells[place] for place, column, _read in self.columns if self.cells[place]}

    def mistaken(self, key: str, code: str, text: Any = "", params: Mapping[str, Any] | None = None) -> None:
        """Something is wrong that shows only when the whole row is looked at."""
        self.mistakes.append([key, None, str(text)[:LONGEST_SHOWN], code, dict(params or {})])
        self.verdict = Verdict.MISTAKE


def reading(column: Column, words: Words) -> Callable[[str], Values | Mistake]:
    """How a cell of the column is read: a dash empties, blanks say nothing."""
    empty = column.empty or Mistake("cannot_be_emptied")
    read = column.read

    def cell(text: str) -> Values | Mistake:
        if len(text) < 4 and text.strip() in EMPTIED:
            return empty
        return {} if text.isspace() else read(text, words)

    return Remembered(cell).__getitem__ if column.repeats else cell


class Remembered(dict[str, Values | Mistake]):
    """What comes again and again (a legal form, a city) is read once; what it says is nobody's to change."""

    def __init__(self, read: Callable[[str], Values | Mistake]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, text: str) -> Values | Mistake:
        if len(self) >= MOST_KEPT:
            self.clear()
        self[text] = found = self.read(text)
        return found


class Reader:
    """Reads the rows of one file: which column stands where, and how it is read, is settled once."""

    def __init__(self, mapping: Sequence[str], words: Words) -> None:
        self.words = words
        places = sorted((ORDER[key], place) for place, key in enumerate(mapping) if key)
        self.columns: Columns = [
            (place, COLUMNS[order], reading(COLUMNS[order], words)) for order, place in places
        ]
        self.keys = {place: column.key for place, column, _read in self.columns}
        self.width = max(self.keys, default=-1) + 1

    def read(self, row: Row) -> Read:
        values: Values = {}
        mistakes: list[list[Any]] = []
        cells = row.cells
        if len(cells) < self.width:
            # A column that was filled in by hand is not in the file.
            cells = [*cells, *[""] * (self.width - len(cells))]
        for place, column, read in self.columns:
            if text := cells[place]:
                found = read(text)
                if isinstance(found, dict):
                    values |= found
                else:
                    mistakes.append([column.key, place, text[:LONGEST_SHOWN], found.code, dict(found.params)])
        if row.mistakes:
            mistakes += self.cell_mistakes(row.mistakes)
        return Read(row.number, values, mistakes, cells, self.columns)

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
        by_place = {column.key: place for place, column, _read in self.columns}
        cells = [""] * self.width
        for key, text in texts.items():
            if key in by_place:
                cells[by_place[key]] = writable(str(text))
        return self.read(Row(number, cells))


def writable(text: str) -> str:
    """Without what a database cannot keep and no file has: the zero character, halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def fields_of(mapping: Iterable[str]) -> list[str]:
    """The fields of a company that the columns of a file fill."""
    found = {name for key in mapping if key for name in BY_KEY[key].fields}
    return sorted(found - {"id"})
