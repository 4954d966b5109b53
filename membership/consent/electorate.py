"""Who is asked, what they answered, and which answer counts (docs/consent.md, "Position of a member")."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from membership.consent.rules import Side


class Position(StrEnum):
    """What a member says to a circular. A question is no position (docs/consent.md)."""

    CONSENT = "consent"
    CONSENT_WITH_COMMENT = "consent_with_comment"
    OBJECTION = "objection"
    ABSTENTION = "abstention"


@dataclass(frozen=True)
class Member:
    """One voice. The name may be a callable, so that it follows the language of the reader."""

    key: Hashable
    side: Side
    name: str | Callable[[], str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "side", Side(self.side))

    def __str__(self) -> str:
        return str(self.name() if callable(self.name) else self.name)


@dataclass(frozen=True)
class Answer:
    """One statement of the append-only series; of two received at one moment the higher order wins."""

    member_key: Hashable
    position: Position
    received_at: datetime
    order: int
    contested: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "position", Position(self.position))


@dataclass(frozen=True)
class Electorate:
    """The members frozen on the day of issue, and the moments at which some of them left."""

    members: tuple[Member, ...]
    exits: Mapping[Hashable, datetime] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "members", tuple(self.members))
        if len({member.key for member in self.members}) != len(self.members):
            raise ValueError("A member stands twice in the electorate; each has one voice.")

    def at(self, moment: datetime) -> tuple[Member, ...]:
        """Those who still belong to the electorate; whoever left at this very moment does not."""
        return tuple(m for m in self.members if m.key not in self.exits or self.exits[m.key] > moment)


def positions(
    electorate: Electorate, answers: Iterable[Answer], *, deadline: datetime, at: datetime
) -> dict[Hashable, Position | None]:
    """The position of everyone in the electorate at a moment; None is silence.

    The latest statement by the moment of receipt counts, received at or before the deadline, contested
    ones left out (docs/consent.md, "Position of a member"). What had been recorded when is the caller's
    to choose: all answers handed in are known.
    """
    latest: dict[Hashable, Answer] = {}
    for answer in answers:
        if answer.contested or answer.received_at > deadline:
            continue
        earlier = latest.get(answer.member_key)
        if earlier is None or _sequence(answer) > _sequence(earlier):
            latest[answer.member_key] = answer
    return {m.key: latest[m.key].position if m.key in latest else None for m in electorate.at(at)}


def _sequence(answer: Answer) -> tuple[datetime, int]:
    return answer.received_at, answer.order
