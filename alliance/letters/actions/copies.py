"""One addressee's copy: opened in the inbox, sent again, sent to another address, called back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from alliance.accounts.models import User
from alliance.accounts.permissions import require_secretariat
from alliance.accounts.states import Language
from alliance.letters.actions.refusals import (
    AddressUnusable,
    AlreadyAccepted,
    AlreadyAddressed,
    AlreadyOut,
    BeingSent,
    CalledBack,
    NotAMail,
    NoteMissing,
    NotYourLetter,
    OpensAnAccount,
    TextWiped,
)
from alliance.letters.models import Delivery, Letter
from alliance.letters.signals import copy_opened
from alliance.letters.states import DeliveryChannel, DeliveryState
from alliance.pages.composed import Composed

LONGEST_ADDRESS = 254


@transaction.atomic
def mark_opened(delivery: Delivery, *, by: User | None, at: datetime | None = None) -> Delivery:
    """The addressee opened the letter in the inbox; the first time counts."""
    at = at or timezone.now()
    delivery = lock_copy(delivery)
    if by is None or delivery.recipient_id != by.pk:
        raise NotYourLetter
    if delivery.opened_at is None and delivery.state != DeliveryState.CALLED_BACK:
        delivery.opened_at = at
        delivery.save(update_fields=["opened_at"])
        copy_opened.send(sender=Delivery, delivery=delivery, at=at)
    return delivery


def open_copies(letter: Letter, *, by: User, at: datetime | None = None) -> list[Delivery]:
    """The addressee reads the letter on the page it is about: all own copies of it are opened."""
    unread = Delivery.objects.in_inbox_of(by).unread().filter(letter=letter).order_by("pk")
    return [mark_opened(copy, by=by, at=at) for copy in unread]


@transaction.atomic
def requeue(delivery: Delivery, *, by: User | None, at: datetime | None = None) -> Delivery:
    """Send a copy again that failed, came back, waits or may be lost; now, not at its time."""
    at = at or timezone.now()
    require_secretariat(by)
    delivery = lock_copy(delivery)
    _refuse_to_send_again(delivery)
    if delivery.state != DeliveryState.QUEUED:
        delivery.requeue(at=at)
        delivery.save()
    return delivery


def lock_copy(delivery: Delivery) -> Delivery:
    """The copy as it stands now, held until the end of the transaction."""
    rows = Delivery.objects.select_related("letter").select_for_update(of=("self",))
    return rows.get(pk=delivery.pk)


def _refuse_to_send_again(delivery: Delivery) -> None:
    if delivery.state == DeliveryState.ACCEPTED:
        raise AlreadyAccepted(address=delivery.address)
    if delivery.state == DeliveryState.SENDING:
        raise BeingSent(address=delivery.address)
    if delivery.state == DeliveryState.CALLED_BACK:
        raise CalledBack
    if delivery.channel != DeliveryChannel.MAIL:
        raise NotAMail
    if delivery.letter.is_wiped:
        raise TextWiped


@transaction.atomic
def redirect(
    delivery: Delivery,
    *,
    address: str,
    language: str = "",
    note: str,
    by: User | None,
    at: datetime | None = None,
) -> Delivery:
    """Send a copy of the same letter for the same city to another address; the first copy stays as it is.

    It is a mail to an address, not to an account: nobody's inbox shows it. Asking for the same twice
    makes one copy.
    """
    at = at or timezone.now()
    require_secretariat(by)
    first = lock_copy(delivery)
    letter = lock_letter(first.letter)
    address, note = address.strip(), note.strip()
    _refuse_to_redirect(letter, first, address, note)
    if there := _same_redirection(letter, first, address, note):
        return there
    return Delivery.objects.create(
        letter=letter,
        redirected_from=first,
        name=first.name,
        address=address,
        language=language if language in Language.values else first.language,
        on_behalf_of=first.on_behalf_of,
        next_attempt_at=at,
        entered_by=by,
        note=note,
    )


def _same_redirection(letter: Letter, first: Delivery, address: str, note: str) -> Delivery | None:
    """The copy that was made already when the form is sent a second time."""
    mails = letter.deliveries.filter(on_behalf_of=first.on_behalf_of, channel=DeliveryChannel.MAIL)
    there = mails.filter(address__iexact=address).first()
    if there is not None and (there.redirected_from_id, there.note) != (first.pk, note):
        raise AlreadyAddressed(address=address)
    return there


def _refuse_to_redirect(letter: Letter, first: Delivery, address: str, note: str) -> None:
    refuse_what_opens_an_account(letter)
    if first.channel != DeliveryChannel.MAIL:
        raise NotAMail
    if first.state == DeliveryState.CALLED_BACK:
        raise CalledBack
    try:
        validate_email(address)
    except ValidationError as error:
        raise AddressUnusable(address=address) from error
    if len(address) > LONGEST_ADDRESS:
        raise AddressUnusable(address=address)
    if not note:
        raise NoteMissing


def refuse_what_opens_an_account(letter: Letter) -> None:
    if letter.is_wiped:
        raise TextWiped
    if letter.confidential:
        raise OpensAnAccount


def lock_letter(letter: Letter) -> Letter:
    """The letter, held: what adds copies and what calls all of them back wait for each other.

    Copies are locked before their letter, here as in the worker.
    """
    return Letter.objects.select_for_update().get(pk=letter.pk)


@transaction.atomic
def call_back(letter: Letter, *, by: User | None, at: datetime | None = None) -> Letter:
    """Stop a letter of which nobody can have read anything: all copies untried, unopened, on no paper.

    By the secretariat, or by nobody where another action has checked who may. Twice is once.
    """
    at = at or timezone.now()
    require_secretariat(by)
    rows = letter.deliveries.select_for_update().order_by("pk")
    list(rows)
    letter = lock_letter(letter)
    copies = list(rows.all())  # with those that were added before the letter was held
    if any(_may_have_been_read(copy) for copy in copies):
        raise AlreadyOut
    for copy in copies:
        if copy.state == DeliveryState.QUEUED:
            copy.call_back(at=at)
    Delivery.objects.bulk_update(copies, ["state", "settled_at", "next_attempt_at"])
    return letter


def _may_have_been_read(copy: Delivery) -> bool:
    if copy.state == DeliveryState.CALLED_BACK:
        return False
    return copy.state != DeliveryState.QUEUED or copy.attempts > 0 or copy.opened_at is not None


def unread_count(user: User) -> int:
    """How many letters in a person's inbox were never opened."""
    rows = UNREAD.rows(user.pk)
    return int(rows[0][0]) if rows else 0


def _unread_by_person(person: int) -> QuerySet[Delivery, Any]:
    unread = Delivery.objects.filter(recipient=person).unread().order_by().values("recipient")
    return unread.annotate(count=Count("pk")).values_list("count")


UNREAD = Composed(_unread_by_person)
