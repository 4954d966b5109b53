"""How fast a worker goes, and how patient it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from secrets import SystemRandom

LONGEST_PAUSE = timedelta(hours=48)
by_chance = SystemRandom().random


@dataclass(frozen=True)
class Pace:
    """How many deliveries are taken up at once and for how long; how soon one is tried again."""

    batch: int = 100
    lease: timedelta = timedelta(minutes=5)
    first_pause: timedelta = timedelta(minutes=1)
    idle: timedelta = timedelta(seconds=2)

    @property
    def renew_before(self) -> timedelta:
        """When less is left of a lease, it is prolonged."""
        return self.lease / 2

    def pause_after(self, attempts: int, chance: Callable[[], float] = by_chance) -> timedelta:
        """How long to wait after the n-th attempt: doubled each time, up to 48 hours.

        Less up to a quarter by chance, so that what was put off together does not all come back at once.
        """
        doubled = self.first_pause * 2 ** min(max(attempts - 1, 0), 20)
        return min(doubled, LONGEST_PAUSE) * (1 - chance() / 4)


USUAL = Pace()
