"""Files that are not taken: each in one sentence beside the field, and none of them costs much."""

import io
import zipfile

import pytest
from django import forms
from django.utils import translation

from alliance.pages.sheets import reading, rows
from alliance.pages.sheets.fields import SheetField
from tests.factories.files import (
    EXE_BYTES,
    JPEG_BYTES,
    OLD_OFFICE_BYTES,
    PDF_BYTES,
    PNG_BYTES,
    docx,
    packed,
    upload,
)
from tests.factories.sheets import (
    HEAD_AND_ROW,
    XLSX_TYPES,
    csv_bytes,
    inline,
    ods_bytes,
    ods_of,
    ods_row,
    ods_table,
    sheet_xml,
    workbook,
    xlsx_bytes,
)

TABLE = sheet_xml(HEAD_AND_ROW)


class ImportForm(forms.Form):
    file = SheetField()


def sentence_of(content, name="firms.xlsx"):
    form = ImportForm({}, {"file": upload(content, name)})
    assert not form.is_valid()
    [sentence] = form.errors["file"]
    return sentence


def test_good_file_brings_its_table_along():
    form = ImportForm({}, {"file": upload(csv_bytes(), "firms.csv")})
    assert form.is_valid()
    assert form.cleaned_data["file"].sheet.heads == ["Name", "City", "Employees"]
    assert 'accept=".xlsx,.ods,.csv,.tsv,.txt"' in str(form["file"])


def test_missing_file_is_asked_for():
    assert ImportForm({}, {}).errors == {"file": ["Please choose a file."]}


NOT_A_SHEET = (
    "“firms.xlsx” is not a spreadsheet, whatever its name says. "
    "Please save it as XLSX, ODS or CSV and choose it again."
)
BROKEN = "“firms.xlsx” cannot be read; it seems damaged. Please open it and save it again."
MACROS = "“firms.xlsx” contains macros or other programs. Please save it as XLSX without them."
PROTECTED = "“firms.xlsx” is protected by a password. Please save it without one."
ENTITIES = (
    "“firms.xlsx” contains definitions that no spreadsheet program writes (XML entities). "
    "Please copy the rows into a new, empty file."
)


@pytest.mark.parametrize(
    "content",
    [
        PDF_BYTES,
        PNG_BYTES,
        JPEG_BYTES,
        EXE_BYTES,
        b"<!DOCTYPE html><table><tr><td>1",
        b"\xef\xbb\xbf\r\n<TABLE><tr><td>1",
        b"\x01\x02\x03\xff" * 50,
        docx(),
        packed({"readme.txt": "hello"}),
        packed(
            {
                "content.xml": "<x/>",
                "META-INF/manifest.xml": "<x/>",
                "mimetype": "application/vnd.oasis.opendocument.text",
            }
        ),
    ],
    ids=["pdf", "png", "jpeg", "exe", "html", "table", "binary", "docx", "zip", "odt"],
)
def test_other_file_under_the_name_of_a_spreadsheet(content):
    assert sentence_of(content) == NOT_A_SHEET


@pytest.mark.parametrize(
    "content", [b"", b"\r\n\r\n", b"\xef\xbb\xbf", b",,\r\n", workbook(("A", sheet_xml(""))), xlsx_bytes([])]
)
def test_file_without_any_value(content):
    assert sentence_of(content) == "“firms.xlsx” is empty: there is nothing in it."


@pytest.mark.parametrize(
    "content", [csv_bytes([["Name", "City"]]), xlsx_bytes([["Name"]]), ods_of([["Name"]])]
)
def test_heads_alone(content):
    assert sentence_of(content) == "“firms.xlsx” has headings, but no row below them."


def test_file_that_is_too_large():
    content = b"Name\r\n" + b"a\r\n" * (reading.LARGEST_FILE // 3)
    assert sentence_of(content, "firms.csv") == (
        "“firms.csv” is too large: it has 100.1 MB, 100 MB are possible. Please split it."
    )


TOO_MANY = "“firms.csv” has more than 200,000 rows. Please split it into several files."


def test_200_000_rows_are_taken_and_one_more_is_not():
    fits = b"Name\r\n" + b"a\r\n" * rows.MOST_ROWS
    form = ImportForm({}, {"file": upload(fits, "firms.csv")})
    assert form.is_valid()
    assert form.cleaned_data["file"].sheet.total_rows == rows.MOST_ROWS
    assert sentence_of(fits + b"a", "firms.csv") == TOO_MANY


def test_two_million_rows_in_a_small_workbook():
    data = HEAD_AND_ROW + f'<row r="1048576">{inline("A1048576", "a")}</row>'
    assert sentence_of(workbook(("Firms", sheet_xml(data))), "firms.csv") == TOO_MANY


def test_two_million_rows_in_a_small_document():
    table = ods_table(ods_row("Name"), ods_row("a", attributes='table:number-rows-repeated="2000000"'))
    assert sentence_of(ods_bytes(table), "firms.csv") == TOO_MANY


def test_more_rows_without_numbers_are_refused_while_reading(monkeypatch):
    monkeypatch.setattr(rows, "MOST_ROWS", 100)
    row = "<row>" + '<c t="inlineStr"><is><t>a</t></is></c>' + "</row>"
    sheet = reading.open_sheet(upload(workbook(("Firms", sheet_xml(row * (rows.MOST_ROWS + 2))))), name="a")
    with pytest.raises(rows.SheetHasTooManyRows):
        list(sheet.rows())


@pytest.mark.parametrize(
    "content",
    [csv_bytes([[f"h{n}" for n in range(501)], ["a"]]), xlsx_bytes([[f"h{n}" for n in range(501)]])],
)
def test_too_many_columns(content):
    assert sentence_of(content) == (
        "“firms.xlsx” has more than 500 columns. Please take out those that are not needed."
    )


@pytest.mark.parametrize(
    "content",
    [
        workbook(("A", TABLE), more={"xl/vbaProject.bin": "x"}),
        workbook(("A", TABLE), more={"xl/activeX/activeX1.bin": "x"}),
        workbook(
            ("A", TABLE), types=XLSX_TYPES.replace("spreadsheetml.sheet.main", "sheet.macroEnabled.main")
        ),
        ods_bytes(ods_table(ods_row("Name"), ods_row("a")), more={"Basic/Standard/Module1.xml": "x"}),
    ],
    ids=["vba", "activex", "declared", "ods"],
)
def test_macros(content):
    assert sentence_of(content) == MACROS


def test_old_excel_format():
    assert (
        sentence_of(OLD_OFFICE_BYTES)
        == "“firms.xlsx” is in an old Excel format (XLS). Please save it as XLSX."
    )


def test_binary_workbook():
    content = workbook(("A", TABLE), path="xl/workbook.bin")
    assert sentence_of(content) == "“firms.xlsx” is a binary Excel workbook (XLSB). Please save it as XLSX."


def locked(content):
    changed = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(signature)
        while place >= 0:
            changed[place + offset] |= 1
            place = changed.find(signature, place + 4)
    return bytes(changed)


@pytest.mark.parametrize(
    "content",
    [
        OLD_OFFICE_BYTES + "EncryptedPackage".encode("utf-16-le"),
        locked(workbook(("A", TABLE))),
        ods_bytes(ods_table(ods_row("Name")), manifest="<manifest><encryption-data/></manifest>"),
    ],
    ids=["xlsx", "parts", "ods"],
)
def test_password(content):
    assert sentence_of(content) == PROTECTED


@pytest.mark.parametrize("ref", ["A1:B1", "B2:B3", "$A$2:$A$9"])
def test_merged_cells_among_the_data(ref):
    content = workbook(("A", sheet_xml(HEAD_AND_ROW, f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>')))
    assert sentence_of(content) == (
        f"In “firms.xlsx” the cells {ref.replace('$', '')} are merged. "
        "Please undo that and fill each cell by itself."
    )


def test_merged_cells_in_a_document():
    spans = 'table:number-columns-spanned="2" table:number-rows-spanned="3"'
    cell = f'<table:table-cell office:value-type="string" {spans}><text:p>a</text:p></table:table-cell>'
    content = ods_bytes(ods_table(ods_row("Name", "City", "Size"), ods_row("x", cell)))
    assert "the cells B2:C4 are merged" in sentence_of(content)


@pytest.mark.parametrize(
    "content",
    [
        workbook(("A", TABLE, "hidden"), ("B", TABLE, "veryHidden"), ("Explanations", TABLE)),
        ods_bytes(ods_table(ods_row("Name"), ods_row("a"), style="hidden")),
    ],
    ids=["xlsx", "ods"],
)
def test_only_hidden_sheets(content):
    assert (
        sentence_of(content) == "In “firms.xlsx” every sheet is hidden. Please show the sheet that is meant."
    )


ENCODING = (
    "The characters in “firms.csv” cannot be recognised. Please save it as “CSV UTF-8” or, better, as XLSX."
)


@pytest.mark.parametrize(
    "content",
    [
        b"Name,City\r\nM\x81ller \xe4,\xff\x8d\r\n",
        "Name,City\r\nMüller,Köln\r\n".encode("utf-16-le"),
        b"Name,City\r\na\x00b,c\r\n",
        b"\xef\xbb\xbfName\r\nM\xfcller\r\n",
        b"\xff\xfeN\x00a\x00\x00\xd8\r\x00",
        "Name\r\na\0b\r\n".encode("utf-16"),
    ],
    ids=["dos", "utf-16 without mark", "zero byte", "mark without utf-8", "cut utf-16", "zero in utf-16"],
)
def test_unknown_encoding(content):
    assert sentence_of(content, "firms.csv") == ENCODING


@pytest.mark.parametrize("end", ["", "\r\n", "x\r\ny,z\r\n"])
def test_file_cut_in_the_middle_of_a_quotation(end):
    assert sentence_of(f'Name,City\r\na,b\r\nc,"d{end}'.encode(), "firms.csv") == (
        "“firms.csv” ends in the middle of a quotation that begins in row 3. "
        "Either the rest of the file is missing, or a quotation mark is."
    )


def test_quotation_that_swallows_the_rest_of_the_file():
    content = 'Name,City\r\na,b\r\nc,"d\r\n' + "row,row\r\n" * 20_000 + 'e,"\r\n'
    assert sentence_of(content.encode(), "firms.csv") == (
        "“firms.csv” has a cell of more than 131,072 characters in row 3 or below; "
        "perhaps a quotation mark is missing."
    )


@pytest.mark.parametrize(
    "content", [csv_bytes([["Name", "City", " name "], ["a"]]), xlsx_bytes([["Name", "City", "NAME"]])]
)
def test_same_head_twice(content):
    assert sentence_of(content) == (
        "In “firms.xlsx” the columns A and C have the same heading “Name”. "
        "Please give each column a heading of its own."
    )


DEFINITION = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "content",
    [
        workbook(("A", sheet_xml(HEAD_AND_ROW, before=DEFINITION))),
        workbook(("A", TABLE), before=DEFINITION),
        ods_bytes(ods_table(ods_row("Name"), ods_row("a")), before=DEFINITION),
    ],
    ids=["sheet", "workbook", "ods"],
)
def test_entities(content):
    assert sentence_of(content) == ENTITIES


@pytest.mark.parametrize(
    "content",
    [
        workbook(("A", TABLE))[:400],
        b"PK\x03\x04" + b"\x00" * 100,
        workbook(
            (
                "A",
                "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>7</v></c></row></sheetData></worksheet>",
            )
        ),
        workbook(("A", sheet_xml(HEAD_AND_ROW.replace("Name", "&nothing;")))),
        workbook(("A", sheet_xml(HEAD_AND_ROW).encode("utf-16"))),
        workbook(("A", TABLE), more={"XL/WORKBOOK.XML": "<x/>"}),
        workbook(("A", sheet_xml('<row r="1"><c r="A1"><v>many</v></c></row>'))),
    ],
    ids=["cut", "nonsense", "text missing", "reference", "utf-16", "twice", "no number"],
)
def test_damaged_workbook(content):
    assert sentence_of(content) in (BROKEN, "“firms.xlsx” is empty: there is nothing in it.")


def test_changed_byte_is_noticed():
    content = bytearray(workbook(("A", TABLE)))
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        place = book.getinfo("xl/worksheets/sheet1.xml").header_offset
    content[place + 80] ^= 0xFF
    assert sentence_of(bytes(content)) == BROKEN


def test_numbers_in_a_sentence_are_written_as_the_language_has_them():
    with translation.override("de"):
        sentence = sentence_of(csv_bytes([[f"h{n}" for n in range(501)]] * 2) + b" " * 108_000_000)
        assert "108,0" not in sentence
        assert "103,1 MB" in sentence
        form = ImportForm({}, {"file": upload(b"Name\r\n" + b"a\r\n" * 200_001, "firms.csv")})
        assert form.errors["file"] == [
            "„firms.csv“ hat mehr als 200.000 Zeilen. Bitte teilen Sie sie auf mehrere Dateien auf."
        ]
