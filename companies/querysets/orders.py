"""Companies in the order of a column, a page at a time, whether near the beginning or far down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from companies.querysets.asked import Asked
from companies.states import CompanyOrder

WALK = """
    SELECT id, {column} FROM companies_company AS company
    WHERE {after} AND (SELECT {condition} FROM companies_companysearch WHERE company_id = company.id)
    ORDER BY {column} {direction}, id {direction} LIMIT %s
"""
CHOOSE = """
    WITH chosen AS MATERIALIZED (
        SELECT company.id, {column} AS place FROM companies_company AS company
        JOIN (SELECT company_id FROM companies_companysearch WHERE {condition} OFFSET 0) AS found
        ON found.company_id = company.id
    )
    SELECT id, place FROM chosen WHERE {after} ORDER BY place {direction}, id {direction} LIMIT %s
"""


@dataclass(frozen=True)
class Order:
    """A column with an index, and which end of it comes first."""

    column: str
    descending: bool
    read: Any = str

    def direction(self, back: bool) -> str:
        return "DESC" if self.descending != back else "ASC"


ORDERS = {
    CompanyOrder.NAME: Order("sort_name", descending=False),
    CompanyOrder.NEWEST: Order("entered_at", descending=True, read=datetime.fromisoformat),
    CompanyOrder.FRESHNESS: Order(
        "COALESCE(valid_until, '0001-01-01'::date)", descending=True, read=date.fromisoformat
    ),
}
Place = tuple[int, Any]
"""A company and its value in the column: where a page ends."""


def walked(asked: Asked, order: Order, place: Place | None, limit: int, *, back: bool = False) -> list[Place]:
    """Along the index of the column, looking at each company: quick where many of them are wanted."""
    condition, values = asked.condition()
    after, where = beyond(order, order.column, place, back)
    sql = WALK.format(column=order.column, after=after, condition=condition, direction=order.direction(back))
    return rows(sql, [*where, *values, limit])


def chosen(asked: Asked, order: Order, place: Place | None, limit: int, *, back: bool = False) -> list[Place]:
    """All answers put in order: quick where they are few."""
    condition, values = asked.condition()
    after, where = beyond(order, "place", place, back)
    sql = CHOOSE.format(
        column=order.column, after=after, condition=condition, direction=order.direction(back)
    )
    return rows(sql, [*values, *where, limit])


def beyond(order: Order, column: str, place: Place | None, back: bool) -> tuple[str, list]:
    if place is None:
        return "TRUE", []
    sign = "<" if order.direction(back) == "DESC" else ">"
    company, value = place
    return f"({column}, id) {sign} (%s, %s)", [value, company]


def rows(sql: str, values: Sequence) -> list[Place]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
