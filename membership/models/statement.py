"""What members answer: an append-only series per circular and member, and their questions."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from membership.models.application import FileFields, file_path
from membership.models.circular import KEEP, Circular
from membership.models.electorate import Elector
from membership.states import ON_BEHALF, Channel, Position


@pghistory.track()
class Statement(FileFields):
    """One statement of one member; the latest received by the deadline counts.

    Never changed: a new statement follows, a contested one gets a `Contestation`. `file` is the proof of
    an answer that came by mail, letter or telephone.
    """

    circular = models.ForeignKey(
        Circular, models.PROTECT, related_name="statements", verbose_name=_("circular")
    )
    elector = models.ForeignKey(Elector, models.PROTECT, related_name="statements", verbose_name=_("member"))
    position = models.CharField(_("position"), max_length=20, choices=Position)
    text = models.TextField(_("comment or reason"), blank=True)
    channel = models.CharField(_("channel"), max_length=15, choices=Channel)
    given_by = models.CharField(
        _("given by"), max_length=200, blank=True, help_text=_("The person who gave the answer for the city.")
    )
    dated = models.DateField(_("date it bears"))
    received_at = models.DateTimeField(_("received at"))
    recorded_at = models.DateTimeField(_("recorded at"))
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    late = models.BooleanField(
        _("late"), default=False, help_text=_("Received after the deadline: kept, not counted.")
    )
    note = models.TextField(_("note as proof"), blank=True)
    file = models.FileField(_("proof"), upload_to=file_path, max_length=200, blank=True)
    filename = models.CharField(_("name of the file"), max_length=255, blank=True)
    media_type = models.CharField(_("type of the file"), max_length=100, blank=True)
    size = models.PositiveIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["received_at", "pk"]
        indexes = [models.Index(fields=["circular", "elector", "received_at"], name="statement_series")]
        constraints = [
            models.CheckConstraint(
                condition=Q(position__in=Position.values), name="statement_position_is_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="statement_channel_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(position__in=[Position.OBJECTION, Position.CONSENT_WITH_COMMENT])
                | Q(text__regex=r"\S"),
                name="statement_objection_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(channel__in=ON_BEHALF) | (~Q(given_by="") & (~Q(note="") | ~Q(file=""))),
                name="statement_on_behalf_has_proof",
            ),
            models.CheckConstraint(
                condition=Q(recorded_at__gte=F("received_at")), name="statement_received_first"
            ),
        ]
        triggers = [pgtrigger.Protect(name="statement_is_kept", operation=KEEP)]

    def __str__(self) -> str:
        return f"{self.elector}: {self.get_position_display()}"


@pghistory.track()
class Contestation(models.Model):
    """A member's word that a statement entered for it was not its own; the statement then never counts."""

    statement = models.OneToOneField(
        Statement, models.PROTECT, related_name="contestation", verbose_name=_("statement")
    )
    reason = models.TextField(_("reason"))
    contested_at = models.DateTimeField(_("contested at"))
    contested_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("contested by"))

    class Meta:
        verbose_name = _("contestation")
        verbose_name_plural = _("contestations")
        constraints = [
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="contestation_has_a_reason"),
        ]
        triggers = [pgtrigger.Protect(name="contestation_is_kept", operation=KEEP)]

    def __str__(self) -> str:
        return str(self.statement)


@pghistory.track()
class Question(models.Model):
    """A question of a member to the applicant, and its answer; both visible to all members."""

    circular = models.ForeignKey(
        Circular, models.PROTECT, related_name="questions", verbose_name=_("circular")
    )
    elector = models.ForeignKey(Elector, models.PROTECT, related_name="questions", verbose_name=_("member"))
    text = models.TextField(_("question"))
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="question_answered_pair",
            ),
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="question_has_a_text"),
        ]
        triggers = [
            pgtrigger.Protect(name="question_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="question_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("circular", "elector", "text", "asked_at", "asked_by"),
            ),
            pgtrigger.Protect(
                name="answer_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.answered_at IS NOT NULL AND OLD.* IS DISTINCT FROM NEW.*"),
            ),
        ]

    def __str__(self) -> str:
        return self.text
