"""From the rows of an import into the table of companies: whole ranges of rows at a time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from companies.actions.imports import lines
from companies.actions.imports.judging import touched
from companies.actions.imports.lines import NOTHING, copied
from companies.actions.imports.rows import fields_of
from companies.models import Company, Import
from companies.states import CompanyState
from membership.models.membership import alliance_day

ROWS = "companies_importrow AS r"
IN_RANGE = "r.run_id = %(run)s AND r.number > %(after)s AND r.number <= %(to)s AND NOT r.left_out"
NEW = f"""
    SELECT r.company_id, r.line FROM {ROWS}
    WHERE {IN_RANGE} AND r.verdict = 'new' ORDER BY r.number
"""
UPDATE = f"""
    UPDATE companies_company AS company
    SET {{fields}}, changed_at = %(at)s,
        sort_name = CASE WHEN r.sort_name = '' THEN company.sort_name ELSE r.sort_name END,
        name_keys = CASE WHEN r.sort_name = '' THEN company.name_keys ELSE r.name_keys END
    FROM {ROWS} JOIN companies_company AS known ON known.id = r.company_id
    CROSS JOIN LATERAL jsonb_populate_record(known, r.values) AS said
    WHERE {IN_RANGE} AND r.verdict = 'changed' AND company.id = r.company_id AND company.revision = r.revision
    RETURNING company.id
"""
TO_CHANGE = f"SELECT r.company_id, r.number FROM {ROWS} WHERE {IN_RANGE} AND r.verdict = 'changed'"
NEXT = """
    SELECT max(number), count(*) FROM (
        SELECT number FROM companies_importrow
        WHERE run_id = %(run)s AND number > %(after)s ORDER BY number LIMIT %(limit)s
    ) AS batch
"""
MEANWHILE = """
    SELECT r.number FROM companies_importrow AS r LEFT JOIN companies_company AS company
        ON company.id = r.company_id
    WHERE r.run_id = %(run)s AND NOT r.left_out AND r.verdict IN ('changed', 'unchanged')
        AND company.revision IS DISTINCT FROM r.revision
    UNION
    SELECT r.number FROM companies_importrow AS r JOIN companies_company AS company
        ON company.register_number = r.register_number AND company.register_kind = r.register_kind
    WHERE r.run_id = %(run)s AND NOT r.left_out AND r.verdict IN ('new', 'changed')
        AND company.register_number <> '' AND company.merged_into_id IS NULL
        AND company.id <> r.company_id
    ORDER BY 1
"""


class Writer:
    """Writes the rows of one run; `not_written` are those where somebody else was quicker."""

    def __init__(self, run: Import, at: datetime) -> None:
        self.run, self.at = run, at
        self.not_written: list[int] = []
        self.fields = touched(fields_of(run.mapping))
        self.later = known_now(run, at)
        columns = ", ".join(["id", *lines.COLUMNS, *self.later])
        self.copy = f"COPY {Company._meta.db_table} ({columns}) FROM STDIN"

    def next(self, after: int, limit: int) -> tuple[int | None, int]:
        """The number of the last of the next so many rows, and how many there are."""
        with connection.cursor() as cursor:
            cursor.execute(NEXT, {"run": self.run.pk, "after": after, "limit": limit})
            return cursor.fetchone()

    def write(self, after: int, to: int) -> list[int]:
        """Write what the rows say; the entries that are written."""
        params = {"run": self.run.pk, "after": after, "to": to, "at": self.at}
        with connection.cursor() as cursor:
            return self.enter(cursor, params) + self.change(cursor, params)

    def enter(self, cursor: Any, params: dict[str, Any]) -> list[int]:
        """New entries: their lines were made when the rows were looked at."""
        cursor.execute(NEW, params)
        rows = cursor.fetchall()
        if rows:
            now = "\t".join(self.later.values())
            until = copied(self.run.publish_until)
            text = "".join([f"{company}\t{valid(line, until)}\t{now}\n" for company, line in rows])
            with connection.wrap_database_errors:
                cursor.cursor.copy_expert(self.copy, io.StringIO(text))
        return [company for company, _line in rows]

    def change(self, cursor: Any, params: dict[str, Any]) -> list[int]:
        cursor.execute(TO_CHANGE, params)
        rows = dict(cursor.fetchall())
        if not rows:
            return []
        fields = ", ".join(f"{name} = said.{name}" for name in self.fields)
        cursor.execute(UPDATE.format(fields=fields), params)
        written = [company for (company,) in cursor.fetchall()]
        self.not_written += sorted(rows[company] for company in rows.keys() - set(written))
        return written


def valid(line: str, until: str) -> str:
    """The line, valid until that day unless it says a day itself."""
    return f"{line[: -len(NOTHING)]}{until}" if line.endswith(NOTHING) else line


def known_now(run: Import, at: datetime) -> dict[str, str]:
    """What a new entry gets only now, by column, as COPY wants it."""
    company = Company(entered_at=at, entered_by_id=run.asked_by_id, changed_at=at)
    if run.publish_until:
        company.__dict__.update(state=CompanyState.PUBLISHED.value)
        if run.asked_by_id:
            company.checked_on, company.checked_by_id = alliance_day(at), run.asked_by_id
    return {column: copied(getattr(company, column)) for column in lines.LATER if column != "id"}


def changed_meanwhile(run: Import) -> list[int]:
    """Rows whose entry was changed, or whose register number was entered, since they were checked."""
    with connection.cursor() as cursor:
        cursor.execute(MEANWHILE, {"run": run.pk})
        return [number for (number,) in cursor.fetchall()]


def names_of(companies: Sequence[int]) -> str:
    """Some of the entries by name, for a sentence."""
    rows = Company.objects.filter(pk__in=companies).order_by("sort_name", "pk")
    return ", ".join(f"“{company.name}”" for company in rows[:3])
