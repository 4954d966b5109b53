"""The rows of one sheet of an OpenDocument file, put together as its XML passes by."""

from __future__ import annotations

import re

from alliance.pages.sheets.rows import Mistake, MistakeKind
from alliance.pages.sheets.workbook_values import Flawed, number_text, percent_text
from alliance.pages.sheets.xml_events import Attributes

MOST_PLACES = 16_384
SPACES = re.compile(r"[ \t\r\n]+")
TIME = re.compile(r"-?PT(\d+)H(\d+)M([\d.]+)S")
# Comments and drawings hang on a cell, but are not its value.
BESIDE = frozenset(["annotation", "frame", "shapes", "custom-shape", "g", "ruby-text"])

# The number of the row, how many rows it stands for, its texts and what is wrong with them.
Taken = tuple[int, int, list[str], tuple[Mistake, ...]]


class TableReader:
    """Rows put together from the events of an XML parser."""

    def __init__(self, table: int) -> None:
        self.wanted = table
        self.seen = -1
        self.done = False
        self.number = 0
        self.times = 1
        self.beside = 0
        self.values: Attributes = {}
        self.cells: list[str] = []
        self.mistakes: list[Mistake] = []
        self.place = 0
        self.paragraphs: list[str] = []
        self.in_paragraph = 0
        self.rows: list[Taken] = []

    def taken(self) -> list[Taken]:
        """The rows that came to their end since the last time."""
        rows, self.rows = self.rows, []
        return rows

    def start(self, name: str, values: Attributes) -> None:
        """An element begins."""
        if name == "table":
            self.seen += 1
        if self.seen != self.wanted or self.done:
            return
        if self.beside or name in BESIDE:
            self.beside += name in BESIDE
        elif name == "table-row":
            self.times = int(values.get("table:number-rows-repeated", 1))
            self.cells, self.mistakes, self.place = [], [], 0
        elif name == "table-cell" or name == "covered-table-cell":
            self.values, self.paragraphs, self.in_paragraph = values, [], 0
        else:
            self._start_text(name, values)

    def _start_text(self, name: str, values: Attributes) -> None:
        if name == "p":
            self.paragraphs.append("")
            self.in_paragraph = 1
        elif self.in_paragraph and name == "s":
            self.paragraphs[-1] += " " * int(values.get("text:c", 1))
        elif self.in_paragraph and name in ("tab", "line-break"):
            self.paragraphs[-1] += "\t" if name == "tab" else "\n"

    def text(self, text: str) -> None:
        """Text of a paragraph; spaces count once, as OpenDocument has it."""
        if self.in_paragraph and not self.beside and self.seen == self.wanted:
            written = SPACES.sub(" ", text)
            self.paragraphs[-1] += written if self.paragraphs[-1] else written.lstrip(" ")

    def end(self, name: str) -> None:
        """An element ends."""
        if self.seen != self.wanted or self.done:
            return
        if self.beside:
            self.beside -= name in BESIDE
        elif name == "p":
            self.in_paragraph = 0
        elif name == "table-cell" or name == "covered-table-cell":
            self._end_cell()
        elif name == "table-row":
            self.rows.append((self.number + 1, self.times, self.cells, tuple(self.mistakes)))
            self.number += self.times
        elif name == "table":
            self.done = True

    def _end_cell(self) -> None:
        times = int(self.values.get("table:number-columns-repeated", 1))
        text = cell_text(self.values, self.paragraphs)
        if text or type(text) is Flawed:
            if self.place + times > MOST_PLACES:
                raise ValueError("more columns than a sheet has")
            self.cells.extend([""] * (self.place - len(self.cells)))
            self.cells.extend([str(text)] * times)
        if type(text) is Flawed:
            self.mistakes += [Mistake(self.place + more, str(text), text.kind) for more in range(times)]
        self.place += times


def cell_text(values: Attributes, paragraphs: list[str]) -> str:
    """What the cell shows, or that its formula shows nothing yet."""
    shown = "\n".join(paragraphs)
    if values.get("calcext:value-type") == "error":
        return Flawed(shown, MistakeKind.ERROR)
    match values.get("office:value-type"):
        case None:
            return Flawed("", MistakeKind.NOT_CALCULATED) if "table:formula" in values else shown
        case "float" | "currency":
            return number_text(values["office:value"])
        case "percentage":
            return percent_text(values["office:value"])
        case "date":
            return values["office:date-value"].replace("T00:00:00", "").replace("T", " ")
        case "time":
            return _time_text(values["office:time-value"])
        case "boolean":
            return values["office:boolean-value"].upper()
    return values.get("office:string-value", shown)


def _time_text(value: str) -> str:
    found = TIME.match(value)
    return f"{int(found[1]):02}:{int(found[2]):02}:{int(float(found[3])):02}" if found else value
