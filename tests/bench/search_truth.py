"""What is right, by rule: a text for each firm of all that it says, and plain LIKE over it."""

from __future__ import annotations

from typing import Any

from django.db import connection

from companies.querysets.wanted import Wanted
from companies.states import SHOWN_STATES, SizeBand
from tests.bench.search_questions import Question

MAKE = """
    CREATE UNLOGGED TABLE bench_said AS
    SELECT company.id, city.country, company.state, company.visibility, company.employees,
        company.cooperation_forms, industry.code,
        translate(lower(concat_ws(' · ', company.registered_name, company.latin_name, company.name_zh,
            company.name_de, company.name_en, array_to_string(company.products, ' · '),
            array_to_string(company.certificates, ' · '), company.short_zh, company.short_de,
            company.short_en, company.address, company.register_number, city.name_zh, city.name_de,
            city.name_en, city.pinyin, levels.said)), 'äöü', 'aou') AS said
    FROM companies_company AS company
    JOIN cities_city AS city ON city.id = company.city_id
    JOIN cities_industry AS industry ON industry.id = company.industry_id
    JOIN LATERAL (
        SELECT string_agg(concat_ws(' · ', upper.name_zh, upper.name_de, upper.name_en), ' · ') AS said
        FROM cities_industry AS upper
        WHERE industry.code LIKE upper.code || '%' OR upper.id IN (
            SELECT division.parent_id FROM cities_industry AS division
            WHERE division.code = left(industry.code, 2))
    ) AS levels ON TRUE
"""


def make_truth() -> None:
    with connection.cursor() as cursor:
        cursor.execute(MAKE)
        cursor.execute("ANALYZE bench_said")


def truth(question: Question) -> set[int]:
    """The firms that the person may see, that pass the filters and say what the rule asks for."""
    conditions, values = ["TRUE"], []
    for line in question.rule:
        conditions.append("said LIKE ANY(%s)")
        values.append([f"%{text}%" for text in line])
    for condition, value in (*narrowed(question.wanted), *seen(question)):
        conditions.append(condition)
        values.append(value)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM bench_said WHERE {' AND '.join(conditions)}", values)
        return {row[0] for row in cursor.fetchall()}


def narrowed(wanted: Wanted) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    if wanted.country:
        found.append(("country = %s", wanted.country))
    if wanted.industry:
        found.append(("code LIKE %s", f"{wanted.industry}%"))
    if wanted.sizes:
        bounds = {SizeBand.MEDIUM: range(50, 250)}
        numbers = [number for size in wanted.sizes for number in bounds[SizeBand(size)]]
        found.append(("employees = ANY(%s)", numbers))
    if wanted.forms:
        found.append(("cooperation_forms && %s::varchar[]", list(wanted.forms)))
    return found


def seen(question: Question) -> list[tuple[str, Any]]:
    if question.sight.everything:
        return []
    states = [state.value for state in SHOWN_STATES]
    return [("state = ANY(%s)", states), ("visibility = ANY(%s)", list(question.sight.visibilities))]
