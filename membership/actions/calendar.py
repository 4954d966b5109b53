"""Days on which nobody is likely to read a circular: holidays and weekends of either side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import holidays
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alliance.pages.moments import EAST, WEST, day_text
from cities.states import Country

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from membership.models import Circular

ZONES: dict[str, ZoneInfo] = {Country.CHINA: EAST, Country.GERMANY: WEST}
NAMES_IN: dict[str, dict[str, str]] = {
    Country.CHINA: {"zh-hans": "zh_CN"},
    Country.GERMANY: {"de": "de"},
}
SUBSTITUTED = "Day off"
SPRING_FESTIVAL = "Chinese New Year (Spring Festival)"

ON_A_HOLIDAY: dict[str, StrPromise] = {
    Country.CHINA: gettext_lazy("The deadline, %(day)s, is a public holiday in China: %(name)s."),
    Country.GERMANY: gettext_lazy("The deadline, %(day)s, is a public holiday in Germany: %(name)s."),
}
ON_A_WEEKEND: dict[str, StrPromise] = {
    Country.CHINA: gettext_lazy("The deadline, %(day)s, is not a working day in China."),
    Country.GERMANY: gettext_lazy("The deadline, %(day)s, falls on a weekend in Germany."),
}

CALENDAR_NOTE = gettext_lazy(
    "Only national holidays are looked at; single Länder, provinces and cities have more of their own."
)
"""What stands beside the warnings, also where there are none."""


def warnings(circular: Circular, *, at: datetime) -> list[str]:
    """What to think about before a circular goes out at a moment; nothing here is refused."""
    if circular.deadline is None:
        return []
    found = period_warnings(at, circular.deadline)
    if circular.rule is not None:
        found += shortness(at, circular.deadline, circular.rule.period_days, circular.rule.zone)
    return found


def period_warnings(begins: datetime, deadline: datetime) -> list[str]:
    """Sentences on a deadline on a day off on either side, and on the long holidays of the period."""
    off = [sentence for country in Country if (sentence := day_off(deadline, country))]
    return [*off, *covered(begins.astimezone(EAST).date(), deadline.astimezone(EAST).date())]


def shortness(begins: datetime, deadline: datetime, period_days: int, zone: str) -> list[str]:
    """A sentence if fewer days are left than the rule names."""
    days = (deadline.astimezone(ZoneInfo(zone)).date() - begins.astimezone(ZoneInfo(zone)).date()).days
    if days >= period_days:
        return []
    return [
        _("The rule names a period of %(period)d days; until this deadline there are %(days)d.")
        % {"period": period_days, "days": days}
    ]


def day_off(deadline: datetime, country: str) -> str:
    """Why the last day is no working day on one side; empty if it is one."""
    day = deadline.astimezone(ZONES[country]).date()
    calendar = public_holidays(country, day.year, "en_US")
    if day in calendar and not calendar[day].startswith(SUBSTITUTED):
        named = public_holidays(country, day.year, NAMES_IN[country].get(get_language() or "", "en_US"))
        return ON_A_HOLIDAY[country] % {"day": day_text(day), "name": named[day]}
    if not calendar.is_working_day(day):
        return ON_A_WEEKEND[country] % {"day": day_text(day)}
    return ""


def covered(first: date, last: date) -> list[str]:
    """The long holidays of which a period, both days included, holds a day."""
    years = range(first.year - 1, last.year + 1)
    held = [
        sentence
        for year in years
        for begin, end, sentence in long_holidays(year)
        if begin <= last and end >= first
    ]
    return [str(sentence) for sentence in dict.fromkeys(held)]


def long_holidays(year: int) -> Iterator[tuple[date, date, StrPromise]]:
    """The weeks in which one side is away: first day, last day, and what to say."""
    eve = spring_festival(year) - timedelta(days=1)
    yield (
        eve,
        eve + timedelta(days=6),
        gettext_lazy("The period covers the Spring Festival, when China is on holiday."),
    )
    yield (
        date(year, 10, 1),
        date(year, 10, 7),
        gettext_lazy("The period covers the Golden Week (1 to 7 October), when China is on holiday."),
    )
    yield (
        date(year, 12, 24),
        date(year + 1, 1, 1),
        gettext_lazy("The period covers Christmas and New Year, when Germany is on holiday."),
    )


@cache
def spring_festival(year: int) -> date:
    """The first day of the year by the Chinese calendar."""
    return min(public_holidays(Country.CHINA, year, "en_US").get_named(SPRING_FESTIVAL))


@cache
def public_holidays(country: str, year: int, language: str) -> holidays.HolidayBase:
    """National holidays of a year; those of single Länder and provinces are not among them."""
    return holidays.country_holidays(country, years=year, language=language)
