"""Who was told by a circular, by which copy, and from which moment on (docs/consent.md, "Told")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from membership.models import Circular, Told


@dataclass(frozen=True)
class ToldCounts:
    """How many of the cities that a circular went to were told; members and all (with observers)."""

    told: int
    total: int
    members_told: int
    members: int


def record(circular: Circular, *, at: datetime | None = None) -> Sequence[Told]:
    """Write down every city that counts as told by a moment; the rows that are new."""
    raise NotImplementedError


def told_counts(circular: Circular) -> ToldCounts:
    """How many cities were told."""
    raise NotImplementedError
