"""A list as a file: CSV for programs, XLSX for people; only what the list itself would show."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from tempfile import TemporaryFile
from typing import Any

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language, gettext, override

# Spreadsheets in East Asian languages take full-width signs for formulas too.
FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSX_LONGEST_TEXT = 32_767


@dataclass(frozen=True)
class Column:
    """One column of a list: its head on the page, and its value in a file."""

    name: str
    label: str | Promise
    value: Callable[[Any], Any] | None = None
    sort: str = ""
    numeric: bool = False
    on_page: bool = True
    in_files: bool = True

    def of(self, row: Any) -> Any:
        """The value of this column in one row (the attribute of the same name, unless told)."""
        return self.value(row) if self.value else getattr(row, self.name)


def csv_response(columns: Sequence[Column], rows: Iterable[Any], name: str) -> HttpResponseBase:
    """The rows as UTF-8 CSV with byte order mark, sent line by line."""
    response = StreamingHttpResponse(_csv_lines(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def xlsx_response(columns: Sequence[Column], rows: Iterable[Any], name: str) -> HttpResponseBase:
    """The rows as a workbook of one sheet, written row by row to a temporary file."""
    file = TemporaryFile()  # noqa: SIM115 (the response closes it)
    _write_workbook(file, columns, rows, name)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)


EXPORTS: dict[str, Callable[[Sequence[Column], Iterable[Any], str], HttpResponseBase]] = {
    "csv": csv_response,
    "xlsx": xlsx_response,
}


class _Line:
    """A file that hands back what is written to it, as csv.writer wants a file."""

    def write(self, text: str) -> str:
        return text


def _csv_lines(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[str]:
    # Lines are made after the middleware has gone: language and zone are those of the request.
    language, zone = get_language() or "en", get_current_timezone()
    writer = csv.writer(_Line())
    labels = [str(column.label) for column in columns]

    def line_of(row: Any) -> str:
        with override(language), timezone.override(zone):
            return writer.writerow([_csv_value(column.of(row)) for column in columns])

    first = writer.writerow([_csv_value(label) for label in labels])

    def lines() -> Iterator[str]:
        yield BYTE_ORDER_MARK + first
        yield from map(line_of, rows)

    return lines()


def _csv_value(value: Any) -> str:
    match _plain(value):
        case None:
            return ""
        case bool(yes):
            return gettext("yes") if yes else gettext("no")
        case int() | float() | Decimal() as number:
            return str(number)
        case dt.datetime() as moment:
            return _local(moment).isoformat(sep=" ", timespec="minutes")
        case dt.date() | dt.time() as date:
            return date.isoformat()
        case text:
            return f"'{text}" if str(text).startswith(FORMULA_BEGINNINGS) else str(text)


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple, set, frozenset)):
        return "; ".join(str(one) for one in value)
    if value is None or isinstance(value, (bool, int, float, Decimal, dt.date, dt.time)):
        return value
    return str(value)


def _local(moment: dt.datetime) -> dt.datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def _write_workbook(file: Any, columns: Sequence[Column], rows: Iterable[Any], name: str) -> None:
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd", "remove_timezone": True}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(name[:31])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(columns) - 1, 0), 22)
        moments = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        heads = book.add_format({"bold": True})
        for place, column in enumerate(columns):
            sheet.write_string(0, place, str(column.label), heads)
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                _write_cell(sheet, number, place, column.of(row), moments)


def _write_cell(sheet: Any, row: int, place: int, value: Any, moments: Any) -> None:
    match _plain(value):
        case None:
            return
        case bool(yes):
            sheet.write_string(row, place, gettext("yes") if yes else gettext("no"))
        case int() | float() | Decimal() as number:
            sheet.write_number(row, place, number)
        case dt.datetime() as moment:
            sheet.write_datetime(row, place, _local(moment), moments)
        case dt.date() as date:
            sheet.write_datetime(row, place, date)
        case other:
            # Always as text: a cell never becomes a formula or a link by what somebody typed.
            sheet.write_string(row, place, str(other)[:XLSX_LONGEST_TEXT])
