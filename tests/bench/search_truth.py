"""What is right, by rule: a text for each firm of all that it says, and plain LIKE over it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from companies.querysets.wanted import Wanted
from companies.states import SHOWN_STATES, Freshness, SizeBand
from tests.bench.search_questions import Question

MAKE = """
    CREATE UNLOGGED TABLE bench_said AS
    SELECT company.id, city.country, city.id AS city, company.state, company.visibility, company.employees,
        company.cooperation_forms, company.investment_direction, company.valid_until, levels.codes,
        translate(lower(concat_ws(' · ', company.registered_name, company.latin_name, company.name_zh,
            company.name_de, company.name_en, array_to_string(company.products, ' · '),
            array_to_string(company.certificates, ' · '), company.short_zh, company.short_de,
            company.short_en, company.address, company.register_number, city.name_zh, city.name_de,
            city.name_en, city.pinyin, levels.said)), 'äöü', 'aou') AS said
    FROM companies_company AS company
    JOIN cities_city AS city ON city.id = company.city_id
    JOIN cities_industry AS industry ON industry.id = company.industry_id
    JOIN LATERAL (
        SELECT string_agg(concat_ws(' · ', upper.name_zh, upper.name_de, upper.name_en), ' · ') AS said,
            array_agg(upper.code::text) AS codes
        FROM cities_industry AS upper
        WHERE industry.code LIKE upper.code || '%' OR upper.id IN (
            SELECT division.parent_id FROM cities_industry AS division
            WHERE division.code = left(industry.code, 2))
    ) AS levels ON TRUE
"""
SIZES = {
    SizeBand.MICRO: (0, 9),
    SizeBand.SMALL: (10, 49),
    SizeBand.MEDIUM: (50, 249),
    SizeBand.LARGE: (250, 999),
    SizeBand.VERY_LARGE: (1000, 10**9),
}
DIRECTIONS = {"outward": ["outward", "both"], "inward": ["inward", "both"], "both": ["both"]}
"""Who asks for one direction also finds those who want both."""


def make_truth() -> None:
    with connection.cursor() as cursor:
        cursor.execute(MAKE)
        cursor.execute("ANALYZE bench_said")


def truth(question: Question, day: date) -> set[int]:
    """The firms that the person may see, that pass the filters and say what the rule asks for."""
    conditions: list[tuple[str, list[Any]]] = [
        ("said LIKE ANY(%s)", [[f"%{text}%" for text in line]]) for line in question.rule
    ]
    conditions += [*narrowed(question.wanted, day), *seen(question)]
    where = " AND ".join(["TRUE", *(f"({condition})" for condition, _ in conditions)])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM bench_said WHERE {where}",
            [value for _, values in conditions for value in values],
        )
        return {row[0] for row in cursor.fetchall()}


def narrowed(wanted: Wanted, day: date) -> list[tuple[str, list[Any]]]:
    """The filters that are asked for, as plain conditions."""
    assert wanted.freshness in {"", Freshness.FRESH}, "of the others no question asks"
    bands = [end for size in wanted.sizes for end in SIZES[SizeBand(size)]]
    every = [
        ("country = %s", [wanted.country], wanted.country),
        ("city = ANY(%s)", [list(wanted.cities)], wanted.cities),
        ("%s = ANY(codes)", [wanted.industry], wanted.industry),
        (" OR ".join(["employees BETWEEN %s AND %s"] * len(wanted.sizes)), bands, wanted.sizes),
        ("cooperation_forms && %s::varchar[]", [list(wanted.forms)], wanted.forms),
        ("investment_direction = ANY(%s)", [DIRECTIONS.get(wanted.direction)], wanted.direction),
        ("state = ANY(%s)", [list(wanted.states)], wanted.states),
        ("state = 'published' AND valid_until >= %s", [day], wanted.freshness),
    ]
    return [(condition, values) for condition, values, is_asked in every if is_asked]


def seen(question: Question) -> list[tuple[str, list[Any]]]:
    if question.sight.everything:
        return []
    states = [state.value for state in SHOWN_STATES]
    return [
        ("state = ANY(%s)", [states]),
        ("visibility = ANY(%s)", [list(question.sight.visibilities)]),
    ]
