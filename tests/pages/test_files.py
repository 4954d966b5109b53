"""What files are taken, and in which words others are refused."""

import hashlib
import io
import struct

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from alliance.pages import files
from alliance.pages.files import CheckedFileField, Found, check_file, safe_name
from tests.factories.files import (
    EXE_BYTES,
    JPEG_BYTES,
    OLD_OFFICE_BYTES,
    PDF_BYTES,
    PNG_BYTES,
    docx,
    office,
    packed,
    upload,
    xlsx,
)


class UploadForm(forms.Form):
    file = CheckedFileField()


def sentence_of(content, name):
    form = UploadForm({}, {"file": upload(content, name)})
    assert not form.is_valid()
    [sentence] = form.errors["file"]
    return sentence


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF_BYTES, files.PDF),
        (PNG_BYTES, files.PNG),
        (JPEG_BYTES, files.JPEG),
        (docx(), files.DOCX),
        (xlsx(), files.XLSX),
    ],
    ids=["pdf", "png", "jpeg", "docx", "xlsx"],
)
@pytest.mark.parametrize("name", ["right.pdf", "wrong.exe", "没有.结尾", "noending"])
def test_type_is_found_by_content_whatever_the_name(content, media_type, name):
    found = check_file(upload(content, name))
    assert found == Found(media_type, len(content), hashlib.sha256(content).hexdigest())


def test_checked_file_is_read_from_its_beginning_afterwards():
    file = upload(PDF_BYTES)
    check_file(file)
    assert file.read() == PDF_BYTES


def test_large_upload_on_disk_is_checked_too():
    content = docx({"word/media/a.bin": b"\x00" * 100})
    file = TemporaryUploadedFile("a.docx", "text/plain", len(content), None)
    file.write(content)
    file.seek(0)
    assert check_file(file) == Found(files.DOCX, len(content), hashlib.sha256(content).hexdigest())


UNKNOWN = (
    "“{name}” is not a PDF, PNG, JPEG, DOCX or XLSX file, whatever its name says. "
    "Please save it in one of these formats."
)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (EXE_BYTES, "Beschluss.pdf"),
        (b"<html><script>alert(1)</script>", "Beschluss.pdf"),
        (b"\n%PDF-1.7", "shifted.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "wappen.png"),
        (b"\x89PNG\r\n\x1a\n", "cut.png"),
        (packed({"readme.txt": "hello"}), "Zahlen.xlsx"),
        (packed({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<x/>"}), "slides.docx"),
        (office("word/document.xml", listed="<Types/>"), "Antrag.docx"),
    ],
)
def test_wrong_type_under_a_right_name_is_refused(content, name):
    assert sentence_of(content, name) == UNKNOWN.format(name=name)


def test_empty_file_is_refused():
    assert sentence_of(b"", "leer.pdf") == "“leer.pdf” is empty. Please choose the file again."


def test_20_megabytes_are_taken_and_one_byte_more_is_not():
    fits = PDF_BYTES + b"\x00" * (20 * 1024 * 1024 - len(PDF_BYTES))
    assert check_file(upload(fits)).size == 20 * 1024 * 1024
    assert sentence_of(fits + b"\x00", "groß.pdf") == (
        "“groß.pdf” is too large: it has 20.1 MB, 20 MB are possible. Please make it smaller or split it."
    )


def test_21_megabytes_are_refused_in_words():
    content = PDF_BYTES + b"\x00" * (21 * 1024 * 1024 - len(PDF_BYTES))
    assert sentence_of(content, "groß.pdf") == (
        "“groß.pdf” is too large: it has 21.0 MB, 20 MB are possible. Please make it smaller or split it."
    )


@pytest.mark.parametrize(
    "content",
    [
        docx({"word/vbaProject.bin": b"\x00"}),
        xlsx({"xl/VBAPROJECT.BIN": b"\x00"}),
        xlsx({"xl/activeX/activeX1.bin": b"\x00"}),
        office(
            "word/document.xml",
            listed='<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>',
        ),
    ],
    ids=["docm", "xlsm", "activex", "declared"],
)
def test_macros_are_refused(content):
    assert sentence_of(content, "Antrag.docx") == (
        "“Antrag.docx” contains macros or other programs. Please save it without them, best as PDF."
    )


def test_part_that_only_sounds_like_a_macro_is_no_macro():
    assert check_file(upload(docx({"word/media/activexpert.png": b"x"}))).media_type == files.DOCX


def test_old_or_locked_office_files_are_refused():
    assert sentence_of(OLD_OFFICE_BYTES, "alt.docx") == (
        "“alt.docx” is protected by a password or in an old Office format. "
        "Please save it as PDF, DOCX or XLSX without a password."
    )


def test_locked_part_is_refused():
    content = bytearray(docx())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(signature)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(signature, place + 4)
    assert "protected by a password" in sentence_of(bytes(content), "Antrag.docx")


BOMB = "“Antrag.docx” would become far too large when opened. Please save it as PDF."


def declare_size(content, size):
    """The same file, whose last part claims to unpack to this size."""
    changed = bytearray(content)
    place = content.rfind(b"PK\x01\x02")
    changed[place + 24 : place + 28] = struct.pack("<I", size)
    return bytes(changed)


def test_bomb_is_refused_without_unpacking_it():
    content = declare_size(docx({"word/media/zeros.bin": b"\x00" * 1000}), 0xF0000000)
    assert sentence_of(content, "Antrag.docx") == BOMB


def test_real_bomb_is_refused():
    block = b"\x00" * (files.LARGEST_UNPACKED + 1)
    content = docx({"word/media/zeros.bin": block})
    assert len(content) < 1024 * 1024
    assert sentence_of(content, "Antrag.docx") == BOMB


def test_bomb_of_overlapping_parts_is_refused():
    changed = bytearray(docx({"word/media/a.bin": b"a" * 10}))
    place = changed.rfind(b"PK\x01\x02")
    changed[place + 20 : place + 24] = struct.pack("<I", len(changed) + 1)
    assert sentence_of(bytes(changed), "Antrag.docx") == BOMB


def test_bomb_of_very_many_parts_is_refused():
    content = docx({f"word/{number}.xml": "" for number in range(files.MOST_PARTS)})
    assert sentence_of(content, "Antrag.docx") == BOMB


@pytest.mark.parametrize("content", [docx()[:60], b"PK\x03\x04" + b"\x00" * 100], ids=["cut", "nonsense"])
def test_broken_office_file_is_refused(content):
    assert sentence_of(content, "Antrag.docx") == (
        "“Antrag.docx” cannot be read; it seems damaged. Please save it again."
    )


def test_missing_file_is_asked_for():
    form = UploadForm({}, {})
    assert form.errors == {"file": ["Please choose a file."]}


def test_field_tells_what_was_found_and_what_it_takes():
    form = UploadForm({}, {"file": upload(PDF_BYTES)})
    assert form.is_valid()
    assert form.cleaned_data["file"].found.media_type == files.PDF
    assert 'accept=".pdf,.png,.jpg,.jpeg,.docx,.xlsx"' in str(form["file"])


@pytest.mark.parametrize(
    ("name", "media_type", "safe"),
    [
        ("Beschluss 1720.pdf", files.PDF, "Beschluss 1720.pdf"),
        ("决议.PDF", files.PDF, "决议.PDF"),
        ("photo.jpeg", files.JPEG, "photo.jpeg"),
        ("../../etc/passwd", files.PDF, "passwd.pdf"),
        ("C:\\Users\\a\\Antrag.docx", files.DOCX, "Antrag.docx"),
        ("Antrag.docx", files.PDF, "Antrag.docx.pdf"),
        ("Ru\u0308sselsheim.pdf", files.PDF, "Rüsselsheim.pdf"),
        ("invoice\u202efdp.exe", files.PDF, "invoicefdp.exe.pdf"),
        ('a\r\nb"c.pdf', files.PDF, 'ab"c.pdf'),
        ("..", files.PNG, "File.png"),
        ("", files.XLSX, "File.xlsx"),
    ],
)
def test_name_is_made_safe_and_fits_the_content(name, media_type, safe):
    assert safe_name(name, media_type) == safe


def test_long_name_keeps_its_end():
    assert safe_name("x" * 400 + ".pdf", files.PDF) == "x" * 146 + ".pdf"


class Stored:
    """A kept file, as a row holds it."""

    def __init__(self, name):
        self.file = SimpleUploadedFile(name, PDF_BYTES)
        self.filename, self.media_type = name, files.PDF


def test_kept_file_is_given_out_as_a_download():
    response = files.as_download(Stored("决议 Beschluß.pdf"))
    assert io.BytesIO(b"".join(response.streaming_content)).getvalue() == PDF_BYTES
    assert response["Content-Type"] == files.PDF
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E5%86%B3%E8%AE%AE%20Beschlu%C3%9F.pdf"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
