"""Quorum, silence, threshold, in this order, on bare counts (docs/consent.md, steps 1 to 3)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction

from membership.consent.rules import A_QUARTER, TWO_THIRDS, Result, Rule, Silence, Threshold
from membership.consent.tallies import Sides, Tally, each_side, whole


def result_of(rule: Rule, sides: Sides) -> Result:
    """The result if the circular were closed on these counts (docs/consent.md, steps 1 to 3)."""
    asked = whole(sides)
    if not quorum_met(rule, asked):
        return Result.NO_QUORUM
    if rule.silence is Silence.BLOCKS and asked.silent:
        return Result.FAILED
    counted = each_side(sides, lambda tally: tally.with_silence_as(rule.silence))
    return Result.CARRIED if threshold_met(rule, counted) else Result.FAILED


def quorum_met(rule: Rule, asked: Tally) -> bool:
    """Step 1: enough answers, before silence is interpreted; an empty electorate has no quorum."""
    return asked.size > 0 and asked.answers * 100 >= rule.quorum_percent * asked.size


def answers_needed(rule: Rule, size: int) -> int:
    """How many answers make the quorum."""
    return math.ceil(Fraction(rule.quorum_percent * size, 100))


def threshold_met(rule: Rule, counted: Sides) -> bool:
    """Step 3, on counts in which silence is already interpreted."""
    return _THRESHOLDS[rule.threshold](rule, counted)


def share_met(tally: Tally, share: Fraction) -> bool:
    """C / (C + O) reaches the share; without any C and O it does not."""
    return tally.decided > 0 and Fraction(tally.consents, tally.decided) >= share


def quarter_met(tally: Tally) -> bool:
    """O / (C + O + A) is at most a quarter."""
    return tally.answers == 0 or Fraction(tally.objections, tally.answers) <= A_QUARTER


def _all_expressly(rule: Rule, counted: Sides) -> bool:
    tally = whole(counted)
    return tally.consents >= 1 and tally.consents == tally.size


def _no_objection(rule: Rule, counted: Sides) -> bool:
    tally = whole(counted)
    return tally.objections == 0 and tally.consents >= 1


def _share(rule: Rule, counted: Sides) -> bool:
    return share_met(whole(counted), rule.share)


def _two_thirds_and_a_quarter(rule: Rule, counted: Sides) -> bool:
    tally = whole(counted)
    return share_met(tally, TWO_THIRDS) and quarter_met(tally)


def _both_sides(rule: Rule, counted: Sides) -> bool:
    """Each side that has members reaches its share with a consent of its own; an absent one is left out."""
    return bool(counted) and all(
        tally.consents >= 1 and share_met(tally, rule.share_of(side)) for side, tally in counted.items()
    )


_THRESHOLDS: Mapping[Threshold, Callable[[Rule, Sides], bool]] = {
    Threshold.ALL_EXPRESSLY: _all_expressly,
    Threshold.NO_OBJECTION: _no_objection,
    Threshold.SHARE: _share,
    Threshold.TWO_THIRDS_AND_A_QUARTER: _two_thirds_and_a_quarter,
    Threshold.BOTH_SIDES: _both_sides,
}


def consents_needed(tally: Tally, share: Fraction) -> int:
    """How many of the consents and objections given must be consents to reach the share."""
    return max(1, math.ceil(share * tally.decided))


def consents_still_needed(tally: Tally, share: Fraction) -> int:
    """The number of consents that surely reaches the share while silent members can still answer.

    Reckoned with the objections as they stand, where the silent alone can make up for them; else with
    everyone taking a side, so that objectors would have to be won over.
    """
    if share_met(tally, share):
        return consents_needed(tally, share)
    if share < 1:
        against_objections = max(1, math.ceil(tally.objections * share / (1 - share)))
        if against_objections <= tally.consents + tally.silent:
            return against_objections
    return max(1, math.ceil(share * (tally.decided + tally.silent)))


def expressly_needed(rule: Rule, asked: Tally) -> int:
    """How many consents *all expressly* needs: of everyone asked, or of everyone who answered."""
    return asked.size if rule.silence is Silence.BLOCKS else max(1, asked.answers)


def objections_allowed(tally: Tally) -> int:
    """How many objections are still at most a quarter of these answers."""
    return math.floor(A_QUARTER * tally.answers)
