"""Tasks that wait, in piles of one kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SHOWN = 10  # tasks of one kind; more are counted and linked


@dataclass(frozen=True)
class Task:
    """One thing that waits: what it is, where it is done, by when."""

    title: str
    url: str
    detail: str = ""
    due: datetime | None = None

    @property
    def left(self) -> str:
        """The time left in words."""
        return time_left(self.due, timezone.now()) if self.due else ""


@dataclass(frozen=True)
class Pile:
    """Tasks of one kind under one heading, and where all of them are listed."""

    heading: str
    tasks: list[Task]
    total: int
    more_url: str = ""
    tone: str = field(default="waiting")


def pile(heading: str, rows: QuerySet, task: Any, more_url: str = "", tone: str = "waiting") -> Pile:
    found = list(rows[: SHOWN + 1])
    total = len(found) if len(found) <= SHOWN else rows.count()
    return Pile(heading, [task(row) for row in found[:SHOWN]], total, more_url, tone)


def time_left(due: datetime, now: datetime) -> str:
    days = (due - now).days
    if days < 1:
        return _("less than a day left")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
