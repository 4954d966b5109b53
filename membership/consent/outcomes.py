"""The outcome of a circular at a moment, and what an open one still lacks (docs/consent.md)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from membership.consent.electorate import Answer, Electorate, Member, Position
from membership.consent.reasons import Reason, about, sentences
from membership.consent.rules import Result, Rule, Side
from membership.consent.tallies import Standing, Tally, each_side, standing
from membership.consent.thresholds import result_of
from membership.consent.words import Missing, closing_reasons, still_missing


@dataclass(frozen=True)
class Outcome:
    """How a circular ends if it is closed at a moment, why, and the counts behind it.

    The counts are of the answers given: silence is interpreted in the result only.
    """

    result: Result
    reasons: tuple[Reason, ...]
    consents: int
    objections: int
    abstentions: int
    silent: int
    members: tuple[Member, ...]
    positions: Mapping[Hashable, Position | None] = field(hash=False)
    sides: Mapping[Side, Tally] = field(hash=False)

    @property
    def carried(self) -> bool:
        """Whether the members have consented."""
        return self.result is Result.CARRIED

    @property
    def size(self) -> int:
        """|E|: how many voices belong to the electorate at that moment."""
        return len(self.members)

    @property
    def answered(self) -> int:
        """How many members have answered."""
        return self.size - self.silent

    def text(self) -> str:
        """The reasons as running text in the active language."""
        return sentences(self.reasons)


def outcome(
    rule: Rule, electorate: Electorate, answers: Iterable[Answer], *, deadline: datetime, at: datetime
) -> Outcome:
    """The result at a moment as if the circular were closed then, with its reasons (docs/consent.md)."""
    now = standing(electorate, answers, deadline=deadline, at=at)
    result = result_of(rule, now.sides)
    return Outcome(
        result=result,
        reasons=closing_reasons(rule, now, result),
        consents=now.whole.consents,
        objections=now.whole.objections,
        abstentions=now.whole.abstentions,
        silent=now.whole.silent,
        members=now.members,
        positions=now.positions,
        sides=now.sides,
    )


def missing(
    rule: Rule, electorate: Electorate, answers: Iterable[Answer], *, deadline: datetime, at: datetime
) -> Missing:
    """What an open circular still needs to be carried, in words."""
    return still_missing(rule, standing(electorate, answers, deadline=deadline, at=at))


def may_close_early(
    rule: Rule,
    electorate: Electorate,
    answers: Iterable[Answer],
    *,
    deadline: datetime,
    at: datetime,
    open_questions: int,
) -> bool:
    """Whether the circular is certain to be carried whatever the silent still do, and may close now.

    docs/consent.md, "Early close".
    """
    return not early_close_hindrances(
        rule, electorate, answers, deadline=deadline, at=at, open_questions=open_questions
    )


def early_close_hindrances(
    rule: Rule,
    electorate: Electorate,
    answers: Iterable[Answer],
    *,
    deadline: datetime,
    at: datetime,
    open_questions: int,
) -> tuple[Reason, ...]:
    """Why the circular may not close early; nothing if it may (docs/consent.md, "Early close")."""
    if not rule.early_close:
        return (Reason("early_not_allowed"),)
    if at > deadline:
        return (Reason("early_deadline_passed"),)
    asked = (Reason("early_questions", {"count": open_questions}),) if open_questions else ()
    return (*asked, *_uncertainties(rule, standing(electorate, answers, deadline=deadline, at=at)))


def _uncertainties(rule: Rule, now: Standing) -> tuple[Reason, ...]:
    """What the silent could still do to the circular.

    Two ways stand for all: that everyone stays silent is the worst for quorum and blocking, that everyone
    objects is the worst for every threshold. Each answer, or silence however read, lies between them.
    """
    if_silent = result_of(rule, now.sides) is Result.CARRIED
    if not now.silent:
        return () if if_silent else (Reason("early_not_carried"),)
    objecting = each_side(now.sides, Tally.with_silent_objecting)
    if_objecting = result_of(rule, objecting) is Result.CARRIED
    return (
        *(() if if_silent else about("early_if_silent", now.silent)),
        *(() if if_objecting else about("early_if_objecting", now.silent)),
    )
