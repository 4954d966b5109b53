"""Companies as a file: exactly what is filtered and permitted, row by row, fit to be imported again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alliance.pages.refusals import Refusal
from alliance.pages.sheets import writing
from companies.actions import searching
from companies.actions.columns import COLUMNS
from companies.filters.companies import CompanyFilters
from companies.models import Company
from companies.querysets.sight import Sight

FORMATS = ("xlsx", "csv", "jsonl")
NAME = "companies"
AT_ONCE = 500
WIDE = {"registered_name": 36, "address": 36, "products": 36, "id": 10}


def export(
    request: HttpRequest, kind: str, filters: CompanyFilters, sight: Sight, *, at: datetime
) -> HttpResponseBase:
    """All companies that were asked for and that the person may see, as a file."""
    found = read(searching.rows(filters.words, filters.wanted, sight, at))
    if kind == "jsonl":
        return writing.jsonl_download(map(as_object, found), NAME)
    heads = [str(column.label) for column in COLUMNS]
    if kind == "csv":
        return writing.csv_download(heads, map(cells, found), NAME)
    return workbook(request, heads, found)


def workbook(request: HttpRequest, heads: list[str], found: Iterable[Company]) -> HttpResponseBase:
    """The rows as a workbook; where there are too many for one, the list says so."""
    widths = [WIDE.get(column.key, 18) for column in COLUMNS]
    try:
        file = writing.xlsx_file(heads, map(cells, found), title=_("Companies"), widths=widths)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(request.path)
    return writing.xlsx_download(file, NAME)


def read(keys: Iterable[int]) -> Iterator[Company]:
    """The companies of these keys in their order, some at a time: memory stays flat."""
    remaining = iter(keys)
    while batch := list(islice(remaining, AT_ONCE)):
        rows = Company.objects.select_related("city", "industry").in_bulk(batch)
        yield from (rows[key] for key in batch if key in rows)


def cells(company: Company) -> list[Any]:
    """A row of the table, in the reader's language."""
    return [column.write(company) for column in COLUMNS]


def as_object(company: Company) -> dict[str, Any]:
    """A line of JSON: the same texts under names that do not change with the language."""
    return {column.key: column.write(company) for column in COLUMNS}
