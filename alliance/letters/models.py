"""A letter is written once; a delivery is one addressee's copy of it."""

import uuid
from datetime import datetime
from urllib.parse import urlsplit

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from alliance.accounts.models import User
from alliance.accounts.states import Language
from alliance.letters.querysets import DeliveryQuerySet, HeartbeatQuerySet, LetterQuerySet
from alliance.letters.states import OUR_ANSWERS, SETTLED, TONES, DeliveryState, LetterKind

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
    def is_readable(self) -> bool:
        """Whether pages may show the text: one that opens an account only in the demonstration."""
        return not self.is_wiped and (not self.confidential or settings.DEMO)


def new_message_id() -> str:
    return f"{uuid.uuid4().hex}@{urlsplit(settings.SITE_URL).hostname}"


@pghistory.track()
class Delivery(FSMModelMixin, models.Model):
    """One addressee's copy of a letter: a mail, and the same letter in the addressee's inbox.

    Rows are the queue: claimed under a lock with a lease, retried with back-off, never lost.
    """

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="deliveries", verbose_name=_("letter"))
    recipient = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="deliveries", verbose_name=_("recipient")
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    address = models.EmailField(_("address"))
    language = models.CharField(_("language"), max_length=10, choices=Language)
    on_behalf_of = models.CharField(
        _("for"),
        max_length=100,
        blank=True,
        db_index=True,
        help_text=_("Slug of the city or institution that is told."),
    )
    state = FSMField(_("state"), choices=DeliveryState, default=DeliveryState.QUEUED, protected=True)
    message_id = models.CharField(max_length=100, unique=True, default=new_message_id, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    leased_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    answer = models.TextField(_("server's answer"), blank=True)
    settled_at = models.DateTimeField(_("accepted or failed at"), null=True, blank=True)
    possibly_twice = models.BooleanField(
        _("possibly received twice"),
        default=False,
        help_text=_("It was not known whether the server had taken it, so it was sent again."),
    )
    opened_at = models.DateTimeField(_("opened in the inbox at"), null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-letter__written_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "address", "on_behalf_of"], name="delivery_once_an_addressee"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="delivery_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.SENDING, leased_until__isnull=False)
                | (~Q(state=DeliveryState.SENDING) & Q(leased_until__isnull=True)),
                name="delivery_leased_while_sending",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SETTLED, settled_at__isnull=False)
                | (~Q(state__in=SETTLED) & Q(settled_at__isnull=True)),
                name="delivery_settled_pair",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(
                    state__in=[DeliveryState.QUEUED, DeliveryState.DEFERRED, DeliveryState.UNCERTAIN]
                ),
                name="delivery_queue",
            ),
            models.Index(fields=["recipient", "opened_at"], name="delivery_inbox"),
        ]

    def __str__(self) -> str:
        return f"{self.letter} → {self.name or self.address}"

    def get_absolute_url(self) -> str:
        return reverse("letters:inbox_letter", args=[self.pk])

    @property
    def tone(self) -> str:
        """What the state means for the reader, see `alliance.pages.marks`."""
        return TONES[DeliveryState(self.state)]

    @property
    def answer_in_words(self) -> str:
        """The server's answer as it came; what we say in its place is translated."""
        words, colon, detail = self.answer.partition(": ")
        return f"{gettext(words)}{colon}{detail}" if words in OUR_ANSWERS else self.answer

    @property
    def may_be_sent_again(self) -> bool:
        again = (DeliveryState.FAILED, DeliveryState.DEFERRED, DeliveryState.UNCERTAIN)
        return self.state in again and not self.letter.is_wiped

    @transition(
        state,
        source=[DeliveryState.QUEUED, DeliveryState.DEFERRED, DeliveryState.UNCERTAIN],
        target=DeliveryState.SENDING,
        custom={"label": _("Take up")},
    )
    def claim(self, *, until: datetime) -> None:
        self.leased_until, self.next_attempt_at = until, None
        self.attempts += 1

    @transition(
        state,
        source=DeliveryState.SENDING,
        target=DeliveryState.QUEUED,
        custom={"label": _("Put back untried")},
    )
    def put_back(self, *, at: datetime) -> None:
        self.leased_until, self.next_attempt_at = None, at
        self.attempts -= 1

    @transition(
        state, source=DeliveryState.SENDING, target=DeliveryState.ACCEPTED, custom={"label": _("Accepted")}
    )
    def accept(self, *, answer: str, at: datetime) -> None:
        self.leased_until, self.settled_at, self.answer = None, at, answer

    @transition(
        state,
        source=DeliveryState.SENDING,
        target=DeliveryState.DEFERRED,
        custom={"label": _("Try again later")},
    )
    def defer(self, *, answer: str, until: datetime) -> None:
        self.leased_until, self.next_attempt_at, self.answer = None, until, answer

    @transition(
        state,
        source=DeliveryState.SENDING,
        target=DeliveryState.FAILED,
        custom={"label": _("Not deliverable")},
    )
    def fail(self, *, answer: str, at: datetime) -> None:
        self.leased_until, self.settled_at, self.answer = None, at, answer

    @transition(
        state,
        source=DeliveryState.SENDING,
        target=DeliveryState.UNCERTAIN,
        custom={"label": _("Lost while sending")},
    )
    def lose(self, *, answer: str, until: datetime) -> None:
        self.leased_until, self.next_attempt_at, self.answer = None, until, answer
        self.possibly_twice = True

    @transition(
        state,
        source=[DeliveryState.FAILED, DeliveryState.DEFERRED, DeliveryState.UNCERTAIN],
        target=DeliveryState.QUEUED,
        custom={"label": _("Send again")},
    )
    def requeue(self, *, at: datetime) -> None:
        self.next_attempt_at, self.settled_at = at, None


class Heartbeat(models.Model):
    """The last sign of life of a worker; a late one is shown to staff and at /healthz."""

    worker = models.CharField(_("worker"), max_length=100, unique=True)
    beat_at = models.DateTimeField(_("last sign of life"))

    objects = HeartbeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign of life of a worker")
        verbose_name_plural = _("signs of life of workers")
        ordering = ["-beat_at"]

    def __str__(self) -> str:
        return self.worker
