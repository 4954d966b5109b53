"""Writing letters, and what becomes of their copies."""

from alliance.letters.actions.copies import (
    call_back,
    mark_opened,
    open_copies,
    redirect,
    requeue,
    unread_count,
)
from alliance.letters.actions.handing_over import hand_over
from alliance.letters.actions.refusals import (
    AddressUnusable,
    AlreadyAccepted,
    AlreadyAddressed,
    AlreadyOut,
    BeingSent,
    CalledBack,
    ForNobody,
    HandedOverBeforeWritten,
    HandedOverInFuture,
    NotAMail,
    NotAWay,
    NoteMissing,
    NotYourLetter,
    OpensAnAccount,
    ProofOfHandingOverMissing,
    TextWiped,
)
from alliance.letters.actions.returns import come_back
from alliance.letters.actions.writing import Addressee, Compose, Enclosure, write

__all__ = [
    "AddressUnusable",
    "Addressee",
    "AlreadyAccepted",
    "AlreadyAddressed",
    "AlreadyOut",
    "BeingSent",
    "CalledBack",
    "Compose",
    "Enclosure",
    "ForNobody",
    "HandedOverBeforeWritten",
    "HandedOverInFuture",
    "NotAMail",
    "NotAWay",
    "NotYourLetter",
    "NoteMissing",
    "OpensAnAccount",
    "ProofOfHandingOverMissing",
    "TextWiped",
    "call_back",
    "come_back",
    "hand_over",
    "mark_opened",
    "open_copies",
    "redirect",
    "requeue",
    "unread_count",
    "write",
]
