"""Which member cities a notice has reached, and which not yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from alliance.letters.models import Delivery
from cities.models import City
from membership.models import Withdrawal


@dataclass(frozen=True)
class Missing:
    """A member city that was not told yet: its copies, and when it counts as told if none comes back.

    `expected_at` is None where no accepted copy is waiting: then something must be done.
    """

    city: City
    deliveries: list[Delivery]
    expected_at: datetime | None = None


def still_missing(withdrawal: Withdrawal, *, at: datetime | None = None) -> list[Missing]:
    """The member cities that must be told and were not yet, in the order of their names."""
    raise NotImplementedError
