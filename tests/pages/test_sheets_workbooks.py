"""Workbooks as programs write them: what stands in a cell, which sheet is read, what is said about it."""

import datetime as dt

import pytest

from alliance.pages.sheets.reading import open_sheet
from alliance.pages.sheets.rows import Kind, Mistake, MistakeKind
from tests.factories.files import upload
from tests.factories.sheets import (
    HEAD_AND_ROW,
    ROWS,
    inline,
    shared,
    sheet_xml,
    workbook,
    xlsx_bytes,
)


def opened(content, name="firms.xlsx"):
    return open_sheet(upload(content, name), name=name)


def texts(sheet):
    return [row.cells for row in sheet.rows()]


@pytest.mark.parametrize("constant_memory", [True, False], ids=["inline", "shared"])
def test_heads_and_rows(constant_memory):
    sheet = opened(xlsx_bytes(constant_memory=constant_memory))
    assert (sheet.kind, sheet.title, sheet.total_rows, sheet.notes) == (Kind.XLSX, "Firms", 2, [])
    assert [sheet.heads, *texts(sheet)] == ROWS
    assert texts(sheet) == ROWS[1:]


def cell_after(write):
    """The text of the cell that `write(book, sheet, row, place)` makes."""
    content = xlsx_bytes([["Name", "Value"]], lambda book, sheet: write(book, sheet, 1, 1))
    [row] = opened(content).rows()
    return row.cells[1]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (12, "12"),
        (12.0, "12"),
        (-3, "-3"),
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (1.5e11, "150000000000"),
        (123456789012345, "123456789012345"),
        (-0.0, "0"),
    ],
)
def test_number_as_it_is_shown(number, text):
    assert cell_after(lambda book, sheet, row, place: sheet.write_number(row, place, number)) == text


@pytest.mark.parametrize(
    ("moment", "form", "text"),
    [
        (dt.date(2017, 4, 24), "yyyy-mm-dd", "2017-04-24"),
        (dt.date(2017, 4, 24), "dd.mm.yyyy", "2017-04-24"),
        (dt.date(2017, 4, 24), 'yyyy"年"m"月"d"日"', "2017-04-24"),
        (dt.date(2017, 4, 24), "[$-407]d. mmmm yyyy", "2017-04-24"),
        (dt.datetime(2017, 4, 24, 9, 5), "yyyy-mm-dd hh:mm", "2017-04-24 09:05:00"),
        (dt.time(9, 5), "hh:mm", "09:05:00"),
        (dt.date(1900, 1, 1), "yyyy-mm-dd", "1900-01-01"),
    ],
)
def test_date_in_iso_form(moment, form, text):
    def write(book, sheet, row, place):
        sheet.write_datetime(row, place, moment, book.add_format({"num_format": form}))

    assert cell_after(write) == text


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (0.35, "0%", "35%"),
        (0.125, "0.00%", "12.5%"),
        (0.29, "0%", "29%"),
        (1, "0%", "100%"),
        (5, '0 "Mitarbeiter"', "5"),
        (5, "#,##0.00 [$€-407]", "5"),
        (5, "0.00E+00", "5"),
        (1.5, "[h]:mm", "1.5"),
        (5, "@", "5"),
    ],
)
def test_number_formats(number, form, text):
    def write(book, sheet, row, place):
        sheet.write_number(row, place, number, book.add_format({"num_format": form}))

    assert cell_after(write) == text


@pytest.mark.parametrize(
    ("properties", "day"), [("", "1900-01-01"), ('<workbookPr date1904="1"/>', "1904-01-02")]
)
def test_dates_counted_from_1904(properties, day):
    data = f'<row r="1">{inline("A1", "Day")}</row><row r="2"><c r="A2" s="1"><v>1</v></c></row>'
    styles = (
        '<styleSheet><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    content = workbook(("Firms", sheet_xml(data)), more={"xl/styles.xml": styles}, properties=properties)
    assert texts(opened(content)) == [[day]]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "'=1",
        "_x000D_",
        "a\r\nb",
        "a\tb",
        " leads and trails ",
        'a < b & c > "d"',
        "𠮷野家",
        "]]>",
        "\x0b",
    ],
)
@pytest.mark.parametrize("constant_memory", [True, False], ids=["inline", "shared"])
def test_text_is_read_exactly_as_typed(text, constant_memory):
    content = xlsx_bytes([["Name"], [f"x{text}x"]], constant_memory=constant_memory)
    assert texts(opened(content)) == [[f"x{text}x"]]


def test_true_and_false():
    assert cell_after(lambda book, sheet, row, place: sheet.write_boolean(row, place, True)) == "TRUE"
    assert cell_after(lambda book, sheet, row, place: sheet.write_boolean(row, place, False)) == "FALSE"


def one_row(cells):
    return workbook(
        (
            "Firms",
            sheet_xml(f'<row r="1">{inline("A1", "Name")}{inline("B1", "N")}</row><row r="2">{cells}</row>'),
        )
    )


def test_formula_gives_its_saved_value_and_is_said():
    sheet = opened(
        one_row('<c r="A2" t="str"><f>A1&amp;"x"</f><v>Namex</v></c><c r="B2"><f>1+1</f><v>2</v></c>')
    )
    assert texts(sheet) == [["Namex", "2"]]
    assert sheet.notes == ["Formulas are not calculated anew: the values last saved are read."]


def test_formula_that_gives_an_empty_text_is_a_blank_cell():
    [row] = opened(one_row(f'{inline("A2", "a")}<c r="B2" t="str"><f>""</f><v></v></c>')).rows()
    assert row == (2, ["a", ""], ())


@pytest.mark.parametrize(
    "cell", ["<f>1+1</f>", "<f>1+1</f><v></v>", '<f t="shared" si="0"/>', "<f>1+1</f><v/>"]
)
def test_formula_without_value_is_a_mistake(cell):
    [row] = opened(one_row(f'{inline("A2", "a")}<c r="B2">{cell}</c>')).rows()
    assert row == (2, ["a", ""], (Mistake(1, "", MistakeKind.NOT_CALCULATED),))
    assert row.mistakes[0].sentence == (
        "The formula in this cell has not been calculated. Please open the file, save it and choose it again."
    )


def test_error_of_a_formula_is_a_mistake():
    [row] = opened(one_row('<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>')).rows()
    assert row.mistakes == (Mistake(1, "#DIV/0!", MistakeKind.ERROR),)


def test_number_that_lost_its_last_digits_is_a_mistake():
    [row] = opened(one_row('<c r="B2"><v>9.1440606123456794E+17</v></c>')).rows()
    assert row.mistakes == (Mistake(1, "914406061234568000", MistakeKind.DIGITS_LOST),)


A_AS_TEXT = '<c r="A2" t="inlineStr"><is><t>a</t></is></c>'
FIVE = '<c r="B2"><v>5</v></c>'
UNUSUAL = {
    "attributes in another order": '<row spans="1:2" r="2"><c t="inlineStr" s="0" r="A2"><is><t>a</t></is>'
    '</c><c s="0" r="B2"><v>5</v></c></row>',
    "no references": "<row><c t='inlineStr'><is><t>a</t></is></c><c><v>5</v></c></row>",
    "spaces between": '<row r="2">\n <c r="A2" t="inlineStr">\n<is>\n<t>a</t></is></c>\r\n'
    '<c\nr="B2"><v>5</v> </c></row>',
    "comment": f'<row r="2"><!-- <c r="A2"><v>9</v></c> -->{A_AS_TEXT}{FIVE}</row>',
    "CDATA": f'<row r="2"><c r="A2" t="inlineStr"><is><t><![CDATA[a]]></t></is></c>{FIVE}</row>',
    "rich text": '<row r="2"><c r="A2" t="inlineStr"><is><r><rPr><color rgb="1"/></rPr><t>a</t></r>'
    f'<rPh sb="0" eb="1"><t>zz</t></rPh></is></c>{FIVE}</row>',
    "empty row before": f'<row r="1" hidden="1"/><row r="2">{A_AS_TEXT}{FIVE}</row>',
    "cells out of order": f'<row r="2">{FIVE}{A_AS_TEXT}</row>',
    "more about a cell": f'<row r="2">{A_AS_TEXT}<c r="B2"><v>5</v><extLst><ext/></extLst></c></row>',
}


@pytest.mark.parametrize("row", UNUSUAL.values(), ids=UNUSUAL)
def test_other_ways_of_writing_are_read_the_same(row):
    data = f'<row r="1">{inline("A1", "Name")}{inline("B1", "N")}</row>{row}'
    assert [(row.number, row.cells) for row in opened(workbook(("Firms", sheet_xml(data)))).rows()] == [
        (2, ["a", "5"])
    ]


def test_rows_that_differ_in_a_style_called_like_the_row_are_told_apart():
    forms = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 0, 9, 14, 0))
    rows = "".join(f'<row r="{at}"><c r="A{at}" s="{at}"><v>1</v></c></row>' for at in (2, 3, 4))
    data = f'<row r="1">{inline("A1", "Name")}</row>{rows}'
    styles = {"xl/styles.xml": f"<styleSheet><cellXfs>{forms}</cellXfs></styleSheet>"}
    assert texts(opened(workbook(("Firms", sheet_xml(data)), more=styles))) == [
        ["100%"], ["1900-01-01"], ["1"]
    ]  # fmt: skip


@pytest.mark.parametrize("between", ["", "\n  "])
def test_texts_of_formulas_and_between_cells_are_no_values(between):
    cell = f'{between}<c r="A{{0}}" t="str"><f>B{{0}}&amp;"x"</f><v>{{1}}</v></c>{between}<c r="B{{0}}"/>'
    rows = "".join(
        f'<row r="{at}">{cell.format(at, text)}</row>' for at, text in ((2, "b"), (3, "_x0041_&lt;"))
    )
    data = f'<row r="1">{inline("A1", "Name")}</row>{rows}'
    assert texts(opened(workbook(("Firms", sheet_xml(data))))) == [["b"], ["A<"]]


def test_prefixed_names_are_read_the_same():
    data = sheet_xml(
        '<row r="1"><c r="A1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>0</v></c></row>'
    )
    prefixed = (
        data.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:").replace("xmlns=", "xmlns:x=")
    )
    texts_of = shared("<t>a &amp; b</t>", "<t>Name</t>").replace("</", "</x:").replace("<", "<x:")
    texts_of = texts_of.replace("<x:/x:", "</x:").replace("xmlns=", "xmlns:x=")
    sheet = opened(workbook(("Firms", prefixed), more={"xl/sharedStrings.xml": texts_of}))
    assert (sheet.heads, texts(sheet)) == (["Name"], [["a & b"]])


def test_shared_texts_of_all_kinds():
    items = shared(
        "<t>Name</t>",
        '<t xml:space="preserve"> a </t>',
        "<r><t>b</t></r><r><t>c</t></r><rPh><t>z</t></rPh>",
        "<t/>",
    )
    data = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>{row - 1}</v></c></row>' for row in range(1, 5))
    sheet = opened(workbook(("Firms", sheet_xml(data)), more={"xl/sharedStrings.xml": items}))
    assert texts(sheet) == [[" a "], ["bc"]]


def test_row_numbers_are_those_of_the_program():
    data = f'<row r="3">{inline("B3", "Name")}</row><row r="7">{inline("B7", "a")}</row>'
    data += '<row r="9"><c r="B9" s="1"/></row>'
    sheet = opened(workbook(("Firms", sheet_xml(data))))
    assert (sheet.heads, sheet.head_row) == (["", "Name"], 3)
    assert [tuple(row) for row in sheet.rows()] == [(7, ["", "a"], ())]


def test_title_above_the_headings_is_not_taken_for_them():
    rows = [["Firms of Mainz"], [], ["as of 2026"], ["Name", "City", "Size"], ["a", "b", "c"], ["alone"]]
    sheet = opened(xlsx_bytes(rows, lambda book, page: page.merge_range("A1:C1", "Firms of Mainz")))
    assert (sheet.heads, sheet.head_row) == (["Name", "City", "Size"], 4)
    assert [(row.number, row.cells) for row in sheet.rows()] == [(5, ["a", "b", "c"]), (6, ["alone", "", ""])]
    assert sheet.notes == ["The headings are taken from row 4; what stands above them is not read."]


def test_single_heading_stays_the_heading_above_rows_of_one_or_two_cells():
    sheet = opened(xlsx_bytes([["Name"], ["a", "b"], ["c"]]))
    assert (sheet.heads, sheet.head_row, sheet.notes) == (["Name"], 1, [])


def test_first_visible_sheet_with_values_is_read_and_the_others_are_named():
    empty, table = sheet_xml(""), sheet_xml(HEAD_AND_ROW)
    content = workbook(
        ("Secret", sheet_xml(HEAD_AND_ROW.replace("Müller", "Geheim")), "hidden"),
        ("Erläuterungen", table),
        ("Empty", empty),
        ("Firms", table),
        ("More", table),
    )
    sheet = opened(content)
    assert (sheet.title, texts(sheet)) == ("Firms", [["Müller", "Köln"]])
    assert sheet.notes == [
        "The file has several sheets; only “Firms” is read.",
        "Hidden sheets are not read.",
    ]


@pytest.mark.parametrize("title", ["Explanations", "erläuterungen ", "说明"])
def test_explanations_are_not_taken_for_the_table(title):
    sheet = opened(workbook((title, sheet_xml(HEAD_AND_ROW)), ("Firms", sheet_xml(HEAD_AND_ROW))))
    assert (sheet.title, sheet.notes) == ("Firms", [])


def test_links_to_other_files_are_said():
    link = 'Id="e" Type="x/externalLink" Target="externalLinks/externalLink1.xml"'
    assert opened(workbook(("Firms", sheet_xml(HEAD_AND_ROW)), links=[link])).notes == [
        "Links to other files are not followed: the values last saved are read."
    ]


def test_merged_cells_beside_the_table_do_no_harm():
    merged = '<mergeCells><mergeCell ref="D1:E5"/></mergeCells>'
    assert texts(opened(workbook(("Firms", sheet_xml(HEAD_AND_ROW, merged))))) == [["Müller", "Köln"]]


def test_empty_but_formatted_rows_far_below_do_no_harm():
    data = HEAD_AND_ROW + '<row r="1048576" spans="1:1"><c r="A1048576" s="1"/></row>'
    sheet = opened(workbook(("Firms", sheet_xml(data))))
    assert texts(sheet) == [["Müller", "Köln"]]
