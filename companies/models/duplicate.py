"""Two entries that seem to be one company, and what was decided about them."""

from __future__ import annotations

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from alliance.accounts.models import User
from companies.models.company import Company
from companies.querysets import DuplicatePairQuerySet
from companies.states import DuplicateReason, DuplicateState

S = DuplicateState


@pghistory.track()
class DuplicatePair(FSMModelMixin, models.Model):
    """Two entries that seem to be one company, with what speaks for it; a person decides.

    `first` is the older entry.
    """

    first = models.ForeignKey(Company, models.CASCADE, related_name="+", verbose_name=_("first entry"))
    second = models.ForeignKey(Company, models.CASCADE, related_name="+", verbose_name=_("second entry"))
    reasons = ArrayField(
        models.CharField(max_length=20, choices=DuplicateReason), verbose_name=_("what speaks for it")
    )
    state = FSMField(_("state"), choices=DuplicateState, default=S.OPEN, protected=True)
    found_at = models.DateTimeField(_("found at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicate_pair_in_order"),
            models.CheckConstraint(condition=Q(state__in=S.values), name="duplicate_state_is_known"),
            models.CheckConstraint(
                condition=Q(reasons__contained_by=DuplicateReason.values) & ~Q(reasons=[]),
                name="duplicate_has_reasons",
            ),
            models.CheckConstraint(
                condition=Q(state=S.OPEN, decided_at__isnull=True)
                | (~Q(state=S.OPEN) & Q(decided_at__isnull=False)),
                name="duplicate_decided_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} · {self.second}"

    def get_absolute_url(self) -> str:
        return reverse("companies:duplicate", args=[self.pk])

    @property
    def reason_labels(self) -> list[str]:
        """What speaks for it, in words."""
        return [str(DuplicateReason(reason).label) for reason in self.reasons]

    @transition(state, S.OPEN, S.DIFFERENT, custom={"label": _("Not a duplicate")})
    def tell_apart(self, *, by: User | None, at: Any, note: str = "") -> None:
        """Two companies, whatever they have in common."""
        self.decided_by, self.decided_at, self.note = by, at, note

    @transition(state, [S.OPEN, S.DIFFERENT], S.MERGED, custom={"label": _("Merge")})
    def merge(self, *, by: User | None, at: Any) -> None:
        """One of both entries was merged, with the other or with a third."""
        self.decided_by, self.decided_at = by, at
