"""The rows of one sheet of a workbook, read as its XML passes by: nothing but a piece of it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from alliance.pages.sheets.rows import Row, place_of
from alliance.pages.sheets.workbook_carefully import read_carefully
from alliance.pages.sheets.workbook_values import (
    Convert,
    Converters,
    Flawed,
    mistakes_of,
    without_references,
)

LONGEST_ROW = 32 * 1024 * 1024
MOST_SHAPES = 10_000
# No “<” in a tag: else a file without “>” would be searched from every “<” to its end.
ROW = re.compile(r'<row(?: [^<>]*?)? r="(\d+)"[^<>]*>')
# Most programs write a cell exactly so. What looks different is read by the XML parser.
CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d+"([^<>]*)>'
    r"(?:(?:<f[^<>]*>(?:[^<]*</f>)?)?(?:<v>|<is><t[^<>]*>)([^<]*)</(?:v|t></is)></c>)?"
)


def rows_of(pieces: Iterable[bytes], converters: Converters) -> Iterator[Row]:
    """Every row that is written down, with its number."""
    number, shapes = 0, Shapes(converters)
    for position, text in enumerate(whole_rows(pieces)):
        rows = _read_quickly(text, shapes)
        if rows is None:
            rows = read_carefully(text, converters, after=number, first=position == 0)
        yield from rows
        number = rows[-1].number if rows else number


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


class Shape(NamedTuple):
    """What the cells of a row are like: few shapes make up a whole sheet."""

    blanks: int
    converters: list[Convert]
    places: list[int]
    gapless: bool


class Shapes(dict[tuple[tuple[str, ...], tuple[str, ...]], Shape]):
    """Shapes by the letters and attributes of their cells, made when first met."""

    def __init__(self, converters: Converters) -> None:
        super().__init__()
        self.converters = converters

    def __missing__(self, key: tuple[tuple[str, ...], tuple[str, ...]]) -> Shape:
        letters, attributes = key
        if len(self) > MOST_SHAPES:
            self.clear()
        places = [place_of(one) for one in letters]
        converters = [_blank if one.endswith("/") else self.converters[one] for one in attributes]
        blanks = converters.count(_blank)
        self[key] = shape = Shape(blanks, converters, places, places == list(range(len(places))))
        return shape


def _blank(value: str) -> str:
    return value


def _read_quickly(text: str, shapes: Shapes) -> list[Row] | None:
    """The rows of a piece in the usual way of writing; None when anything is written otherwise."""
    if "\r" in text or "\0" in text or "<!" in text or not text.endswith("</row>"):
        return None
    rows: list[Row] = []
    seen = 0
    for part in text.split("</row>")[:-1]:
        head = ROW.match(part, part.rfind("<row"))
        cells = CELL.findall(part, head.end()) if head else None
        values = None if cells is None else _values(cells, shapes, referring="&" in part)
        if head is None or values is None:
            return None
        seen += len(cells or ())
        mistakes = mistakes_of(values) if Flawed in map(type, values) else ()
        rows.append(Row(int(head[1]), values, mistakes))
    # Text in a cell cannot hold “<”: so every “<c” may be a cell, and must have been seen.
    return rows if seen == text.count("<c", max(text.find("<sheetData"), 0)) else None


def _values(cells: list[tuple[str, str, str]], shapes: Shapes, referring: bool) -> list[str] | None:
    """The texts of a row; None when a cell that should have a value has none."""
    if not cells:
        return []
    letters, attributes, written = zip(*cells, strict=True)
    shape = shapes[letters, attributes]
    if written.count("") != shape.blanks:
        return None
    if referring:
        written = tuple(map(without_references, written))
    values = [convert(value) for convert, value in zip(shape.converters, written, strict=True)]
    return values if shape.gapless else _spread(values, shape.places)


def _spread(values: list[str], places: list[int]) -> list[str]:
    spread = [""] * (max(places) + 1)
    for place, value in zip(places, values, strict=True):
        spread[place] = value
    return spread
