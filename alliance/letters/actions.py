"""Writing letters, opening them in the inbox, sending them again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from alliance.accounts.models import User
from alliance.accounts.permissions import require_secretariat
from alliance.accounts.states import Language
from alliance.letters.models import SUFFIXES, Delivery, Letter
from alliance.letters.states import DeliveryState, LetterKind
from alliance.pages.refusals import Refusal

LONGEST_SUBJECT = 300
LONGEST_NAME = 200

Compose = Callable[[], tuple[str, str]]


class NotYourLetter(Refusal):
    """Somebody else's copy."""

    sentence = _("This letter is addressed to somebody else.")


class AlreadyAccepted(Refusal):
    """There is nothing to send again."""

    sentence = _("The mail server has accepted this mail for %(address)s; it is not sent a second time.")


class BeingSent(Refusal):
    """A worker has the delivery in its hands."""

    sentence = _("This mail to %(address)s is being sent just now. Please look again in a few minutes.")


class TextWiped(Refusal):
    """The text opened an account and is no longer kept."""

    sentence = _("The text of this letter was wiped, as it opens an account. Please have a new one made.")


@dataclass(frozen=True)
class Addressee:
    """Whom a letter goes to, in which language, and for which city or institution."""

    address: str
    language: str
    name: str = ""
    user: User | None = None
    on_behalf_of: str = ""

    @classmethod
    def of(cls, user: User, on_behalf_of: str = "") -> Addressee:
        """A person with an account, in the person's own language."""
        return cls(user.email, user.language or settings.LANGUAGE_CODE, user.name, user, on_behalf_of)


@transaction.atomic
def write(
    kind: LetterKind,
    compose: Compose,
    to: Iterable[Addressee],
    *,
    by: User | None,
    at: datetime | None = None,
    reference: str = "",
    path: str = "",
    confidential: bool = False,
) -> Letter:
    """Write a letter once and queue a copy for each addressee, in the transaction of what it tells.

    ``compose`` gives subject and text in the active language; paragraphs are split by empty lines.
    ``path`` is the page the letter is about.
    """
    at = at or timezone.now()
    if path and (not path.startswith("/") or path.startswith("//")):
        raise ValueError(f"“{path}” is no page of this site.")
    letter = Letter.objects.create(
        kind=kind,
        reference=reference,
        path=path,
        confidential=confidential,
        written_at=at,
        written_by=by,
        **_in_all_languages(compose),
    )
    Delivery.objects.bulk_create(
        Delivery(
            letter=letter,
            recipient=one.user,
            name=_one_line(one.name)[:LONGEST_NAME],
            address=one.address.strip(),
            language=one.language if one.language in Language.values else settings.LANGUAGE_CODE,
            on_behalf_of=one.on_behalf_of,
            next_attempt_at=at,
        )
        for one in _each_once(to)
    )
    return letter


def _in_all_languages(compose: Compose) -> dict[str, str]:
    texts = {}
    for language, suffix in SUFFIXES.items():
        with override(language):
            subject, body = compose()
            texts[f"subject_{suffix}"] = _one_line(str(subject))[:LONGEST_SUBJECT]
            texts[f"body_{suffix}"] = str(body).strip()
    return texts


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _each_once(to: Iterable[Addressee]) -> Iterator[Addressee]:
    seen = set()
    for one in to:
        key = one.address.strip().lower(), one.on_behalf_of
        if key not in seen:
            seen.add(key)
            yield one


@transaction.atomic
def mark_opened(delivery: Delivery, *, by: User | None, at: datetime | None = None) -> Delivery:
    """The addressee opened the letter in the inbox; the first time counts."""
    at = at or timezone.now()
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if by is None or delivery.recipient_id != by.pk:
        raise NotYourLetter
    if delivery.opened_at is None:
        delivery.opened_at = at
        delivery.save(update_fields=["opened_at"])
    return delivery


@transaction.atomic
def requeue(delivery: Delivery, *, by: User | None, at: datetime | None = None) -> Delivery:
    """Send a copy again that failed, waits for its next attempt or may be lost; now, not at its time."""
    at = at or timezone.now()
    require_secretariat(by)
    rows = Delivery.objects.select_related("letter").select_for_update(of=("self",))
    delivery = rows.get(pk=delivery.pk)
    _refuse_to_send_again(delivery)
    if delivery.state != DeliveryState.QUEUED:
        delivery.requeue(at=at)
        delivery.save()
    return delivery


def _refuse_to_send_again(delivery: Delivery) -> None:
    if delivery.state == DeliveryState.ACCEPTED:
        raise AlreadyAccepted(address=delivery.address)
    if delivery.state == DeliveryState.SENDING:
        raise BeingSent(address=delivery.address)
    if delivery.letter.is_wiped:
        raise TextWiped


def unread_count(user: User) -> int:
    """How many letters in a person's inbox were never opened."""
    return user.deliveries.unread().count()
