"""ODS files: what stands in a cell, repeated cells and rows, which sheet is read."""

import pytest

from alliance.pages.sheets.reading import open_sheet
from alliance.pages.sheets.rows import Kind, Mistake, MistakeKind
from tests.factories.files import upload
from tests.factories.sheets import ROWS, ods_bytes, ods_cell, ods_of, ods_row, ods_table


def opened(content):
    return open_sheet(upload(content, "firms.ods"), name="firms.ods")


def texts(sheet):
    return [row.cells for row in sheet.rows()]


def test_heads_and_rows():
    sheet = opened(ods_of())
    assert (sheet.kind, sheet.title, sheet.total_rows, sheet.notes) == (Kind.ODS, "Firms", 2, [])
    assert [sheet.heads, *texts(sheet)] == ROWS
    assert [row.number for row in sheet.rows()] == [2, 3]


def row_of(cell):
    [row] = opened(ods_bytes(ods_table(ods_row("Name"), ods_row(cell)))).rows()
    return row


def cell(attributes, inner=""):
    return f"<table:table-cell {attributes}>{inner}</table:table-cell>"


SPACED = "<text:p>a<text:s text:c='2'/>b<text:tab/>c</text:p><text:p>d <text:span>e</text:span></text:p>"
REMARKED = "<office:annotation><text:p>remark</text:p></office:annotation><text:p>a</text:p>"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (cell('office:value-type="float" office:value="12"', "<text:p>12,00</text:p>"), "12"),
        (cell('office:value-type="float" office:value="0.30000000000000004"'), "0.3"),
        (cell('office:value-type="percentage" office:value="0.35"', "<text:p>35 %</text:p>"), "35%"),
        (cell('office:value-type="currency" office:value="2.5"'), "2.5"),
        (cell('office:value-type="date" office:date-value="2017-04-24"'), "2017-04-24"),
        (cell('office:value-type="date" office:date-value="2017-04-24T09:05:00"'), "2017-04-24 09:05:00"),
        (cell('office:value-type="time" office:time-value="PT09H05M00S"'), "09:05:00"),
        (cell('office:value-type="boolean" office:boolean-value="true"'), "TRUE"),
        (ods_cell("=1+1"), "=1+1"),
        (cell('office:value-type="string"', SPACED), "a  b\tc\nd e"),
        (cell('office:value-type="string"', REMARKED), "a"),
    ],
)
def test_values(written, text):
    assert row_of(written).cells == [text]


def test_formulas():
    row = row_of(cell('table:formula="of:=1" office:value-type="float" office:value="1"'))
    assert row == (2, ["1"], ())
    row = row_of(cell('table:formula="of:=1"'))
    assert row.mistakes == (Mistake(0, "", MistakeKind.NOT_CALCULATED),)
    row = row_of(
        cell(
            'table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"',
            "<text:p>#DIV/0!</text:p>",
        )
    )
    assert row.mistakes == (Mistake(0, "#DIV/0!", MistakeKind.ERROR),)


def test_repeated_cells_and_rows_are_given_as_often():
    wide = cell('office:value-type="string" table:number-columns-repeated="2"', "<text:p>a</text:p>")
    blank = cell('table:number-columns-repeated="16000"')
    gap = ods_row(blank, attributes='table:number-rows-repeated="3"')
    end = ods_row(blank, attributes='table:number-rows-repeated="1048000"')
    table = ods_table(
        ods_row("Name", "City"), gap, ods_row(wide, blank, attributes='table:number-rows-repeated="2"'), end
    )
    sheet = opened(ods_bytes(table))
    assert [tuple(row) for row in sheet.rows()] == [(5, ["a", "a"], ()), (6, ["a", "a"], ())]
    assert sheet.total_rows == 5


def test_first_visible_table_with_values_is_read():
    firms = [ods_row("Name"), ods_row("a")]
    content = ods_bytes(
        ods_table(*firms, title="Secret", style="hidden"),
        ods_table(title="Empty"),
        ods_table(*firms, title="Firms"),
        ods_table(ods_row("Other"), ods_row("b"), title="More"),
    )
    sheet = opened(content)
    assert (sheet.title, sheet.heads, texts(sheet)) == ("Firms", ["Name"], [["a"]])
    assert sheet.notes == [
        "The file has several sheets; only “Firms” is read.",
        "Hidden sheets are not read.",
    ]


def test_explanations_are_not_taken_for_the_table():
    firms = [ods_row("Name"), ods_row("a")]
    sheet = opened(ods_bytes(ods_table(*firms, title="说明"), ods_table(*firms)))
    assert (sheet.title, sheet.notes) == ("Firms", [])
