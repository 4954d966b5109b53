"""What pins the audit trail: a mark for each entry, a seal for each day, and what was redacted."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models.people import User

HASH = 64
"""Letters of a SHA-256 in hexadecimal."""


class TrailSeal(models.Model):
    """The seal of one day of the trail, hashed onto that of the day before: ``docs/decisions/0005``.

    Days are those of UTC. Every day has one, also a day on which nothing was written.
    """

    day = models.DateField(_("day (UTC)"), unique=True)
    entries = models.PositiveBigIntegerField(_("entries"))
    tables = models.JSONField(_("tables"), help_text=_("For each table: entries, digest, columns."))
    digest = models.CharField(_("digest of the day"), max_length=HASH)
    previous = models.CharField(_("hash of the day before"), max_length=HASH, blank=True)
    hash = models.CharField(_("hash"), max_length=HASH, unique=True)
    sealed_at = models.DateTimeField(_("sealed at"))

    class Meta:
        verbose_name = _("seal of the trail")
        verbose_name_plural = _("seals of the trail")
        ordering = ["-day"]
        triggers = [
            pgtrigger.Protect(name="trail_seal_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.day.isoformat()


class TrailMark(models.Model):
    """The digest of one entry of the trail, made when its day was sealed.

    Words enter it with a salt of their own that comes from ``salt``. When words are redacted the salt
    goes, and ``parts`` keeps what proves the rest: salts of the words that stay, digests of those that went.
    """

    day = models.DateField(_("day (UTC)"))
    table_name = models.CharField(_("table"), max_length=63)
    entry = models.BigIntegerField(_("entry"))
    salt = models.BinaryField(_("salt"), null=True)
    digest = models.BinaryField(_("digest"))
    parts = models.JSONField(_("parts kept of redacted entries"), null=True, blank=True)

    class Meta:
        verbose_name = _("mark of an entry")
        verbose_name_plural = _("marks of entries")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["table_name", "entry"], name="trail_mark_once"),
            models.CheckConstraint(
                condition=models.Q(salt__isnull=False, parts__isnull=True)
                | models.Q(salt__isnull=True, parts__isnull=False),
                name="trail_mark_salt_or_parts",
            ),
        ]
        indexes = [models.Index(fields=["day", "table_name", "entry"], name="trail_mark_in_order")]
        triggers = [
            pgtrigger.Protect(name="trail_mark_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="trail_mark_only_redacted",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "((OLD.day, OLD.table_name, OLD.entry, OLD.digest)"
                    " IS DISTINCT FROM (NEW.day, NEW.table_name, NEW.entry, NEW.digest)"
                    " OR NEW.salt IS NOT NULL)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table_name} {self.entry}"


@pghistory.track()
class TrailRedaction(models.Model):
    """That words of a row were taken out of its trail, by whom and why; an entry of the trail itself."""

    table_name = models.CharField(_("table"), max_length=63)
    entries = ArrayField(models.BigIntegerField(), verbose_name=_("entries"))
    columns = ArrayField(models.CharField(max_length=63), verbose_name=_("columns"))
    reason = models.TextField(_("reason"))
    redacted_at = models.DateTimeField(_("redacted at"))
    redacted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("redacted by")
    )

    class Meta:
        verbose_name = _("redaction of the trail")
        verbose_name_plural = _("redactions of the trail")
        ordering = ["-redacted_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="trail_redaction_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(entries__len__gt=0, columns__len__gt=0),
                name="trail_redaction_of_something",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="trail_redaction_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.table_name}: {', '.join(self.columns)}"
