"""CSV files as programs write them: encodings, separators, quotations, cut and ragged rows."""

import csv

import pytest

from alliance.pages.sheets.reading import open_sheet
from alliance.pages.sheets.rows import Kind, Mistake, MistakeKind
from tests.factories.files import upload
from tests.factories.sheets import ROWS, csv_bytes

GERMAN = [["Straße", "Größe"], ["Äußere Ölmühle 3", "1,5"], ["Fußweg", "Zoë & René – „Büro“"]]
CHINESE = [["企业名称", "地址"], ["佛山市陶瓷有限公司", "禅城区，季华五路"], ["鑫龙", "“好”"]]
TRADITIONAL = [["企業名稱", "地址"], ["臺灣區電機電子工業同業公會", "繁體中文"]]


def opened(content, name="firms.csv"):
    return open_sheet(upload(content, name), name=name)


def texts(sheet):
    return [row.cells for row in sheet.rows()]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize(
    ("encoding", "rows"),
    [
        ("utf-8", GERMAN + CHINESE[1:]),
        ("utf-8-sig", GERMAN + CHINESE[1:]),
        ("utf-16", GERMAN + CHINESE[1:]),
        ("gb18030", CHINESE),
        ("gb18030", TRADITIONAL),
        ("cp1252", GERMAN),
    ],
)
def test_encoding_separator_and_line_ends_are_recognised(encoding, rows, separator, end):
    sheet = opened(csv_bytes(rows, encoding, separator, end))
    assert (sheet.kind, sheet.encoding, sheet.separator) == (Kind.CSV, encoding, separator)
    assert [sheet.heads, *texts(sheet)] == rows
    assert [row.number for row in sheet.rows()] == list(range(2, len(rows) + 1))
    assert sheet.total_rows == len(rows) - 1
    assert sheet.notes == []


@pytest.mark.parametrize(
    "word", ["Müller", "Grüße", "Käßmann", "Ö", "Straße", "ÄÖÜ", "Böß", "Café", "5 €", "Weißöl", "Süß", "Öl"]
)
def test_single_german_word_is_not_taken_for_chinese(word):
    sheet = opened(csv_bytes([["Name", "City"], [word, "Mainz"]], "cp1252"))
    assert sheet.encoding == "cp1252"
    assert texts(sheet) == [[word, "Mainz"]]


@pytest.mark.parametrize(
    "word", ["陶瓷", "佛山", "有限公司", "机械设备", "是", "否", "男", "中 A 德", "元", "状态"]
)
def test_single_chinese_word_is_not_taken_for_german(word):
    sheet = opened(csv_bytes([["Name", "City"], [word, "Foshan"]], "gb18030"))
    assert sheet.encoding == "gb18030"
    assert texts(sheet) == [[word, "Foshan"]]


@pytest.mark.parametrize("word", ["Zürich", "u\u0308ber", "Ελλάς", "Київ", "Łódź"])
def test_other_scripts_in_utf_8_stay_what_they_are(word):
    assert texts(opened(csv_bytes([["Name", "City"], [word, "x"]]))) == [[word, "x"]]


def test_text_with_marks_of_both_is_decided_by_strict_trial():
    assert opened(csv_bytes([["Name"], ["Müller 佛山"]])).encoding == "utf-8"


def test_excels_own_line_about_the_separator_is_followed_and_not_counted():
    sheet = opened(csv_bytes(GERMAN, separator="|", before="sep=|\r\n"))
    assert sheet.separator == "|"
    assert sheet.heads == GERMAN[0]
    assert [(row.number, row.cells) for row in sheet.rows()] == [(2, GERMAN[1]), (3, GERMAN[2])]
    assert sheet.total_rows == 2


def test_decimal_commas_do_not_divide_cells():
    rows = [["Name", "Share"], *([f"Firm {number}", f"{number},5"] for number in range(9))]
    sheet = opened(csv_bytes(rows, separator=";"))
    assert (sheet.separator, texts(sheet)) == (";", rows[1:])


def test_comma_in_heads_does_not_beat_the_separator_of_all_rows():
    rows = [["Name", "Street, number", "Size"], ["a", "b", "c"], ["d", "e", "f"]]
    sheet = opened(csv_bytes(rows, separator=";"))
    assert sheet.heads == rows[0]


def test_cell_with_line_breaks_and_quotations_is_one_cell_of_one_row():
    rows = [["Name", "Text"], ["a", 'first\nsecond "so"\r\nthird; fourth'], ["b", "c"]]
    assert [(row.number, row.cells) for row in opened(csv_bytes(rows, separator=";")).rows()] == [
        (2, rows[1]),
        (3, rows[2]),
    ]


def test_blank_rows_are_left_out_but_counted():
    content = b"\r\nName,City\r\n\r\n , \r\na,b\r\n,,\r\nc,d"
    sheet = opened(content)
    assert (sheet.heads, sheet.head_row) == (["Name", "City"], 2)
    assert [(row.number, row.cells) for row in sheet.rows()] == [(5, ["a", "b"]), (7, ["c", "d"])]


def test_missing_cells_are_blank_and_cells_too_many_are_named():
    sheet = opened(b"Name,City\r\na\r\nb,c,d, ,e\r\nf,g,,\r\n")
    first, second, third = sheet.rows()
    assert first == (2, ["a", ""], ())
    assert second.cells == ["b", "c"]
    assert second.mistakes == (
        Mistake(2, "d", MistakeKind.OUTSIDE),
        Mistake(4, "e", MistakeKind.OUTSIDE),
    )
    assert [mistake.column for mistake in second.mistakes] == ["C", "E"]
    assert second.mistakes[0].sentence == (
        "This cell stands outside the columns that have headings. "
        "Perhaps a separator in the row is one too many."
    )
    assert third == (4, ["f", "g"], ())


def test_column_without_head_is_left_out_and_said():
    sheet = opened(b"Name,,City,,\r\na,remark,b,,\r\n")
    assert sheet.heads == ["Name", "", "City"]
    assert sheet.notes == ["Columns without a heading are not read: B."]
    assert texts(sheet) == [["a", "", "b"]]


def test_defusing_is_taken_off_in_cells_and_heads():
    sheet = opened(b"'=Name,City\r\n'=1+1,''-x\r\n'quoted',O'Neill\r\n")
    assert sheet.heads == ["=Name", "City"]
    assert texts(sheet) == [["=1+1", "'-x"], ["'quoted'", "O'Neill"]]


def test_rows_can_be_read_again_and_the_upload_stays_usable():
    file = upload(csv_bytes(), "firms.csv")
    sheet = open_sheet(file, name="firms.csv")
    assert texts(sheet) == texts(sheet) == ROWS[1:]
    next(sheet.rows())
    assert file.read() == csv_bytes()


def test_path_is_opened_too(tmp_path):
    path = tmp_path / "firms.csv"
    path.write_bytes(csv_bytes())
    assert texts(open_sheet(path, name="firms.csv")) == texts(open_sheet(str(path), name="x")) == ROWS[1:]


def test_long_cell_within_the_limit_is_read_whole():
    long = "x" * (csv.field_size_limit() - 1)
    assert texts(opened(csv_bytes([["Name"], [long]]))) == [[long]]
