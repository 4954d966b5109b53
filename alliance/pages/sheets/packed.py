"""Office files are packed: their parts are looked at before unpacking, and unpacked piece by piece."""

from __future__ import annotations

import copy
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from xml.parsers import expat

from alliance.pages.files import MACROS, MEBIBYTE
from alliance.pages.sheets.refusals import (
    SheetDefinesEntities,
    SheetHasMacros,
    SheetIsBroken,
    SheetIsProtected,
    SheetUnpacksTooLarge,
)
from alliance.pages.sheets.sources import Source

PIECE = 512 * 1024
MOST_PARTS = 5000
LARGEST_LIST_OF_PARTS = 2 * MEBIBYTE
LARGEST_UNPACKED = 600 * MEBIBYTE
LARGEST_TEXTS = 100 * MEBIBYTE
LARGEST_SMALL_PART = 16 * MEBIBYTE
# Real tables shrink to a tenth or a fiftieth; only nonsense shrinks further.
HIGHEST_RATIO = 200
RATIO_MATTERS_FROM = 20 * MEBIBYTE
DEFINITION = re.compile(rb"<!(DOCTYPE|ENTITY)")
FAULTS = (
    zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError, EOFError,
    LookupError, ValueError, ArithmeticError, RuntimeError,
)  # fmt: skip


class Packed:
    """The parts of one packed file."""

    def __init__(self, file: IO[bytes], source: Source) -> None:
        self.name = source.name
        _refuse_long_list(file, source)
        self.zip = zipfile.ZipFile(file)
        self.parts = {part.filename.lower(): part for part in self.zip.infolist()}
        self._refuse_bombs(source.size)
        self._refuse_what_programs_hide()

    def _refuse_bombs(self, size: int) -> None:
        """Only what the list of parts says is read: nothing is unpacked to find out."""
        parts = self.zip.infolist()
        unpacked = sum(part.file_size for part in parts)
        # Parts that together are longer than the file overlap each other, as only bombs do.
        overlapping = sum(part.compress_size for part in parts) > size
        ratio_too_high = unpacked > max(RATIO_MATTERS_FROM, HIGHEST_RATIO * size)
        if len(parts) > MOST_PARTS or overlapping or unpacked > LARGEST_UNPACKED or ratio_too_high:
            raise SheetUnpacksTooLarge(name=self.name)

    def _refuse_what_programs_hide(self) -> None:
        if any(part.flag_bits & 1 for part in self.zip.infolist()):
            raise SheetIsProtected(name=self.name)
        if len(self.parts) < len(self.zip.infolist()):
            raise SheetIsBroken(name=self.name)
        if any(MACROS.search(name) for name in self.parts):
            raise SheetHasMacros(name=self.name)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.parts

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part, unpacked piece by piece; one that is longer than it said is refused."""
        part = copy.copy(self.parts[name.lower()])
        declared, part.file_size = part.file_size, LARGEST_UNPACKED
        seen = 0
        with self.zip.open(part) as opened:
            while piece := opened.read(PIECE):
                seen += len(piece)
                if seen > declared:
                    raise SheetUnpacksTooLarge(name=self.name)
                yield piece

    def xml_pieces(self, name: str) -> Iterator[bytes]:
        """A part of XML; definitions of entities are refused."""
        tail = b""
        for piece in self.pieces(name):
            if DEFINITION.search(tail + piece[:16]) or DEFINITION.search(piece):
                raise SheetDefinesEntities(name=self.name)
            tail = piece[-16:]
            yield piece

    def text(self, name: str) -> bytes:
        """A small part as a whole."""
        if self.parts[name.lower()].file_size > LARGEST_SMALL_PART:
            raise SheetUnpacksTooLarge(name=self.name)
        return b"".join(self.xml_pieces(name))


def _refuse_long_list(file: IO[bytes], source: Source) -> None:
    """The list of parts is read whole by the library: so its length is looked at first."""
    file.seek(max(source.size - 66_000, 0))
    end = file.read()
    place = end.rfind(b"PK\x05\x06")
    if place < 0:
        raise SheetIsBroken(name=source.name)
    [length] = struct.unpack_from("<L", end, place + 12)
    if length > LARGEST_LIST_OF_PARTS:
        raise SheetUnpacksTooLarge(name=source.name)
    file.seek(0)


@contextmanager
def opened_parts(source: Source) -> Iterator[Packed]:
    """The parts of a packed file; whatever is wrong with its making is one refusal."""
    with source.opened() as file, faults_as_refusals(source.name):
        yield Packed(file, source)


@contextmanager
def faults_as_refusals(name: str) -> Iterator[None]:
    """What the libraries say about broken files, as our sentence."""
    try:
        yield
    except FAULTS as error:
        raise SheetIsBroken(name=name) from error
