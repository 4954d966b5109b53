"""What the alliance writes, once, in three languages."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.accounts.states import Language
from alliance.letters.querysets import LetterQuerySet
from alliance.letters.states import LetterKind

WIPED = "[…]"
SUFFIXES: dict[str, str] = {Language.ENGLISH: "en", Language.GERMAN: "de", Language.CHINESE: "zh"}


# Texts and links of confidential letters open accounts: the audit trail must not keep them.
@pghistory.track(exclude=["body_en", "body_de", "body_zh", "path"])
class Letter(models.Model):
    """What the alliance writes to one or many, in three languages, with a link to the page it is about."""

    kind = models.CharField(_("kind"), max_length=20, choices=LetterKind)
    reference = models.CharField(_("reference"), max_length=40, blank=True, db_index=True)
    subject_en = models.CharField(_("subject in English"), max_length=300)
    subject_de = models.CharField(_("subject in German"), max_length=300)
    subject_zh = models.CharField(_("subject in Chinese"), max_length=300)
    body_en = models.TextField(_("text in English"))
    body_de = models.TextField(_("text in German"))
    body_zh = models.TextField(_("text in Chinese"))
    path = models.CharField(_("page it is about"), max_length=300, blank=True)
    personal_path = models.CharField(
        _("personal page"),
        max_length=300,
        blank=True,
        help_text=_(
            "Each addressee's own page, linked in the mail; {token} stands for what names the addressee."
        ),
    )
    confidential = models.BooleanField(
        _("confidential"),
        default=False,
        help_text=_(
            "Holds a link that opens an account: its text is wiped once it is sent, and staff never see it."
        ),
    )
    written_at = models.DateTimeField(_("written at"))
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("written by")
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LetterKind.values), name="letter_kind_is_known")
        ]

    def __str__(self) -> str:
        return self.subject

    def in_language(self, field: str, language: str | None) -> str:
        """The subject or the body in a language, the active one by default."""
        suffix = SUFFIXES.get(language or get_language() or "", "en")
        return getattr(self, f"{field}_{suffix}")

    def get_absolute_url(self) -> str:
        return reverse("letters:letter", args=[self.pk])

    @property
    def subject(self) -> str:
        return self.in_language("subject", None)

    @property
    def body(self) -> str:
        return self.in_language("body", None)

    @property
    def is_wiped(self) -> bool:
        return self.body_en == WIPED

    @property
    def may_be_handed_over(self) -> bool:
        """Whether it may go another way than it was sent: not what opens an account."""
        return not (self.is_wiped or self.confidential)

    @property
    def is_readable(self) -> bool:
        """Whether pages may show the text: one that opens an account only in the demonstration."""
        return not self.is_wiped and (not self.confidential or settings.DEMO)


@pghistory.track(exclude=["content"])
class LetterAttachment(models.Model):
    """A file that goes with the copies in one language, or in all; made with the letter and kept as it is."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="attachments", verbose_name=_("letter"))
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=Language,
        blank=True,
        help_text=_("Empty: it goes with the copies in all languages."),
    )
    filename = models.CharField(_("name of the file"), max_length=255)
    media_type = models.CharField(_("type of the file"), max_length=100)
    content = models.BinaryField(_("content"))
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = _("attachment of a letter")
        verbose_name_plural = _("attachments of letters")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "language", "filename"], name="letter_attachment_named_once"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="letter_attachment_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.filename
