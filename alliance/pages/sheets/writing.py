"""Tables as files, row by row: CSV and JSON Lines for programs, XLSX for people. Memory stays flat."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from alliance.pages.refusals import Refusal
from alliance.pages.sheets.values import in_csv, in_json, local, plain, word_for

BYTE_ORDER_MARK = "\ufeff"
CSV_TYPE = "text/csv; charset=utf-8"
JSONL_TYPE = "application/jsonl; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSX_LONGEST_TEXT = 32_767
XLSX_MOST_ROWS = 1_048_575
XLSX_OPTIONS = {"constant_memory": True, "default_date_format": "yyyy-mm-dd", "remove_timezone": True}
USUAL_WIDTH = 22
MOST_AT_ONCE = 256

Cells = Iterable[Any]


class TooManyRowsForXlsx(Refusal):
    sentence = _("A workbook holds 1,048,575 rows at most. Please narrow the list, or choose CSV.")


def csv_lines(heads: Cells, rows: Iterable[Cells]) -> Iterator[bytes]:
    """A table as UTF-8 CSV with byte order mark, some lines at a time; formulas defused."""
    write = csv.writer(_Line()).writerow
    first = BYTE_ORDER_MARK + write([in_csv(str(head)) for head in heads])
    return _sent_later(first, rows, lambda cells: write([in_csv(value) for value in cells]))


def jsonl_lines(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """One JSON object a line, in UTF-8."""
    return _sent_later("", rows, lambda row: json.dumps(row, ensure_ascii=False, default=in_json) + "\n")


def _sent_later(first: str, rows: Iterable[Any], line_of: Callable[[Any], str]) -> Iterator[bytes]:
    # Lines are made after the middleware has gone: language and zone are those of the request.
    language, zone = get_language() or "en", get_current_timezone()

    def lines() -> Iterator[bytes]:
        if first:
            yield first.encode()
        remaining, at_once = iter(rows), 1
        while True:
            with override(language), timezone.override(zone):
                some = [line_of(row) for row in islice(remaining, at_once)]
            if not some:
                return
            yield "".join(some).encode()
            at_once = min(at_once * 2, MOST_AT_ONCE)

    return lines()


class _Line:
    """A file that hands back what is written to it, as csv.writer wants a file."""

    def write(self, text: str) -> str:
        return text


def xlsx_file(
    heads: Cells,
    rows: Iterable[Cells],
    *,
    title: str = "",
    widths: Sequence[int] = (),
    notes: Sequence[str] = (),
) -> IO[bytes]:
    """A table as a workbook in a temporary file; notes stand on a second sheet, which reading leaves out."""
    file = TemporaryFile()  # noqa: SIM115 (whoever takes it closes it)
    with xlsxwriter.Workbook(file, XLSX_OPTIONS) as book:
        sheet = book.add_worksheet(sheet_title(title))
        _write_heads(book, sheet, [str(head) for head in heads], widths)
        _write_rows(sheet, rows, book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
        if notes:
            _write_notes(book, notes)
    file.seek(0)
    return file


def _write_heads(book: Any, sheet: Any, heads: Sequence[str], widths: Sequence[int]) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(heads) - 1, 0), USUAL_WIDTH)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    bold = book.add_format({"bold": True})
    for place, head in enumerate(heads):
        sheet.write_string(0, place, head, bold)


def _write_rows(sheet: Any, rows: Iterable[Cells], moments: Any) -> None:
    for number, row in enumerate(rows, start=1):
        if number > XLSX_MOST_ROWS:
            raise TooManyRowsForXlsx
        for place, value in enumerate(row):
            _write_cell(sheet, number, place, value, moments)


def _write_cell(sheet: Any, row: int, place: int, value: Any, moments: Any) -> None:
    match plain(value):
        case None | "":
            return
        case bool(yes):
            sheet.write_string(row, place, word_for(yes))
        case int() | float() | Decimal() as number:
            sheet.write_number(row, place, number)
        case dt.datetime() as moment:
            sheet.write_datetime(row, place, local(moment), moments)
        case dt.date() as date if date.year >= 1900:
            sheet.write_datetime(row, place, date)
        case other:
            # Always as text: a cell never becomes a formula or a link by what somebody typed.
            sheet.write_string(row, place, str(other)[:XLSX_LONGEST_TEXT])


def _write_notes(book: Any, notes: Sequence[str]) -> None:
    sheet = book.add_worksheet(gettext("Explanations"))
    sheet.set_column(0, 0, 100, book.add_format({"text_wrap": True}))
    for number, note in enumerate(notes):
        sheet.write_string(number, 0, note)


def sheet_title(title: str) -> str:
    """A title as spreadsheet programs allow it: short, and without the signs of addresses."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\").strip("'")[:31]


def streamed(lines: Iterable[bytes], name: str, media_type: str) -> HttpResponseBase:
    """Lines sent as they are made, under a name, kept by nobody on the way."""
    response = StreamingHttpResponse(lines, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return unkept(response)


def csv_download(heads: Cells, rows: Iterable[Cells], name: str) -> HttpResponseBase:
    """A table as CSV, for somebody to keep."""
    return streamed(csv_lines(heads, rows), f"{name}.csv", CSV_TYPE)


def jsonl_download(rows: Iterable[dict[str, Any]], name: str) -> HttpResponseBase:
    """Rows as JSON Lines, for somebody to keep."""
    return streamed(jsonl_lines(rows), f"{name}.jsonl", JSONL_TYPE)


def xlsx_download(file: IO[bytes], name: str) -> HttpResponseBase:
    """A workbook, for somebody to keep; the answer closes the file."""
    return unkept(FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE))


def unkept(response: HttpResponseBase) -> HttpResponseBase:
    """Tables are for this person at this moment: no cache keeps them, no browser guesses their type."""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
