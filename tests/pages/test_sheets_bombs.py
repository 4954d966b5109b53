"""Small files that would become enormous, or take for ever to read."""

import struct

import pytest

from alliance.pages.sheets import packed as packing
from alliance.pages.sheets.reading import open_sheet
from alliance.pages.sheets.refusals import SheetIsBroken, SheetRefused
from tests.factories.files import upload
from tests.factories.sheets import HEAD_AND_ROW, inline, sheet_xml, workbook

TABLE = sheet_xml(HEAD_AND_ROW)
BOMB = "“firms.xlsx” would become far too large when unpacked. Please copy the rows into a new, empty file."


def opened(content):
    return open_sheet(upload(content, "firms.xlsx"), name="firms.xlsx")


def sentence_of(content):
    with pytest.raises(SheetRefused) as refused:
        opened(content)
    return refused.value.sentence


def declare(content, name, size):
    """The same file, one part of which claims to unpack to this size."""
    changed = bytearray(content)
    place = changed.rfind(name.encode()) - 46
    assert changed[place : place + 4] == b"PK\x01\x02"
    changed[place + 24 : place + 28] = struct.pack("<I", size)
    return bytes(changed)


def test_part_that_claims_to_be_enormous_is_not_unpacked():
    assert sentence_of(declare(workbook(("A", TABLE)), "xl/worksheets/sheet1.xml", 0xF0000000)) == BOMB


def test_part_that_is_longer_than_it_claims():
    long = sheet_xml(HEAD_AND_ROW + " " * 5_000_000)
    assert sentence_of(declare(workbook(("A", long)), "xl/worksheets/sheet1.xml", 1000)) == BOMB


def test_part_that_shrinks_beyond_all_measure():
    long = sheet_xml(HEAD_AND_ROW + " " * packing.RATIO_MATTERS_FROM)
    assert sentence_of(workbook(("A", long))) == BOMB


def test_very_many_parts():
    parts = {f"xl/media/{number}.png": "" for number in range(packing.MOST_PARTS)}
    assert sentence_of(workbook(("A", TABLE), more=parts)) == BOMB


def test_list_of_parts_too_long_to_be_read():
    content = bytearray(workbook(("A", TABLE)))
    place = content.rfind(b"PK\x05\x06")
    content[place + 12 : place + 16] = struct.pack("<I", 0x7FFFFFFF)
    assert sentence_of(bytes(content)) == BOMB


@pytest.mark.parametrize("tag", ['<c r="A1"', "<row ", "<mergeCell ", "<f"])
def test_tags_without_end_are_not_searched_again_and_again(tag):
    content = workbook(("Firms", sheet_xml(HEAD_AND_ROW + '<row r="3">' + tag * 50_000 + "</row>")))
    try:
        assert [row.number for row in opened(content).rows()] == [2]
    except SheetIsBroken:
        return


def test_sparse_sheet_costs_no_memory_for_what_is_not_there():
    data = (
        f'<row r="1">{inline("A1", "Name")}</row><row r="2">{inline("XFD2", "far")}{inline("A2", "a")}</row>'
    )
    sheet = opened(workbook(("Firms", sheet_xml(data))))
    [row] = sheet.rows()
    assert row.cells == ["a"]
    assert [(mistake.column, mistake.value) for mistake in row.mistakes] == [("XFD", "far")]
