"""The consent rule as versioned data."""

from typing import Any

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User, validate_time_zone
from cities.models.city import in_active_language
from membership.querysets import ConsentRuleQuerySet
from membership.states import Silence, Threshold, Visibility

FROZEN = [
    "key", "version", "name_zh", "name_de", "name_en", "threshold", "share_numerator", "share_denominator",
    "share_cn_numerator", "share_cn_denominator", "share_de_numerator", "share_de_denominator", "silence",
    "quorum_percent", "period_days", "zone", "early_close", "visibility", "reminder_days", "wait_days",
]  # fmt: skip


@pghistory.track()
class ConsentRule(models.Model):
    """One version of a rule by which the members' consent is computed (docs/consent.md).

    A version is never changed; a new version supersedes it. A circular carries its own copy.
    """

    key = models.SlugField(_("short name"), max_length=60)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    name_zh = models.CharField(_("name in Chinese"), max_length=200)
    name_de = models.CharField(_("name in German"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    threshold = models.CharField(_("threshold"), max_length=30, choices=Threshold)
    share_numerator = models.PositiveSmallIntegerField(_("share, numerator"), default=2)
    share_denominator = models.PositiveSmallIntegerField(_("share, denominator"), default=3)
    share_cn_numerator = models.PositiveSmallIntegerField(
        _("share of the Chinese side, numerator"), default=2
    )
    share_cn_denominator = models.PositiveSmallIntegerField(
        _("share of the Chinese side, denominator"), default=3
    )
    share_de_numerator = models.PositiveSmallIntegerField(_("share of the German side, numerator"), default=2)
    share_de_denominator = models.PositiveSmallIntegerField(
        _("share of the German side, denominator"), default=3
    )
    silence = models.CharField(_("silence"), max_length=12, choices=Silence)
    quorum_percent = models.PositiveSmallIntegerField(
        _("quorum in per cent"), default=0, validators=[MaxValueValidator(100)]
    )
    period_days = models.PositiveSmallIntegerField(
        _("period in days"), validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    zone = models.CharField(
        _("time zone of the deadline"),
        max_length=50,
        default="Asia/Shanghai",
        validators=[validate_time_zone],
    )
    early_close = models.BooleanField(_("may close early"), default=False)
    visibility = models.CharField(
        _("who sees the answers before the close"),
        max_length=12,
        choices=Visibility,
        default=Visibility.SECRETARIAT,
    )
    reminder_days = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("reminders, days before the deadline"),
        default=list,
        blank=True,
    )
    wait_days = models.PositiveSmallIntegerField(_("wait before a new application, in days"), default=0)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )
    superseded_at = models.DateTimeField(_("superseded at"), null=True, blank=True)
    superseded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("superseded by")
    )

    objects = ConsentRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent rule")
        verbose_name_plural = _("consent rules")
        ordering = ["key", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="rule_version_once"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(superseded_at__isnull=True), name="rule_one_current"
            ),
            models.CheckConstraint(
                condition=Q(threshold__in=Threshold.values), name="rule_threshold_is_known"
            ),
            models.CheckConstraint(condition=Q(silence__in=Silence.values), name="rule_silence_is_known"),
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values), name="rule_visibility_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(threshold=Threshold.ALL_EXPRESSLY)
                | Q(silence__in=[Silence.BLOCKS, Silence.IGNORED]),
                name="rule_pair_has_a_meaning",
            ),
            models.CheckConstraint(condition=Q(quorum_percent__lte=100), name="rule_quorum_is_a_share"),
            models.CheckConstraint(condition=Q(period_days__gte=1), name="rule_period_is_positive"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{share}_denominator__gte": 1, f"{share}_numerator__gte": 1})
                    & Q(**{f"{share}_numerator__lte": F(f"{share}_denominator")}),
                    name=f"rule_{share}_is_a_share",
                )
                for share in ("share", "share_cn", "share_de")
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="rule_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="rule_version_never_changes",
                operation=pgtrigger.UpdateOf(*FROZEN),
                condition=pgtrigger.AnyChange(*FROZEN),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"

    @property
    def name(self) -> str:
        return in_active_language(self, "name")

    def as_content(self) -> dict[str, Any]:
        """The copy that a circular carries."""
        return {field: getattr(self, field) for field in FROZEN}
