"""What stands in the address of an addressee's own page: signed, and kept nowhere.

The same copy has the same token whenever it is made, so that a mail sent again is the same mail. It says
for whom it was made and no more; whether it is still taken is decided where it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.signing import BadSignature, Signer

if TYPE_CHECKING:
    from alliance.letters.models import Delivery

SIGNER = Signer(salt="alliance.letters.personal", sep=".")  # no colon: it ends links in some mail programs


@dataclass(frozen=True)
class Claim:
    """Whose own page it is: a person's, for a city, about what the letter was about."""

    reference: str
    recipient_id: int
    on_behalf_of: str


def token_of(delivery: Delivery) -> str:
    """The token of one copy; empty for copies to no person, such as those to a city's mailbox."""
    if delivery.recipient_id is None:
        return ""
    return token_for(Claim(delivery.letter.reference, delivery.recipient_id, delivery.on_behalf_of))


def token_for(claim: Claim) -> str:
    return SIGNER.sign_object([claim.reference, claim.recipient_id, claim.on_behalf_of])


def read(token: str) -> Claim | None:
    """What a token claims; None if it was not made here."""
    try:
        reference, recipient_id, on_behalf_of = SIGNER.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    return Claim(reference, recipient_id, on_behalf_of)
