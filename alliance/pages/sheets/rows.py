"""A table that somebody brought: its heads and its rows, whatever program wrote it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliance.pages.sheets.refusals import (
    SheetHasMergedCells,
    SheetHasOnlyHeads,
    SheetHasTooManyColumns,
    SheetHasTooManyRows,
    SheetHeadTwice,
    SheetIsEmpty,
)

MOST_ROWS = 200_000
MOST_COLUMNS = 500
ROWS_TO_JUDGE = 10
CELLS_BELOW_A_TITLE = 3


class Kind(StrEnum):
    """In which format a table came."""

    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"


class MistakeKind(StrEnum):
    """What can be wrong with a cell before anybody asks what it means."""

    OUTSIDE = "outside"
    NOT_CALCULATED = "not calculated"
    ERROR = "error"
    DIGITS_LOST = "digits lost"


SENTENCES = {
    MistakeKind.OUTSIDE: _(
        "This cell stands outside the columns that have headings. Perhaps a separator in the row is "
        "one too many."
    ),
    MistakeKind.NOT_CALCULATED: _(
        "The formula in this cell has not been calculated. Please open the file, save it and choose it again."
    ),
    MistakeKind.ERROR: _("The formula in this cell gives an error. Please type the value itself."),
    MistakeKind.DIGITS_LOST: _(
        "A number of more than 15 digits has lost its last digits. Please format the column as text and type "
        "the number again."
    ),
}


class Mistake(NamedTuple):
    """What is wrong with one cell as it stands in the file."""

    place: int
    value: str
    kind: MistakeKind

    @property
    def column(self) -> str:
        """The column's letters, as spreadsheet programs show them."""
        return letters_of(self.place)

    @property
    def sentence(self) -> str:
        """What is wrong, and what would help, in the active language."""
        return str(SENTENCES[self.kind])


class Row(NamedTuple):
    """One row below the heads: its number as its program shows it, and one text for each head."""

    number: int
    cells: list[str]
    mistakes: tuple[Mistake, ...] = ()


RawRows = Callable[[], Generator[Row, None, None]]


@dataclass
class Sheet:
    """The table of a file: opened and looked through, its rows read anew with each `rows()`."""

    name: str
    kind: Kind
    raw_rows: RawRows = field(repr=False)
    encoding: str = ""
    separator: str = ""
    title: str = ""
    total_rows: int | None = None
    notes: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    head_row: int = 0
    merged: list[str] = field(default_factory=list, repr=False)

    def rows(self) -> Iterator[Row]:
        """The rows below the heads, one at a time; rows without any value are left out."""
        width, named, seen = len(self.heads), self._named(), 0
        for row in self.raw_rows():
            if row.number <= self.head_row or is_blank(row):
                continue
            seen += 1
            if seen > MOST_ROWS:
                raise SheetHasTooManyRows(name=self.name, most=counted(MOST_ROWS))
            yield row if len(row.cells) == width and named is None else _fitted(row, width, named)

    def _named(self) -> set[int] | None:
        """The places of columns with a head, when some have none."""
        named = {place for place, head in enumerate(self.heads) if head}
        return named if len(named) < len(self.heads) else None


def is_blank(row: Row) -> bool:
    """Nothing to be seen in it."""
    for cell in row.cells:
        if cell and not cell.isspace():
            return False
    return not row.mistakes


def _fitted(row: Row, width: int, named: set[int] | None) -> Row:
    cells, mistakes = row.cells, row.mistakes
    if len(cells) > width:
        outside = [(place, value) for place, value in enumerate(cells[width:], width) if value.strip()]
        mistakes += tuple(Mistake(place, value, MistakeKind.OUTSIDE) for place, value in outside)
        cells = cells[:width]
    elif len(cells) < width:
        cells = cells + [""] * (width - len(cells))
    if named is not None:
        cells = [value if place in named else "" for place, value in enumerate(cells)]
    return Row(row.number, cells, mistakes)


def with_heads(sheet: Sheet) -> Sheet:
    """The sheet with its headings found; refused without any, or without a row below them."""
    with closing(sheet.raw_rows()) as rows:
        filled = (row for row in rows if not is_blank(row))
        first = list(islice(filled, ROWS_TO_JUDGE))
    if not first:
        raise SheetIsEmpty(name=sheet.name)
    place = _place_of_heads(first)
    sheet.heads, sheet.head_row = _heads_of(first[place].cells), first[place].number
    if place:
        sheet.notes.append(
            gettext("The headings are taken from row %(row)s; what stands above them is not read.")
            % {"row": sheet.head_row}
        )
    _check_heads(sheet)
    refuse_merged(sheet)
    if len(first) == place + 1:
        raise SheetHasOnlyHeads(name=sheet.name)
    return sheet


def _place_of_heads(rows: Sequence[Row]) -> int:
    """The first row, unless it is a title: one cell alone, above rows of several."""
    filled = [sum(bool(cell.strip()) for cell in row.cells) for row in rows]
    place = 0
    while filled[place] == 1 and max(filled[place + 1 :], default=0) >= CELLS_BELOW_A_TITLE:
        place += 1
    return place


def _heads_of(cells: Sequence[str]) -> list[str]:
    heads = [" ".join(cell.split()) for cell in cells]
    while heads and not heads[-1]:
        heads.pop()
    return heads


def _check_heads(sheet: Sheet) -> None:
    if len(sheet.heads) > MOST_COLUMNS:
        raise SheetHasTooManyColumns(name=sheet.name, most=counted(MOST_COLUMNS))
    for head, times in Counter(head.casefold() for head in sheet.heads if head).items():
        if times > 1:
            first, second = [place for place, one in enumerate(sheet.heads) if one.casefold() == head][:2]
            raise SheetHeadTwice(
                name=sheet.name, first=letters_of(first), second=letters_of(second), head=sheet.heads[first]
            )
    if empty := [letters_of(place) for place, head in enumerate(sheet.heads) if not head]:
        sheet.notes.append(
            gettext("Columns without a heading are not read: %(columns)s.") % {"columns": ", ".join(empty)}
        )


def refuse_merged(sheet: Sheet) -> None:
    """Merged cells among the heads or below leave it open which row a value belongs to."""
    for ref in sheet.merged:
        found = re.match(r"\$?([A-Z]+)\$?(\d+)", ref)
        if found and int(found[2]) >= sheet.head_row and place_of(found[1]) < len(sheet.heads):
            raise SheetHasMergedCells(name=sheet.name, range=ref.replace("$", ""))


def counted(number: float, decimals: int = 0) -> str:
    """A number as the active language writes it."""
    return number_format(number, decimal_pos=decimals, use_l10n=True, force_grouping=True)


def letters_of(place: int) -> str:
    """The name of a column: A for 0, AA for 26."""
    letters, rest = "", place + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def place_of(letters: str) -> int:
    """The place of a column: 0 for A, 26 for AA."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1
