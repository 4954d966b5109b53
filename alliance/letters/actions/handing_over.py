"""A letter handed over otherwise than by e-mail, with its proof."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from alliance.accounts.models import User
from alliance.accounts.permissions import require_secretariat
from alliance.accounts.states import Language
from alliance.letters import parties
from alliance.letters.actions.copies import lock_letter, refuse_what_opens_an_account
from alliance.letters.actions.refusals import (
    CalledBack,
    ForNobody,
    HandedOverBeforeWritten,
    HandedOverInFuture,
    NotAWay,
    NoteMissing,
    ProofOfHandingOverMissing,
)
from alliance.letters.models import Delivery, Letter
from alliance.letters.signals import copy_handed_over
from alliance.letters.states import DeliveryChannel, DeliveryState
from alliance.pages.files import check_file, stored_fields
from alliance.pages.moments import EAST, WEST, day_text

BY_HAND = frozenset(DeliveryChannel.values) - {DeliveryChannel.MAIL}


@transaction.atomic
def hand_over(
    letter: Letter,
    *,
    on_behalf_of: str,
    channel: str,
    on: date,
    note: str,
    proof: File[Any] | None,
    by: User,
    at: datetime | None = None,
) -> Delivery:
    """Enter that a city got the letter by post, fax, WeChat or in person: a copy of its own, with proof.

    Entering the same twice makes one copy.
    """
    at = at or timezone.now()
    require_secretariat(by)
    letter = lock_letter(letter)
    note = note.strip()
    _refuse_to_hand_over(letter, on_behalf_of, channel, note)
    _refuse_impossible_day(letter, on, at)
    if proof is None:
        raise ProofOfHandingOverMissing
    delivery = Delivery(letter=letter, on_behalf_of=on_behalf_of, channel=channel, note=note, entered_by=by)
    delivery.hand_over(on=on, at=at)
    if same := _entered_before(delivery, check_file(proof).sha256):
        return same
    for field, value in stored_fields(proof).items():
        setattr(delivery, field, value)
    delivery.language = _language_of(letter, on_behalf_of)
    delivery.save()
    copy_handed_over.send(sender=Delivery, delivery=delivery, at=at)
    return delivery


def _refuse_to_hand_over(letter: Letter, on_behalf_of: str, channel: str, note: str) -> None:
    refuse_what_opens_an_account(letter)
    if letter.deliveries.filter(state=DeliveryState.CALLED_BACK).exists():
        raise CalledBack
    if not _is_for(letter, on_behalf_of):
        raise ForNobody
    if channel not in BY_HAND:
        raise NotAWay
    if not note:
        raise NoteMissing


def _is_for(letter: Letter, on_behalf_of: str) -> bool:
    if not on_behalf_of:
        return False
    with_copy = letter.deliveries.filter(on_behalf_of=on_behalf_of).exists()
    return with_copy or on_behalf_of in parties.asked_by(letter)


def _refuse_impossible_day(letter: Letter, on: date, at: datetime) -> None:
    """A day that has begun on one side of the world has begun."""
    if on > max(at.astimezone(zone).date() for zone in (EAST, WEST)):
        raise HandedOverInFuture(day=day_text(on))
    written = min(letter.written_at.astimezone(zone).date() for zone in (EAST, WEST))
    if on < written:
        raise HandedOverBeforeWritten(day=day_text(written))


def _entered_before(delivery: Delivery, sha256: str) -> Delivery | None:
    fields = ("on_behalf_of", "channel", "handed_over_on", "note")
    same = {field: getattr(delivery, field) for field in fields}
    return delivery.letter.deliveries.filter(sha256=sha256, **same).first()


def _language_of(letter: Letter, on_behalf_of: str) -> str:
    """That of the copies for the same city; else English."""
    first = letter.deliveries.filter(on_behalf_of=on_behalf_of).order_by("pk").first()
    return first.language if first else Language.ENGLISH
