"""The list of companies as a web page, where there are a thousand and where there are a million."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from alliance.accounts.models import User
from tests.bench.databases import database_of, name_of
from tests.bench.pages import BARE, FIRST, Measured, Page, looked_at, measure
from tests.bench.web import serving
from tests.factories.people import UserFactory

LISTED = [
    Page("companies", path="/companies/"),
    Page("companies" + FIRST, path="/companies/", afresh=True),
    Page("companies, by newest", path="/companies/?sort=newest"),
    Page("companies, “foshan taoci”", path="/companies/?q=foshan+taoci"),
    Page("companies, “Keramik” in Germany", path="/companies/?q=Keramik&country=DE"),
]


@dataclass(frozen=True)
class Reader:
    """What `looked_at` asks of an alliance: who reads, and how large it is."""

    officer: User
    companies: int

    @property
    def issue(self) -> Any:
        return SimpleNamespace(members=self.companies)


def measure_lists(sizes: Sequence[int], folder: Path) -> list[Measured]:
    """Every page at every size, in rounds beside the bare page."""
    pages = [page for size in sizes for page in looked_at_all(size, bare=size == sizes[0])]
    with ExitStack() as stack:
        servers = {size: serving(name_of(size), folder / f"companies_{size}.log") for size in sizes}
        measure(pages, {size: stack.enter_context(server) for size, server in servers.items()})
    return pages


def looked_at_all(size: int, *, bare: bool) -> list[Measured]:
    with database_of(size):
        reader: Any = Reader(UserFactory(), size)
        return [looked_at(page, reader) for page in [*([BARE] if bare else []), *LISTED]]


def times_slower(pages: Sequence[Measured]) -> dict[str, float]:
    """How many times longer each page takes at the largest size than at the smallest, by its rate."""
    sizes = sorted({one.members for one in pages if one.page != BARE})
    rates = {(one.page.label, one.members): one.rate for one in pages}
    return {page.label: rates[page.label, sizes[0]] / rates[page.label, sizes[-1]] for page in LISTED}
