"""A letter is written once; a delivery is one addressee's copy of it."""

from alliance.letters.models.delivery import Delivery, ReturnedMail, new_message_id, proof_path
from alliance.letters.models.heartbeat import Heartbeat
from alliance.letters.models.letter import SUFFIXES, WIPED, Letter, LetterAttachment

__all__ = [
    "SUFFIXES",
    "WIPED",
    "Delivery",
    "Heartbeat",
    "Letter",
    "LetterAttachment",
    "ReturnedMail",
    "new_message_id",
    "proof_path",
]
