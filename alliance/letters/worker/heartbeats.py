"""Signs of life of the workers, so that a dead one is seen."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from alliance.letters.models import Delivery, Heartbeat

FORGOTTEN_AFTER = timedelta(days=7)


def beat(worker: str, *, at: datetime) -> None:
    """A worker says that it is alive."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(worker=worker, beat_at=at)],
        update_conflicts=True,
        unique_fields=["worker"],
        update_fields=["beat_at"],
    )


def forget_old(*, at: datetime) -> None:
    """Workers that ended long ago need no row any more."""
    Heartbeat.objects.filter(beat_at__lt=at - FORGOTTEN_AFTER).delete()


def worker_is_late(at: datetime | None = None) -> bool:
    """Whether no worker has given a sign of life for too long, or none ever did."""
    newest = Heartbeat.objects.newest()
    return newest is None or _too_long_ago(newest, at or timezone.now())


def late_since(at: datetime | None = None) -> datetime | None:
    """Since when nothing is being sent or closed; None while a worker is alive.

    Where no worker ever was, that is since the first letter has been waiting.
    """
    at = at or timezone.now()
    newest = Heartbeat.objects.newest()
    if newest is None:
        newest = Delivery.objects.due(at).aggregate(first=Min("next_attempt_at"))["first"]
    return newest if newest is not None and _too_long_ago(newest, at) else None


def _too_long_ago(moment: datetime, at: datetime) -> bool:
    return at - moment > timedelta(seconds=settings.WORKER_LATE_AFTER_SECONDS)
