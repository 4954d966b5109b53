"""What the cells of a workbook point to: shared texts, and what the styles of numbers mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from alliance.pages.sheets.packed import LARGEST_TEXTS, Packed
from alliance.pages.sheets.refusals import SheetUnpacksTooLarge
from alliance.pages.sheets.workbook_values import meaning_of_format, plain_text, without_references
from alliance.pages.sheets.xml_events import Attributes, read_xml, xml_parser

LONGEST_ITEM = 32 * 1024 * 1024
TEXT_ITEM = re.compile(r"<si><t[^<>]*>([^<]*)</t></si>|<si/>")


def texts_of(packed: Packed, path: str) -> list[str]:
    """The texts that cells point to."""
    if not path or path not in packed:
        return []
    if packed.parts[path.lower()].file_size > LARGEST_TEXTS:
        raise SheetUnpacksTooLarge(name=packed.name)
    texts: list[str] = []
    for position, piece in enumerate(_whole_items(packed.xml_pieces(path))):
        texts += _items(piece, first=position == 0)
    return texts


def _whole_items(pieces: Iterable[bytes]) -> Iterator[str]:
    rest, end = b"", b""
    for piece in pieces:
        rest += piece
        if not end and (found := re.search(rb"<(\w+:)?sst\b", rest)):
            end = b"</" + (found[1] or b"") + b"si>"
        if end and end in rest:
            cut = rest.rfind(end) + len(end)
            yield rest[:cut].decode()
            rest = rest[cut:]
        if len(rest) > LONGEST_ITEM:
            raise ValueError("a text without end")


def _items(text: str, first: bool) -> list[str]:
    found = TEXT_ITEM.findall(text)
    if (
        len(found) == text.count("<si>") + text.count("<si/>")
        and "\r" not in text
        and "<!" not in text
        and found
    ):
        return [plain_text(without_references(one)) for one in found]
    return _items_read_carefully(text, first)


def _items_read_carefully(text: str, first: bool) -> list[str]:
    items: list[list[str]] = []
    inside: list[str] = []

    def start(name: str, values: Attributes) -> None:
        inside.append(name)
        if name == "si":
            items.append([])

    def end(name: str) -> None:
        inside.pop()

    def text_found(piece: str) -> None:
        if items and inside[-1:] == ["t"] and "rPh" not in inside:
            items[-1].append(piece)

    parser = xml_parser(start, end, text_found)
    if not first:
        parser.Parse("<items>", False)
    parser.Parse(text, False)
    return [plain_text("".join(item)) for item in items]


def formats_of(packed: Packed, path: str) -> list[str]:
    """What the numbers of each style mean: a date, a percentage, or just a number."""
    if not path or path not in packed:
        return []
    codes: dict[int, str] = {}
    used: list[int] = []
    inside: list[str] = []

    def start(name: str, values: Attributes) -> None:
        inside.append(name)
        if name == "numFmt":
            codes[int(values["numFmtId"])] = values["formatCode"]
        elif name == "xf" and inside[-2:-1] == ["cellXfs"]:
            used.append(int(values.get("numFmtId", 0)))

    def end(name: str) -> None:
        inside.pop()

    read_xml([packed.text(path)], start, end)
    return [meaning_of_format(number, codes.get(number)) for number in used]
