"""Files of all kinds, made in memory: good ones, and bad ones under good names."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

PDF_BYTES = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG_BYTES = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 17
JPEG_BYTES = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 20 + b"\xff\xd9"
EXE_BYTES = b"MZ\x90\x00\x03" + b"\x00" * 200
OLD_OFFICE_BYTES = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
MAIN_TYPES = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}


def packed(parts, **options):
    """A zip file of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, **options) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return file.getvalue()


def office(main, more=None, listed=None):
    """An office file whose main part is this one."""
    types = listed or f'<Types><Override ContentType="{MAIN_TYPES[main]}"/></Types>'
    return packed({"[Content_Types].xml": types, main: "<x/>", **(more or {})})


def docx(more=None):
    return office("word/document.xml", more)


def xlsx(more=None):
    return office("xl/workbook.xml", more)


def upload(content=PDF_BYTES, name="Beschluss.pdf", content_type="application/pdf"):
    """A file as a form receives it; what the browser says of its type is never believed."""
    return SimpleUploadedFile(name, content, content_type=content_type)
