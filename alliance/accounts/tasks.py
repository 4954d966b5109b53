"""What happens to the trail by itself; the worker calls it again and again."""

from __future__ import annotations

from datetime import datetime

from alliance.accounts import trails


def seal_trail(at: datetime | None = None) -> int:
    """Seal every day of the trail that has ended; how many there were."""
    return len(trails.seal_days(at=at))
