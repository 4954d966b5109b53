"""Writing what the search knows about companies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime


def index(companies: Iterable[int]) -> None:
    """Let the search know these companies as they are now; in the transaction that changed them."""


def index_missing(at: datetime | None = None) -> int:
    """Index whatever was changed past the actions; how many companies, cities and industries there were."""
    return 0
