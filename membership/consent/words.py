"""Which sentences tell how a circular stands, or why it ended as it did (docs/consent.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from membership.consent.reasons import Reason, about, sentences
from membership.consent.rules import TWO_THIRDS, Result, Rule, Side, Silence, Threshold
from membership.consent.tallies import Sides, Standing, Tally, each_side, whole
from membership.consent.thresholds import (
    answers_needed,
    consents_needed,
    consents_still_needed,
    expressly_needed,
    objections_allowed,
    quarter_met,
    quorum_met,
    share_met,
)

OBJECTION_STOPS = (Threshold.ALL_EXPRESSLY, Threshold.NO_OBJECTION)


@dataclass(frozen=True)
class Missing:
    """What an open circular still lacks: the headline, then the rest; complete if it would be carried now."""

    headline: Reason
    further: tuple[Reason, ...]
    complete: bool

    def text(self) -> str:
        """All of it as running text in the active language."""
        return sentences((self.headline, *self.further))

    def __str__(self) -> str:
        return self.text()


def closing_reasons(rule: Rule, now: Standing, result: Result) -> tuple[Reason, ...]:
    """Why a circular that is closed on this standing has this result; the deciding sentence first."""
    if not now.members:
        return (Reason("nobody_asked"),)
    quorum = tuple(_quorum(rule, now.whole)) if rule.quorum_percent else ()
    if result is Result.NO_QUORUM:
        return (*quorum, *about("silent", now.silent))
    counted = each_side(now.sides, lambda tally: tally.with_silence_as(rule.silence))
    return (
        *_threshold(rule, now.whole, counted),
        *quorum,
        *about(f"silent_{rule.silence}", now.silent),
        *about("objections", now.objecting),
        *about(_abstentions(rule, "abstentions_in_the_way", "abstentions_neither_way"), now.abstaining),
    )


def still_missing(rule: Rule, now: Standing) -> Missing:
    """What stands between an open circular and being carried, on the answers given so far."""
    if not now.members:
        return Missing(Reason("nobody_asked"), (), complete=False)
    gaps = [*_quorum_gap(rule, now.whole), *_answers_gap(rule, now.whole), *_threshold_gaps(rule, now)]
    headline, *rest = gaps or _enough(rule, now)
    objecting = "in_the_way" if rule.threshold in OBJECTION_STOPS else "against"
    abstaining = _abstentions(rule, "in_the_way", "neither_way")
    further = (
        *rest,
        *about(f"still_silent_{rule.silence}", now.silent),
        *about(f"still_objecting_{objecting}", now.objecting, rule=rule.threshold),
        *about(f"still_abstaining_{abstaining}", now.abstaining, rule=rule.threshold),
    )
    return Missing(headline, further, complete=not gaps)


def _abstentions(rule: Rule, in_the_way: str, neither_way: str) -> str:
    return in_the_way if rule.threshold is Threshold.ALL_EXPRESSLY else neither_way


# --- closed: every measure of the rule, met or not ---


def _quorum(rule: Rule, asked: Tally) -> Iterator[Reason]:
    needed = answers_needed(rule, asked.size)
    yield Reason("needs_quorum", {"percent": rule.quorum_percent, "needed": needed, "has": asked.answers})


def _threshold(rule: Rule, asked: Tally, counted: Sides) -> Iterator[Reason]:
    tally = whole(counted)
    if rule.threshold is Threshold.ALL_EXPRESSLY:
        yield _needs("needs_consents", expressly_needed(rule, asked), tally)
    elif rule.threshold is Threshold.NO_OBJECTION:
        yield from _objections(tally)
    elif rule.threshold is Threshold.BOTH_SIDES:
        yield from _both_sides(rule, counted)
    else:
        yield from _share(_share_of(rule), tally)
        if rule.threshold is Threshold.TWO_THIRDS_AND_A_QUARTER:
            yield _quarter("quarter", tally)


def _share_of(rule: Rule) -> Fraction:
    return TWO_THIRDS if rule.threshold is Threshold.TWO_THIRDS_AND_A_QUARTER else rule.share


def _share(share: Fraction, tally: Tally) -> Iterator[Reason]:
    yield _needs("needs_consents", consents_needed(tally, share), tally)
    if tally.decided:
        yield Reason("share_basis", {"share": str(share), "count": tally.decided})
    else:
        yield Reason("nobody_decided")


def _objections(tally: Tally) -> Iterator[Reason]:
    if tally.objections:
        yield Reason("needs_no_objection", {"count": tally.objections})
    elif tally.consents:
        yield Reason("no_objection")
    if not tally.consents:
        yield _needs("needs_consents", 1, tally)


def _both_sides(rule: Rule, counted: Sides) -> Iterator[Reason]:
    for side in Side:
        if side in counted:
            needed = consents_needed(counted[side], rule.share_of(side))
            yield _needs("needs_consents_of_side", needed, counted[side], side)
        else:
            yield Reason("side_left_out", {"side": side})


# --- open: only what is lacking, or that nothing is ---


def _quorum_gap(rule: Rule, asked: Tally) -> Iterator[Reason]:
    if not quorum_met(rule, asked):
        needed = answers_needed(rule, asked.size)
        yield Reason("still_needs_quorum", {"needed": needed, "has": asked.answers})


def _answers_gap(rule: Rule, asked: Tally) -> Iterator[Reason]:
    """Where silence blocks, every member must answer; *all expressly* says so by its number of consents."""
    if rule.silence is Silence.BLOCKS and asked.silent and rule.threshold is not Threshold.ALL_EXPRESSLY:
        yield Reason("still_needs_answers", {"needed": asked.size, "has": asked.answers})


def _open_to_change(rule: Rule, sides: Sides) -> Sides:
    """The tallies in which silence stands as consent where it will; else the silent may still consent."""
    return each_side(
        sides, lambda t: t.with_silence_as(rule.silence) if rule.silence is Silence.CONSENT else t
    )


def _threshold_gaps(rule: Rule, now: Standing) -> Iterator[Reason]:
    sides = _open_to_change(rule, now.sides)
    tally = whole(sides)
    if rule.threshold is Threshold.ALL_EXPRESSLY:
        needed = expressly_needed(rule, tally)
        if tally.consents < needed:
            yield _needs("still_needs_consents", needed, tally)
    elif rule.threshold is Threshold.NO_OBJECTION:
        yield from _objection_gaps(tally)
    elif rule.threshold is Threshold.BOTH_SIDES:
        yield from _side_gaps(rule, sides)
    else:
        yield from _share_gap(_share_of(rule), tally)
        if rule.threshold is Threshold.TWO_THIRDS_AND_A_QUARTER:
            yield from _quarter_gap(now.whole.with_silence_as(rule.silence))


def _objection_gaps(tally: Tally) -> Iterator[Reason]:
    if tally.objections:
        yield Reason("still_needs_no_objection", {"count": tally.objections})
    if not tally.consents:
        yield _needs("still_needs_consents", 1, tally)


def _share_gap(share: Fraction, tally: Tally) -> Iterator[Reason]:
    if not share_met(tally, share):
        yield _needs("still_needs_consents", consents_still_needed(tally, share), tally)


def _side_gaps(rule: Rule, sides: Sides) -> Iterator[Reason]:
    for side, tally in sides.items():
        share = rule.share_of(side)
        if not share_met(tally, share):
            yield _needs("still_needs_consents_of_side", consents_still_needed(tally, share), tally, side)


def _quarter_gap(counted: Tally) -> Iterator[Reason]:
    if not quarter_met(counted):
        yield _quarter("still_over_a_quarter", counted)


def _enough(rule: Rule, now: Standing) -> list[Reason]:
    sides = _open_to_change(rule, now.sides)
    tally = whole(sides)
    if rule.threshold is Threshold.NO_OBJECTION:
        return [Reason("enough_without_objection", {"count": tally.consents})]
    if rule.threshold is Threshold.BOTH_SIDES:
        return [
            _needs("enough_consents_of_side", consents_needed(t, rule.share_of(side)), t, side)
            for side, t in sides.items()
        ]
    if rule.threshold is Threshold.ALL_EXPRESSLY:
        return [_needs("enough_consents", expressly_needed(rule, tally), tally)]
    return [_needs("enough_consents", consents_needed(tally, _share_of(rule)), tally)]


def _needs(code: str, needed: int, tally: Tally, side: Side | None = None) -> Reason:
    params: dict[str, object] = {"needed": needed, "has": tally.consents}
    return Reason(code, params if side is None else {**params, "side": side})


def _quarter(code: str, tally: Tally) -> Reason:
    allowed = objections_allowed(tally)
    return Reason(code, {"count": tally.answers, "allowed": allowed, "has": tally.objections})
