"""What moves and recalls a deadline: its one extension, and reminders."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.letters.models import Letter
from membership.models.circular import KEEP, Circular
from membership.models.electorate import Elector


@pghistory.track()
class DeadlineExtension(models.Model):
    """A deadline moved once, before it passed; the old one stays in the record."""

    circular = models.OneToOneField(
        Circular, models.PROTECT, related_name="extension", verbose_name=_("circular")
    )
    new_deadline = models.DateTimeField(_("new deadline"))
    reason = models.TextField(_("reason"))
    extended_at = models.DateTimeField(_("extended at"))
    extended_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("extended by"))

    class Meta:
        verbose_name = _("extension of a deadline")
        verbose_name_plural = _("extensions of deadlines")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_a_reason"),
            models.CheckConstraint(
                condition=Q(new_deadline__gt=F("extended_at")), name="extension_lies_ahead"
            ),
        ]
        triggers = [pgtrigger.Protect(name="extension_is_kept", operation=KEEP)]

    def __str__(self) -> str:
        return str(self.circular)


@pghistory.track()
class Reminder(models.Model):
    """A reminder sent to those who had not answered: at a moment the rule names, or by hand."""

    circular = models.ForeignKey(
        Circular, models.PROTECT, related_name="reminders", verbose_name=_("circular")
    )
    days_before = models.PositiveSmallIntegerField(_("days before the deadline"), null=True, blank=True)
    due_at = models.DateTimeField(
        _("moment the rule names"), null=True, blank=True, help_text=_("Empty: sent by hand.")
    )
    sent_at = models.DateTimeField(_("sent at"))
    sent_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sent by")
    )
    letter = models.OneToOneField(
        Letter, models.PROTECT, null=True, blank=True, related_name="reminder", verbose_name=_("letter")
    )
    electors = models.ManyToManyField(Elector, related_name="reminders", verbose_name=_("members reminded"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["circular", "due_at"],
                condition=Q(due_at__isnull=False),
                name="reminder_once_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(days_before__isnull=True, due_at__isnull=True)
                | Q(days_before__isnull=False, due_at__isnull=False, due_at__lte=F("sent_at")),
                name="reminder_due_pair",
            ),
        ]
        triggers = [pgtrigger.Protect(name="reminder_is_kept", operation=KEEP)]

    def __str__(self) -> str:
        return str(self.circular)


# Which members were reminded stands in a table of its own.
pghistory.track(obj_field=None, model_name="ReminderElectorEvent")(Reminder.electors.through)
