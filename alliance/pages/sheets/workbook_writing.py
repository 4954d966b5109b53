"""A table as a workbook: the package made by XlsxWriter, the rows written straight into it, one at a time."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import count
from math import isfinite
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

import xlsxwriter
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliance.pages.refusals import Refusal
from alliance.pages.sheets.rows import letters_of
from alliance.pages.sheets.values import local, plain, word_for

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST_TEXT = 32_767
MOST_ROWS = 1_048_575
USUAL_WIDTH = 22
ROWS_AT_ONCE = 500
# Denser packing takes three times as long and saves a tenth.
DENSITY = 4
SHEET = "xl/worksheets/sheet1.xml"
OPTIONS = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
SECONDS_OF_A_DAY = 86_400
# Spreadsheets take 1900 for a leap year: before its March their count is of no use.
DAY_ZERO, FIRST_DAY = dt.date(1899, 12, 30), dt.date(1900, 3, 1)
STYLES = re.compile(r'<c r="[AB]2" s="(\d+)"')
FIRST_ROWS = re.compile(r'<row r="2".*?</row>')
DIMENSION = re.compile(r"<dimension [^>]*/>")
SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class TooManyRowsForXlsx(Refusal):
    sentence = _("A workbook holds 1,048,575 rows at most. Please narrow the list, or choose CSV.")


def xlsx_file(
    heads: Iterable[Any],
    rows: Iterable[Iterable[Any]],
    *,
    title: StrOrPromise = "",
    widths: Sequence[int] = (),
    notes: Sequence[StrOrPromise] = (),
) -> IO[bytes]:
    """A table as a workbook in a temporary file; notes stand on a second sheet, which reading leaves out."""
    package = _package([str(head) for head in heads], sheet_title(str(title)), widths, notes)
    file = TemporaryFile()  # noqa: SIM115 (whoever takes it closes it)
    try:
        with zipfile.ZipFile(package) as made, _packing(file) as target:
            for part in made.namelist():
                if part != SHEET:
                    target.writestr(part, made.read(part))
            with target.open(SHEET, "w", force_zip64=True) as sheet:
                for piece in _sheet(made.read(SHEET).decode(), rows):
                    sheet.write(piece.encode())
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _packing(file: IO[bytes]) -> zipfile.ZipFile:
    return zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=DENSITY)


def _package(
    heads: Sequence[str], title: str, widths: Sequence[int], notes: Sequence[StrOrPromise]
) -> IO[bytes]:
    """The workbook with its heads, and two cells below that show the styles of a date and a moment."""
    package = io.BytesIO()
    with xlsxwriter.Workbook(package, OPTIONS) as book:
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(heads) - 1, 0), USUAL_WIDTH)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        bold = book.add_format({"bold": True})
        for place, head in enumerate(heads):
            sheet.write_string(0, place, head, bold)
        sheet.write_datetime(1, 0, FIRST_DAY)
        sheet.write_datetime(1, 1, FIRST_DAY, book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
        if notes:
            _write_notes(book, notes)
    package.seek(0)
    return package


def _write_notes(book: Any, notes: Sequence[StrOrPromise]) -> None:
    sheet = book.add_worksheet(gettext("Explanations"))
    sheet.set_column(0, 0, 100, book.add_format({"text_wrap": True}))
    for number, note in enumerate(notes):
        sheet.write_string(number, 0, str(note))


def _sheet(made: str, rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """The sheet as it was made, with the rows in place of the two cells of styles."""
    cells = Cells(*STYLES.findall(made))
    before, after = FIRST_ROWS.split(DIMENSION.sub("", made), maxsplit=1)
    yield before
    some: list[str] = []
    for number, row in zip(count(2), rows, strict=False):
        if number > MOST_ROWS + 1:
            raise TooManyRowsForXlsx
        some.append(cells.row(number, row))
        if len(some) >= ROWS_AT_ONCE:
            yield "".join(some)
            some.clear()
    yield "".join(some) + after


class Cells:
    """Values as cells: text always as text, so that none becomes a formula or a link by what was typed."""

    def __init__(self, date_style: str, moment_style: str) -> None:
        self.date_style, self.moment_style = date_style, moment_style
        self.letters: list[str] = []

    def row(self, number: int, values: Iterable[Any]) -> str:
        """One row; cells without a value are left out."""
        cells = []
        for place, value in enumerate(values):
            if value is not None and value != "":
                while place >= len(self.letters):
                    self.letters.append(letters_of(len(self.letters)))
                cells.append(self.cell(f"{self.letters[place]}{number}", value))
        return f'<row r="{number}">{"".join(cells)}</row>'

    def cell(self, ref: str, value: Any) -> str:
        """One cell."""
        kind = type(value)
        if kind is str:
            return _text(ref, value)
        if kind is int:
            return f'<c r="{ref}"><v>{value}</v></c>'
        return self._other(ref, plain(value))

    def _other(self, ref: str, value: Any) -> str:
        match value:
            case bool(yes):
                return _text(ref, word_for(yes))
            case int() | float() | Decimal() as number if isfinite(number):
                return f'<c r="{ref}"><v>{number:.16G}</v></c>'
            case dt.datetime() as moment if moment.date() >= FIRST_DAY:
                return f'<c r="{ref}" s="{self.moment_style}"><v>{_days(local(moment)):.16G}</v></c>'
            case dt.date() as date if not isinstance(date, dt.datetime) and date >= FIRST_DAY:
                return f'<c r="{ref}" s="{self.date_style}"><v>{(date - DAY_ZERO).days}</v></c>'
        return _text(ref, str(value)) if str(value) else ""


def _text(ref: str, text: str) -> str:
    text = text[:LONGEST_TEXT]
    if SPECIAL.search(text):
        text = SPECIAL.sub(_written, text)
    space = "" if text.strip() == text else ' xml:space="preserve"'
    return f'<c r="{ref}" t="inlineStr"><is><t{space}>{text}</t></is></c>'


def _written(found: re.Match[str]) -> str:
    """A sign that XML or spreadsheets would take for something else."""
    sign = found[0]
    return {"&": "&amp;", "<": "&lt;", ">": "&gt;"}.get(sign, f"_x{ord(sign):04X}_")


def _days(moment: dt.datetime) -> float:
    since_midnight = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
    return (moment.date() - DAY_ZERO).days + since_midnight / SECONDS_OF_A_DAY


def sheet_title(title: str) -> str:
    """A title as spreadsheet programs allow it: short, and without the signs of addresses."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\").strip("'")[:31]
