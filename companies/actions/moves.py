"""Moves of many entries in one statement, with the states that the model's own transitions name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from companies.models import Company
from companies.querysets import CompanyQuerySet

AT_ONCE = 5000
"""So many entries are moved in one transaction."""


def move_all(rows: CompanyQuerySet, move: str, *, most: int = 0, at: datetime, **values: Any) -> list[int]:
    """Make one of the model's moves with these entries that stand where it begins; which they were.

    `values` are what the transition sets beside the state, `most` is how many at once. Entries that
    somebody else is working on are left out: the next time finds them.
    """
    sources, target = ends_of(move)
    free = rows.filter(state__in=sources).order_by("pk").select_for_update(skip_locked=True, no_key=True)
    moved = list(free.values_list("pk", flat=True)[: most or AT_ONCE])
    Company.objects.filter(pk__in=moved).update(state=target, changed_at=at, **values)
    return moved


def ends_of(move: str) -> tuple[list[str], str]:
    """From which states a transition leads, and to which."""
    field: Any = Company._meta.get_field("state")
    found = [one for one in field.get_all_transitions(Company) if one.name == move]
    return [one.source for one in found], found[0].target
