"""The pages that are measured, and what came of it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.test import Client

from alliance.accounts.models import User
from tests.bench.consultation import Consultation
from tests.bench.counting import queries_of
from tests.bench.web import AFRESH, Round, Target, load

SIZES = (19, 2000)
ROUNDS = 9
FEWEST_ROUNDS = 3
SECONDS = 0.5  # a round of one page
REQUESTS = 1000
BUDGET = 90.0  # seconds for all rounds: a slow machine makes fewer of them

AIM_RATE = 0.36  # of the bare page's requests a second
AIM_P95 = 3.2  # times the bare page's p95: 35 ms where that took 11


@dataclass(frozen=True)
class Page:
    """A page as one kind of person reads it."""

    label: str
    reader: str = "officer"
    path: str = "/bench/hello/"
    afresh: bool = False  # as the first reader after a change finds it: nothing is kept

    def address(self, consultation: Consultation) -> str:
        return self.path or consultation.circular.get_absolute_url()

    def person(self, consultation: Consultation) -> User | None:
        return getattr(consultation, self.reader, None)


NOBODY = Page("hello with full middleware", reader="")
BARE = Page("hello with sign-in")
FIRST = ", first after a change"
MEASURED = [
    Page("members list", path="/members/"),
    Page("members list" + FIRST, path="/members/", afresh=True),
    Page("circular, as an officer", path=""),
    Page("circular, as an officer" + FIRST, path="", afresh=True),
    Page("circular, as the secretariat", reader="secretary", path=""),
    Page("circular, as the secretariat" + FIRST, reader="secretary", path="", afresh=True),
]


@dataclass
class Measured:
    """One page in an alliance of one size: its queries, and its rounds beside those of the bare page."""

    page: Page
    members: int
    path: str
    session: str
    queries: int
    rounds: list[Round] = field(default_factory=list)

    def beside(self, bare: Measured) -> tuple[float, float]:
        """Its requests a second and its p95, each as a ratio to the bare page: medians over the rounds."""
        pairs = list(zip(self.rounds, bare.rounds, strict=True))
        rate = statistics.median(own.rate / other.rate for own, other in pairs)
        return rate, statistics.median(own.p95 / other.p95 for own, other in pairs)

    @property
    def rate(self) -> float:
        return statistics.median(one.rate for one in self.rounds)

    @property
    def p95(self) -> float:
        return statistics.median(one.p95 for one in self.rounds)


def looked_at(page: Page, consultation: Consultation) -> Measured:
    """Read it in this process: who reads it, and what it asks of the database."""
    client, path = Client(headers={AFRESH: "1"} if page.afresh else {}), page.address(consultation)
    if person := page.person(consultation):
        client.force_login(person)
    session = client.cookies["sessionid"].value if person else ""
    return Measured(page, consultation.issue.members, path, session, len(queries_of(client, path)))


def measure(pages: Sequence[Measured], ports: Mapping[int, int]) -> None:
    """Rounds of all pages in turn, so that whatever else the machine does meets all alike."""
    targets = [Target(ports[one.members], one.path, one.session, one.page.afresh) for one in pages]
    for target in targets:
        load(target, seconds=SECONDS, requests=REQUESTS)
    began = time.monotonic()
    for number in range(ROUNDS):
        if number >= FEWEST_ROUNDS and time.monotonic() - began > BUDGET:
            break
        for one, target in zip(pages, targets, strict=True):
            one.rounds.append(load(target, seconds=SECONDS, requests=REQUESTS))


def growing(pages: Iterable[Measured]) -> list[Page]:
    """Pages whose number of queries grows with the alliance."""
    found: dict[Page, set[int]] = {}
    for one in pages:
        found.setdefault(one.page, set()).add(one.queries)
    return [page for page, numbers in found.items() if len(numbers) > 1]
