"""What the worker does for the search by itself."""

from __future__ import annotations

from datetime import datetime

from companies.actions import indexing


def index_missing(at: datetime | None = None) -> int:
    """Let the search know what was changed past the actions; how much there was."""
    return indexing.index_missing(at)
