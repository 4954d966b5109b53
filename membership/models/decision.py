"""What management decides on an application after its circular has closed."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from membership.models.application import Application
from membership.models.circular import KEEP, Circular
from membership.models.membership import Membership
from membership.states import DecisionKind, Result

NEEDS_A_CARRIED_CIRCULAR = """
    IF NEW.kind = 'accepted' AND NOT EXISTS (
        SELECT 1 FROM membership_circular circular
        WHERE circular.id = NEW.circular_id AND circular.application_id = NEW.application_id
          AND circular.state = 'closed' AND NEW.result = 'carried' AND (
            circular.result = 'carried'
            OR EXISTS (
                SELECT 1 FROM membership_statement
                WHERE circular_id = circular.id AND NOT late AND recorded_at >= circular.closed_at
            )
            OR EXISTS (
                SELECT 1 FROM membership_contestation contestation
                JOIN membership_statement statement ON statement.id = contestation.statement_id
                WHERE statement.circular_id = circular.id AND contestation.contested_at >= circular.closed_at
            )
          )
    ) THEN
        RAISE EXCEPTION 'acceptance needs a carried circular'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_accepts_when_carried';
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class Decision(models.Model):
    """Accepted (only when carried), declined or postponed (with a reason).

    `result` is the circular's outcome on the record as it stood at the decision: answers received in time
    and recorded after the close count in it, the circular itself stays as it was closed.
    """

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="decisions", verbose_name=_("application")
    )
    circular = models.ForeignKey(
        Circular, models.PROTECT, related_name="decisions", verbose_name=_("circular")
    )
    kind = models.CharField(_("decision"), max_length=10, choices=DecisionKind)
    result = models.CharField(_("outcome at the decision"), max_length=10, choices=Result.choices[1:])
    outcome = models.JSONField(_("computation of the outcome"))
    reason = models.TextField(_("reason"), blank=True)
    decided_at = models.DateTimeField(_("decided at"))
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    member_from = models.DateField(_("member from"), null=True, blank=True)
    occasion = models.CharField(
        _("occasion"), max_length=200, blank=True, help_text=_("For example a plenary.")
    )
    membership = models.OneToOneField(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decision",
        verbose_name=_("membership"),
    )

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DecisionKind.values), name="decision_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=DecisionKind.ACCEPTED, member_from__isnull=False, membership__isnull=False)
                | (
                    ~Q(kind=DecisionKind.ACCEPTED)
                    & Q(member_from__isnull=True, membership__isnull=True, reason__regex=r"\S")
                ),
                name="decision_has_date_or_reason",
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(kind=DecisionKind.ACCEPTED), name="decision_accepted_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="decision_is_kept", operation=KEEP),
            pgtrigger.Trigger(
                name="accepts_when_carried",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=NEEDS_A_CARRIED_CIRCULAR,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_kind_display()}"
