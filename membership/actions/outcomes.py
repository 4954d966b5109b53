"""How a circular stands or ended: the record put before the pure functions of `membership.consent`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from cities.models.city import in_active_language
from membership import consent
from membership.consent.tallies import Tally
from membership.models import Circular, Statement
from membership.states import CircularState


@dataclass(frozen=True)
class Record:
    """All that the outcome of a circular depends on, read once: the rule, who was asked, who answered.

    Late answers are left out. All that is recorded counts, whenever it was recorded: the caller holds
    the circular's lock where that matters.
    """

    rule: consent.Rule
    electorate: consent.Electorate
    answers: tuple[consent.Answer, ...]
    deadline: datetime
    open_questions: int

    def outcome(self, at: datetime) -> consent.Outcome:
        """The result if the circular were closed at a moment; after the deadline, as it was then."""
        return self._of(consent.outcome, at)

    def missing(self, at: datetime) -> consent.Missing:
        """What it still lacks to be carried."""
        return self._of(consent.missing, at)

    def early_close_hindrances(self, at: datetime) -> tuple[consent.Reason, ...]:
        """Why it may not close early; nothing if it may."""
        return consent.early_close_hindrances(
            self.rule,
            self.electorate,
            self.answers,
            deadline=self.deadline,
            at=at,
            open_questions=self.open_questions,
        )

    def _of(self, compute: Callable[..., Any], at: datetime) -> Any:
        moment = min(at, self.deadline)
        return compute(self.rule, self.electorate, self.answers, deadline=self.deadline, at=moment)


def record_of(circular: Circular) -> Record:
    """Read the record of an issued circular: three queries, whatever the number of members."""
    return Record(
        rule=rule_of(circular.rule_content or {}),
        electorate=electorate_of(circular),
        answers=answers_to(circular),
        deadline=counting_deadline(circular),
        open_questions=circular.questions.filter(answered_at__isnull=True).count(),
    )


def outcome_of(circular: Circular, *, at: datetime) -> consent.Outcome:
    """The outcome on the record as it stands now; a closed circular keeps its own, see `closing_outcome`."""
    return record_of(circular).outcome(at)


def counting_deadline(circular: Circular) -> datetime:
    """The last moment at which an answer counts: the current deadline, or an early close."""
    deadline = circular.current_deadline
    assert deadline is not None  # noqa: S101 - held by the database for what asks for statements
    if circular.closed_early and circular.closed_at:
        return min(deadline, circular.closed_at)
    return deadline


def rule_of(content: Mapping[str, Any]) -> consent.Rule:
    """The part of a rule's copy that the outcome depends on."""

    def share(name: str) -> Fraction:
        return Fraction(content[f"{name}_numerator"], content[f"{name}_denominator"])

    return consent.Rule(
        threshold=consent.Threshold(content["threshold"]),
        silence=consent.Silence(content["silence"]),
        quorum_percent=content["quorum_percent"],
        share=share("share"),
        share_cn=share("share_cn"),
        share_de=share("share_de"),
        early_close=content["early_close"],
    )


def electorate_of(circular: Circular) -> consent.Electorate:
    """The members frozen on the day of issue, keyed by their row, and who left since."""
    columns = ("pk", "side", "name_zh", "name_de", "name_en", "exit__left_at")
    electors = list(circular.electors.values_list(*columns, named=True))
    exits: dict[Hashable, datetime] = {row.pk: row.exit__left_at for row in electors if row.exit__left_at}
    return consent.Electorate(tuple(member_of(row) for row in electors), exits)


def member_of(elector: Any) -> consent.Member:
    """An elector, or a row of its columns, as the rule sees it; its name follows the reader's language."""
    return consent.Member(elector.pk, side_of(elector), lambda: in_active_language(elector, "name"))


def side_of(elector: Any) -> consent.Side:
    return consent.Side(elector.side.lower())


def answers_to(circular: Circular) -> tuple[consent.Answer, ...]:
    """The statements that came in time, in the order of their recording."""
    rows = (
        Statement.objects.filter(circular=circular, late=False)
        .order_by("pk")
        .values_list("elector", "position", "received_at", "pk", "contestation")
    )
    return tuple(
        consent.Answer(elector, consent.Position(position), received_at, order, contested is not None)
        for elector, position, received_at, order, contested in rows
    )


def closing_outcome(circular: Circular) -> consent.Outcome | None:
    """The outcome as it was computed at the close, its reasons in the active language; None before."""
    if circular.state != CircularState.CLOSED or circular.outcome is None:
        return None
    return from_content(circular.outcome, {row.pk: member_of(row) for row in circular.electors.all()})


def as_content(outcome: consent.Outcome) -> dict[str, Any]:
    """An outcome as it is kept: the counts, and each reason as its code and what fills it in."""
    return {
        "result": outcome.result.value,
        "reasons": [{"code": r.code, "params": _kept_params(r.params)} for r in outcome.reasons],
        "consents": outcome.consents,
        "objections": outcome.objections,
        "abstentions": outcome.abstentions,
        "silent": outcome.silent,
        "members": [member.key for member in outcome.members],
        "positions": {str(key): position for key, position in outcome.positions.items()},
        "sides": {
            side.value: [tally.consents, tally.objections, tally.abstentions, tally.silent]
            for side, tally in outcome.sides.items()
        },
    }


def from_content(content: Mapping[str, Any], members: Mapping[int, consent.Member]) -> consent.Outcome:
    """A kept outcome, ready to be told in any language."""
    return consent.Outcome(
        result=consent.Result(content["result"]),
        reasons=tuple(
            consent.Reason(row["code"], {key: _read(value, members) for key, value in row["params"].items()})
            for row in content["reasons"]
        ),
        consents=content["consents"],
        objections=content["objections"],
        abstentions=content["abstentions"],
        silent=content["silent"],
        members=tuple(members[key] for key in content["members"]),
        positions={
            int(key): consent.Position(position) if position else None
            for key, position in content["positions"].items()
        },
        sides={consent.Side(side): Tally(*counts) for side, counts in content["sides"].items()},
    )


def _kept_params(params: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _kept(value) for key, value in params.items()}


def _kept(value: Any) -> Any:
    """Members as their keys, words of the rule by what they are; numbers and fractions as they stand."""
    if isinstance(value, tuple):
        return {"members": [member.key for member in value]}
    if isinstance(value, consent.Side):
        return {"side": value.value}
    return {"threshold": value.value} if isinstance(value, consent.Threshold) else value


def _read(value: Any, members: Mapping[int, consent.Member]) -> Any:
    if not isinstance(value, dict):
        return value
    if "members" in value:
        return tuple(members[key] for key in value["members"])
    return consent.Side(value["side"]) if "side" in value else consent.Threshold(value["threshold"])
