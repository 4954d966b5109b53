"""The parts a consent rule is made of: threshold, silence, quorum, shares (docs/consent.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

TWO_THIRDS = Fraction(2, 3)
A_QUARTER = Fraction(1, 4)


class Threshold(StrEnum):
    """How many consents carry a circular (docs/consent.md, step 3)."""

    ALL_EXPRESSLY = "all_expressly"
    NO_OBJECTION = "no_objection"
    SHARE = "share"
    TWO_THIRDS_AND_A_QUARTER = "two_thirds_and_a_quarter"
    BOTH_SIDES = "both_sides"


class Silence(StrEnum):
    """What a member that gives no answer counts as (docs/consent.md, step 2)."""

    BLOCKS = "blocks"
    CONSENT = "consent"
    ABSTENTION = "abstention"
    IGNORED = "ignored"


class Result(StrEnum):
    """How a circular ends (docs/consent.md)."""

    CARRIED = "carried"
    FAILED = "failed"
    NO_QUORUM = "no_quorum"


class Side(StrEnum):
    """The side of the alliance a member belongs to."""

    CN = "cn"
    DE = "de"


ALLOWED_SILENCES: Mapping[Threshold, frozenset[Silence]] = {
    Threshold.ALL_EXPRESSLY: frozenset({Silence.BLOCKS, Silence.IGNORED}),
    Threshold.NO_OBJECTION: frozenset(Silence),
    Threshold.SHARE: frozenset(Silence),
    Threshold.TWO_THIRDS_AND_A_QUARTER: frozenset(Silence),
    Threshold.BOTH_SIDES: frozenset(Silence),
}


class InvalidRule(ValueError):
    """A rule without a meaning of its own; says which field and why, for the form that asked for it."""

    def __init__(self, field: str, message: StrPromise) -> None:
        super().__init__(field, message)
        self.field = field
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


@dataclass(frozen=True)
class Rule:
    """A consent rule, as far as the outcome depends on it (docs/consent.md, "Fields of a rule")."""

    threshold: Threshold
    silence: Silence
    quorum_percent: int = 0
    share: Fraction = TWO_THIRDS
    share_cn: Fraction = TWO_THIRDS
    share_de: Fraction = TWO_THIRDS
    early_close: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "threshold", Threshold(self.threshold))
        object.__setattr__(self, "silence", Silence(self.silence))
        check_pair(self.threshold, self.silence)
        _check_quorum(self.quorum_percent)
        for field in ("share", "share_cn", "share_de"):
            object.__setattr__(self, field, _checked_share(field, getattr(self, field)))

    def share_of(self, side: Side) -> Fraction:
        """The share of consents that one side needs under *both sides*."""
        return self.share_cn if side is Side.CN else self.share_de


def check_pair(threshold: Threshold, silence: Silence) -> None:
    """Refuse a threshold and a silence that have no meaning together (docs/consent.md, after step 3)."""
    if silence not in ALLOWED_SILENCES[threshold]:
        raise InvalidRule(
            "silence",
            _(
                "When all members must consent expressly, silence can only block or be ignored: "
                "it cannot stand for an answer."
            ),
        )


def _check_quorum(percent: object) -> None:
    if isinstance(percent, bool) or not isinstance(percent, int) or not 0 <= percent <= 100:
        raise InvalidRule("quorum_percent", _("The quorum is a whole number of percent from 0 to 100."))


def _checked_share(field: str, share: object) -> Fraction:
    """The share as an exact fraction; a floating-point number is never exact and is refused."""
    if isinstance(share, (Fraction, int)) and not isinstance(share, bool) and 0 < share <= 1:
        return Fraction(share)
    raise InvalidRule(field, _("A share is an exact fraction above 0 and at most 1, such as 2/3."))
