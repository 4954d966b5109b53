"""Tables as ODS: which sheet is meant, what must be known about it before reading, and its rows."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field

from alliance.pages.sheets.document_cells import TableReader
from alliance.pages.sheets.packed import Packed, opened_parts
from alliance.pages.sheets.refusals import (
    NotASheet,
    SheetHasMacros,
    SheetHasTooManyRows,
    SheetIsEmpty,
    SheetIsHidden,
    SheetIsProtected,
)
from alliance.pages.sheets.rows import MOST_ROWS, Kind, Row, Sheet, counted, letters_of
from alliance.pages.sheets.sources import Source
from alliance.pages.sheets.titles import is_explanation, notes_on
from alliance.pages.sheets.xml_events import Attributes, attribute, read_xml, xml_parser

CONTENT = "content.xml"
MANIFEST = "META-INF/manifest.xml"
MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
PROGRAMS = ("basic/", "scripts/")


@dataclass
class Table:
    """One sheet of a document, as seen when passing by."""

    title: str
    style: str
    place: int
    rows: int = 0
    last_row: int = 0
    has_formulas: bool = False
    merged: list[str] = field(default_factory=list)


def opened_ods(source: Source) -> Sheet:
    """An ODS file as a table: its first visible sheet with values."""
    with opened_parts(source) as packed:
        _refuse_others(packed)
        table, notes = _chosen(packed)
    if table.last_row > MOST_ROWS + 1:
        raise SheetHasTooManyRows(name=source.name, most=counted(MOST_ROWS))
    return Sheet(
        source.name,
        Kind.ODS,
        lambda: rows_of_table(source, table.place),
        title=table.title,
        total_rows=max(table.last_row - 1, 0),
        notes=notes,
        merged=table.merged,
    )


def is_document(packed: Packed) -> bool:
    """Whether the parts are those of an OpenDocument file."""
    return CONTENT in packed and MANIFEST in packed


def _refuse_others(packed: Packed) -> None:
    if "mimetype" not in packed or not packed.text("mimetype").startswith(MIMETYPE):
        raise NotASheet(name=packed.name)
    if b"encryption-data" in packed.text(MANIFEST):
        raise SheetIsProtected(name=packed.name)
    if any(name.startswith(PROGRAMS) for name in packed.parts):
        raise SheetHasMacros(name=packed.name)


def rows_of_table(source: Source, place: int) -> Generator[Row, None, None]:
    """The rows of one sheet, read anew; a row that stands for several is given as often."""
    with opened_parts(source) as packed:
        reader = TableReader(place)
        parser = xml_parser(reader.start, reader.end, reader.text)
        for piece in packed.xml_pieces(CONTENT):
            parser.Parse(piece, False)
            for first, times, cells, mistakes in reader.taken():
                # Programs end a table with a million blank rows, written as one.
                for number in range(first, first + times) if cells or mistakes else ():
                    yield Row(number, cells, mistakes)
            if reader.done:
                return


def _chosen(packed: Packed) -> tuple[Table, list[str]]:
    tables, hidden_styles = _tables(packed)
    hidden = [table for table in tables if table.style in hidden_styles]
    shown = [table for table in tables if table not in hidden and not is_explanation(table.title)]
    if hidden and not shown:
        raise SheetIsHidden(name=packed.name)
    filled = [table for table in shown if table.last_row]
    if not filled:
        raise SheetIsEmpty(name=packed.name)
    table = filled[0]
    notes = notes_on(
        table.title, others=len(filled) > 1, hidden=bool(hidden), formulas=table.has_formulas, links=False
    )
    return table, notes


def _tables(packed: Packed) -> tuple[list[Table], set[str]]:
    passing = _Passing()
    read_xml(packed.xml_pieces(CONTENT), passing.start)
    return passing.tables, passing.hidden_styles


class _Passing:
    """What is seen of every sheet when the XML passes by for the first time."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.times = 1
        self.place = 0

    def start(self, name: str, values: Attributes) -> None:
        if name == "table-cell" or name == "covered-table-cell":
            self._cell(values)
        elif name == "table-row":
            self._row(values)
        elif name == "table":
            self.tables.append(
                Table(attribute(values, "name"), attribute(values, "style-name"), len(self.tables))
            )
        elif name == "style":
            self.style = attribute(values, "name")
        elif name == "table-properties" and attribute(values, "display") == "false":
            self.hidden_styles.add(self.style)

    def _row(self, values: Attributes) -> None:
        self.times = int(values.get("table:number-rows-repeated", 1))
        self.tables[-1].rows += self.times
        self.place = 0

    def _cell(self, values: Attributes) -> None:
        if not values or not self.tables:
            self.place += 1
            return
        table = self.tables[-1]
        if "office:value-type" in values or "table:formula" in values:
            table.last_row = table.rows
            table.has_formulas = table.has_formulas or "table:formula" in values
        wide = int(values.get("table:number-columns-spanned", 1))
        high = int(values.get("table:number-rows-spanned", 1))
        if wide > 1 or high > 1:
            first = table.rows - self.times + 1
            end = f"{letters_of(self.place + wide - 1)}{first + high - 1}"
            table.merged.append(f"{letters_of(self.place)}{first}:{end}")
        self.place += int(values.get("table:number-columns-repeated", 1))
