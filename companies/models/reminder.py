"""Which entries a city was reminded of before their validity ends."""

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from alliance.letters.models import Letter
from cities.models import City


@pghistory.track()
class FreshnessReminder(models.Model):
    """A city was reminded of all its entries that are valid until a day in this period.

    No day is in two periods, so nobody is reminded twice of the same day by the same number of days before.
    """

    city = models.ForeignKey(City, models.PROTECT, related_name="+", verbose_name=_("city"))
    days_before = models.PositiveSmallIntegerField(_("days before"))
    period = DateRangeField(_("entries valid until a day of"))
    entries = models.PositiveIntegerField(_("number of entries"))
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="+", verbose_name=_("letter"))
    sent_at = models.DateTimeField(_("sent at"))

    class Meta:
        verbose_name = _("reminder of entries that end")
        verbose_name_plural = _("reminders of entries that end")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            ExclusionConstraint(
                name="freshness_reminded_once",
                expressions=[
                    ("city", RangeOperators.EQUAL),
                    ("days_before", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="freshness_reminder_is_kept", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.city}: {self.days_before}"
