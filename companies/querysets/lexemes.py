"""The lexemes beside words: filters, and what a person may see; written and asked with the same functions.

A sign that no word contains stands first, so that they never meet a word of a company.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from companies.querysets.sight import Sight
from companies.querysets.wanted import Wanted
from companies.states import (
    SHOWN_STATES,
    CompanyState,
    Freshness,
    InvestmentDirection,
    SizeBand,
    Visibility,
)

NAME = "~"
"""Stands before a word of a name, which is asked for first."""
CITY, COUNTRY, INDUSTRY, SIZE, FORM, DIRECTION = "#c", "#k", "#i", "#z", "#f", "#d"
STATE, SHOWN, UNTIL = "#s", "#v", "#u"
WINDOWS = (("#w", 17), ("#x", 14), ("#y", 11))
"""Companies by number in windows of 131,072, 16,384 and 2,048, so that a part of many can be asked for."""
EXPIRING = timedelta(days=30)
MONTHS_OVERDUE = 36
BOTH_WAYS = [
    InvestmentDirection.OUTWARD.value,
    InvestmentDirection.INWARD.value,
    InvestmentDirection.BOTH.value,
]
"""Who wants both is found by who asks for one of them."""
SHOWN_ONES = [state.value for state in SHOWN_STATES]
READERS = {
    Visibility.SECRETARIAT.value: (),
    Visibility.MEMBERS.value: (Visibility.MEMBERS.value,),
    Visibility.PUBLIC.value: (Visibility.MEMBERS.value, Visibility.PUBLIC.value),
}


def of_city(city: int, country: str) -> list[str]:
    return [f"{CITY}{city}", f"{COUNTRY}{country}"]


def of_industry(codes: Iterable[str]) -> list[str]:
    return [f"{INDUSTRY}{code}" for code in codes]


def of_size(employees: int | None) -> list[str]:
    band = SizeBand.of(employees)
    return [f"{SIZE}{band.value}"] if band else []


def of_interest(direction: str, forms: Iterable[str]) -> list[str]:
    directions = BOTH_WAYS if direction == BOTH_WAYS[-1] else [direction] if direction else []
    return [*(f"{DIRECTION}{one}" for one in directions), *(f"{FORM}{form}" for form in forms)]


def of_state(state: str, visibility: str, until: date | None) -> list[str]:
    readers = READERS.get(visibility, ()) if state in SHOWN_ONES else ()
    month = [f"{UNTIL}{until:%Y%m}"] if until else []
    return [f"{STATE}{state}", *(f"{SHOWN}{reader}" for reader in readers), *month]


def of_number(company: int) -> list[str]:
    return [f"{sign}{company >> bits}" for sign, bits in WINDOWS]


def any_of(lexemes: Sequence[str]) -> str:
    """Those of them which there are; "" for none."""
    return f"({' | '.join(dict.fromkeys(lexemes))})" if len(lexemes) > 1 else "".join(lexemes)


def all_of(queries: Iterable[str]) -> str:
    """All of the queries, as one."""
    return " & ".join(f"({query})" for query in queries if query)


def filters(wanted: Wanted, day: date) -> list[str]:
    """The filters that few companies pass; all of them are asked for."""
    plain = [
        [f"{CITY}{city}" for city in wanted.cities],
        [f"{INDUSTRY}{wanted.industry}"] if wanted.industry else [],
        [f"{SIZE}{size}" for size in wanted.sizes],
        [f"{FORM}{form}" for form in wanted.forms],
        [f"{DIRECTION}{wanted.direction}"] if wanted.direction else [],
        [f"{STATE}{state}" for state in wanted.states],
    ]
    return list(filter(None, [*map(any_of, plain), *freshness(wanted.freshness, day)]))


def wide(wanted: Wanted, sight: Sight) -> list[str]:
    """The filters that many companies pass: the country, and what the person may see."""
    return list(filter(None, [f"{COUNTRY}{wanted.country}" if wanted.country else "", seen(sight)]))


def seen(sight: Sight) -> str:
    """What is shown to her, and everything of her own cities."""
    if sight.everything:
        return ""
    reader = Visibility.MEMBERS if Visibility.MEMBERS in sight.visibilities else Visibility.PUBLIC
    return any_of([f"{SHOWN}{reader}", *(f"{CITY}{city}" for city in sight.own_cities)])


def freshness(wanted: str, day: date) -> list[str]:
    """The months that may hold such an entry; the day itself is compared by `validity`."""
    published, stale = f"{STATE}{CompanyState.PUBLISHED}", f"{STATE}{CompanyState.STALE}"
    if wanted == Freshness.FRESH:
        return [published]
    if wanted == Freshness.EXPIRING:
        return [published, any_of(months(day, day + EXPIRING))]
    if wanted == Freshness.STALE:
        overdue = any_of(months(day - timedelta(days=30 * MONTHS_OVERDUE), day))
        return [f"{stale} | ({published} & {overdue})"]
    return []


def months(first: date, last: date) -> list[str]:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return list(dict.fromkeys(f"{UNTIL}{day:%Y%m}" for day in days))


def validity(wanted: str, day: date) -> tuple[str, list[date]]:
    """What the freshness asked for means for the day until which an entry is valid: SQL and values."""
    if wanted == Freshness.FRESH:
        return "valid_until >= %s", [day]
    if wanted == Freshness.EXPIRING:
        return "valid_until BETWEEN %s AND %s", [day, day + EXPIRING]
    if wanted == Freshness.STALE:
        return f"(valid_until < %s OR lexemes @@ '{STATE}{CompanyState.STALE}')", [day]
    return "", []
