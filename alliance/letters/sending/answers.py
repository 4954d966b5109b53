"""What becomes of one attempt to hand a mail over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

LEAVING = 421
LONGEST_ANSWER = 1000


class Outcome(Enum):
    """What became of one attempt."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Answer:
    """The outcome of an attempt, with what the server said."""

    outcome: Outcome
    text: str


def acceptance(code: int, words: bytes) -> Answer:
    return Answer(Outcome.ACCEPTED, said(code, words))


def refusal(code: int, words: bytes, otherwise: Outcome = Outcome.DEFERRED) -> Answer:
    """What a server that does not go along means by it."""
    if code == LEAVING:
        return Answer(Outcome.UNREACHABLE, said(code, words))
    outcome = {4: Outcome.DEFERRED, 5: Outcome.FAILED}.get(code // 100, otherwise)
    return Answer(outcome, said(code, words))


def said(code: int, words: bytes) -> str:
    # PostgreSQL stores no zero bytes.
    text = words.decode(errors="replace").replace("\0", "")
    return f"{code} {text}".strip()[:LONGEST_ANSWER]
