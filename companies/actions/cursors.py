"""Where a page of a list begins or ends, as it stands in an address: signed, good for its question only."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.core.signing import BadSignature, Signer

SIGNER = Signer(salt="companies.search")


@dataclass(frozen=True)
class Cursor:
    """A place in a list: the page after it, or the page before it."""

    back: bool
    place: list[Any]
    total: int
    more: bool
    slips: bool


def digest(*question: Any) -> str:
    """What a question is known by."""
    return blake2b(repr(question).encode(), digest_size=6).hexdigest()


def written(cursor: Cursor, question: str) -> str:
    values = [cursor.back, cursor.place, cursor.total, cursor.more, cursor.slips]
    return SIGNER.sign_object([question, *values])


def read(text: str, question: str) -> Cursor | None:
    """The cursor; None for one that we did not write, or wrote for another question."""
    try:
        of, *values = SIGNER.unsign_object(text)
    except (BadSignature, ValueError, TypeError):
        return None
    return Cursor(*values) if of == question else None
