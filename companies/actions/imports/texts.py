"""Rows of an import as people read them: what the cells say, what is wrong, what would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from alliance.pages.sheets.rows import letters_of
from companies.actions.columns import BY_KEY, Words
from companies.actions.columns.sentences import sentence
from companies.actions.imports.judging import COLUMN_OF, company_of
from companies.actions.imports.staging import said_by
from companies.models import Company, Import, ImportRow


@dataclass(frozen=True)
class Shown:
    """One mistake: the column as the file heads it and its letters, what stands there, what is wrong."""

    key: str
    column: str
    letters: str
    value: str
    sentence: str
    company: int | None = None


@dataclass(frozen=True)
class Difference:
    """What the entry says of one thing, before and after."""

    key: str
    label: str
    before: str
    after: str


def shown(run: Import, rows: Iterable[ImportRow]) -> dict[int, list[Shown]]:
    """The mistakes of rows, by row, as sentences in the active language; one query for all of them."""
    rows = list(rows)
    known = names_in(rows)
    return {row.number: [shown_one(run, mistake, known) for mistake in row.mistakes] for row in rows}


def names_in(rows: Iterable[ImportRow]) -> Mapping[int, Company]:
    named = {params["company"] for row in rows for *_cell, params in row.mistakes if "company" in params}
    return Company.objects.in_bulk(named) if named else {}


def shown_one(run: Import, mistake: list, known: Mapping[int, Company]) -> Shown:
    key, place, value, code, params = mistake
    if place is None and key in run.mapping:
        place = run.mapping.index(key)
    head = run.heads[place] if place is not None and place < len(run.heads) else ""
    company = params.get("company")
    told = {**params, "company": known[company].name} if company in known else params
    return Shown(
        key=key,
        column=head or (BY_KEY[key].label if key else ""),
        letters="" if place is None else letters_of(place),
        value=value,
        sentence=sentence(code, told),
        company=company,
    )


def texts_of(row: ImportRow, words: Words) -> dict[str, str]:
    """What the cells of a row say, by column: as typed, or as we write what was understood."""
    if row.mistakes and row.texts:
        return dict(row.texts)
    values = said_by(row)
    company = company_of({name: value for name, value in values.items() if name != "state"}, words)
    found = {}
    for key, column in BY_KEY.items():
        if any(name in values for name in column.fields) and (text := column.write(company)):
            found[key] = text
    return found


def differences(row: ImportRow, words: Words) -> list[Difference]:
    """What the row changes in its entry, as texts in the active language."""
    before = company_of({name: pair[0] for name, pair in row.differences.items()}, words)
    after = company_of({name: pair[1] for name, pair in row.differences.items()}, words)
    found = {}
    for name in row.differences:
        if column := COLUMN_OF.get(name):
            found[column.key] = Difference(
                column.key, column.label, column.write(before), column.write(after)
            )
    return [found[key] for key in BY_KEY if key in found]
