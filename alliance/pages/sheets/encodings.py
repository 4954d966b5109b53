"""In which encoding a text was written: tried strictly on the whole file, doubt settled by what is usual."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import cache
from typing import IO

from alliance.pages.sheets.refusals import NotASheet, SheetEncodingUnknown

PIECE = 256 * 1024
SAMPLE = 1024 * 1024
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
HIGH = re.compile(rb"[\x80-\xff]+")
LETTERS_OF_EUROPE = frozenset("äöüÄÖÜßéèêëàâáçîïíóòôúùûñøåæœšžÉÈÀÇÅØŠŽ€„“”‚‘’–—…«»°²³§·®©µ½¼ \xa0")
CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]")
PLAUSIBLE = 0.6
LONG_RUN = 4
MANY = 0.3
# A text with more unseen signs than this is a program's own format, whatever its name says.
MOST_CONTROLS = 0.02


def recognised(file: IO[bytes], name: str) -> str:
    """The name of the encoding; refused when the bytes are no text or of no encoding we know."""
    start = file.read(4)
    file.seek(0)
    for mark, encoding in MARKS.items():
        if start.startswith(mark):
            if _decodes(file, encoding):
                return encoding
            raise SheetEncodingUnknown(name=name)
    if _decodes(file, "utf-8"):
        return "gb18030" if _is_by_chance_utf8(_foreign_lines(file)) else "utf-8"
    _refuse_what_is_no_text(file, name)
    return _of_older_ones(file, name)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def _decodes(file: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        # A zero character stands in no text, and in no database column either.
        return all(
            "\0" not in decoder.decode(piece) for piece in _pieces(file)
        ) and "\0" not in decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False


def _refuse_what_is_no_text(file: IO[bytes], name: str) -> None:
    file.seek(0)
    start = file.read(PIECE)
    if len(CONTROLS.findall(start)) > MOST_CONTROLS * len(start):
        raise NotASheet(name=name)
    if any(b"\0" in piece for piece in _pieces(file)):
        raise SheetEncodingUnknown(name=name)


def _of_older_ones(file: IO[bytes], name: str) -> str:
    possible = [encoding for encoding in ("gb18030", "cp1252") if _decodes(file, encoding)]
    if not possible:
        raise SheetEncodingUnknown(name=name)
    if len(possible) == 1:
        return possible[0]
    return "gb18030" if _is_chinese(_foreign_lines(file)) else "cp1252"


def _foreign_lines(file: IO[bytes]) -> bytes:
    """Lines that are not plain ASCII, whole, up to a sample's size."""
    file.seek(0)
    lines, size = [], 0
    for line in file:
        if not line.isascii():
            lines.append(line)
            size += len(line)
        if size > SAMPLE:
            break
    return b"".join(lines)


def _is_chinese(sample: bytes) -> bool:
    """GB18030 reads nearly any bytes: so everyday characters count, and how their bytes come together."""
    runs = [len(run) for run in HIGH.findall(sample)]
    in_long_runs = sum(length for length in runs if length >= LONG_RUN) / max(sum(runs), 1)
    # Letters with accents stand alone in a word; characters are pairs of bytes, mostly several together.
    together = in_long_runs >= MANY or all(length % 2 == 0 for length in runs)
    if together and _share(sample.decode("gb18030", "replace"), _common_chinese()) >= PLAUSIBLE:
        return True
    return _share(sample.decode("cp1252", "replace"), LETTERS_OF_EUROPE) < PLAUSIBLE


def _is_by_chance_utf8(sample: bytes) -> bool:
    """A few Chinese words in GB18030 can be Armenian or Arabic letters in UTF-8 (“元”, “状态”)."""
    between = ("\u0250" <= sign <= "\u07ff" for sign in sample.decode("utf-8", "ignore") if sign > "\x7f")
    return all(between) and _share(sample.decode("gb18030", "replace"), _common_chinese()) == 1


def _share(text: str, usual: frozenset[str]) -> float:
    foreign = [sign for sign in text if sign > "\x7f"]
    return sum(sign in usual for sign in foreign) / max(len(foreign), 1)


@cache
def _common_chinese() -> frozenset[str]:
    """The 3,755 everyday characters of GB 2312, with punctuation and full-width signs."""
    rows = [*range(0xA1, 0xA4), *range(0xB0, 0xD8)]
    both = bytes(byte for row in rows for cell in range(0xA1, 0xFF) for byte in (row, cell))
    return frozenset(both.decode("gb18030", "ignore"))
