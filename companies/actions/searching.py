"""Finding companies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from companies.models import Company
from companies.querysets.sight import Sight
from companies.querysets.wanted import Wanted

__all__ = ["Found", "Wanted", "rows", "search"]

MOST_COUNTED = 1000


@dataclass(frozen=True)
class Found:
    """One page of the companies found, and the ways to the pages beside it."""

    companies: list[Company]
    total: int
    more_than_total: bool
    next_cursor: str = ""
    previous_cursor: str = ""
    tier: int = 1
    terms: tuple[str, ...] = ()


def search(
    q: str,
    *,
    wanted: Wanted = Wanted(),
    sight: Sight,
    sort: str = "relevance",
    cursor: str = "",
    limit: int = 25,
    at: datetime,
) -> Found:
    """The companies that the person may see and that the question finds, a page of them."""
    found = matching(q, wanted, sight).select_related("city", "industry")
    total = found[: MOST_COUNTED + 1].count()
    return Found(list(found[:limit]), min(total, MOST_COUNTED), total > MOST_COUNTED)


def rows(q: str, wanted: Wanted, sight: Sight, at: datetime) -> Iterator[int]:
    """All that the person may see and the question finds, for files."""
    return matching(q, wanted, sight).values_list("pk", flat=True).iterator(chunk_size=2000)


def matching(q: str, wanted: Wanted, sight: Sight):
    found = Company.objects.seen_by(sight)
    for word in q.split():
        found = found.filter(Q(registered_name__icontains=word) | Q(sort_name__icontains=word))
    if wanted.cities:
        found = found.filter(city__in=wanted.cities)
    return found.filter(city__country=wanted.country) if wanted.country else found
