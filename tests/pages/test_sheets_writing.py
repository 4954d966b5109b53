"""Tables as files: what stands in them, how they are sent, and the template to fill in."""

import datetime as dt
import io
import json
import zipfile
from decimal import Decimal
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from alliance.pages.sheets import workbook_writing, writing
from alliance.pages.sheets.reading import open_sheet
from alliance.pages.sheets.templates import TemplateColumn, xlsx_template
from alliance.pages.sheets.writing import (
    TooManyRowsForXlsx,
    csv_download,
    csv_lines,
    jsonl_download,
    jsonl_lines,
    xlsx_download,
    xlsx_file,
)
from tests.factories.files import upload

NOON = dt.datetime(2017, 3, 12, 12, tzinfo=dt.UTC)


def opened(content):
    return open_sheet(upload(content, "a.xlsx"), name="a.xlsx")


def test_json_lines():
    row = {
        "name": "佛山 “x”\n", "size": 12, "share": Decimal("2.50"), "whole": Decimal("3"),
        "since": dt.date(2017, 4, 24), "checked": NOON, "none": None, "yes": True, "many": ["a", 1],
        "label": gettext_lazy("Accepted"),
    }  # fmt: skip
    with timezone.override(ZoneInfo("Asia/Shanghai")):
        lines = jsonl_lines([row, {"name": "b"}])
    text = b"".join(lines).decode()
    assert text.count("\n") == 2
    assert "佛山" in text
    assert [json.loads(line) for line in text.splitlines()] == [
        {
            "name": "佛山 “x”\n", "size": 12, "share": 2.5, "whole": 3, "since": "2017-04-24",
            "checked": "2017-03-12T20:00:00+08:00", "none": None, "yes": True, "many": ["a", 1],
            "label": "Accepted",
        },
        {"name": "b"},
    ]  # fmt: skip


def test_lines_are_made_as_they_are_sent_and_never_many_ahead():
    seen = []

    def rows():
        for number in range(2000):
            seen.append(number)
            yield [number]

    lines = csv_lines(["n"], rows())
    next(lines)
    assert seen == []
    sizes = []
    for _piece in lines:
        sizes.append(len(seen))
        seen.clear()
    assert max(sizes) == writing.MOST_AT_ONCE


def test_language_is_that_of_the_request_even_when_rows_are_made_later():
    rows = ([translation.get_language()] for _row in range(3))
    with translation.override("de"):
        lines = csv_lines([gettext_lazy("City")], rows)
    with translation.override("en"):
        assert b"".join(lines).decode("utf-8-sig").split() == ["Stadt", "de", "de", "de"]


@pytest.mark.parametrize(
    ("response", "ending", "kind"),
    [
        (lambda: csv_download(["a"], [["b"]], "企业"), "csv", writing.CSV_TYPE),
        (lambda: jsonl_download([{"a": 1}], "企业"), "jsonl", writing.JSONL_TYPE),
        (lambda: xlsx_download(xlsx_file(["a"], [["b"]]), "企业"), "xlsx", writing.XLSX_TYPE),
    ],
    ids=["csv", "jsonl", "xlsx"],
)
def test_files_are_sent_under_their_name_and_kept_by_nobody(response, ending, kind):
    sent = response()
    assert sent["Content-Disposition"] == f"attachment; filename*=utf-8''%E4%BC%81%E4%B8%9A.{ending}"
    assert sent["Content-Type"] == kind
    assert sent["Cache-Control"] == "private, no-store"
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert sent.streaming
    assert b"".join(sent.streaming_content)


def test_workbook_has_widths_and_notes_that_are_not_read_as_rows():
    rows = [["=1+1", dt.date(1850, 1, 2)], ["b", dt.date(2017, 4, 24)]]
    title = "All: [firms]/2017 with a very long title"
    with xlsx_file(["Name", "Since"], rows, title=title, widths=[40], notes=["As of today"]) as file:
        content = file.read()
    sheet = opened(content)
    assert sheet.title == "All firms2017 with a very long "
    assert [row.cells for row in sheet.rows()] == [["=1+1", "1850-01-02"], ["b", "2017-04-24"]]
    assert sheet.notes == []
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert 'width="40.7109375"' in book.read("xl/worksheets/sheet1.xml").decode()
        assert "As of today" in book.read("xl/worksheets/sheet2.xml").decode()


def test_workbook_without_room_for_all_rows_is_refused(monkeypatch):
    monkeypatch.setattr(workbook_writing, "MOST_ROWS", 2)
    assert xlsx_file(["a"], [["1"], ["2"]])
    with pytest.raises(TooManyRowsForXlsx):
        xlsx_file(["a"], [["1"], ["2"], ["3"]])


COLUMNS = [
    TemplateColumn(gettext_lazy("City"), gettext_lazy("Explanation"), example="Köln"),
    TemplateColumn("Direction", "x" * 300, allowed=["in", "out", gettext_lazy("yes")]),
    TemplateColumn("Tags", "Several are possible.", allowed=["a", "b"], several=True),
]


@pytest.mark.parametrize(
    ("language", "title", "head", "yes"),
    [
        ("en", "Explanations", "City", "yes"),
        ("de", "Erläuterungen", "Stadt", "ja"),
        ("zh-hans", "说明", "城市", "是"),
    ],
)
def test_template_explains_itself_in_the_language_and_is_not_read_as_rows(language, title, head, yes):
    content = xlsx_template(COLUMNS, language=language, title="Firms")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = book.read("xl/workbook.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode()
        first = book.read("xl/worksheets/sheet1.xml").decode()
    assert f'<sheet name="{title}"' in names
    assert f"<t>{yes}</t>" in texts
    assert f"'{title}'!$C$4:$C$6" in first
    assert f"'{title}'!$D$4:$D$5" in first
    with pytest.raises(Exception, match=r"a\.xlsx.* has headings, but no row below them"):
        opened(content)
    assert filled(content) == [head, "Direction", "Tags"]


def filled(content):
    """The heads as the reader sees them once somebody has filled in a row."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    row = b'<row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", row)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for name, text in parts.items():
            new.writestr(name, text)
    return opened(file.getvalue()).heads


def test_list_column_may_be_stopped_but_one_of_several_values_not():
    content = xlsx_template(COLUMNS, language="en")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        first = book.read("xl/worksheets/sheet1.xml").decode()
    lists = [rule.split(">")[0] for rule in first.split("<dataValidation ") if 'type="list"' in rule]
    assert ['showErrorMessage="1"' in rule for rule in lists] == [True, False]


def test_values_of_objects_stay_as_the_exports_make_them():
    rows = ([thing.size] for thing in [SimpleNamespace(size=1), SimpleNamespace(size=None)])
    assert b"".join(csv_lines(["size"], rows)).decode("utf-8-sig") == 'size\r\n1\r\n""\r\n'
