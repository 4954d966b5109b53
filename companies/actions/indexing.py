"""Writing what the search knows about companies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from django.db import connection, transaction
from django.db.models import QuerySet

from alliance.search.tokens import name_tokens, text_tokens
from cities.models import Industry
from companies.actions import vocabulary
from companies.models import Company, SearchChange, SearchWord
from companies.models.names import NAMES
from companies.querysets import lexemes
from companies.querysets.lexemes import CITY, INDUSTRY, NAME
from companies.states import Changed

BATCH = 5000
TEXTS = (
    "address",
    "register_number",
    "experience_note",
    *(f"{length}_{ending}" for length in ("short", "long") for ending in ("zh", "de", "en")),
)
LISTS = "products", "certificates", "sites_abroad"
FACTS = (
    "id",
    "city",
    "city__country",
    "industry__code",
    "employees",
    "investment_direction",
    "cooperation_forms",
    "state",
    "visibility",
    "valid_until",
)
ABOVE = "parent__code", "parent__parent__code", "parent__parent__parent__code"
WRITE = """
    INSERT INTO companies_companysearch AS known (company_id, lexemes, valid_until)
    SELECT said.company, said.lexemes::tsvector, said.valid_until
    FROM unnest(%s::bigint[], %s::text[], %s::date[]) AS said (company, lexemes, valid_until)
    ON CONFLICT (company_id) DO UPDATE SET lexemes = excluded.lexemes, valid_until = excluded.valid_until
    WHERE (known.lexemes, known.valid_until) IS DISTINCT FROM (excluded.lexemes, excluded.valid_until)
"""
ABROAD = """
    SELECT company.id FROM companies_company AS company JOIN cities_city AS city ON city.id = company.city_id
    JOIN companies_companysearch AS known ON known.company_id = company.id
    WHERE city.id = ANY(%s) AND NOT known.lexemes @@ ('#k' || city.country)::tsquery
"""


@transaction.atomic
def index(companies: Iterable[int]) -> None:
    """Let the search know these companies as they are now; in the transaction that changed them."""
    for some in batched(companies, BATCH):
        index_rows(Company.objects.filter(pk__in=some))


def index_rows(companies: QuerySet[Company]) -> None:
    rows = list(companies.order_by("pk").values_list(*FACTS, *NAMES, *LISTS, *TEXTS))
    levels = levels_of({code for row in rows if (code := row[3])})
    name_what_is_new({row[1] for row in rows}, {code for codes in levels.values() for code in codes})
    words = [words_of(row) for row in rows]
    write([(row[0], own | facts_of(row, levels), row[9]) for row, own in zip(rows, words, strict=True)])
    vocabulary.learn(vocabulary.count(words))
    SearchChange.objects.filter(kind=Changed.COMPANY, subject__in=[row[0] for row in rows]).delete()


def batched(numbers: Iterable[int], size: int) -> Iterator[list[int]]:
    rest = iter(dict.fromkeys(numbers))
    while some := list(islice(rest, size)):
        yield some


def levels_of(codes: set[str]) -> dict[str, list[str]]:
    """Each industry's own code and those of the levels above it."""
    rows = Industry.objects.filter(code__in=codes).values_list("code", *ABOVE)
    return {row[0]: [code for code in row if code] for row in rows}


def words_of(row: Sequence) -> set[str]:
    """The words of a company; those of its names carry a sign."""
    names = row[len(FACTS) : len(FACTS) + len(NAMES)]
    lists = row[len(FACTS) + len(NAMES) : len(FACTS) + len(NAMES) + len(LISTS)]
    texts = row[len(FACTS) + len(NAMES) + len(LISTS) :]
    found = {NAME + word for name in set(names) if name for word in name_tokens(name)}
    return found | text_tokens(*(text for some in lists for text in some), *filter(None, texts))


def facts_of(row: Sequence, levels: dict[str, list[str]]) -> set[str]:
    company, city, country, industry, employees, direction, forms, state, visibility, until = row[
        : len(FACTS)
    ]
    return {
        *lexemes.of_city(city, country),
        *lexemes.of_industry(levels.get(industry, ())),
        *lexemes.of_size(employees),
        *lexemes.of_interest(direction, forms),
        *lexemes.of_state(state, visibility, until),
        *lexemes.of_number(company),
    }


def write(rows: Sequence[tuple]) -> None:
    companies, words, days = zip(*rows, strict=True) if rows else ((), (), ())
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [list(companies), [" ".join(some) for some in words], list(days)])


def name_what_is_new(cities: set[int], codes: set[str]) -> None:
    """Learn the names of cities and industries that no company was of before, or that are called anew."""
    wanted = {f"{CITY}{city}" for city in cities} | {f"{INDUSTRY}{code}" for code in codes}
    known = set(SearchWord.objects.filter(lexeme__in=wanted).values_list("lexeme", flat=True).distinct())
    vocabulary.name_cities(city for city in cities if f"{CITY}{city}" not in known)
    vocabulary.name_industries(code for code in codes if f"{INDUSTRY}{code}" not in known)


def index_missing(at: datetime | None = None) -> int:
    """Index whatever was changed past the actions; how many companies, cities and industries there were."""
    done = 0
    while some := index_some():
        done += some
    return done


@transaction.atomic
def index_some() -> int:
    """The oldest changes, each company locked so that what is written is what stands there.

    Changes that another worker has in hand are left to it.
    """
    oldest = SearchChange.objects.select_for_update(skip_locked=True).order_by("pk")[:BATCH]
    changes = list(oldest.values_list("pk", "kind", "subject"))
    cities, industries, companies = (
        {subject for _, kind, subject in changes if kind == wanted}
        for wanted in (Changed.CITY, Changed.INDUSTRY, Changed.COMPANY)
    )
    vocabulary.name_cities(cities)
    vocabulary.name_industries(Industry.objects.filter(pk__in=industries).values_list("code", flat=True))
    index(locked(companies | abroad(cities)))
    SearchChange.objects.filter(pk__in=[pk for pk, _, _ in changes]).delete()
    return len(changes)


def locked(companies: set[int]) -> list[int]:
    rows = Company.objects.select_for_update(of=("self",)).filter(pk__in=companies).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def abroad(cities: set[int]) -> set[int]:
    """Companies that the search still has in the country in which their city was before."""
    with connection.cursor() as cursor:
        cursor.execute(ABROAD, [list(cities)])
        return {row[0] for row in cursor.fetchall()}
