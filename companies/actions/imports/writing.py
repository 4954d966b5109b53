"""From the rows of an import into the table of companies: whole ranges of rows at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from companies.actions.imports.judging import touched
from companies.actions.imports.rows import fields_of
from companies.models import Company, Import
from companies.states import CompanyState
from membership.models.membership import alliance_day

ROWS = "companies_importrow AS r"
IN_RANGE = "r.run_id = %(run)s AND r.number > %(after)s AND r.number <= %(to)s AND NOT r.left_out"
INSERT = f"""
    INSERT INTO companies_company ({{columns}})
    SELECT {{said}}
    FROM {ROWS} CROSS JOIN LATERAL jsonb_populate_record(
        NULL::companies_company, %(blank)s::jsonb || r.values || jsonb_build_object('id', r.company_id)
    ) AS said
    WHERE {IN_RANGE} AND r.verdict = 'new'
    ON CONFLICT DO NOTHING RETURNING id
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
TO_WRITE = f"SELECT r.company_id, r.number FROM {ROWS} WHERE {IN_RANGE} AND r.verdict IN ('new', 'changed')"
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
        ON company.register_number = r.values->>'register_number'
        AND company.register_kind = r.values->>'register_kind'
    WHERE r.run_id = %(run)s AND NOT r.left_out AND r.verdict IN ('new', 'changed')
        AND company.register_number <> '' AND company.merged_into_id IS NULL
        AND company.id <> r.company_id
    ORDER BY 1
"""
AS_NEW = "id", "sort_name", "name_keys"


@cache
def columns() -> tuple[str, ...]:
    return tuple(str(field.column) for field in Company._meta.concrete_fields)


class Writer:
    """Writes the rows of one run; `not_written` are those where somebody else was quicker."""

    def __init__(self, run: Import, at: datetime) -> None:
        self.run, self.at = run, at
        self.not_written: list[int] = []
        self.fields = touched(fields_of(run.mapping))
        self.blank = json.dumps(blank(run, at), cls=DjangoJSONEncoder)

    def next(self, after: int, limit: int) -> tuple[int | None, int]:
        """The number of the last of the next so many rows, and how many there are."""
        with connection.cursor() as cursor:
            cursor.execute(NEXT, {"run": self.run.pk, "after": after, "limit": limit})
            return cursor.fetchone()

    def write(self, after: int, to: int) -> list[int]:
        """Write what the rows say; the entries that are written."""
        params: dict[str, Any] = {
            "run": self.run.pk,
            "after": after,
            "to": to,
            "at": self.at,
            "blank": self.blank,
        }
        with connection.cursor() as cursor:
            cursor.execute(TO_WRITE, params)
            rows = dict(cursor.fetchall())
            written = []
            for sql in (self.insert_sql(), self.update_sql()):
                cursor.execute(sql, params)
                written += [company for (company,) in cursor.fetchall()]
        self.not_written += sorted(rows[company] for company in rows.keys() - set(written))
        return written

    def insert_sql(self) -> str:
        others = {"sort_name": "r.sort_name", "name_keys": "r.name_keys"}
        said = ", ".join(others.get(column, f"said.{column}") for column in columns())
        return INSERT.format(columns=", ".join(columns()), said=said)

    def update_sql(self) -> str:
        fields = ", ".join(f"{name} = said.{name}" for name in self.fields)
        return UPDATE.format(fields=fields)


def blank(run: Import, at: datetime) -> dict[str, Any]:
    """A new entry before anything is said about it."""
    company = Company(entered_at=at, entered_by_id=run.asked_by_id, changed_at=at)
    if run.publish_until:
        company.__dict__.update(state=CompanyState.PUBLISHED.value, valid_until=run.publish_until)
        if run.asked_by_id:
            company.checked_on, company.checked_by_id = alliance_day(at), run.asked_by_id
    return {str(field.column): getattr(company, field.attname) for field in Company._meta.concrete_fields}


def changed_meanwhile(run: Import) -> list[int]:
    """Rows whose entry was changed, or whose register number was entered, since they were checked."""
    with connection.cursor() as cursor:
        cursor.execute(MEANWHILE, {"run": run.pk})
        return [number for (number,) in cursor.fetchall()]


def names_of(companies: Sequence[int]) -> str:
    """Some of the entries by name, for a sentence."""
    rows = Company.objects.filter(pk__in=companies).order_by("sort_name", "pk")
    return ", ".join(f"“{company.name}”" for company in rows[:3])
