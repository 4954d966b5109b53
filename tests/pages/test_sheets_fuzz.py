"""Any bytes give a table or a refusal; any table comes back as it was written."""

import datetime as dt
import io
import string
import zipfile
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from alliance.pages.sheets.formulas import undefused
from alliance.pages.sheets.reading import open_sheet
from alliance.pages.sheets.refusals import SheetRefused
from alliance.pages.sheets.writing import csv_lines, xlsx_file
from tests.factories.files import upload
from tests.factories.sheets import csv_bytes, ods_of, xlsx_bytes

LESS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
HEADS = st.lists(st.text(string.ascii_lowercase, min_size=1, max_size=6), min_size=2, max_size=5, unique=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
TYPED = TEXTS | st.sampled_from(
    ["=1", "'=1", "''-", '"', '""', "a;b", "a,b", "\t", "1.0", "\r\n", "_x000D_", "&amp;"]
)
GERMAN = st.text(string.ascii_letters + "äöüÄÖÜß ,;\"'-", max_size=12)
CHINESE = st.lists(st.sampled_from(["佛山", "陶瓷有限公司", "机械", "abc", "，", ";", ","]), max_size=4).map(
    "".join
)


def tables(cells):
    """Heads, and rows of as many cells each."""
    return HEADS.flatmap(
        lambda heads: st.lists(
            st.lists(cells, min_size=len(heads), max_size=len(heads)), min_size=1, max_size=6
        ).map(lambda rows: [heads, *rows])
    )


def opened(content):
    return open_sheet(upload(content, "a"), name="a")


def read(content):
    """The table, or None when the file is refused."""
    try:
        sheet = opened(content)
        return [sheet.heads, *(row.cells for row in sheet.rows())]
    except SheetRefused:
        return None


def visible(table):
    """The table without the rows in which there is nothing to see."""
    heads, *rows = table
    kept = [row for row in rows if "".join(row).strip()]
    assume(kept)
    return [heads, *kept]


BEGINNINGS = st.sampled_from(
    [b"", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04", b"a,b\r\n", b"sep=,\n", b'a;b\n"', b"\x00"]
)


@LESS
@given(BEGINNINGS, st.binary(max_size=300))
def test_any_bytes_give_a_table_or_a_refusal(beginning, rest):
    read(beginning + rest)


GOOD = [xlsx_bytes(), xlsx_bytes(constant_memory=True), ods_of()]


@settings(LESS, max_examples=150)
@given(st.sampled_from(GOOD), st.data())
def test_damaged_office_files_give_a_table_or_a_refusal(content, data):
    changed = bytearray(content)
    for _change in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    read(bytes(changed[: data.draw(st.integers(1, len(changed)))]))


PARTS = [
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "content.xml",
]
PIECES = st.sampled_from(
    [b"<", b">", b"&", b'"', b"<c>", b"</c>", b"<row>", b'r="XFDX9"', b't="s"', b"<v>", b"-1", b"<!--",
     b"]]>",
     b'r="0"', b'r="-1"', b'r="99999999999999999999"', b"1e999", b"NaN", b"\xff",
     b'table:number-rows-repeated="-1"']
)  # fmt: skip


@settings(LESS, max_examples=150)
@given(st.sampled_from(GOOD), st.data())
def test_damaged_xml_in_whole_packages_gives_a_table_or_a_refusal(content, data):
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    name = data.draw(st.sampled_from([part for part in PARTS if part in parts]))
    place = data.draw(st.integers(0, len(parts[name])))
    cut = data.draw(st.integers(0, 8))
    parts[name] = parts[name][:place] + data.draw(PIECES) + parts[name][place + cut :]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for part, text in parts.items():
            new.writestr(part, text)
    read(file.getvalue())


@LESS
@given(tables(TYPED), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from([",", ";", "\t"]))
def test_table_comes_back_from_csv(table, encoding, separator):
    assume(not any(cell != undefused(cell) for row in table for cell in row))
    assert read(csv_bytes(table, encoding, separator)) == visible(table)


@LESS
@given(tables(GERMAN), st.sampled_from([",", ";", "\t"]), st.sampled_from(["\r\n", "\n", "\r"]))
def test_german_table_comes_back_from_older_csv(table, separator, end):
    assume(not any(cell != undefused(cell) for row in table for cell in row))
    expected = visible(table)
    heads, *rows = table
    rows = [["Köln", *[""] * (len(heads) - 1)], *rows]
    assert read(csv_bytes([heads, *rows], "cp1252", separator, end)) == [heads, rows[0], *expected[1:]]


@LESS
@given(tables(CHINESE), st.sampled_from([",", ";", "\t"]))
def test_chinese_table_comes_back_from_older_csv(table, separator):
    assume(not any(cell != undefused(cell) for row in table for cell in row))
    assert read(csv_bytes(table, "gb18030", separator)) == visible(table)


@LESS
@given(tables(TYPED))
def test_exported_csv_read_again_changes_nothing(table):
    heads, *rows = table
    assert read(b"".join(csv_lines(heads, rows))) == visible(table)


@LESS
@given(tables(TYPED))
def test_exported_workbook_read_again_changes_nothing(table):
    heads, *rows = table
    with xlsx_file(heads, rows, title="Firms") as file:
        assert read(file.read()) == visible(table)


NUMBERS = st.integers(-(10**14), 10**14) | st.floats(-1e9, 1e9).map(lambda number: float(f"{number:.10g}"))
DATES = st.dates(dt.date(1900, 3, 1), dt.date(2100, 1, 1))


@LESS
@given(tables(NUMBERS | DATES | GERMAN | CHINESE), st.booleans())
def test_workbook_says_what_another_reader_says(table, constant_memory):
    heads, *rows = table
    with xlsx_file(heads, rows, title="Firms") as file:
        content = file.read()
    [theirs_heads, *theirs] = (
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    )
    sheet = opened_or_none(content)
    if sheet is None:
        assert not any(str(cell).strip() for row in theirs for cell in row)
        return
    assert sheet.heads == theirs_heads
    expected = [[shown(cell) for cell in row] for row in theirs]
    assert [row.cells for row in sheet.rows()] == [row for row in expected if "".join(row).strip()]


def opened_or_none(content):
    try:
        return opened(content)
    except SheetRefused:
        return None


def shown(cell):
    """A cell of the other reader as our text."""
    if isinstance(cell, float):
        return format(int(cell), "d") if cell.is_integer() else plain(cell)
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def plain(number):
    text = f"{number:.15g}"
    return format(Decimal(text), "f") if "e" in text else text


@pytest.mark.parametrize("content", GOOD)
def test_undamaged_files_are_read(content):
    assert read(content) is not None
