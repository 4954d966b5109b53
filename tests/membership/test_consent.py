"""The consent rule by example: each sentence of docs/consent.md, with counts worked out by hand."""

from fractions import Fraction

import pytest
from django.utils import translation

from membership import states
from membership.consent import (
    Answer,
    Electorate,
    InvalidRule,
    Member,
    Position,
    Result,
    Rule,
    Side,
    Silence,
    Tally,
    Threshold,
    outcome,
    positions,
)
from membership.consent.thresholds import share_met
from tests.factories.consent import DAY, DEADLINE, POSITIONS, SECOND, ballots, decide, electorate


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def result(rule, letters_cn, letters_de=""):
    return decide(rule, letters_cn, letters_de).result


# --- Electorate ---


def test_each_member_has_one_voice():
    member = Member("foshan", Side.CN, "Foshan")
    with pytest.raises(ValueError, match="twice"):
        Electorate((member, member))


def test_a_member_that_leaves_is_out_from_that_moment_and_its_answer_no_longer_counts():
    left = DEADLINE - 5 * DAY
    asked = electorate(cn=2, exits={"cn2": left})
    answers = ballots(asked, "CO")
    rule = Rule(Threshold.ALL_EXPRESSLY, Silence.BLOCKS)
    before = outcome(rule, asked, answers, deadline=DEADLINE, at=left - SECOND)
    after = outcome(rule, asked, answers, deadline=DEADLINE, at=left)
    assert (before.result, before.size, before.positions) == (
        Result.FAILED,
        2,
        {"cn1": Position.CONSENT, "cn2": Position.OBJECTION},
    )
    assert (after.result, after.size, after.positions) == (Result.CARRIED, 1, {"cn1": Position.CONSENT})


def test_an_answer_of_somebody_who_is_not_asked_counts_nowhere():
    asked = electorate(cn=1)
    answers = [
        *ballots(asked, "C"),
        Answer("stranger", Position.OBJECTION, DEADLINE - DAY, 7),
    ]
    found = outcome(
        Rule(Threshold.NO_OBJECTION, Silence.BLOCKS), asked, answers, deadline=DEADLINE, at=DEADLINE
    )
    assert (found.result, found.objections) == (Result.CARRIED, 0)


def test_the_side_and_the_position_may_be_given_by_their_value():
    assert Member(1, "cn", "x").side is Side.CN
    assert Answer(1, "objection", DEADLINE, 1).position is Position.OBJECTION
    with pytest.raises(ValueError, match="question"):
        Answer(1, "question", DEADLINE, 1)


# --- Position of a member ---


def position(*answers):
    return positions(electorate(cn=1), answers, deadline=DEADLINE, at=DEADLINE)["cn1"]


def said(letter, received_at, order, **kwargs):
    return Answer("cn1", POSITIONS[letter], received_at, order, **kwargs)


def test_without_a_statement_a_member_is_silent():
    assert position() is None


def test_the_latest_by_receipt_counts_even_when_it_was_recorded_first():
    earlier, later = DEADLINE - 3 * DAY, DEADLINE - 2 * DAY
    assert position(said("O", later, order=1), said("C", earlier, order=2)) is Position.OBJECTION


def test_of_two_received_at_one_moment_the_one_recorded_later_counts():
    moment = DEADLINE - DAY
    assert position(said("C", moment, order=2), said("O", moment, order=1)) is Position.CONSENT


def test_received_at_the_deadline_counts_and_a_second_later_does_not():
    assert position(said("A", DEADLINE, order=1)) is Position.ABSTENTION
    assert position(said("A", DEADLINE + SECOND, order=1)) is None


def test_a_late_statement_does_not_replace_the_one_in_time():
    assert position(said("C", DEADLINE - DAY, 1), said("O", DEADLINE + SECOND, 2)) is Position.CONSENT


def test_a_contested_statement_is_left_out_and_the_one_before_it_counts_again():
    before, contested = said("C", DEADLINE - 2 * DAY, 1), said("O", DEADLINE - DAY, 2, contested=True)
    assert position(before, contested) is Position.CONSENT
    assert position(contested) is None


def test_a_consent_with_comment_is_a_consent():
    found = decide(Rule(Threshold.ALL_EXPRESSLY, Silence.BLOCKS), "cC")
    assert (found.result, found.consents) == (Result.CARRIED, 2)


def test_the_outcome_carries_the_counts_of_the_answers_given():
    found = decide(Rule(Threshold.SHARE, Silence.CONSENT), "CcOA-", "C--")
    assert (found.consents, found.objections, found.abstentions, found.silent) == (3, 1, 1, 3)
    assert (found.size, found.answered, found.carried) == (8, 5, True)
    assert found.sides == {Side.CN: Tally(2, 1, 1, 1), Side.DE: Tally(1, 0, 0, 2)}


# --- 1. Quorum ---


@pytest.mark.parametrize(
    ("percent", "letters", "expected"),
    [
        (0, "C---", Result.CARRIED),
        (50, "CC--", Result.CARRIED),
        (51, "CC--", Result.NO_QUORUM),
        (50, "CC---", Result.NO_QUORUM),
        (50, "CA--", Result.CARRIED),
        (75, "CCO-", Result.CARRIED),
        (76, "CCO-", Result.NO_QUORUM),
        (100, "CCC", Result.CARRIED),
        (100, "CC-", Result.NO_QUORUM),
        (33, "C--", Result.CARRIED),
        (34, "C--", Result.NO_QUORUM),
    ],
)
def test_quorum_is_the_share_of_answers_of_any_kind(percent, letters, expected):
    assert result(Rule(Threshold.SHARE, Silence.IGNORED, quorum_percent=percent), letters) is expected


@pytest.mark.parametrize("silence", Silence)
def test_quorum_is_counted_before_silence_is_interpreted(silence):
    assert result(Rule(Threshold.SHARE, silence, quorum_percent=50), "CC---") is Result.NO_QUORUM


@pytest.mark.parametrize("threshold", Threshold)
def test_an_empty_electorate_has_no_quorum(threshold):
    found = decide(Rule(threshold, Silence.IGNORED), "")
    assert found.result is Result.NO_QUORUM
    assert found.text() == "No member is asked, so there is no quorum."


def test_an_electorate_that_everyone_left_has_no_quorum():
    asked = electorate(cn=1, exits={"cn1": DEADLINE - DAY})
    found = outcome(
        Rule(Threshold.SHARE, Silence.CONSENT), asked, ballots(asked, "C"), deadline=DEADLINE, at=DEADLINE
    )
    assert found.result is Result.NO_QUORUM


# --- 2. Silence ---


@pytest.mark.parametrize(
    ("threshold", "silence", "letters", "expected"),
    [
        (Threshold.ALL_EXPRESSLY, Silence.BLOCKS, "CC-", Result.FAILED),
        (Threshold.ALL_EXPRESSLY, Silence.IGNORED, "CC-", Result.CARRIED),
        (Threshold.NO_OBJECTION, Silence.BLOCKS, "CC-", Result.FAILED),
        (Threshold.NO_OBJECTION, Silence.CONSENT, "---", Result.CARRIED),
        (Threshold.NO_OBJECTION, Silence.ABSTENTION, "---", Result.FAILED),
        (Threshold.NO_OBJECTION, Silence.IGNORED, "---", Result.FAILED),
        (Threshold.SHARE, Silence.BLOCKS, "CC-", Result.FAILED),
        (Threshold.SHARE, Silence.CONSENT, "O--", Result.CARRIED),
        (Threshold.SHARE, Silence.ABSTENTION, "O--", Result.FAILED),
        (Threshold.SHARE, Silence.IGNORED, "CCO--", Result.CARRIED),
        # 2 of 3 consent; one objection of three answers is over a quarter, of four it is not
        (Threshold.TWO_THIRDS_AND_A_QUARTER, Silence.BLOCKS, "CCO-", Result.FAILED),
        (Threshold.TWO_THIRDS_AND_A_QUARTER, Silence.CONSENT, "CCO-", Result.CARRIED),
        (Threshold.TWO_THIRDS_AND_A_QUARTER, Silence.ABSTENTION, "CCO-", Result.CARRIED),
        (Threshold.TWO_THIRDS_AND_A_QUARTER, Silence.IGNORED, "CCO-", Result.FAILED),
    ],
)
def test_silence_is_read_as_the_rule_says(threshold, silence, letters, expected):
    assert result(Rule(threshold, silence), letters) is expected


# --- 3. Threshold ---


@pytest.mark.parametrize(
    ("silence", "letters", "expected"),
    [
        (Silence.BLOCKS, "CCC", Result.CARRIED),
        (Silence.BLOCKS, "CCO", Result.FAILED),
        (Silence.BLOCKS, "CCA", Result.FAILED),
        (Silence.BLOCKS, "---", Result.FAILED),
        (Silence.IGNORED, "C--", Result.CARRIED),
        (Silence.IGNORED, "CA-", Result.FAILED),
        (Silence.IGNORED, "CO-", Result.FAILED),
        (Silence.IGNORED, "---", Result.FAILED),
    ],
)
def test_all_expressly(silence, letters, expected):
    assert result(Rule(Threshold.ALL_EXPRESSLY, silence), letters) is expected


@pytest.mark.parametrize(
    ("letters", "expected"),
    [("CAA", Result.CARRIED), ("CCO", Result.FAILED), ("AAA", Result.FAILED), ("CCC", Result.CARRIED)],
)
def test_no_objection(letters, expected):
    assert result(Rule(Threshold.NO_OBJECTION, Silence.BLOCKS), letters) is expected


@pytest.mark.parametrize(
    ("share", "letters", "expected"),
    [
        (Fraction(2, 3), "CCO", Result.CARRIED),
        (Fraction(2, 3), "CCOAAAAA", Result.CARRIED),
        (Fraction(2, 3), "CCCOO", Result.FAILED),
        (Fraction(1, 2), "CO", Result.CARRIED),
        (Fraction(501, 1000), "CO", Result.FAILED),
        (Fraction(1), "CCCA", Result.CARRIED),
        (Fraction(1), "CCCO", Result.FAILED),
        (Fraction(2, 3), "AAA", Result.FAILED),
        (Fraction(1, 1000), "OOO", Result.FAILED),
    ],
)
def test_share_of_answers(share, letters, expected):
    assert result(Rule(Threshold.SHARE, Silence.BLOCKS, share=share), letters) is expected


@pytest.mark.parametrize("thirds", [1, 7, 10**17 + 1])
def test_two_thirds_is_exact_where_a_float_would_not_be(thirds):
    assert share_met(Tally(2 * thirds, thirds), Fraction(2, 3))
    assert not share_met(Tally(2 * thirds - 1, thirds + 1), Fraction(2, 3))


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("CCCO", Result.CARRIED),  # 3/4 and exactly a quarter
        ("CCO", Result.FAILED),  # 2/3, but a third objects
        ("CCOA", Result.CARRIED),  # 2/3, and an abstention makes it a quarter
        ("COAA", Result.FAILED),  # a quarter, but only half consent
        ("AAAA", Result.FAILED),
        ("CAAA", Result.CARRIED),
    ],
)
def test_two_thirds_and_a_quarter(letters, expected):
    assert result(Rule(Threshold.TWO_THIRDS_AND_A_QUARTER, Silence.BLOCKS), letters) is expected


@pytest.mark.parametrize("share", [Fraction(1, 5), Fraction(1)])
def test_two_thirds_and_a_quarter_knows_no_other_share(share):
    rule = Rule(Threshold.TWO_THIRDS_AND_A_QUARTER, Silence.BLOCKS, share=share)
    assert (result(rule, "CCOA"), result(rule, "COAA")) == (Result.CARRIED, Result.FAILED)


@pytest.mark.parametrize(
    ("letters_cn", "letters_de", "expected"),
    [
        ("CCO", "CCO", Result.CARRIED),
        ("CCCCCC", "CO", Result.FAILED),
        ("CCC", "AAA", Result.FAILED),
        ("CCC", "---", Result.FAILED),
        ("CCC", "C--", Result.CARRIED),
        ("", "CCO", Result.CARRIED),
        ("CC", "", Result.CARRIED),
        ("CO", "", Result.FAILED),
    ],
)
def test_both_sides(letters_cn, letters_de, expected):
    assert result(Rule(Threshold.BOTH_SIDES, Silence.IGNORED), letters_cn, letters_de) is expected


def test_both_sides_have_each_their_own_share():
    rule = Rule(Threshold.BOTH_SIDES, Silence.IGNORED, share_cn=Fraction(1, 2), share_de=Fraction(3, 4))
    assert result(rule, "CO", "CCCO") is Result.CARRIED
    assert result(rule, "CCCO", "CO") is Result.FAILED


def test_a_side_whose_only_member_left_is_left_out():
    asked = electorate(cn=1, de=1, exits={"de1": DEADLINE - DAY})
    found = outcome(
        Rule(Threshold.BOTH_SIDES, Silence.BLOCKS),
        asked,
        ballots(asked, "CO"),
        deadline=DEADLINE,
        at=DEADLINE,
    )
    assert found.result is Result.CARRIED
    assert found.text() == (
        "Chinese side: needs one consent; has 1. German side: no member is asked, so this side is left out."
    )


# --- Refused rules ---


@pytest.mark.parametrize("silence", [Silence.CONSENT, Silence.ABSTENTION])
def test_all_expressly_is_refused_with_a_silence_that_stands_for_an_answer(silence):
    with pytest.raises(InvalidRule) as refused:
        Rule(Threshold.ALL_EXPRESSLY, silence)
    assert refused.value.field == "silence"
    assert str(refused.value).startswith("When all members must consent expressly")


def test_every_other_pair_has_a_meaning():
    accepted = set()
    for threshold in Threshold:
        for silence in Silence:
            try:
                accepted.add((Rule(threshold, silence).threshold, silence))
            except InvalidRule:
                continue
    refused = {(Threshold.ALL_EXPRESSLY, Silence.CONSENT), (Threshold.ALL_EXPRESSLY, Silence.ABSTENTION)}
    assert accepted == {(threshold, silence) for threshold in Threshold for silence in Silence} - refused


@pytest.mark.parametrize("percent", [-1, 101, 50.0, True, None])
def test_a_quorum_outside_the_scale_is_refused(percent):
    with pytest.raises(InvalidRule) as refused:
        Rule(Threshold.SHARE, Silence.IGNORED, quorum_percent=percent)
    assert refused.value.field == "quorum_percent"


@pytest.mark.parametrize("field", ["share", "share_cn", "share_de"])
@pytest.mark.parametrize("share", [0, Fraction(-1, 3), Fraction(4, 3), 0.5, "2/3", True])
def test_a_share_that_is_no_exact_part_is_refused(field, share):
    with pytest.raises(InvalidRule) as refused:
        Rule(Threshold.SHARE, Silence.IGNORED, **{field: share})
    assert refused.value.field == field


def test_a_rule_may_be_given_by_its_values():
    rule = Rule("share", states.Silence.IGNORED, share=1)
    assert (rule.threshold, rule.silence, rule.share) == (Threshold.SHARE, Silence.IGNORED, Fraction(1))
    with pytest.raises(ValueError, match="majority"):
        Rule("majority", "ignored")
