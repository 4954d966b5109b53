"""What happens by itself to circulars and withdrawals; the worker calls these again and again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone

from membership.actions import circulars, told, withdrawals_effect
from membership.models import Circular, Withdrawal

log = logging.getLogger(__name__)


def record_told(at: datetime | None = None) -> int:
    """Write down which cities were told by now, of all circulars; of how many circulars there were some."""
    at = at or timezone.now()
    return sum(tried(record_if_told, circular, at) for circular in Circular.objects.not_told_to_all())


def make_withdrawals_effective(at: datetime | None = None) -> int:
    """Make every withdrawal effective of which all were told and the notice has passed; how many."""
    at = at or timezone.now()
    return sum(tried(take_effect, row, at) for row in Withdrawal.objects.communicating().order_by("pk"))


def close_due_circulars(at: datetime | None = None) -> int:
    """Close every circular whose deadline has passed; how many there were."""
    at = at or timezone.now()
    return sum(tried(close_if_due, circular, at) for circular in open_circulars())


def send_due_reminders(at: datetime | None = None) -> int:
    """Send every reminder whose moment has come; how many there were."""
    at = at or timezone.now()
    return sum(tried(remind_if_due, circular, at) for circular in open_circulars())


def record_if_told(circular: Circular, at: datetime) -> bool:
    return bool(told.record(circular, at=at))


def take_effect(withdrawal: Withdrawal, at: datetime) -> bool:
    return withdrawals_effect.make_effective_if_due(withdrawal, at=at)


def open_circulars() -> list[Circular]:
    return list(Circular.objects.with_members().select_related("extension").order_by("pk"))


def close_if_due(circular: Circular, at: datetime) -> bool:
    if circular.current_deadline is None or at < circular.current_deadline:
        return False
    circulars.close(circular, at=at)
    return True


def remind_if_due(circular: Circular, at: datetime) -> bool:
    days = circulars.days_due(circular, at)
    if days is None:
        return False
    circulars.remind(circular, days_before=days, at=at)
    return True


def tried(work: Callable[[Any, datetime], bool], row: Circular | Withdrawal, at: datetime) -> bool:
    """One that cannot be dealt with does not keep the others waiting; the log says so."""
    try:
        return work(row, at)
    except Exception:
        name = getattr(row, "label", "") or getattr(row, "reference", "")
        log.exception("%s %s could not be dealt with; it is tried again.", type(row).__name__, name)
        return False
