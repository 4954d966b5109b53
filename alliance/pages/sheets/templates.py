"""An empty workbook to fill in: the heads, drop-down lists, and a sheet that explains each column."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.utils.translation import gettext, override
from xlsxwriter.utility import xl_range_abs

from alliance.pages.sheets.rows import MOST_ROWS
from alliance.pages.sheets.workbook_writing import USUAL_WIDTH

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST_HINT = 255
LONGEST_HINT_TITLE = 32
EXPLANATION_ROW, EXAMPLE_ROW, FIRST_ALLOWED_ROW = 1, 2, 3
EXPLANATION_HEIGHT = 120


@dataclass(frozen=True)
class TemplateColumn:
    """One column to fill in: its head, what belongs there, and the values possible when only some are."""

    head: StrOrPromise
    explanation: StrOrPromise
    allowed: Sequence[StrOrPromise] = ()
    example: StrOrPromise = ""
    several: bool = False


def xlsx_template(columns: Sequence[TemplateColumn], *, language: str, title: StrOrPromise = "") -> bytes:
    """The empty workbook in a language; its second sheet is left out when the file is read in again."""
    file = io.BytesIO()
    with override(language), xlsxwriter.Workbook(file) as book:
        book.set_properties({"title": str(title)})
        _Template(book, columns).write()
    return file.getvalue()


class _Template:
    """The two sheets being written."""

    def __init__(self, book: Any, columns: Sequence[TemplateColumn]) -> None:
        self.columns = columns
        self.sheet = book.add_worksheet(gettext("Entries"))
        self.explained = book.add_worksheet(gettext("Explanations"))
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        # As text, numbers of registers and telephones keep every digit.
        self.text = book.add_format({"num_format": "@"})

    def write(self) -> None:
        last = max(len(self.columns) - 1, 0)
        self.sheet.freeze_panes(1, 0)
        self.sheet.set_column(0, last, USUAL_WIDTH, self.text)
        self.sheet.ignore_errors({"number_stored_as_text": xl_range_abs(1, 0, MOST_ROWS, last)})
        self.explained.freeze_panes(1, 1)
        self.explained.set_column(0, last + 1, USUAL_WIDTH + 6, self.wrapped)
        self.explained.set_row(EXPLANATION_ROW, EXPLANATION_HEIGHT)
        for row, label in enumerate(self._labels()):
            self.explained.write_string(row, 0, label, self.bold)
        for place, column in enumerate(self.columns):
            self._write_column(place, column)

    def _labels(self) -> list[str]:
        return [gettext("Column"), gettext("Explanation"), gettext("Example"), gettext("Allowed values")]

    def _write_column(self, place: int, column: TemplateColumn) -> None:
        head = str(column.head)
        self.sheet.write_string(0, place, head, self.bold)
        texts = [head, str(column.explanation), str(column.example), *map(str, column.allowed)]
        for row, text in enumerate(texts):
            self.explained.write_string(row, place + 1, text, self.wrapped if row else self.bold)
        self.sheet.data_validation(1, place, MOST_ROWS, place, self._rule(place, column))

    def _rule(self, place: int, column: TemplateColumn) -> dict[str, Any]:
        """The hint beside the cell, and the list to choose from."""
        hint = {
            "input_title": str(column.head)[:LONGEST_HINT_TITLE],
            "input_message": str(column.explanation)[:LONGEST_HINT],
        }
        if not column.allowed:
            return {"validate": "any", **hint}
        last = FIRST_ALLOWED_ROW + len(column.allowed) - 1
        source = f"='{self.explained.name}'!{xl_range_abs(FIRST_ALLOWED_ROW, place + 1, last, place + 1)}"
        return {"validate": "list", "source": source, "show_error": not column.several, **hint}
