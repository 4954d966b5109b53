"""Memberships: one voice each, held by one or more cities over a period."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from cities.models import City
from cities.models.city import in_active_language
from membership.querysets import MembershipCityQuerySet, MembershipQuerySet
from membership.states import Beginning, Ending, MembershipKind

PLACE_CHANGED = (
    "ROW(OLD.city_id, OLD.membership_id, OLD.kind)"
    " IS DISTINCT FROM ROW(NEW.city_id, NEW.membership_id, NEW.kind)"
)
KEEP_PLACE_OF_WITHDRAWAL = """
    IF EXISTS (SELECT 1 FROM membership_withdrawal WHERE place_id = OLD.id) THEN
        RAISE EXCEPTION 'the place from which a city withdraws stays that of the city'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'place_of_withdrawal_is_kept';
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class NumberSeries(models.Model):
    """The last number given in a year; its locked row makes numbers run without gaps."""

    series = models.CharField(_("series"), max_length=20)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="number_series_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.year}"

    @classmethod
    def next(cls, series: str, year: int) -> int:
        """The next number of a year, reserved until the surrounding transaction ends."""
        cls.objects.get_or_create(series=series, year=year)
        row = cls.objects.select_for_update().get(series=series, year=year)
        row.last += 1
        row.save(update_fields=["last"])
        return row.last


@pghistory.track()
class Membership(models.Model):
    """A place in the alliance with one voice, whatever number of cities it holds."""

    kind = models.CharField(_("kind"), max_length=10, choices=MembershipKind)
    name_zh = models.CharField(_("joint name in Chinese"), max_length=200, blank=True)
    name_de = models.CharField(_("joint name in German"), max_length=200, blank=True)
    name_en = models.CharField(_("joint name in English"), max_length=200, blank=True)
    beginning = models.CharField(_("began by"), max_length=12, choices=Beginning)
    ending = models.CharField(_("ended by"), max_length=12, choices=Ending, blank=True, default=Ending.NONE)
    certificate_number = models.CharField(_("number of the certificate"), max_length=20, blank=True)
    cities = models.ManyToManyField(
        City, through="MembershipCity", related_name="memberships", verbose_name=_("cities")
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=MembershipKind.values), name="membership_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(beginning__in=Beginning.values), name="membership_beginning_is_known"
            ),
            models.CheckConstraint(condition=Q(ending__in=Ending.values), name="membership_ending_is_known"),
            models.UniqueConstraint(
                fields=["certificate_number"],
                condition=~Q(certificate_number=""),
                name="membership_certificate_once",
            ),
            models.UniqueConstraint(fields=["id", "kind"], name="membership_kind_key"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Its name today."""
        return self.name_on(alliance_day(timezone.now()))

    def name_on(self, day: date) -> str:
        """The joint name, or the names of the cities that hold it on a day, in the active language.

        Before the first and after the last city all of them are named.
        """
        places = list(self.places.all())
        held = [row for row in places if row.holds_on(day)] or places
        return in_active_language(self, "name") or " · ".join(row.city.name for row in held)


@pghistory.track()
class MembershipCity(models.Model):
    """One city's part in a membership, over a half-open period [begin, end)."""

    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="places", verbose_name=_("membership")
    )
    city = models.ForeignKey(City, models.PROTECT, related_name="places", verbose_name=_("city"))
    kind = models.CharField(_("kind"), max_length=10, choices=MembershipKind)
    period = DateRangeField(_("period"))

    objects = MembershipCityQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership of a city")
        verbose_name_plural = _("memberships of cities")
        ordering = ["period", "pk"]
        constraints = [
            ExclusionConstraint(
                name="city_once_of_a_kind_at_a_time",
                expressions=[
                    ("city", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False, period__isempty=False),
                name="membership_period_begins",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="place_of_withdrawal_is_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(PLACE_CHANGED),
                func=KEEP_PLACE_OF_WITHDRAWAL,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city} ({self.get_kind_display()})"

    @property
    def begins(self) -> date:
        return self.period.lower

    @property
    def ends(self) -> date | None:
        """The first day on which the city is no member any more."""
        return self.period.upper

    def holds_on(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day < self.ends)


def alliance_day(at: datetime) -> date:
    """The day of a moment in the alliance's zone, in which memberships and numbers are reckoned."""
    return at.astimezone(ZoneInfo(settings.ALLIANCE_TIME_ZONE)).date()


def alliance_midnight(day: date) -> datetime:
    """The moment at which a day begins in the alliance's zone."""
    return datetime.combine(day, time(), ZoneInfo(settings.ALLIANCE_TIME_ZONE))


def open_period(begin: date) -> Any:
    from django.db.backends.postgresql.psycopg_any import DateRange

    return DateRange(begin, None, "[)")
