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
    plain_text,
    without_references,
)

LONGEST_ROW = 32 * 1024 * 1024
MOST_SHAPES = 2_000
# No “<” in a tag: else a file without “>” would be searched from every “<” to its end.
ROW = re.compile(r'<row (?:[^<>]*? )??r="(\d+)"[^<>]*>')
TEXT = re.compile(r">([^<]+)<")
# Most programs write a cell exactly so. What looks different is read by the XML parser.
# Zero characters, which no file may have, stand where texts and the number of the row stood.
CELL = re.compile(
    r'(\0?)<c r="([A-Z]{1,3})(?:\d+|\0)"([^<>\0]*)'
    r"(?:(?<=/)>|>(?:<f[^<>]*>(?:(\0?)</f>)?)?(?:<v>|<is><t[^<>]*>)\0</(?:v|t></is)></c>)"
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
    """How the cells of a row are written: few shapes make up a whole sheet."""

    texts: list[int]
    """Which of the texts in the row's XML are values; mostly all of them."""
    places: list[int]
    converters: list[Convert]
    width: int
    only_texts: bool


class Shapes(dict[str, Shape | None]):
    """Shapes by a row's XML without its texts and its number, made when first met; None if unusual."""

    def __init__(self, converters: Converters) -> None:
        super().__init__()
        self.converters = converters

    def __missing__(self, tags: str) -> Shape | None:
        if len(self) > MOST_SHAPES:
            self.clear()
        self[tags] = shape = self.shape_of(tags)
        return shape

    def shape_of(self, tags: str) -> Shape | None:
        shape, at, text = Shape([], [], [], 0, True), 0, 0
        places: list[int] = []
        while cell := CELL.match(tags, at):
            between, letters, attributes, formula = cell.groups("")
            text, at = text + len(between + formula), cell.end()
            places.append(place_of(letters))
            if not attributes.endswith("/"):
                shape.texts.append(text)
                shape.places.append(places[-1])
                shape.converters.append(self.converters[attributes])
                text += 1
        if tags[at:].strip("\0"):
            return None
        only_texts = all(convert is plain_text for convert in shape.converters)
        return shape._replace(width=max(places, default=-1) + 1, only_texts=only_texts)


def _read_quickly(text: str, shapes: Shapes) -> list[Row] | None:
    """The rows of a piece in the usual way of writing; None when anything is written otherwise."""
    if "\r" in text or "\0" in text or "<!" in text or not text.endswith("</row>"):
        return None
    rows: list[Row] = []
    for part in text.split("</row>")[:-1]:
        start = part.rfind("<row")
        head = ROW.match(part, start)
        # Text in a cell cannot hold “<”: so every “<c” may be a cell, and must stand in a row.
        if head is None or (start and "<c" in part[max(part.find("<sheetData"), 0) : start]):
            return None
        row = _row(head[1], part[head.end() :], shapes)
        if row is None:
            return None
        rows.append(row)
    return rows


def _row(number: str, xml: str, shapes: Shapes) -> Row | None:
    pieces = TEXT.split(xml)
    tags = ">\0<".join(pieces[::2])
    # Where a style has the number of the row, the tags are looked at as they are.
    shape = shapes[tags.replace(f'{number}"', '\0"')] or shapes.shape_of(tags)
    if shape is None:
        return None
    texts = pieces[1::2]
    if len(texts) > len(shape.texts):
        texts = [texts[at] for at in shape.texts]
    if "&" in xml:
        texts = [*map(without_references, texts)]
    plain = shape.only_texts and "_x" not in xml
    values = texts if plain else [convert(one) for convert, one in zip(shape.converters, texts, strict=True)]
    cells = [""] * shape.width
    for place, value in zip(shape.places, values, strict=True):
        cells[place] = value
    return Row(int(number), cells, () if plain or Flawed not in map(type, values) else mistakes_of(cells))
