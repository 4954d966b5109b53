"""Days and moments as readers on both sides need them: a moment stands in both zones."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

EAST = ZoneInfo("Asia/Shanghai")
WEST = ZoneInfo("Europe/Berlin")

Place = str | Promise | None


def day_text(value: date | None) -> str:
    """A day in words; of a moment, the day in the reader's zone."""
    return "" if value is None else _day_words(_local_day(value), get_language())


@lru_cache(maxsize=5000)
def _day_words(day: date, language: str | None) -> str:
    """Formatting is slow, and lists say the same few days again and again."""
    return date_format(day, "DATE_FORMAT")


def day_html(value: date | None) -> SafeString | str:
    """A day in words that machines can read too."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', _local_day(value).isoformat(), day_text(value))


def moment_text(
    value: datetime | None, *, east: Place = None, west: Place = None, first: str = "east"
) -> str:
    """A moment in both zones; the second date is said only where it differs."""
    if value is None:
        return ""
    (zone, place), (other_zone, other_place) = _sides(east, west, first)
    here, there = value.astimezone(zone), value.astimezone(other_zone)
    beginning = _with_day(here, place)
    ending = _time_only(there, other_place) if here.date() == there.date() else _with_day(there, other_place)
    return _("%(moment)s · %(same_moment)s") % {"moment": beginning, "same_moment": ending}


def moment_html(
    value: datetime | None, *, east: Place = None, west: Place = None, first: str = "east"
) -> SafeString | str:
    """A moment in both zones that machines can read too."""
    if value is None:
        return ""
    (zone, _place), _other = _sides(east, west, first)
    return format_html(
        '<time datetime="{}">{}</time>',
        value.astimezone(zone).isoformat(timespec="minutes"),
        moment_text(value, east=east, west=west, first=first),
    )


def moment_lines(
    value: datetime, *, east: Place = None, west: Place = None, first: str = "east"
) -> list[str]:
    """A moment as two lines with full dates, one for each zone, as the facts beside a page show it."""
    return [_with_day(value.astimezone(zone), place) for zone, place in _sides(east, west, first)]


def _sides(east: Place, west: Place, first: str) -> list[tuple[ZoneInfo, str]]:
    sides = [
        (EAST, _("in %(place)s") % {"place": east} if east else _("Foshan time")),
        (WEST, _("in %(place)s") % {"place": west} if west else _("German time")),
    ]
    return sides[::-1] if first == "west" else sides


def _with_day(value: datetime, place: str) -> str:
    return _("%(day)s, %(time)s %(place)s") % {
        "day": _day_words(value.date(), get_language()),
        "time": f"{value:%H:%M}",
        "place": place,
    }


def _time_only(value: datetime, place: str) -> str:
    return _("%(time)s %(place)s") % {"time": f"{value:%H:%M}", "place": place}


def _local_day(value: date) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value
