"""Tables as text: what separates the cells, and the rows one at a time."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, islice

from alliance.pages.sheets.encodings import recognised
from alliance.pages.sheets.formulas import undefused
from alliance.pages.sheets.refusals import SheetCellIsTooLong, SheetHasTooManyRows, SheetIsCut
from alliance.pages.sheets.rows import MOST_ROWS, Kind, Row, Sheet, counted
from alliance.pages.sheets.sources import Source

SEPARATORS = (";", ",", "\t")
ROWS_TO_JUDGE = 30
CHARACTERS_TO_JUDGE = 256 * 1024
TOLD = re.compile(r'"?sep=(.)"?\r?\n?$', re.IGNORECASE)
# Stands behind the last line: found inside a cell, it shows that a quotation was never ended.
END = "\0"


def opened_csv(source: Source, *, again: bool = False) -> Sheet:
    """A CSV file as a table, its encoding and separator found out; its rows are counted the first time."""
    with source.opened() as file:
        encoding = recognised(file, source.name)
    table = CsvTable(source, encoding)
    return Sheet(
        source.name,
        Kind.CSV,
        table.rows,
        encoding=encoding,
        separator=table.separator,
        total_rows=None if again else table.check(),
    )


class CsvTable:
    """A text file read as rows."""

    def __init__(self, source: Source, encoding: str) -> None:
        self.source, self.encoding = source, encoding
        with self.lines() as lines:
            sample = list(_up_to(lines, CHARACTERS_TO_JUDGE))
        told = TOLD.match(sample[0]) if sample else None
        self.skipped = 1 if told else 0
        self.separator = told[1] if told else separator_of(sample)

    @contextmanager
    def lines(self) -> Iterator[Iterator[str]]:
        """The lines with their ends as they are."""
        with self.source.opened() as file:
            text = io.TextIOWrapper(file, self.encoding, errors="strict", newline="")
            try:
                yield iter(text)
            finally:
                if not file.closed:
                    text.detach()

    def rows(self) -> Generator[Row, None, None]:
        """Every row, blank ones too; a cell with line breaks is one cell, and counts as one row."""
        for number, cells in self._records():
            yield Row(number, [undefused(cell) for cell in cells] if "'" in "".join(cells) else cells)

    def check(self) -> int:
        """How many rows stand below the first; refused when they are too many, or the file is cut."""
        ends, doubtful = 0, False
        with self.lines() as lines:
            for line in lines:
                ends += 1
                doubtful = doubtful or '"' in line or len(line) > csv.field_size_limit()
        # Without quotations each line is a row; otherwise the rows are counted as they are read.
        if doubtful or ends > MOST_ROWS:
            ends = self.skipped + sum(1 for _record in self._records())
        return max(ends - 1 - self.skipped, 0)

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        with self.lines() as lines:
            below = chain(islice(lines, self.skipped, None), [END])
            reader = csv.reader(below, delimiter=self.separator)
            number, filled = 0, 0
            cells: list[str] = []
            try:
                for number, cells in enumerate(reader, 1):
                    if cells and END in cells[-1]:
                        break
                    filled += any(cells)
                    if filled > MOST_ROWS + 1:
                        raise SheetHasTooManyRows(name=self.source.name, most=counted(MOST_ROWS))
                    yield number, cells
            except csv.Error as error:
                most = counted(csv.field_size_limit())
                raise SheetCellIsTooLong(name=self.source.name, most=most, row=number + 1) from error
            if cells != [END]:
                raise SheetIsCut(name=self.source.name, row=number)


def _up_to(lines: Iterable[str], characters: int) -> Iterator[str]:
    for line in lines:
        yield line
        characters -= len(line)
        if characters < 0:
            return


def separator_of(lines: list[str]) -> str:
    """What divides the heads, and the rows below into as many cells."""
    return max(SEPARATORS, key=lambda separator: _fits(lines, separator))


def _fits(lines: list[str], separator: str) -> tuple[bool, float, int]:
    rows = [row for row in _sampled(lines, separator) if row]
    if not rows:
        return (False, 0.0, 0)
    width = len(rows[0])
    alike = sum(len(row) == width for row in rows) / len(rows)
    return (width > 1, round(alike, 1), width)


def _sampled(lines: list[str], separator: str) -> list[list[str]]:
    rows: list[list[str]] = []
    # A quotation without end spoils what comes after it, not what stood before.
    with suppress(csv.Error):
        rows.extend(islice(csv.reader(lines, delimiter=separator), ROWS_TO_JUDGE))
    return rows
