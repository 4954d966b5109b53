"""Tables as files, row by row: CSV and JSON Lines for programs, XLSX for people. Memory stays flat."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import IO, Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language, override

from alliance.pages.sheets.values import in_csv, in_json
from alliance.pages.sheets.workbook_writing import TooManyRowsForXlsx, xlsx_file

__all__ = [
    "TooManyRowsForXlsx",
    "csv_download",
    "csv_lines",
    "jsonl_download",
    "jsonl_lines",
    "xlsx_download",
    "xlsx_file",
]

BYTE_ORDER_MARK = "\ufeff"
CSV_TYPE = "text/csv; charset=utf-8"
JSONL_TYPE = "application/jsonl; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_AT_ONCE = 256

Cells = Iterable[Any]


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
