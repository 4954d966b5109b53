"""The queue: deliveries are claimed under a lock with a lease, begun one by one, sent, and settled."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from alliance.letters.models import WIPED, Delivery, Letter
from alliance.letters.sending import Answer, Outcome
from alliance.letters.states import LOST_WORKER, DeliveryState
from alliance.letters.worker.moves import Move, write_down
from alliance.letters.worker.pace import USUAL, Pace

log = logging.getLogger("alliance.letters")


@transaction.atomic
def claim(*, at: datetime, pace: Pace = USUAL) -> list[Delivery]:
    """Take up what is due; another worker passes over the rows of this one."""
    due = Delivery.objects.due(at).select_for_update(skip_locked=True, of=("self",))
    claimed = list(due.prefetch_related("letter")[: pace.batch])
    moves = [Move(delivery) for delivery in claimed]
    for delivery in claimed:
        delivery.claim(until=at + pace.lease)
    write_down(moves)
    return claimed


@transaction.atomic
def give_up_abandoned(*, at: datetime) -> int:
    """A worker never came back. What it had begun may have been sent: it goes again, as possibly twice.

    What it had claimed and not begun was not sent: it goes back as if it had never been taken up.
    """
    abandoned = list(Delivery.objects.abandoned(at).select_for_update(skip_locked=True))
    moves = [Move(delivery) for delivery in abandoned]
    for delivery in abandoned:
        if delivery.is_untried():
            delivery.put_back(at=at)
        else:
            delivery.lose(answer=LOST_WORKER, until=at)
    write_down(moves)
    return len(abandoned)


def renew(claimed: Sequence[Delivery], *, at: datetime, pace: Pace = USUAL) -> list[Delivery]:
    """Keep what is still claimed by this worker for longer; gives those."""
    claimed = [delivery for delivery in claimed if delivery.state == DeliveryState.SENDING]
    moves = [Move(delivery) for delivery in claimed]
    for delivery in claimed:
        delivery.leased_until = at + pace.lease
    held = write_down(moves)
    return [delivery for delivery in claimed if delivery.pk in held]


def untried(delivery: Delivery, *, at: datetime) -> Move:
    """A worker that ends gives back what it has not tried yet."""
    move = Move(delivery)
    delivery.put_back(at=at)
    return move


def answered(delivery: Delivery, answer: Answer, *, at: datetime, pace: Pace = USUAL) -> Move:
    """What became of one attempt."""
    move, again_at = Move(delivery), at + pace.pause_after(delivery.attempts)
    match answer.outcome:
        case Outcome.ACCEPTED:
            delivery.accept(answer=answer.text, at=at)
        case Outcome.FAILED:
            delivery.fail(answer=answer.text, at=at)
        case Outcome.UNCERTAIN:
            delivery.lose(answer=answer.text, until=again_at)
        case _:
            delivery.defer(answer=answer.text, until=again_at)
    return move


def settle(delivery: Delivery, answer: Answer, *, at: datetime, pace: Pace = USUAL) -> None:
    """Write down what became of one attempt, unless the lease ran out and it is somebody else's by now."""
    write([answered(delivery, answer, at=at, pace=pace)])


def beginning(delivery: Delivery, *, at: datetime, pace: Pace = USUAL) -> Move:
    """From now on the server may have this mail: written down before its text has an end.

    Where that finds it to be no longer this worker's, it must not be sent.
    """
    move = Move(delivery)
    delivery.begin(at=at, until=at + pace.lease)
    return move


def write(moves: Sequence[Move]) -> set[int]:
    """Write moves down in one transaction, which is lasting when this returns; keys of those still ours."""
    if are_secret(moves):
        with transaction.atomic():
            written = write_down(moves)
            for letter in sorted({move.delivery.letter_id for move in moves if _is_secret(move)}):
                _wipe_when_settled(letter)
    else:
        written = write_down(moves)  # one statement is a transaction of its own
    tell_of_lost(moves, written)
    return written


def are_secret(moves: Sequence[Move]) -> bool:
    """Whether some are of a letter that is wiped when its last copy is settled."""
    return any(map(_is_secret, moves))


def tell_of_lost(moves: Sequence[Move], written: Collection[int]) -> None:
    """Somebody else moved a delivery meanwhile: that stands, and it is noted."""
    for move in moves:
        if move.delivery.pk not in written:
            log.warning("Delivery %s was taken over before: %s", move.delivery.pk, move.delivery.answer)


def _is_secret(move: Move) -> bool:
    return move.delivery.letter.confidential


def _wipe_when_settled(key: int) -> None:
    # The letter is locked first: two workers that settle its last two copies must not miss each other.
    letter = Letter.objects.select_for_update().get(pk=key)
    if settings.DEMO or letter.is_wiped or letter.deliveries.unsettled().exists():
        return
    letter.body_en = letter.body_de = letter.body_zh = WIPED
    letter.path = ""
    letter.save(update_fields=["body_en", "body_de", "body_zh", "path"])
