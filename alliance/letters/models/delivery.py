"""One addressee's copy of a letter, and what became of it."""

import uuid
from datetime import date, datetime
from urllib.parse import urlsplit

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from alliance.accounts.models import User
from alliance.accounts.states import Language
from alliance.letters.models.letter import Letter
from alliance.letters.querysets import DeliveryQuerySet
from alliance.letters.states import (
    OUR_ANSWERS,
    SETTLED,
    TONES,
    WAITING,
    DeliveryChannel,
    DeliveryState,
    ReturnKind,
)


def proof_path(instance: models.Model, filename: str) -> str:
    """A name that says nothing; the given name is kept in its own field."""
    return f"delivery/{uuid.uuid4().hex}"


def new_message_id() -> str:
    return f"{uuid.uuid4().hex}@{urlsplit(settings.SITE_URL).hostname}"


@pghistory.track(
    # Thousands are queued in one statement: their trail is written in one as well.
    pghistory.InsertEvent(level=pghistory.Statement),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
)
class Delivery(FSMModelMixin, models.Model):
    """One addressee's copy of a letter: a mail, and the same letter in the addressee's inbox.

    Rows are the queue: claimed under a lock with a lease, retried with back-off, never lost.
    """

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="deliveries", verbose_name=_("letter"))
    recipient = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="deliveries", verbose_name=_("recipient")
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    channel = models.CharField(_("way"), max_length=10, choices=DeliveryChannel, default=DeliveryChannel.MAIL)
    address = models.EmailField(
        _("address"), blank=True, help_text=_("Empty for what is handed over otherwise than by e-mail.")
    )
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
    begun_at = models.DateTimeField(
        _("handing over since"),
        null=True,
        blank=True,
        help_text=_("Set from the moment at which the server may have the text until its answer is written."),
    )
    answer = models.TextField(_("server's answer"), blank=True)
    settled_at = models.DateTimeField(_("accepted or failed at"), null=True, blank=True)
    possibly_twice = models.BooleanField(
        _("possibly received twice"),
        default=False,
        help_text=_("It was not known whether the server had taken it, so it was sent again."),
    )
    bounced_at = models.DateTimeField(_("came back at"), null=True, blank=True)
    bounce = models.TextField(_("what the returned mail says"), blank=True)
    handed_over_on = models.DateField(_("handed over on"), null=True, blank=True)
    entered_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entered by"),
        help_text=_("Who redirected the mail or entered the handing over."),
    )
    redirected_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="redirections",
        verbose_name=_("redirected from"),
        help_text=_("The copy in whose place this one was sent to another address."),
    )
    note = models.TextField(_("note"), blank=True)
    file = models.FileField(_("proof"), upload_to=proof_path, max_length=200, blank=True)
    filename = models.CharField(_("name of the file"), max_length=255, blank=True)
    media_type = models.CharField(_("type of the file"), max_length=100, blank=True)
    size = models.PositiveIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    opened_at = models.DateTimeField(_("opened in the inbox at"), null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-letter__written_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "address", "on_behalf_of"],
                condition=Q(channel=DeliveryChannel.MAIL),
                name="delivery_once_an_addressee",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=DeliveryChannel.values), name="delivery_channel_is_known"
            ),
            models.CheckConstraint(
                condition=Q(channel=DeliveryChannel.MAIL, handed_over_on__isnull=True)
                & ~Q(address="")
                & ~Q(state=DeliveryState.HANDED_OVER)
                | (
                    ~Q(channel=DeliveryChannel.MAIL)
                    & Q(state=DeliveryState.HANDED_OVER, handed_over_on__isnull=False)
                    & Q(entered_by__isnull=False, note__regex=r"\S")
                    & ~Q(file="")
                    & ~Q(on_behalf_of="")
                ),
                name="delivery_handed_over_has_proof",
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.BOUNCED, bounced_at__isnull=False)
                | (~Q(state=DeliveryState.BOUNCED) & Q(bounced_at__isnull=True)),
                name="delivery_bounced_pair",
            ),
            models.CheckConstraint(
                condition=Q(begun_at__isnull=True) | Q(state=DeliveryState.SENDING),
                name="delivery_begun_while_sending",
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
                condition=Q(state__in=WAITING),
                name="delivery_queue",
            ),
            models.Index(fields=["recipient", "opened_at"], name="delivery_inbox"),
        ]

    def __str__(self) -> str:
        return f"{self.letter} → {self.name or self.address or self.on_behalf_of}"

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
        again = (
            DeliveryState.FAILED,
            DeliveryState.DEFERRED,
            DeliveryState.UNCERTAIN,
            DeliveryState.BOUNCED,
        )
        return self.state in again and not self.letter.is_wiped

    @property
    def may_be_redirected(self) -> bool:
        by_mail = self.channel == DeliveryChannel.MAIL and self.state != DeliveryState.CALLED_BACK
        return by_mail and self.letter.may_be_handed_over

    @property
    def addressed_to(self) -> str:
        """Whom it goes to, in short."""
        return self.name or self.address or self.get_channel_display()

    @transition(
        state,
        source=[DeliveryState.QUEUED, DeliveryState.DEFERRED, DeliveryState.UNCERTAIN],
        target=DeliveryState.SENDING,
        custom={"label": _("Take up")},
    )
    def claim(self, *, until: datetime) -> None:
        self.leased_until, self.next_attempt_at = until, None
        self.attempts += 1

    def is_untried(self) -> bool:
        """Whether the server cannot have the text yet."""
        return self.begun_at is None

    @transition(
        state,
        source=DeliveryState.SENDING,
        target=DeliveryState.SENDING,
        conditions=[is_untried],  # type: ignore[list-item]
        custom={"label": _("Begin to hand over")},
    )
    def begin(self, *, at: datetime, until: datetime) -> None:
        """Kept before the text goes out: from now on the server may have it."""
        self.begun_at, self.leased_until = at, until

    @transition(
        state,
        source=DeliveryState.SENDING,
        target=DeliveryState.QUEUED,
        conditions=[is_untried],  # type: ignore[list-item]
        custom={"label": _("Put back untried")},
    )
    def put_back(self, *, at: datetime) -> None:
        self.leased_until, self.next_attempt_at = None, at
        self.attempts -= 1

    @transition(
        state, source=DeliveryState.SENDING, target=DeliveryState.ACCEPTED, custom={"label": _("Accepted")}
    )
    def accept(self, *, answer: str, at: datetime) -> None:
        self.leased_until = self.begun_at = None
        self.settled_at, self.answer = at, answer

    @transition(
        state,
        source=DeliveryState.SENDING,
        target=DeliveryState.DEFERRED,
        custom={"label": _("Try again later")},
    )
    def defer(self, *, answer: str, until: datetime) -> None:
        self.leased_until = self.begun_at = None
        self.next_attempt_at, self.answer = until, answer

    @transition(
        state,
        source=DeliveryState.SENDING,
        target=DeliveryState.FAILED,
        custom={"label": _("Not deliverable")},
    )
    def fail(self, *, answer: str, at: datetime) -> None:
        self.leased_until = self.begun_at = None
        self.settled_at, self.answer = at, answer

    @transition(
        state,
        source=DeliveryState.SENDING,
        target=DeliveryState.UNCERTAIN,
        custom={"label": _("Lost while sending")},
    )
    def lose(self, *, answer: str, until: datetime) -> None:
        self.leased_until = self.begun_at = None
        self.next_attempt_at, self.answer = until, answer
        self.possibly_twice = True

    @transition(
        state,
        source=[DeliveryState.ACCEPTED, DeliveryState.UNCERTAIN],
        target=DeliveryState.BOUNCED,
        custom={"label": _("Came back")},
    )
    def come_back(self, *, words: str, at: datetime) -> None:
        """The moment of acceptance is kept: a later return undoes nothing."""
        self.bounced_at, self.bounce, self.next_attempt_at = at, words, None
        self.settled_at = self.settled_at or at

    @transition(
        state,
        source=[
            DeliveryState.FAILED,
            DeliveryState.DEFERRED,
            DeliveryState.UNCERTAIN,
            DeliveryState.BOUNCED,
        ],
        target=DeliveryState.QUEUED,
        custom={"label": _("Send again")},
    )
    def requeue(self, *, at: datetime) -> None:
        self.next_attempt_at, self.settled_at, self.bounced_at = at, None, None

    @transition(
        state,
        source=DeliveryState.QUEUED,
        target=DeliveryState.HANDED_OVER,
        custom={"label": _("Handed over")},
    )
    def hand_over(self, *, on: date, at: datetime) -> None:
        """By post, fax, WeChat or in person, with proof."""
        self.handed_over_on, self.settled_at, self.next_attempt_at = on, at, None

    @transition(
        state,
        source=DeliveryState.QUEUED,
        target=DeliveryState.CALLED_BACK,
        custom={"label": _("Call back before it is sent")},
    )
    def call_back(self, *, at: datetime) -> None:
        self.settled_at, self.next_attempt_at = at, None


@pghistory.track()
class ReturnedMail(models.Model):
    """What a mail server wrote back about a copy; kept once, however often it is read in."""

    delivery = models.ForeignKey(
        Delivery, models.PROTECT, related_name="returned_mails", verbose_name=_("delivery")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ReturnKind)
    status = models.CharField(_("status"), max_length=20, blank=True)
    words = models.TextField(_("what the returned mail says"))
    digest = models.CharField("SHA-256", max_length=64)
    taken_at = models.DateTimeField(_("taken at"))

    class Meta:
        verbose_name = _("returned mail")
        verbose_name_plural = _("returned mails")
        ordering = ["taken_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "digest"], name="returned_mail_taken_once"),
            models.CheckConstraint(
                condition=Q(kind__in=ReturnKind.values), name="returned_mail_kind_is_known"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="returned_mail_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.delivery}"
