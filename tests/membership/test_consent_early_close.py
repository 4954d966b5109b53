"""When a circular may close before its deadline (docs/consent.md, early close)."""

import pytest

from membership.consent import (
    Answer,
    Position,
    Rule,
    Silence,
    Threshold,
    early_close_hindrances,
    may_close_early,
)
from tests.factories.consent import DAY, DEADLINE, SECOND, ballots, electorate


def early(rule, letters_cn, letters_de="", *, at=DEADLINE - DAY, open_questions=0):
    asked = electorate(len(letters_cn), len(letters_de))
    answers = ballots(asked, letters_cn + letters_de)
    allowed = may_close_early(rule, asked, answers, deadline=DEADLINE, at=at, open_questions=open_questions)
    hindrances = early_close_hindrances(
        rule, asked, answers, deadline=DEADLINE, at=at, open_questions=open_questions
    )
    assert allowed is not bool(hindrances)
    return [reason.code for reason in hindrances]


ALLOWED = {"early_close": True}


def test_early_close_needs_a_rule_that_allows_it():
    assert early(Rule(Threshold.ALL_EXPRESSLY, Silence.BLOCKS), "CC") == ["early_not_allowed"]
    assert early(Rule(Threshold.ALL_EXPRESSLY, Silence.BLOCKS, **ALLOWED), "CC") == []


def test_early_close_waits_for_the_answer_to_a_question():
    rule = Rule(Threshold.ALL_EXPRESSLY, Silence.BLOCKS, **ALLOWED)
    assert early(rule, "CC", open_questions=1) == ["early_questions"]


def test_a_circular_never_closes_early_towards_a_failure():
    rule = Rule(Threshold.ALL_EXPRESSLY, Silence.BLOCKS, **ALLOWED)
    assert early(rule, "CO") == ["early_not_carried"]


def test_at_the_deadline_it_is_still_early_and_afterwards_no_more():
    rule = Rule(Threshold.ALL_EXPRESSLY, Silence.BLOCKS, **ALLOWED)
    assert early(rule, "CC", at=DEADLINE) == []
    assert early(rule, "CC", at=DEADLINE + SECOND) == ["early_deadline_passed"]


def test_nobody_asked_is_nothing_to_close_early():
    assert early(Rule(Threshold.SHARE, Silence.CONSENT, **ALLOWED), "") == ["early_not_carried"]


@pytest.mark.parametrize(
    ("threshold", "silence", "letters", "expected"),
    [
        (Threshold.SHARE, Silence.IGNORED, "CCCC--", []),
        (Threshold.SHARE, Silence.IGNORED, "CCCCA--", []),
        (Threshold.SHARE, Silence.IGNORED, "CCC--", ["early_if_objecting"]),
        (Threshold.SHARE, Silence.BLOCKS, "CCCC--", ["early_if_silent"]),
        (Threshold.SHARE, Silence.BLOCKS, "CCC--", ["early_if_silent", "early_if_objecting"]),
        (Threshold.NO_OBJECTION, Silence.CONSENT, "CCC-", ["early_if_objecting"]),
        (Threshold.TWO_THIRDS_AND_A_QUARTER, Silence.ABSTENTION, "CCC-", []),
        (Threshold.TWO_THIRDS_AND_A_QUARTER, Silence.ABSTENTION, "CC-", ["early_if_objecting"]),
    ],
)
def test_early_close_looks_at_every_way_the_silent_could_take(threshold, silence, letters, expected):
    assert early(Rule(threshold, silence, **ALLOWED), letters) == expected


def test_early_close_of_both_sides_is_certain_only_when_each_side_is():
    rule = Rule(Threshold.BOTH_SIDES, Silence.IGNORED, **ALLOWED)
    assert early(rule, "CC-", "CC-") == []
    assert early(rule, "CCCCCC-", "C-") == ["early_if_objecting"]


def test_early_close_needs_the_quorum_already():
    rule = Rule(Threshold.SHARE, Silence.IGNORED, quorum_percent=80, **ALLOWED)
    assert early(rule, "CCCC--") == ["early_if_silent"]


def test_a_late_answer_does_not_help_to_close_early():
    asked = electorate(cn=1)
    late = [Answer("cn1", Position.CONSENT, DEADLINE + SECOND, 1)]
    rule = Rule(Threshold.ALL_EXPRESSLY, Silence.BLOCKS, **ALLOWED)
    assert not may_close_early(rule, asked, late, deadline=DEADLINE, at=DEADLINE, open_questions=0)
