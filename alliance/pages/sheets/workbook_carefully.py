"""Rows of a workbook that are written in a less usual way, read by an XML parser."""

from __future__ import annotations

import re

from alliance.pages.sheets.rows import MistakeKind, Row, place_of
from alliance.pages.sheets.workbook_values import Converters, Flawed, mistakes_of, plain_text
from alliance.pages.sheets.xml_events import Attributes, attribute, xml_parser

MOST_PLACES = 16_384
REFERENCE = re.compile(r"([A-Z]{1,3})\d+$")


def read_carefully(text: str, converters: Converters, *, after: int, first: bool) -> list[Row]:
    """The rows of a piece of a sheet; `after` is the number of the row before it."""
    reader = _Reader(converters, after)
    parser = xml_parser(reader.start, reader.end, reader.text)
    if not first:
        parser.Parse("<rows>", False)
    parser.Parse(text, False)
    return reader.rows


class _Reader:
    """Rows put together from the events of an XML parser."""

    def __init__(self, converters: Converters, number: int) -> None:
        self.converters = converters
        self.number = number
        self.rows: list[Row] = []
        self.values: list[str] = []
        self.place = -1
        self.attributes = ""
        self.formula = False
        self.inside: list[str] = []
        self.value: list[str] = []
        self.own_text: list[str] = []

    def start(self, name: str, values: Attributes) -> None:
        self.inside.append(name)
        if name == "row":
            self.number = int(attribute(values, "r") or self.number + 1)
            self.place, self.values = -1, []
        elif name == "c":
            self._start_cell(values)
        elif name == "f":
            self.formula = True

    def _start_cell(self, values: Attributes) -> None:
        written = REFERENCE.match(attribute(values, "r"))
        self.place = place_of(written[1]) if written else self.place + 1
        self.attributes = f' s="{attribute(values, "s") or 0}" t="{attribute(values, "t") or "n"}"'
        self.formula, self.value, self.own_text = False, [], []

    def text(self, text: str) -> None:
        name = self.inside[-1] if self.inside else ""
        if name == "v":
            self.value.append(text)
        elif name == "t" and "rPh" not in self.inside:
            self.own_text.append(text)

    def end(self, name: str) -> None:
        self.inside.pop()
        if name == "c":
            self._put(self._shown())
        elif name == "row":
            self.rows.append(Row(self.number, self.values, mistakes_of(self.values)))

    def _shown(self) -> str:
        value = "".join(self.value)
        if value:
            return self.converters[self.attributes](value)
        # A formula may give an empty text; anything else it gives is saved with it.
        if self.formula and 't="str"' not in self.attributes:
            return Flawed("", MistakeKind.NOT_CALCULATED)
        return plain_text("".join(self.own_text))

    def _put(self, text: str) -> None:
        if self.place >= MOST_PLACES:
            raise ValueError("more columns than a sheet has")
        if text or type(text) is Flawed:
            self.values.extend([""] * (self.place + 1 - len(self.values)))
            self.values[self.place] = text
