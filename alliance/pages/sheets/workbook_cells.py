"""The rows of one sheet of a workbook, read as its XML passes by: nothing but a piece of it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from alliance.pages.sheets.rows import Mistake, MistakeKind, Row, letters_of, place_of
from alliance.pages.sheets.workbook_values import Converters, Flawed, plain_text, without_references
from alliance.pages.sheets.xml_events import Attributes, attribute, xml_parser

LONGEST_ROW = 32 * 1024 * 1024
MOST_PLACES = 16_384
ROW = re.compile(r'<row(?: [^>]*?)? r="(\d+)"[^>]*>')
# Most programs write a cell exactly so. What looks different is read by the XML parser.
CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d+"([^>]*?)(?:/>|>'
    r"(<f(?:[^>]*/>|[^>]*>[^<]*</f>))?"
    r"(?:<v>([^<]*)</v>|<v/>|<is><t[^>]*>([^<]*)</t></is>)?</c>)"
)

# The letters of its column, its attributes, whether it has a formula, its value, its own text.
Cell = tuple[str, str, str, str, str]
Cells = tuple[int, list[Cell]]


def rows_of(pieces: Iterable[bytes], converters: Converters) -> Iterator[Row]:
    """Every row that is written down, with its number."""
    number = 0
    for position, text in enumerate(whole_rows(pieces)):
        cells_of_rows = _read_quickly(text)
        if cells_of_rows is None:
            cells_of_rows = _read_carefully(text, number, first=position == 0)
        for number, cells in cells_of_rows:
            yield _row(number, cells, converters)


def whole_rows(pieces: Iterable[bytes]) -> Iterator[str]:
    """The XML in pieces that end where a row ends."""
    rest, end = b"", b""
    for piece in pieces:
        rest += piece
        end = end or _end_of_rows(rest)
        cut = rest.rfind(end) + len(end) if end and end in rest else 0
        if cut:
            yield rest[:cut].decode()
            rest = rest[cut:]
        if len(rest) > LONGEST_ROW:
            raise ValueError("a row without end")


def _end_of_rows(start: bytes) -> bytes:
    found = re.search(rb"<(\w+:)?sheetData\b", start)
    return b"</" + (found[1] or b"") + b"row>" if found else b""


def _read_quickly(text: str) -> list[Cells] | None:
    """The rows of a piece in the usual way of writing; None when anything is written otherwise."""
    if "\r" in text or "<!" in text or not text.endswith("</row>"):
        return None
    rows: list[Cells] = []
    seen = 0
    for part in text.split("</row>")[:-1]:
        head = ROW.match(part, part.rfind("<row"))
        if head is None:
            return None
        cells = CELL.findall(part, head.end())
        seen += len(cells)
        rows.append((int(head[1]), cells))
    # Text in a cell cannot hold “<”: so every “<c” may be a cell, and must have been seen.
    if seen != text.count("<c", max(text.find("<sheetData"), 0)):
        return None
    return _without_references(rows) if "&" in text else rows


def _without_references(rows: list[Cells]) -> list[Cells]:
    return [
        (number, [(c[0], c[1], c[2], without_references(c[3]), without_references(c[4])) for c in cells])
        for number, cells in rows
    ]


def _read_carefully(text: str, number: int, first: bool) -> list[Cells]:
    reader = _CarefulReader(number)
    parser = xml_parser(reader.start, reader.end, reader.text)
    if not first:
        parser.Parse("<rows>", False)
    parser.Parse(text, False)
    return reader.rows


class _CarefulReader:
    """Rows put together from the events of an XML parser."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.rows: list[Cells] = []
        self.place = -1
        self.letters = self.attributes = self.formula = ""
        self.inside: list[str] = []
        self.value: list[str] = []
        self.own_text: list[str] = []

    def start(self, name: str, values: Attributes) -> None:
        self.inside.append(name)
        if name == "row":
            self.number = int(attribute(values, "r") or self.number + 1)
            self.place = -1
            self.rows.append((self.number, []))
        elif name == "c":
            self._start_cell(values)
        elif name == "f":
            self.formula = "f"

    def _start_cell(self, values: Attributes) -> None:
        written = re.match(r"([A-Z]{1,3})\d+$", attribute(values, "r"))
        self.place = place_of(written[1]) if written else self.place + 1
        self.letters = letters_of(self.place)
        self.attributes = f' s="{attribute(values, "s") or 0}" t="{attribute(values, "t") or "n"}"'
        self.formula, self.value, self.own_text = "", [], []

    def end(self, name: str) -> None:
        self.inside.pop()
        if name == "c" and self.rows:
            cell = (self.letters, self.attributes, self.formula, "".join(self.value), "".join(self.own_text))
            self.rows[-1][1].append(cell)

    def text(self, text: str) -> None:
        name = self.inside[-1] if self.inside else ""
        if name == "v":
            self.value.append(text)
        elif name == "t" and "rPh" not in self.inside:
            self.own_text.append(text)


@cache
def places() -> dict[str, int]:
    """The place of each column by its letters."""
    return {letters_of(place): place for place in range(MOST_PLACES)}


def _row(number: int, cells: list[Cell], converters: Converters) -> Row:
    values: list[str] = []
    mistakes: list[Mistake] = []
    place_by_letters = places()
    for letters, attributes, formula, value, own_text in cells:
        if value:
            text = converters[attributes](value)
        elif own_text:
            text = plain_text(own_text)
        elif formula and 't="str"' not in attributes:
            text = Flawed("", MistakeKind.NOT_CALCULATED)
        else:
            continue
        place = place_by_letters[letters]
        if place == len(values):
            values.append(text)
        else:
            _put(values, place, text)
        if type(text) is Flawed:
            mistakes.append(Mistake(place, str(text), text.kind))
    return Row(number, values, tuple(mistakes))


def _put(values: list[str], place: int, text: str) -> None:
    values.extend([""] * (place + 1 - len(values)))
    values[place] = text
