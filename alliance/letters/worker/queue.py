"""The queue: deliveries are claimed under a lock with a lease, sent, and settled one by one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from secrets import SystemRandom

from django.conf import settings
from django.db import transaction

from alliance.letters.models import WIPED, Delivery, Letter
from alliance.letters.sending import Answer, Outcome
from alliance.letters.states import LOST_WORKER, DeliveryState

log = logging.getLogger("alliance.letters")

BATCH = 20
LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=48)
by_chance = SystemRandom().random

CLAIM_FIELDS = ["state", "attempts", "next_attempt_at", "leased_until"]


@transaction.atomic
def claim(*, at: datetime, batch: int = BATCH, lease: timedelta = LEASE) -> list[Delivery]:
    """Take up what is due; another worker passes over the rows of this one."""
    due = Delivery.objects.due(at).select_related("letter")
    claimed = list(due.select_for_update(skip_locked=True, of=("self",))[:batch])
    for delivery in claimed:
        delivery.claim(until=at + lease)
    Delivery.objects.bulk_update(claimed, CLAIM_FIELDS)
    return claimed


@transaction.atomic
def give_up_abandoned(*, at: datetime) -> int:
    """Nobody knows whether a worker that never came back sent its deliveries: they go again, as uncertain."""
    abandoned = list(Delivery.objects.abandoned(at).select_for_update(skip_locked=True))
    for delivery in abandoned:
        delivery.lose(answer=LOST_WORKER, until=at)
    Delivery.objects.bulk_update(abandoned, [*CLAIM_FIELDS, "answer", "possibly_twice"])
    return len(abandoned)


@transaction.atomic
def renew(claimed: Sequence[Delivery], *, at: datetime, lease: timedelta = LEASE) -> list[Delivery]:
    """Keep what is still claimed by this worker for longer; gives those."""
    held = _held(claimed)
    for delivery in held:
        delivery.leased_until = at + lease
    Delivery.objects.bulk_update(held, ["leased_until"])
    return held


@transaction.atomic
def put_back(claimed: Sequence[Delivery], *, at: datetime) -> None:
    """A worker that ends gives back what it has not tried yet."""
    held = _held(claimed)
    for delivery in held:
        delivery.put_back(at=at)
    Delivery.objects.bulk_update(held, CLAIM_FIELDS)


@transaction.atomic
def settle(delivery: Delivery, answer: Answer, *, at: datetime) -> None:
    """Write down what became of one attempt, unless the lease ran out and it is somebody else's by now."""
    held = _held([delivery])
    if not held:
        log.warning("Delivery %s was taken over before its answer came: %s", delivery.pk, answer.text)
        return
    for fresh in held:
        _move(fresh, answer, at)
        fresh.save()
        if fresh.letter.confidential:
            _wipe_when_settled(fresh.letter)


def _move(delivery: Delivery, answer: Answer, at: datetime) -> None:
    again_at = at + pause_after(delivery.attempts)
    match answer.outcome:
        case Outcome.ACCEPTED:
            delivery.accept(answer=answer.text, at=at)
        case Outcome.FAILED:
            delivery.fail(answer=answer.text, at=at)
        case Outcome.UNCERTAIN:
            delivery.lose(answer=answer.text, until=again_at)
        case _:
            delivery.defer(answer=answer.text, until=again_at)


def pause_after(attempts: int, chance: Callable[[], float] = by_chance) -> timedelta:
    """How long to wait after the n-th attempt: doubled each time, up to 48 hours.

    Less up to a quarter by chance, so that what was put off together does not all come back at once.
    """
    doubled = FIRST_PAUSE * 2 ** min(max(attempts - 1, 0), 20)
    return min(doubled, LONGEST_PAUSE) * (1 - chance() / 4)


def _held(claimed: Iterable[Delivery]) -> list[Delivery]:
    """The rows of these deliveries, locked, as far as no other worker took them over."""
    attempts = {delivery.pk: delivery.attempts for delivery in claimed}
    rows = Delivery.objects.filter(pk__in=attempts, state=DeliveryState.SENDING).order_by("pk")
    locked = rows.select_related("letter").select_for_update(of=("self",))
    return [row for row in locked if row.attempts == attempts[row.pk]]


def _wipe_when_settled(letter: Letter) -> None:
    # The letter is locked first: two workers that settle its last two copies must not miss each other.
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if settings.DEMO or letter.deliveries.unsettled().exists():
        return
    letter.body_en = letter.body_de = letter.body_zh = WIPED
    letter.path = ""
    letter.save(update_fields=["body_en", "body_de", "body_zh", "path"])
