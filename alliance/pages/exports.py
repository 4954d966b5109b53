"""A list as a file: CSV for programs, XLSX for people; only what the list itself would show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.utils.functional import Promise

from alliance.pages.sheets.writing import csv_download, xlsx_download, xlsx_file


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
    """The rows as UTF-8 CSV with byte order mark, sent as they are read."""
    return csv_download(_heads(columns), _values(columns, rows), name)


def xlsx_response(columns: Sequence[Column], rows: Iterable[Any], name: str) -> HttpResponseBase:
    """The rows as a workbook of one sheet, written row by row to a temporary file."""
    return xlsx_download(xlsx_file(_heads(columns), _values(columns, rows), title=name), name)


EXPORTS: dict[str, Callable[[Sequence[Column], Iterable[Any], str], HttpResponseBase]] = {
    "csv": csv_response,
    "xlsx": xlsx_response,
}


def _heads(columns: Sequence[Column]) -> list[str]:
    return [str(column.label) for column in columns]


def _values(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[list[Any]]:
    for row in rows:
        yield [column.of(row) for column in columns]
