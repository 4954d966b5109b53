"""A copy comes back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alliance.letters.actions.copies import lock_copy
from alliance.letters.actions.refusals import BeingSent
from alliance.letters.models import Delivery, ReturnedMail
from alliance.letters.signals import copy_bounced
from alliance.letters.states import DeliveryState, ReturnKind

RETURNING = (DeliveryState.ACCEPTED, DeliveryState.UNCERTAIN)


@transaction.atomic
def come_back(
    delivery: Delivery, *, kind: ReturnKind, status: str, words: str, digest: str, at: datetime | None = None
) -> tuple[ReturnedMail, bool]:
    """Keep what a mail server wrote back about a copy; told for good, the copy has come back.

    Tells whether it is new: the same mail read in twice changes nothing. While a worker has the copy in
    its hands this is refused, as nobody knows yet whether the server took it: it is to be tried again.
    """
    at = at or timezone.now()
    delivery = lock_copy(delivery)
    known = delivery.returned_mails.filter(digest=digest).first()
    if known is not None:
        return known, False
    if delivery.state == DeliveryState.SENDING:
        raise BeingSent(address=delivery.address)
    returned = ReturnedMail.objects.create(
        delivery=delivery, kind=kind, status=status, words=words, digest=digest, taken_at=at
    )
    if kind == ReturnKind.PERMANENT and delivery.state in RETURNING:
        delivery.come_back(words=words, at=at)
        delivery.save()
        copy_bounced.send(sender=Delivery, delivery=delivery, at=at)
    return returned, True
