"""The search of the company database: what it finds, how long it takes, and how deep it goes."""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from cities.models import City
from cities.states import Country
from companies.actions import cursors, vocabulary
from companies.actions.cursors import Cursor
from companies.actions.searching import Found, search
from companies.management.invented import loading
from companies.models import Company
from tests.bench.databases import tidy
from tests.bench.population import city
from tests.bench.search_hidden import HIDDEN, IN_CITIES
from tests.bench.search_questions import ANYTHING, EVERYTHING, FRESH, TUNED, Question
from tests.bench.search_truth import make_truth, truth

COMPANIES = int(os.environ.get("BENCH_COMPANIES", "1000000"))
FEW = 1000
MORE_CITIES = 190
ROUNDS = 5
PAGE = 25
ADMIN = "registered_name", "latin_name", "name_zh", "city__name_de"
DEPTHS = 10, 10_000, 900_000


@dataclass(frozen=True)
class Asked:
    """A question, how much of what is right stood on its first page, and the ms in the database."""

    question: Question
    right: int
    recall: float
    ms: float
    admin_ms: float


@dataclass(frozen=True)
class Searched:
    """What came of one size."""

    companies: int
    loading_seconds: float
    tuned: list[Asked]
    fresh: list[Asked]
    hidden: list[Asked]
    key_ms: float
    depths: dict[int, float]
    browsing_ms: float


def populate(companies: int) -> float:
    """So many firms in some two hundred cities; how many seconds it took."""
    began = time.monotonic()
    call_command("load_founding_members", verbosity=0)
    countries = Country.CHINA, Country.GERMANY
    City.objects.bulk_create(city(number, countries[number % 2]) for number in range(MORE_CITIES))
    loading.load(companies, by=None, at=timezone.now())
    vocabulary.recount()
    tidy()
    return time.monotonic() - began


def measure_search(companies: int) -> Searched:
    """Everything at one size, in the database that is connected."""
    seconds = populate(companies)
    make_truth()
    at = timezone.now()
    return Searched(
        companies,
        seconds,
        [asked(question, at) for question in TUNED],
        [asked(question, at) for question in FRESH],
        [asked(question, at) for question in hidden()],
        key_read(),
        {depth: page_at(depth, at) for depth in DEPTHS if depth < companies},
        median(lambda: search("", sight=EVERYTHING, at=at)),
    )


def hidden() -> list[Question]:
    slugs = City.objects.in_bulk([slug for slug, _ in IN_CITIES], field_name="slug")
    in_cities = (
        replace(one, wanted=replace(one.wanted, cities=(slugs[slug].pk,))) for slug, one in IN_CITIES
    )
    return [*HIDDEN, *in_cities]


def asked(question: Question, at: datetime) -> Asked:
    right = truth(question, at.date())
    shown = {company.pk for company in look(question, at).companies}
    recall = len(shown & right) / min(PAGE, len(right)) if right else float(not shown)
    return Asked(question, len(right), recall, median(lambda: look(question, at)), admin(question))


def look(question: Question, at: datetime) -> Found:
    return search(question.q, wanted=question.wanted, sight=question.sight, at=at)


def median(act: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """The milliseconds in the database, in the middle of some rounds."""
    found = []
    for _ in range(rounds):
        with timing() as spent:
            act()
        found.append(sum(spent) * 1000)
    return statistics.median(found)


@contextmanager
def timing() -> Iterator[list[float]]:
    spent: list[float] = []

    def note(execute: Any, *arguments: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            spent.append(time.perf_counter() - began)

    with connection.execute_wrapper(note):
        yield spent


def admin(question: Question) -> float:
    """The same asked as Django's admin does: every word somewhere in one of four columns, and counted."""
    rows = Company.objects.all()
    for word in question.q.split():
        condition = Q()
        for column in ADMIN:
            condition |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(condition)

    def act() -> None:
        rows.count()
        list(rows.order_by("-pk")[:PAGE])

    return median(act, rounds=1)


def key_read() -> float:
    keys = list(Company.objects.order_by("?").values_list("pk", flat=True)[:200])
    chance = random.Random(1)
    return median(lambda: Company.objects.get(pk=chance.choice(keys)), rounds=101)


def page_at(depth: int, at: datetime) -> float:
    """A page of all companies by name, so many of them down."""
    rows = Company.objects.order_by("sort_name", "pk").values_list("pk", "sort_name")
    key, name = rows[depth]
    question = cursors.digest("", ANYTHING, "name")
    cursor = cursors.written(Cursor(False, [key, name, True], PAGE, True, False), question)
    return median(lambda: search("", sight=EVERYTHING, cursor=cursor, at=at), rounds=21)
