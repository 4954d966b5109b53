"""Reminding who keeps a city's entries before their validity ends: one letter a city and day, never twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields import DateField
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliance.letters.actions import write
from alliance.letters.models import Letter
from alliance.letters.states import LetterKind
from alliance.pages.moments import day_text
from cities.models import City
from companies.actions.keepers import keepers_of
from companies.models import Company, FreshnessReminder
from companies.states import CompanyState
from membership.models.membership import alliance_day

DAYS_BEFORE = (30, 7)
MOST_NAMED = 50
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """Days of which the city was not reminded yet: from the first one on, before the last one."""

    days_before: int
    begins: date
    ends: date

    @property
    def holds(self) -> Q:
        return Q(valid_until__gte=self.begins, valid_until__lt=self.ends)


def cities_due(*, at: datetime | None = None) -> QuerySet[City]:
    """Cities with an entry whose validity ends soon and of which they were not reminded yet."""
    day = alliance_day(at or timezone.now())
    due = Q()
    for days in DAYS_BEFORE:
        reminded = FreshnessReminder.objects.filter(city=OuterRef(OuterRef("pk")), days_before=days)
        last = Subquery(reminded.order_by(F("period__endswith").desc()).values("period__endswith")[:1])
        today = Value(day, output_field=DateField())
        entries = Company.objects.filter(city=OuterRef("pk"), state=CompanyState.PUBLISHED)
        begins = Greatest(Coalesce(last, today), today)
        due |= Q(Exists(entries.filter(valid_until__gte=begins, valid_until__lt=day + (days + 1) * DAY)))
    return City.objects.filter(due).order_by("pk")


@transaction.atomic
def remind(city: City, *, at: datetime | None = None) -> Letter | None:
    """Write to who keeps the city's entries about all that end soon; None if there is nothing new to say."""
    at = at or timezone.now()
    city = City.objects.select_for_update(no_key=True).get(pk=city.pk)
    windows = [window for days in DAYS_BEFORE if (window := window_of(city, days, alliance_day(at)))]
    counts = [(window, ending(city, window.holds).count()) for window in windows]
    due = [(window, count) for window, count in counts if count]
    if not due:
        return None
    either = Q()
    for window, _count in due:
        either |= window.holds
    letter = letter_about(city, ending(city, either), at)
    FreshnessReminder.objects.bulk_create(
        FreshnessReminder(
            city=city,
            days_before=window.days_before,
            period=DateRange(window.begins, window.ends, "[)"),
            entries=count,
            letter=letter,
            sent_at=at,
        )
        for window, count in due
    )
    return letter


def window_of(city: City, days: int, day: date) -> Window | None:
    """The days up to so many ahead of which the city was not reminded."""
    rows = FreshnessReminder.objects.filter(city=city, days_before=days)
    last = rows.order_by(F("period__endswith").desc()).first()
    begins, ends = max(day, last.period.upper) if last else day, day + (days + 1) * DAY
    return Window(days, begins, ends) if begins < ends else None


def ending(city: City, when: Q) -> QuerySet[Company]:
    rows = Company.objects.filter(when, city=city, state=CompanyState.PUBLISHED)
    return rows.order_by("valid_until", "sort_name", "pk")


def letter_about(city: City, entries: QuerySet[Company], at: datetime) -> Letter:
    total, named = entries.count(), list(entries[:MOST_NAMED])

    def compose() -> tuple[str, str]:
        words = {"city": city.name, "count": total, "days": DAYS_BEFORE[0]}
        subject = ngettext(
            "%(count)s company of %(city)s: please confirm the entry",
            "%(count)s companies of %(city)s: please confirm the entries",
            total,
        )
        return subject % words, "\n\n".join(
            [
                _("These entries in the company database are valid for a few days more:"),
                "\n".join(lines(named, total)),
                _(
                    "Please look at each of them and confirm it: it is valid for twelve months more then. "
                    "What nobody confirms is marked as out of date and no longer passed on."
                ),
            ]
        )

    path = reverse("companies:city_companies", args=[city.slug])
    to = keepers_of(city, at=at)
    return write(LetterKind.REMINDER, compose, to, by=None, at=at, path=path)


def lines(named: Sequence[Company], total: int) -> Iterator[str]:
    """One entry a line, with its last day; very many are counted."""
    for company in named:
        words = {"company": company.name, "day": day_text(company.valid_until)}
        yield _("– %(company)s, valid until %(day)s") % words
    if more := total - len(named):
        yield ngettext("– and %(count)s more", "– and %(count)s more", more) % {"count": more}
