"""What happens by itself to entries as time passes; the worker calls these again and again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from companies.actions import archiving, freshness, reminders
from companies.actions.moves import AT_ONCE

log = logging.getLogger(__name__)


def make_stale(at: datetime | None = None) -> int:
    """Mark all entries as out of date whose validity is over; how many there were."""
    return all_of_them(freshness.expire, at or timezone.now())


def archive_ended_memberships(at: datetime | None = None) -> int:
    """Archive all entries of cities that have left; how many there were."""
    return all_of_them(archiving.archive_ended, at or timezone.now())


def all_of_them(move: Callable[..., int], at: datetime) -> int:
    """Some thousands in a transaction, and on as long as it was a full load."""
    total = moved = move(at=at)
    while moved == AT_ONCE:
        moved = move(at=at)
        total += moved
    return total


def send_reminders(at: datetime | None = None) -> int:
    """Remind the keepers of entries that end soon; how many cities were written to."""
    at = at or timezone.now()
    sent = 0
    for city in reminders.cities_due(at=at):
        try:
            sent += reminders.remind(city, at=at) is not None
        except Exception:
            log.exception("The companies of %s could not be reminded of; it is tried again.", city.slug)
    return sent
