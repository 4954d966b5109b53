"""A list as a file: what stands in the cells, and what can never become a formula."""

import csv
import datetime as dt
import io
import zipfile
from decimal import Decimal
from types import SimpleNamespace
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from alliance.pages.exports import Column, csv_response, xlsx_response

SHEET = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
NOON = dt.datetime(2017, 3, 12, 12, tzinfo=dt.UTC)


def column(value):
    return [Column("cell", "Cell", lambda row: value)]


def body(response):
    return b"".join(response.streaming_content).decode("utf-8")


def cell_of_csv(value):
    _head, line = csv.reader(io.StringIO(body(csv_response(column(value), [object()], "x"))))
    return line[0] if line else ""


def sheet_of(response):
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as book:
        return ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))


def cell_of_xlsx(value):
    """Type, text and style of the one cell below the head."""
    sheet = sheet_of(xlsx_response(column(value), [object()], "x"))
    cell = sheet.find(".//m:row[@r='2']/m:c", SHEET)
    if cell is None:
        return None
    text = cell.find("m:is/m:t", SHEET)
    assert cell.find("m:f", SHEET) is None
    return (cell.get("t"), text.text if text is not None else cell.find("m:v", SHEET).text)


def test_csv_has_byte_order_mark_heads_and_rows():
    columns = [Column("name", "City"), Column("size", "Size, of the city", lambda city: city.size * 2)]
    rows = [SimpleNamespace(name="Köln", size=1), SimpleNamespace(name='佛山, "Foshan"', size=2)]

    response = csv_response(columns, rows, "cities")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="cities.csv"'
    assert body(response) == '\ufeffCity,"Size, of the city"\r\nKöln,2\r\n"佛山, ""Foshan""",4\r\n'


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+49 6131 12-0",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1+1",
        "＠SUM(A1)",
        '=HYPERLINK("http://x.example")',
    ],
)
def test_text_that_begins_like_a_formula_is_defused(text):
    assert cell_of_csv(text) == f"'{text}"
    kind, shown = cell_of_xlsx(text)
    assert kind == "inlineStr"
    assert shown.replace("_x000D_", "\r").strip() == text.strip()


def test_heads_are_defused_too():
    response = csv_response([Column("a", "=1+1", lambda row: "")], [], "x")
    assert body(response) == "\ufeff'=1+1\r\n"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (-2, "-2"),
        (Decimal("-2.50"), "-2.50"),
        (True, "yes"),
        (False, "no"),
        (dt.date(2017, 4, 24), "2017-04-24"),
        (dt.time(9, 5), "09:05:00"),
        (["Mainz", "佛山"], "Mainz; 佛山"),
        (["=1", "2"], "'=1; 2"),
        (gettext_lazy("Accepted"), "Accepted"),
    ],
)
def test_values_in_csv(value, shown):
    assert cell_of_csv(value) == shown


def test_moments_are_shown_in_the_persons_zone():
    with timezone.override(ZoneInfo("Asia/Shanghai")):
        response = csv_response(column(NOON), [object()], "x")
    with timezone.override(ZoneInfo("Europe/Berlin")):
        assert body(response).splitlines()[1] == "2017-03-12 20:00+08:00"


def test_texts_are_in_the_persons_language_even_when_sent_later():
    columns = [Column("language", "Language", lambda row: translation.get_language())]
    with translation.override("de"):
        response = csv_response(columns, [object()], "x")
    with translation.override("en"):
        assert body(response).splitlines()[1] == "de"
        assert translation.get_language() == "en"


def test_csv_is_made_line_by_line():
    seen = []

    def rows():
        for number in range(3):
            seen.append(number)
            yield SimpleNamespace(cell=number)

    lines = iter(csv_response([Column("cell", "Cell")], rows(), "x").streaming_content)
    next(lines)
    assert seen == []
    next(lines)
    assert seen == [0]


def test_numbers_and_moments_in_xlsx_are_numbers():
    # Days since the end of 1899, as spreadsheets count.
    assert cell_of_xlsx(dt.date(2017, 4, 24)) == (None, "42849")
    assert cell_of_xlsx(Decimal("2.5")) == (None, "2.5")
    assert cell_of_xlsx(-7) == (None, "-7")
    with timezone.override(ZoneInfo("Europe/Berlin")):
        assert cell_of_xlsx(NOON) == (None, "42806.54166666666")


def test_other_values_in_xlsx_are_text():
    assert cell_of_xlsx(True) == ("inlineStr", "yes")
    assert cell_of_xlsx(["Mainz", "佛山"]) == ("inlineStr", "Mainz; 佛山")
    assert cell_of_xlsx("https://alliance.example") == ("inlineStr", "https://alliance.example")
    assert cell_of_xlsx("x" * 40_000) == ("inlineStr", "x" * 32_767)
    assert cell_of_xlsx(None) is None


def test_xlsx_has_one_sheet_with_heads():
    response = xlsx_response([Column("a", "City"), Column("b", "Year")], [], "cities")

    assert response["Content-Disposition"] == 'attachment; filename="cities.xlsx"'
    texts = [text.text for text in sheet_of(response).findall(".//m:row[@r='1']/m:c/m:is/m:t", SHEET)]
    assert texts == ["City", "Year"]
