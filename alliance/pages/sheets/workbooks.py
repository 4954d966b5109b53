"""Tables as XLSX: which sheet is meant, what must be known about it before reading, and its rows."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from itertools import chain, islice

from alliance.pages.sheets.packed import Packed, opened_parts
from alliance.pages.sheets.refusals import (
    NotASheet,
    SheetHasMacros,
    SheetHasTooManyRows,
    SheetIsBinary,
    SheetIsEmpty,
    SheetIsHidden,
)
from alliance.pages.sheets.rows import MOST_ROWS, Kind, Row, Sheet, counted
from alliance.pages.sheets.sources import Source
from alliance.pages.sheets.titles import is_explanation, notes_on
from alliance.pages.sheets.workbook_cells import LONGEST_ROW, rows_of
from alliance.pages.sheets.workbook_lists import formats_of, texts_of
from alliance.pages.sheets.workbook_values import Converters
from alliance.pages.sheets.xml_events import Attributes, attribute, read_xml

LAST_ROW = MOST_ROWS + 1
RELATIONS = "_rels/.rels"


@dataclass(frozen=True)
class SheetPart:
    """One sheet of a workbook, and where it is kept."""

    title: str
    path: str
    visible: bool


@dataclass
class Workbook:
    """What a workbook says about itself."""

    path: str
    sheets: list[SheetPart] = field(default_factory=list)
    from_1904: bool = False
    related: dict[str, str] = field(default_factory=dict)

    def part(self, kind: str) -> str:
        """Where the part of a kind is kept, empty when there is none."""
        return next((path for name, path in self.related.items() if name == kind), "")


@dataclass
class SheetFacts:
    """What is seen of a sheet when its XML passes by for the first time."""

    last_row: int = 0
    has_values: bool = False
    has_formulas: bool = False
    beyond: bool = False
    merged: list[str] = field(default_factory=list)


def opened_xlsx(source: Source, *, again: bool = False) -> Sheet:
    """An XLSX file as a table: its first visible sheet with values."""
    with opened_parts(source) as packed:
        book = workbook_of(packed)
        part, facts, notes = _chosen(packed, book, again)
    if facts.beyond:
        raise SheetHasTooManyRows(name=source.name, most=counted(MOST_ROWS))
    sheet = Sheet(
        source.name, Kind.XLSX, lambda: rows_of_part(source, part.path), title=part.title, notes=notes
    )
    sheet.total_rows = None if again else max(facts.last_row - 1, 0)
    sheet.merged = facts.merged
    return sheet


def rows_of_part(source: Source, path: str) -> Generator[Row, None, None]:
    """The rows of one sheet, read anew."""
    with opened_parts(source) as packed:
        book = workbook_of(packed)
        converters = Converters(
            texts_of(packed, book.part("sharedStrings")),
            formats_of(packed, book.part("styles")),
            book.from_1904,
        )
        yield from rows_of(packed.xml_pieces(path), converters)


def workbook_of(packed: Packed) -> Workbook:
    """The list of sheets, and where the workbook keeps its parts."""
    path = _relations(packed, RELATIONS, "").get("officeDocument", "") if RELATIONS in packed else ""
    if path.endswith(".bin"):
        raise SheetIsBinary(name=packed.name)
    if path not in packed or not re.search(r"(^|/)xl/", path):
        raise NotASheet(name=packed.name)
    if b"macroenabled" in packed.text("[Content_Types].xml").lower():
        raise SheetHasMacros(name=packed.name)
    return _read_workbook(packed, path)


def _read_workbook(packed: Packed, path: str) -> Workbook:
    folder, name = posixpath.split(path)
    relations = f"{folder}/_rels/{name}.rels"
    by_id: dict[str, str] = {}
    book = Workbook(path, related=_relations(packed, relations, folder, by_id))

    def start(name: str, values: Attributes) -> None:
        if name == "sheet" and (target := by_id.get(attribute(values, "id"), "")):
            visible = attribute(values, "state") not in ("hidden", "veryHidden")
            book.sheets.append(SheetPart(attribute(values, "name"), target, visible))
        elif name == "workbookPr":
            book.from_1904 = attribute(values, "date1904") in ("1", "true")

    read_xml([packed.text(path)], start)
    return book


def _relations(packed: Packed, path: str, folder: str, by_id: dict[str, str] | None = None) -> dict[str, str]:
    """The parts that a part points to, by kind; worksheets by their id too."""
    by_kind: dict[str, str] = {}

    def start(name: str, values: Attributes) -> None:
        if name != "Relationship" or values.get("TargetMode") == "External":
            return
        kind, target = values["Type"].rpartition("/")[2], values["Target"]
        full = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        by_kind.setdefault(kind, full)
        if by_id is not None and kind == "worksheet":
            by_id[values["Id"]] = full

    read_xml([packed.text(path)], start)
    return by_kind


def _chosen(packed: Packed, book: Workbook, again: bool) -> tuple[SheetPart, SheetFacts, list[str]]:
    shown = [part for part in book.sheets if part.visible and not is_explanation(part.title)]
    if not shown and any(not part.visible for part in book.sheets):
        raise SheetIsHidden(name=packed.name)
    for place, part in enumerate(shown):
        facts = facts_of(packed.xml_pieces(part.path), briefly=again)
        if facts.has_values:
            others = [other for other in shown[place + 1 :] if _has_values(packed, other)]
            return part, facts, _notes(book, part, facts, bool(others))
    raise SheetIsEmpty(name=packed.name)


def _notes(book: Workbook, part: SheetPart, facts: SheetFacts, others: bool) -> list[str]:
    hidden = any(not one.visible for one in book.sheets)
    links = "externalLink" in book.related
    return notes_on(part.title, others=others, hidden=hidden, formulas=facts.has_formulas, links=links)


def _has_values(packed: Packed, part: SheetPart) -> bool:
    return any(facts_of([piece]).has_values for piece in islice(packed.xml_pieces(part.path), 1))


def facts_of(pieces: Iterable[bytes], *, briefly: bool = False) -> SheetFacts:
    """What must be known before reading, without taking the XML apart; `briefly` only which sheet it is."""
    facts, rest, prefix = SheetFacts(), b"", None
    for piece in chain(pieces, [b">"]):
        rest += piece
        cut = rest.rfind(b">") + 1
        tags, rest = rest[:cut], rest[cut:]
        if len(rest) > LONGEST_ROW:
            raise ValueError("a tag without end")
        if prefix is None:
            found = re.search(rb"<(\w+:)?worksheet\b", tags)
            prefix = (found[1] or b"") if found else None
        _look_at(tags, prefix or b"", facts)
        if briefly and facts.has_values:
            break
    return facts


def _look_at(tags: bytes, prefix: bytes, facts: SheetFacts) -> None:
    row = rb"<%srow [^<>]*?\br=\"(\d+)\"" % prefix
    facts.last_row = max([facts.last_row, *map(int, re.findall(row, tags))])
    if facts.last_row > LAST_ROW and not facts.beyond:
        first = next((found for found in re.finditer(row, tags) if int(found[1]) > LAST_ROW), None)
        facts.beyond = first is not None and _holds_values(tags[first.start() :], prefix)
    facts.has_values = facts.has_values or _holds_values(tags, prefix)
    facts.has_formulas = facts.has_formulas or re.search(rb"<%sf[ />]" % prefix, tags) is not None
    facts.merged += [
        ref.decode() for ref in re.findall(rb"<%smergeCell [^<>]*?ref=\"([A-Z0-9:$]+)\"" % prefix, tags)
    ]


def _holds_values(tags: bytes, prefix: bytes) -> bool:
    return b"<%sv>" % prefix in tags or b"<%sis>" % prefix in tags or b"<%sf" % prefix in tags
