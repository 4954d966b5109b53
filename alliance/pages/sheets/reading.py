"""Open a spreadsheet file that somebody brought: CSV, XLSX or ODS, told by what is in it."""

from __future__ import annotations

import math
from codecs import BOM_UTF8
from pathlib import Path
from typing import Any

from django.core.files.base import File

from alliance.pages.files import MEBIBYTE, OLD_OFFICE
from alliance.pages.sheets.csv_tables import opened_csv
from alliance.pages.sheets.documents import is_document, opened_ods
from alliance.pages.sheets.packed import opened_parts
from alliance.pages.sheets.refusals import (
    NotASheet,
    SheetIsEmpty,
    SheetIsOfOldFormat,
    SheetIsProtected,
    SheetIsTooLarge,
)
from alliance.pages.sheets.rows import Sheet, counted, with_heads
from alliance.pages.sheets.sources import Source, source_of
from alliance.pages.sheets.workbooks import opened_xlsx

LARGEST_FILE = 100 * MEBIBYTE
PACKED = b"PK\x03\x04"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Files that are sometimes given the name of a spreadsheet.
OTHERS = (
    b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!",
    b"PK\x05\x06", b"MZ\x90",
)  # fmt: skip
# Some programs write web pages and call them XLS.
MARKUP = (b"<!doctype", b"<html", b"<head", b"<meta", b"<table", b"<?xml")


def open_sheet(upload_or_path: File[Any] | Path | str, *, name: str, again: bool = False) -> Sheet:
    """The table in a file, looked through once; its rows are then read one at a time. Or refused.

    Opened `again`, it is not looked through: what is said of a file as a whole was said before.
    """
    source = source_of(upload_or_path, name)
    if not source.size:
        raise SheetIsEmpty(name=name)
    if source.size > LARGEST_FILE:
        size = counted(math.ceil(source.size * 10 / MEBIBYTE) / 10, 1)
        raise SheetIsTooLarge(name=name, size=size, most=LARGEST_FILE // MEBIBYTE)
    return with_heads(_opened(source, again))


def _opened(source: Source, again: bool) -> Sheet:
    with source.opened() as file:
        start = file.read(512)
        if start.startswith(OLD_OFFICE):
            raise _refusal_of_old_office(source.name, file.read())
    if start.startswith(PACKED):
        with opened_parts(source) as packed:
            document = is_document(packed)
        return opened_ods(source) if document else opened_xlsx(source, again=again)
    if start.startswith(OTHERS) or start.removeprefix(BOM_UTF8).lstrip().lower().startswith(MARKUP):
        raise NotASheet(name=source.name)
    return opened_csv(source, again=again)


def _refusal_of_old_office(name: str, content: bytes) -> SheetIsProtected | SheetIsOfOldFormat:
    return (SheetIsProtected if ENCRYPTED in content else SheetIsOfOldFormat)(name=name)
