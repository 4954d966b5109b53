"""Counting: how many consent, object, abstain, are silent, in all and on each side (docs/consent.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from membership.consent.electorate import Answer, Electorate, Member, Position, positions
from membership.consent.rules import Side, Silence


@dataclass(frozen=True)
class Tally:
    """C, O, A and N of the consent rule (docs/consent.md), of all members or of one side."""

    consents: int = 0
    objections: int = 0
    abstentions: int = 0
    silent: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.consents + other.consents,
            self.objections + other.objections,
            self.abstentions + other.abstentions,
            self.silent + other.silent,
        )

    @property
    def answers(self) -> int:
        """C + O + A: everyone who answered."""
        return self.consents + self.objections + self.abstentions

    @property
    def decided(self) -> int:
        """C + O: everyone who took a side."""
        return self.consents + self.objections

    @property
    def size(self) -> int:
        """Everyone who is counted here, silent ones included."""
        return self.answers + self.silent

    def with_silence_as(self, silence: Silence) -> Tally:
        """The tally after silence is interpreted; who *blocks* stays silent (docs/consent.md, step 2)."""
        if silence is Silence.CONSENT:
            return replace(self, consents=self.consents + self.silent, silent=0)
        if silence is Silence.ABSTENTION:
            return replace(self, abstentions=self.abstentions + self.silent, silent=0)
        return replace(self, silent=0) if silence is Silence.IGNORED else self

    def with_silent_objecting(self) -> Tally:
        """The tally if everyone still silent objected."""
        return replace(self, objections=self.objections + self.silent, silent=0)


Sides = Mapping[Side, Tally]
"""A tally for each side that has a member in the electorate; a side without one has no entry."""


def whole(sides: Sides) -> Tally:
    """Both sides together."""
    return sum(sides.values(), Tally())


def each_side(sides: Sides, change: Callable[[Tally], Tally]) -> dict[Side, Tally]:
    """The same sides, each tally changed in the same way."""
    return {side: change(tally) for side, tally in sides.items()}


@dataclass(frozen=True)
class Standing:
    """Who belongs to the electorate at a moment, and where each of them stands."""

    members: tuple[Member, ...]
    positions: Mapping[Hashable, Position | None]

    @cached_property
    def sides(self) -> dict[Side, Tally]:
        """The tally of each side that has a member."""
        said = Counter((member.side, self.positions[member.key]) for member in self.members)
        there = {side for side, _position in said}
        return {
            side: _tally({position: said[side, position] for position in _SAID})
            for side in Side
            if side in there
        }

    @cached_property
    def whole(self) -> Tally:
        """The tally of all members."""
        return whole(self.sides)

    @property
    def objecting(self) -> tuple[Member, ...]:
        """The members that object."""
        return self._at(Position.OBJECTION)

    @property
    def abstaining(self) -> tuple[Member, ...]:
        """The members that abstain by their own words, not by silence."""
        return self._at(Position.ABSTENTION)

    @property
    def silent(self) -> tuple[Member, ...]:
        """The members that have given no answer that counts."""
        return self._at(None)

    def _at(self, position: Position | None) -> tuple[Member, ...]:
        return tuple(member for member in self.members if self.positions[member.key] == position)


def standing(
    electorate: Electorate, answers: Iterable[Answer], *, deadline: datetime, at: datetime
) -> Standing:
    """Where the electorate stands at a moment."""
    return Standing(electorate.at(at), positions(electorate, answers, deadline=deadline, at=at))


_SAID: tuple[Position | None, ...] = (*Position, None)


def _tally(said: Mapping[Position | None, int]) -> Tally:
    """How many said what; None is silence."""
    return Tally(
        consents=said[Position.CONSENT] + said[Position.CONSENT_WITH_COMMENT],
        objections=said[Position.OBJECTION],
        abstentions=said[Position.ABSTENTION],
        silent=said[None],
    )
