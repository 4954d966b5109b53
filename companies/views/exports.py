"""Companies as a file: exactly what is filtered and permitted, streamed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponseBase

from companies.querysets.sight import Sight

FORMATS = ("xlsx", "csv", "jsonl")


def export(kind: str, filters: Any, sight: Sight, *, at: datetime) -> HttpResponseBase:
    """All companies that were asked for and that the person may see, as a file."""
    raise NotImplementedError
