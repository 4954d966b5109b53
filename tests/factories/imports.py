"""Files of companies as an officer brings them, and imports at any step."""

import csv
import io
from datetime import UTC, datetime

from django.core.files.base import ContentFile

from companies.actions import imports
from companies.models import ImportRow
from tests.factories import circulars as cast
from tests.factories.companies import member_city

NOW = datetime(2018, 3, 5, 9, 0, tzinfo=UTC)


def csv_file(heads, *rows, name="companies.csv"):
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([heads, *rows])
    return ContentFile(text.getvalue().encode(), name=name)


def begun(heads, *rows, city="Aachen", by=None, at=NOW):
    """A file that was uploaded for a city, its columns suggested."""
    place = member_city(city) if city else None
    return imports.begin(place, csv_file(heads, *rows), by=by or cast.lead(city), at=at)


def checked(heads, *rows, city="Aachen", by=None, at=NOW, mapping=None):
    """The same, checked with the columns that were suggested."""
    run = begun(heads, *rows, city=city, by=by, at=at)
    return imports.set_columns(
        run, run.mapping if mapping is None else mapping, by=by or cast.lead(city), at=at
    )


def done(heads, *rows, city="Aachen", by=None, at=NOW, **options):
    """The same, carried out."""
    run = checked(heads, *rows, city=city, by=by, at=at)
    return imports.carry_out(run, by=by or cast.lead(city), at=at, **options)


def row_of(run, number=2):
    """A row of the file, by its number there."""
    return ImportRow.objects.get(run=run, number=number)


def verdicts(run):
    return [row.verdict for row in ImportRow.objects.filter(run=run)]


def codes(run):
    """What is wrong: row, column, value, code."""
    return [
        (row.number, key, value, code)
        for row in ImportRow.objects.filter(run=run)
        for key, _place, value, code, _params in row.mistakes
    ]
