"""Files that people bring: checked by what is in them, kept with their checksum, given out safely."""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import IO, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _

from alliance.pages.refusals import Refusal

MEBIBYTE = 1024 * 1024
LARGEST_FILE = 20 * MEBIBYTE
LARGEST_UNPACKED = 300 * MEBIBYTE
MOST_PARTS = 5000
LARGEST_LIST_OF_PARTS = MEBIBYTE
LONGEST_NAME = 150

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = {PDF: (".pdf",), PNG: (".png",), JPEG: (".jpg", ".jpeg"), DOCX: (".docx",), XLSX: (".xlsx",)}
OFFICE_TYPES = {
    DOCX: ("word/document.xml", b"wordprocessingml.document.main+xml"),
    XLSX: ("xl/workbook.xml", b"spreadsheetml.sheet.main+xml"),
}
PARTS_LIST = "[Content_Types].xml"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACROS = re.compile(r"(^|/)(vbaproject[^/]*|vbadata[^/]*|activex)(/|\.|$)", re.IGNORECASE)
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


class FileRefused(Refusal):
    """A file that is not taken; subclasses say why."""


class FileIsEmpty(FileRefused):
    sentence = _("“%(name)s” is empty. Please choose the file again.")


class FileIsTooLarge(FileRefused):
    sentence = _(
        "“%(name)s” is too large: it has %(size)s MB, 20 MB are possible. Please make it smaller or split it."
    )


class FileTypeUnknown(FileRefused):
    sentence = _(
        "“%(name)s” is not a PDF, PNG, JPEG, DOCX or XLSX file, whatever its name says. "
        "Please save it in one of these formats."
    )


class FileIsProtected(FileRefused):
    sentence = _(
        "“%(name)s” is protected by a password or in an old Office format. "
        "Please save it as PDF, DOCX or XLSX without a password."
    )


class FileHasMacros(FileRefused):
    sentence = _("“%(name)s” contains macros or other programs. Please save it without them, best as PDF.")


class FileIsBroken(FileRefused):
    sentence = _("“%(name)s” cannot be read; it seems damaged. Please save it again.")


class FileUnpacksTooLarge(FileRefused):
    sentence = _("“%(name)s” would become far too large when opened. Please save it as PDF.")


@dataclass(frozen=True)
class Found:
    """What was found out about a file by reading it."""

    media_type: str
    size: int
    sha256: str


def check_file(upload: File[Any]) -> Found:
    """Read a file through: its type by its content, its size and checksum; or refuse it."""
    name, size = shown_name(upload), upload.size or 0
    if not size:
        raise FileIsEmpty(name=name)
    if size > LARGEST_FILE:
        raise FileIsTooLarge(name=name, size=f"{math.ceil(size * 10 / MEBIBYTE) / 10:.1f}")
    media_type = _type_of(upload, name)
    return Found(media_type, size, checksum(upload))


def stored_fields(upload: File[Any]) -> dict[str, Any]:
    """The values of a row that keeps a file (see `membership.models.FileFields`), after checking it."""
    found = check_file(upload)
    return {
        "file": upload,
        "filename": safe_name(upload.name or "", found.media_type),
        "media_type": found.media_type,
        "size": found.size,
        "sha256": found.sha256,
    }


def as_download(stored: Any) -> FileResponse:
    """A kept file as an answer: never shown inside our pages, under its own name and the type found."""
    response = FileResponse(
        stored.file.open("rb"), as_attachment=True, filename=stored.filename, content_type=stored.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def safe_name(name: str, media_type: str) -> str:
    """A file's own name without folders and unseen signs, with an ending that fits its content."""
    stem = _seen(name)[-LONGEST_NAME:] or str(_("File"))
    endings = ENDINGS[media_type]
    return stem if stem.lower().endswith(endings) else f"{stem}{endings[0]}"


def shown_name(upload: File[Any]) -> str:
    """A file's name as messages show it."""
    return _seen(upload.name or "")[:LONGEST_NAME] or str(_("File"))


def _seen(name: str) -> str:
    last = re.split(r"[/\\]", name)[-1]
    normal = unicodedata.normalize("NFC", last)
    # Signs that turn the direction of writing can make “txt.exe” read “exe.txt”.
    return "".join(sign for sign in normal if unicodedata.category(sign) not in UNSEEN).strip(" .")


def checksum(upload: File[Any]) -> str:
    """What tells the file from any other."""
    digest = hashlib.sha256()
    upload.seek(0)
    for piece in upload.chunks():
        digest.update(piece)
    upload.seek(0)
    return digest.hexdigest()


def _type_of(upload: File[Any], name: str) -> str:
    upload.seek(0)
    start = upload.read(32)
    if re.match(rb"%PDF-\d", start):
        return PDF
    if start.startswith(b"\x89PNG\r\n\x1a\n") and start[12:16] == b"IHDR":
        return PNG
    if start.startswith(b"\xff\xd8\xff"):
        return JPEG
    if start.startswith(OLD_OFFICE):
        raise FileIsProtected(name=name)
    if start.startswith(b"PK\x03\x04"):
        return _office_type(upload, name)
    raise FileTypeUnknown(name=name)


def _office_type(upload: File[Any], name: str) -> str:
    upload.seek(0)
    try:
        with zipfile.ZipFile(_plain(upload)) as packed:
            _refuse_bombs(packed, upload.size or 0, name)
            return _office_type_of_parts(packed, name)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError, RuntimeError) as error:
        raise FileIsBroken(name=name) from error


def _plain(upload: File[Any]) -> IO[bytes]:
    return upload.file if hasattr(upload.file, "seekable") else upload  # type: ignore[return-value]


def _refuse_bombs(packed: zipfile.ZipFile, size: int, name: str) -> None:
    """Only what the list of parts says is read: nothing is unpacked to find out."""
    parts = packed.infolist()
    # Parts that together are longer than the file overlap each other, as only bombs do.
    overlapping = sum(part.compress_size for part in parts) > size
    if len(parts) > MOST_PARTS or overlapping or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise FileUnpacksTooLarge(name=name)


def _office_type_of_parts(packed: zipfile.ZipFile, name: str) -> str:
    names = packed.namelist()
    if PARTS_LIST not in names:
        raise FileTypeUnknown(name=name)
    if any(part.flag_bits & 1 for part in packed.infolist()):
        raise FileIsProtected(name=name)
    with packed.open(PARTS_LIST) as file:
        listed = file.read(LARGEST_LIST_OF_PARTS)
    if any(MACROS.search(part) for part in names) or b"macroenabled" in listed.lower():
        raise FileHasMacros(name=name)
    for media_type, (part, kind) in OFFICE_TYPES.items():
        if part in names and kind in listed:
            return media_type
    raise FileTypeUnknown(name=name)


class CheckedFileField(forms.FileField):
    """A file of a form: PDF, PNG, JPEG, DOCX or XLSX up to 20 MB, checked by content."""

    default_error_messages = {
        "required": _("Please choose a file."),
        "missing": _("Please choose a file."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("PDF, PNG, JPEG, DOCX or XLSX, up to 20 MB."))
        kwargs.setdefault("allow_empty_file", True)
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Browsers offer fitting files first."""
        endings = [ending for of_type in ENDINGS.values() for ending in of_type]
        return {**super().widget_attrs(widget), "accept": ",".join(endings)}

    def to_python(self, data: Any) -> Any:
        """The file as it came, with ``found``: what was found out about it."""
        upload = super().to_python(data)
        if upload is None:
            return None
        try:
            upload.found = check_file(upload)  # type: ignore[attr-defined]
        except FileRefused as refusal:
            raise ValidationError(refusal.sentence, code=type(refusal).__name__) from refusal
        return upload
