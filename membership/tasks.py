"""What happens to circulars by itself; the worker calls these again and again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from membership.actions import circulars
from membership.models import Circular

log = logging.getLogger(__name__)


def close_due_circulars(at: datetime | None = None) -> int:
    """Close every circular whose deadline has passed; how many there were."""
    at = at or timezone.now()
    return sum(tried(close_if_due, circular, at) for circular in open_circulars())


def send_due_reminders(at: datetime | None = None) -> int:
    """Send every reminder whose moment has come; how many there were."""
    at = at or timezone.now()
    return sum(tried(remind_if_due, circular, at) for circular in open_circulars())


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


def tried(work: Callable[[Circular, datetime], bool], circular: Circular, at: datetime) -> bool:
    """One circular that cannot be dealt with does not keep the others waiting; the log says so."""
    try:
        return work(circular, at)
    except Exception:
        log.exception("Circular %s could not be dealt with; it is tried again.", circular.label)
        return False
