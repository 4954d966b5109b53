"""Deadlines: the end of a day in a named zone, and the moments counted back from it."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

LAST_SECOND = time(23, 59, 59)


class HasPeriod(Protocol):
    """A consent rule, as far as a deadline follows from it."""

    period_days: int
    zone: str


def end_of_day(day: date, zone: str) -> datetime:
    """The last second of a day in a zone; a deadline shown as 23:59 holds the whole of that minute."""
    return datetime.combine(day, LAST_SECOND, ZoneInfo(zone))


def deadline_from(rule: HasPeriod, at: datetime) -> datetime:
    """The end of the day so many days after a moment, in the zone of the rule."""
    day = at.astimezone(ZoneInfo(rule.zone)).date() + timedelta(days=rule.period_days)
    return end_of_day(day, rule.zone)


def days_before(deadline: datetime, days: int, zone: str) -> datetime:
    """The same time of day so many days earlier, by the clocks of the zone."""
    return deadline.astimezone(ZoneInfo(zone)) - timedelta(days=days)


def due_reminder(
    deadline: datetime, reminder_days: Iterable[int], zone: str, *, since: datetime, at: datetime
) -> tuple[int, datetime] | None:
    """The latest of the reminder moments that have come, with its number of days; None before the first.

    Moments before `since` (the issue, or an extension) never come: everybody was told then. Of moments
    that were missed, only the latest is made up for.
    """
    moments = ((days, days_before(deadline, days, zone)) for days in reminder_days)
    come = [(days, moment) for days, moment in moments if since < moment <= at < deadline]
    return max(come, key=lambda pair: pair[1], default=None)
