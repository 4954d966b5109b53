"""A mail that came back, written to the copy it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.db.models import Q

from alliance.letters.actions import come_back
from alliance.letters.bounces.reading import Reading, Verdict, read
from alliance.letters.models import Delivery
from alliance.letters.states import DeliveryState, ReturnKind


class Result(Enum):
    """What was done with a mail."""

    BOUNCED = "bounced"
    NOTED = "noted"
    KNOWN = "known"
    UNKNOWN_COPY = "unknown copy"
    AUTO_REPLY = "auto-reply"
    NO_BOUNCE = "no bounce"


@dataclass(frozen=True)
class Taken:
    """What was done with a mail, and with which copy."""

    result: Result
    reading: Reading
    delivery: Delivery | None = None


def record(raw: bytes, *, recipient: str = "", at: datetime | None = None) -> Taken:
    """Read a mail and, if it is a bounce of one of our copies, keep it there.

    Nothing is changed without the Message-ID of a copy, which nobody can guess.
    """
    reading = read(raw, recipient=recipient)
    if not reading.verdict.is_bounce:
        auto = reading.verdict == Verdict.AUTO_REPLY
        return Taken(Result.AUTO_REPLY if auto else Result.NO_BOUNCE, reading)
    delivery = copy_of(reading)
    if delivery is None:
        return Taken(Result.UNKNOWN_COPY, reading)
    returned, is_new = come_back(
        delivery,
        kind=ReturnKind(reading.verdict.value),
        status=reading.status,
        words=reading.words,
        digest=reading.digest,
        at=at,
    )
    delivery = returned.delivery
    if not is_new:
        return Taken(Result.KNOWN, reading, delivery)
    bounced = delivery.state == DeliveryState.BOUNCED and returned.kind == ReturnKind.PERMANENT
    return Taken(Result.BOUNCED if bounced else Result.NOTED, reading, delivery)


def copy_of(reading: Reading) -> Delivery | None:
    """The copy whose Message-ID stands in the mail, else the one whose return path it came to."""
    known = {
        delivery.message_id.lower(): delivery
        for delivery in Delivery.objects.filter(message_id__in=reading.message_ids)
    }
    for message_id in reading.message_ids:
        if message_id in known:
            return known[message_id]
    paths = Q.create([("message_id__startswith", f"{one}@") for one in reading.return_paths[:5]], Q.OR)
    return Delivery.objects.filter(paths).first() if reading.return_paths else None
