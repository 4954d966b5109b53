"""What a withdrawal touches, for the secretariat to see before it is communicated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from membership.models import Withdrawal


@dataclass(frozen=True)
class Touched:
    """One kind of thing of the city, how many there are, and what becomes of them.

    `rows` are (text, url) pairs, the url may be empty.
    """

    label: str
    count: int
    note: str = ""
    url: str = ""
    rows: tuple[tuple[str, str], ...] = ()


def touches(withdrawal: Withdrawal, *, at: datetime | None = None) -> list[Touched]:
    """Everything that the withdrawal touches; what there is nothing of is left in with a count of 0."""
    raise NotImplementedError
