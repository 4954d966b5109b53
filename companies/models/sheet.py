"""A firm's own sheet: a link by mail, and what the firm filled in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from alliance.accounts.models import User
from alliance.accounts.states import Language
from companies.models.company import Company
from companies.querysets import SheetSubmissionQuerySet
from companies.states import SubmissionState

S = SubmissionState
LINK_VALID = timedelta(days=30)
VALUES_CHANGED = (
    "ROW(OLD.link_id, OLD.values, OLD.submitted_at)"
    " IS DISTINCT FROM ROW(NEW.link_id, NEW.values, NEW.submitted_at)"
)


@pghistory.track()
class SheetLink(models.Model):
    """A link by which a firm fills in its own sheet, without an account and without seeing anything else."""

    company = models.ForeignKey(
        Company, models.PROTECT, related_name="sheet_links", verbose_name=_("company")
    )
    email = models.EmailField(_("e-mail address at work"))
    language = models.CharField(_("language"), max_length=10, choices=Language)
    sent_at = models.DateTimeField(_("sent at"))
    sent_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sent by")
    )
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("revoked by")
    )

    class Meta:
        verbose_name = _("link to a company's own sheet")
        verbose_name_plural = _("links to companies' own sheets")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at")), name="sheet_link_expires_after_it_was_sent"
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="sheet_link_language_is_known"
            ),
            models.UniqueConstraint(
                fields=["company"], condition=Q(revoked_at__isnull=True), name="sheet_link_one_a_company"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company} ({self.email})"

    def is_open(self, at: datetime) -> bool:
        """Whether the firm can use it at a moment, as far as the link itself says."""
        return self.revoked_at is None and at < self.expires_at


@pghistory.track()
class SheetSubmission(FSMModelMixin, models.Model):
    """What a firm filled in on its own sheet; an officer compares it and takes it over, or does not."""

    link = models.ForeignKey(SheetLink, models.PROTECT, related_name="submissions", verbose_name=_("link"))
    values = models.JSONField(_("what was filled in"), encoder=DjangoJSONEncoder)
    state = FSMField(_("state"), choices=SubmissionState, default=S.WAITING, protected=True)
    submitted_at = models.DateTimeField(_("submitted at"))
    taken = ArrayField(
        models.CharField(max_length=50), default=list, blank=True, verbose_name=_("fields taken over")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    note = models.CharField(_("note to the firm"), max_length=500, blank=True)

    objects = SheetSubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sheet filled in by a company")
        verbose_name_plural = _("sheets filled in by companies")
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=S.values), name="submission_state_is_known"),
            models.UniqueConstraint(
                fields=["link"], condition=Q(state=S.WAITING), name="submission_one_waits_a_link"
            ),
            models.CheckConstraint(
                condition=Q(state=S.WAITING, decided_at__isnull=True)
                | (~Q(state=S.WAITING) & Q(decided_at__isnull=False)),
                name="submission_decided_pair",
            ),
            models.CheckConstraint(
                condition=Q(state=S.TAKEN_OVER) | Q(taken=[]), name="submission_taken_fields"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="submission_stays_as_filled_in",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(VALUES_CHANGED),
            ),
        ]

    def __str__(self) -> str:
        return str(self.link)

    def get_absolute_url(self) -> str:
        return reverse("companies:sheet", args=[self.pk])

    @property
    def company(self) -> Company:
        return self.link.company

    @transition(state, S.WAITING, S.TAKEN_OVER, custom={"label": _("Take over")})
    def take_over(self, *, fields: list[str], by: User | None, at: Any) -> None:
        """The city's officer has put these fields into the entry."""
        self.taken, self.decided_by, self.decided_at = fields, by, at

    @transition(state, S.WAITING, S.REFUSED, custom={"label": _("Do not take over")})
    def refuse(self, *, note: str, by: User | None, at: Any) -> None:
        """The entry stays as it is."""
        self.note, self.decided_by, self.decided_at = note, by, at

    @transition(state, S.WAITING, S.REPLACED, custom={"label": _("Replaced by a later one")})
    def replace(self, *, at: Any) -> None:
        """The firm has sent another one before anybody looked at this one."""
        self.decided_at = at
