"""Circulars to all member cities, and what is frozen when one is issued."""

from datetime import datetime
from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from alliance.accounts.models import User
from alliance.accounts.states import Language
from alliance.letters.models import Letter
from cities.models.city import in_active_language
from cities.states import Country
from membership.models.application import Application, ApplicationVersion, FileFields
from membership.models.rule import ConsentRule
from membership.querysets import CircularQuerySet
from membership.states import CircularKind, CircularState, Result

CODE_LENGTH = 12
KEEP = pgtrigger.Update | pgtrigger.Delete
SEALED = [
    "kind", "year", "number", "application_id", "application_version_id", "subject_zh", "subject_de",
    "subject_en", "body_zh", "body_de", "body_en", "rule_id", "rule_content", "deadline", "issued_at",
    "issued_by_id", "side", "trail_head", "seal",
]  # fmt: skip
NOTICE_STANDS = """
    IF EXISTS (
        SELECT 1 FROM membership_withdrawal
        WHERE circular_id = NEW.id AND state IN ('communicating', 'effective')
    ) THEN
        RAISE EXCEPTION 'the notice of a withdrawal stands as long as the withdrawal'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'withdrawal_rests_on_its_notice';
    END IF;
    RETURN NULL;
"""
SEALED_CHANGED = (
    "OLD.state <> 'draft' AND ROW("
    + ", ".join(f"OLD.{column}" for column in SEALED)
    + ") IS DISTINCT FROM ROW("
    + ", ".join(f"NEW.{column}" for column in SEALED)
    + ")"
)


@pghistory.track()
class Circular(FSMModelMixin, models.Model):
    """A numbered letter to all member cities; an accession circular asks for their statement.

    Issuing freezes text, attachments, rule and electorate and seals them with a SHA-256.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=CircularKind)
    state = FSMField(_("state"), choices=CircularState, default=CircularState.DRAFT, protected=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    application = models.ForeignKey(
        Application,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="circulars",
        verbose_name=_("application"),
    )
    application_version = models.ForeignKey(
        ApplicationVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("version of the application"),
    )
    side = models.CharField(
        _("side"),
        max_length=2,
        choices=Country,
        blank=True,
        help_text=_("An information circular may go to the members of one side only."),
    )
    subject_zh = models.CharField(_("subject in Chinese"), max_length=300)
    subject_de = models.CharField(_("subject in German"), max_length=300)
    subject_en = models.CharField(_("subject in English"), max_length=300)
    body_zh = models.TextField(_("text in Chinese"))
    body_de = models.TextField(_("text in German"))
    body_en = models.TextField(_("text in English"))
    rule = models.ForeignKey(
        ConsentRule,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="circulars",
        verbose_name=_("consent rule"),
    )
    rule_content = models.JSONField(_("copy of the rule"), null=True, blank=True)
    deadline = models.DateTimeField(_("deadline as issued"), null=True, blank=True)
    drafted_at = models.DateTimeField(_("drafted at"))
    drafted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("drafted by")
    )
    issued_at = models.DateTimeField(_("issued at"), null=True, blank=True)
    issued_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("issued by")
    )
    letter = models.OneToOneField(
        Letter, models.PROTECT, null=True, blank=True, related_name="circular", verbose_name=_("letter")
    )
    trail_head = models.CharField(
        _("newest hash of the trail"),
        max_length=64,
        blank=True,
        help_text=_("Printed on the circular, so that what members hold on paper pins the past."),
    )
    seal = models.CharField(_("seal"), max_length=64, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("closed by"),
        help_text=_("Empty: it closed by itself at the deadline."),
    )  # fmt: skip
    closed_early = models.BooleanField(_("closed early"), default=False)
    result = models.CharField(_("result"), max_length=10, choices=Result, blank=True, default=Result.NONE)
    outcome = models.JSONField(_("computation of the outcome"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cancelled by")
    )
    cancel_reason = models.TextField(_("reason of the cancellation"), blank=True)

    objects = CircularQuerySet.as_manager()

    class Meta:
        verbose_name = _("circular")
        verbose_name_plural = _("circulars")
        ordering = [F("year").desc(nulls_first=True), F("number").desc(nulls_first=True), "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="circular_number_once"),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=[CircularState.DRAFT, CircularState.ISSUED]),
                name="circular_one_open_an_application",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CircularState.values), name="circular_state_is_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=CircularKind.values), name="circular_kind_is_known"),
            models.CheckConstraint(
                condition=Q(
                    state=CircularState.DRAFT,
                    number__isnull=True,
                    year__isnull=True,
                    issued_at__isnull=True,
                    seal="",
                )
                | (
                    ~Q(state=CircularState.DRAFT)
                    & Q(number__isnull=False, year__isnull=False, issued_at__isnull=False)
                    & ~Q(seal="")
                ),
                name="circular_issued_has_number_and_seal",
            ),
            models.CheckConstraint(
                condition=~Q(kind=CircularKind.ACCESSION)
                | Q(state=CircularState.DRAFT)
                | Q(
                    rule_content__isnull=False,
                    deadline__isnull=False,
                    application__isnull=False,
                    application_version__isnull=False,
                ),
                name="circular_accession_has_rule_and_deadline",
            ),
            models.CheckConstraint(
                condition=Q(side="") | Q(kind=CircularKind.INFORMATION, side__in=Country.values),
                name="circular_side_of_information_only",
            ),
            models.CheckConstraint(
                condition=Q(deadline__isnull=True)
                | Q(issued_at__isnull=True)
                | Q(deadline__gt=F("issued_at")),
                name="circular_deadline_after_issue",
            ),
            models.CheckConstraint(
                condition=Q(state=CircularState.CLOSED, closed_at__isnull=False)
                | (~Q(state=CircularState.CLOSED) & Q(closed_at__isnull=True, result=Result.NONE)),
                name="circular_closed_pair",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | Q(closed_at__isnull=False),
                name="circular_closed_by_pair",
            ),
            models.CheckConstraint(
                condition=~Q(kind=CircularKind.ACCESSION)
                | ~Q(state=CircularState.CLOSED)
                | (~Q(result=Result.NONE) & Q(outcome__isnull=False)),
                name="circular_closed_accession_has_result",
            ),
            models.CheckConstraint(
                condition=Q(state=CircularState.CANCELLED, cancelled_at__isnull=False) & ~Q(cancel_reason="")
                | (
                    ~Q(state=CircularState.CANCELLED)
                    & Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                ),
                name="circular_cancelled_pair",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="sealed_once_issued",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(SEALED_CHANGED),
            ),
            pgtrigger.Protect(
                name="issued_is_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.state <> 'draft'"),
            ),
            pgtrigger.Protect(
                name="closed_is_untouched",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state IN ('closed', 'cancelled') AND OLD.* IS DISTINCT FROM NEW.*"
                ),
            ),
            pgtrigger.Trigger(
                name="notice_stands",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Condition("NEW.state = 'cancelled' AND NEW.kind = 'withdrawal_notice'"),
                func=NOTICE_STANDS,
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.subject

    def get_absolute_url(self) -> str:
        if self.number is None:
            return reverse("membership:circular_draft", args=[self.pk])
        return reverse("membership:circular", args=[self.slug])

    @property
    def label(self) -> str:
        """The number as people write it: 2016/01."""
        return f"{self.year}/{self.number:02d}" if self.number is not None else ""

    @property
    def slug(self) -> str:
        """The number in addresses: 2016-01."""
        return self.label.replace("/", "-")

    @property
    def code(self) -> str:
        """The short code by which anybody can verify a copy: the beginning of the seal, in groups."""
        return "-".join(self.seal[start : start + 4] for start in range(0, CODE_LENGTH, 4) if self.seal)

    @property
    def subject(self) -> str:
        return in_active_language(self, "subject")

    @property
    def body(self) -> str:
        return in_active_language(self, "body")

    @property
    def is_open(self) -> bool:
        return self.state == CircularState.ISSUED

    @property
    def current_deadline(self) -> datetime | None:
        """The deadline that counts: the extended one where there is an extension."""
        extension = getattr(self, "extension", None)
        return extension.new_deadline if extension else self.deadline

    @transition(state, source=CircularState.DRAFT, target=CircularState.ISSUED, custom={"label": _("Issue")})
    def issue(self, *, by: User | None, at: Any, year: int, number: int) -> None:
        """Number and moment; the caller then puts the seal on all that is frozen, and saves."""
        self.issued_by, self.issued_at = by, at
        self.year, self.number = year, number

    @transition(state, source=CircularState.ISSUED, target=CircularState.CLOSED, custom={"label": _("Close")})
    def close(
        self, *, by: User | None, at: Any, result: str, outcome: dict[str, Any] | None, early: bool = False
    ) -> None:
        self.closed_by, self.closed_at, self.closed_early = by, at, early
        self.result, self.outcome = result, outcome

    @transition(
        state, source=CircularState.ISSUED, target=CircularState.CANCELLED, custom={"label": _("Cancel")}
    )
    def cancel(self, *, by: User | None, at: Any, reason: str) -> None:
        self.cancelled_by, self.cancelled_at, self.cancel_reason = by, at, reason


def frozen_with_circular(what: str, constraint: str, operation: Any) -> pgtrigger.Trigger:
    """A trigger that keeps rows of a circular as they are once it is issued."""
    return pgtrigger.Trigger(
        name="frozen_with_circular",
        when=pgtrigger.Before,
        operation=operation,
        declare=[("row_circular_id", "bigint")],
        func=f"""
            row_circular_id := CASE WHEN TG_OP = 'DELETE' THEN OLD.circular_id ELSE NEW.circular_id END;
            IF EXISTS (SELECT 1 FROM membership_circular WHERE id = row_circular_id AND state <> 'draft')
            THEN
                RAISE EXCEPTION 'the {what} of an issued circular are frozen'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{constraint}';
            END IF;
            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        """,
    )


@pghistory.track()
class CircularAttachment(FileFields):
    """A file that goes with a circular; frozen with it."""

    circular = models.ForeignKey(
        Circular, models.CASCADE, related_name="attachments", verbose_name=_("circular")
    )
    language = models.CharField(_("language"), max_length=10, choices=Language)
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        verbose_name = _("attachment of a circular")
        verbose_name_plural = _("attachments of circulars")
        ordering = ["pk"]
        triggers = [
            frozen_with_circular(
                "attachments",
                "circular_attachments_frozen",
                pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            ),
        ]
