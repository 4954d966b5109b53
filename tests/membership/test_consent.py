"""The consent rule by example: each sentence of docs/consent.md once, with counts worked out by hand."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from django.utils import translation
from django.utils.functional import Promise

from membership import states
from membership.consent import (
    EXPLANATIONS,
    SHIPPED_RULES,
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
    Visibility,
    early_close_hindrances,
    may_close_early,
    missing,
    outcome,
    positions,
    sentences,
)
from membership.consent.reasons import SENTENCES, listed
from membership.consent.thresholds import share_met

DEADLINE = datetime(2017, 3, 12, 15, 59, 59, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
POSITIONS = {
    "C": Position.CONSENT,
    "c": Position.CONSENT_WITH_COMMENT,
    "O": Position.OBJECTION,
    "A": Position.ABSTENTION,
}
FOUNDERS = {
    Side.CN: "Foshan Guiyang Jiangmen Jiaozuo Jieyang Liuzhou Nanning Taizhou Yunfu Zhaoqing Zhuzhou".split(),
    Side.DE: "Aachen Ingolstadt Kelsterbach Köln Nürnberg Raunheim Rüsselsheim Wuppertal".split(),
}


def electorate(cn=0, de=0, exits=None):
    """So many members on each side, cn1, cn2, … and de1, de2, …"""
    members = [
        Member(f"{side}{n}", side, f"{side}{n}")
        for side, count in (("cn", cn), ("de", de))
        for n in range(1, count + 1)
    ]
    return Electorate(tuple(members), exits or {})


def ballots(asked, letters):
    """Answers in the order of the members: C consent, c with comment, O objection, A abstention, - none."""
    return [
        Answer(member.key, POSITIONS[letter], DEADLINE - 10 * DAY, order)
        for order, (member, letter) in enumerate(zip(asked.members, letters, strict=True))
        if letter != "-"
    ]


def decide(rule, letters_cn, letters_de=""):
    """The outcome at the deadline of answers written as letters, one for each member."""
    asked = electorate(len(letters_cn), len(letters_de))
    return outcome(rule, asked, ballots(asked, letters_cn + letters_de), deadline=DEADLINE, at=DEADLINE)


def result(rule, letters_cn, letters_de=""):
    return decide(rule, letters_cn, letters_de).result


def lacking(rule, letters_cn, letters_de=""):
    asked = electorate(len(letters_cn), len(letters_de))
    return missing(rule, asked, ballots(asked, letters_cn + letters_de), deadline=DEADLINE, at=DEADLINE - DAY)


def early(rule, letters_cn, letters_de="", *, at=DEADLINE - DAY, open_questions=0):
    asked = electorate(len(letters_cn), len(letters_de))
    answers = ballots(asked, letters_cn + letters_de)
    allowed = may_close_early(rule, asked, answers, deadline=DEADLINE, at=at, open_questions=open_questions)
    hindrances = early_close_hindrances(
        rule, asked, answers, deadline=DEADLINE, at=at, open_questions=open_questions
    )
    assert allowed is not bool(hindrances)
    return [reason.code for reason in hindrances]


def founders(**answers):
    """The nineteen founding members and their answers by letter; whoever is not named consents."""
    asked = Electorate(tuple(Member(name, side, name) for side, names in FOUNDERS.items() for name in names))
    return asked, ballots(asked, [answers.get(member.key, "C") for member in asked.members])


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


# --- Early close ---

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


# --- Reasons in words ---


def test_the_paper_read_literally_fails_and_says_why():
    asked, answers = founders(
        Liuzhou="O", Zhaoqing="A", Jiaozuo="-", Taizhou="-", Zhuzhou="-", Nürnberg="-", Wuppertal="-"
    )
    rule = Rule(Threshold.ALL_EXPRESSLY, Silence.BLOCKS)
    found = outcome(rule, asked, answers, deadline=DEADLINE, at=DEADLINE)
    assert found.result is Result.FAILED
    assert [reason.text() for reason in found.reasons] == [
        "Needs 19 consents; has 12.",
        "5 members did not answer, and silence stands in the way: "
        "Jiaozuo, Taizhou, Zhuzhou, Nürnberg and Wuppertal.",
        "One objection with reason: Liuzhou.",
        "One abstention, which stands in the way under this rule: Zhaoqing.",
    ]
    open_words = missing(rule, asked, answers, deadline=DEADLINE, at=DEADLINE - DAY)
    assert not open_words.complete
    assert open_words.headline.text() == "Needs 19 consents, has 12."
    assert [reason.text() for reason in open_words.further] == [
        "5 members have not answered, and silence would stand in the way: "
        "Jiaozuo, Taizhou, Zhuzhou, Nürnberg and Wuppertal.",
        "Liuzhou objects: under “all members consent expressly” that stands in the way.",
        "Zhaoqing abstains: under “all members consent expressly” that stands in the way.",
    ]


def test_thirteen_needed_twelve_given_one_objection():
    found = decide(Rule(Threshold.ALL_EXPRESSLY, Silence.IGNORED), "C" * 12 + "O" + "------")
    assert found.text().startswith("Needs 13 consents; has 12.")
    assert "One objection with reason: cn13." in found.text()


def test_mainz_is_carried_by_two_thirds_of_the_answers():
    asked, answers = founders(Taizhou="-", Wuppertal="-")
    found = outcome(SHIPPED_RULES[2].rule, asked, answers, deadline=DEADLINE, at=DEADLINE)
    assert found.result is Result.CARRIED
    assert found.text() == (
        "Needs 12 consents; has 17. The measure is 2/3 of the 17 consents and objections together. "
        "The quorum of 50 % needs 10 answers; there are 17. "
        "2 members did not answer, and silence is not counted: Taizhou and Wuppertal."
    )


@pytest.mark.parametrize(
    ("rule", "letters_cn", "letters_de", "expected"),
    [
        (
            Rule(Threshold.SHARE, Silence.IGNORED, quorum_percent=50),
            "C---",
            "",
            "The quorum of 50 % needs 2 answers; there are 1. 3 members did not answer: cn2, cn3 and cn4.",
        ),
        (
            Rule(Threshold.SHARE, Silence.IGNORED),
            "AA",
            "",
            "Needs one consent; has 0. Nobody has consented or objected. "
            "2 abstentions, which count neither for nor against: cn1 and cn2.",
        ),
        (
            Rule(Threshold.NO_OBJECTION, Silence.CONSENT),
            "CO-",
            "",
            "Needs no objection; has one. One member did not answer, and silence counts as consent: cn3. "
            "One objection with reason: cn2.",
        ),
        (
            Rule(Threshold.NO_OBJECTION, Silence.ABSTENTION),
            "OO-",
            "",
            "Needs no objection; has 2. Needs one consent; has 0. "
            "One member did not answer, and silence counts as abstention: cn3. "
            "2 objections with reasons: cn1 and cn2.",
        ),
        (Rule(Threshold.NO_OBJECTION, Silence.BLOCKS), "CC", "", "Needs no objection; has none."),
        (
            Rule(Threshold.TWO_THIRDS_AND_A_QUARTER, Silence.IGNORED),
            "CCO",
            "",
            "Needs 2 consents; has 2. The measure is 2/3 of the 3 consents and objections together. "
            "Of 3 answers at most a quarter may be objections, that is 0; there are 1. "
            "One objection with reason: cn3.",
        ),
        (
            Rule(Threshold.BOTH_SIDES, Silence.IGNORED),
            "CCC",
            "CO",
            "Chinese side: needs 2 consents; has 3. German side: needs 2 consents; has 1. "
            "One objection with reason: de2.",
        ),
    ],
)
def test_the_reasons_of_a_closed_circular(rule, letters_cn, letters_de, expected):
    assert decide(rule, letters_cn, letters_de).text() == expected


@pytest.mark.parametrize(
    ("rule", "letters_cn", "letters_de", "headline", "complete"),
    [
        (Rule(Threshold.SHARE, Silence.IGNORED), "", "", "No member is asked, so there is no quorum.", False),
        (
            Rule(Threshold.SHARE, Silence.IGNORED, quorum_percent=50),
            "CC---",
            "",
            "Needs 3 answers for the quorum, has 2.",
            False,
        ),
        # one objection asks for two consents; the silent can still give the second
        (Rule(Threshold.SHARE, Silence.IGNORED), "CO-", "", "Needs 2 consents, has 1.", False),
        # nobody is silent: two thirds of the three answers
        (Rule(Threshold.SHARE, Silence.IGNORED), "COO", "", "Needs 2 consents, has 1.", False),
        # the one silent member is not enough against two objections: two thirds of all four
        (Rule(Threshold.SHARE, Silence.IGNORED), "COO-", "", "Needs 3 consents, has 1.", False),
        (
            Rule(Threshold.SHARE, Silence.IGNORED, share=Fraction(1)),
            "CO-",
            "",
            "Needs 3 consents, has 1.",
            False,
        ),
        # silence already stands as consent
        (Rule(Threshold.SHARE, Silence.CONSENT), "COO-", "", "Needs 3 consents, has 2.", False),
        (Rule(Threshold.SHARE, Silence.IGNORED), "CC-", "", "Enough so far: needs 2 consents, has 2.", True),
        (
            Rule(Threshold.SHARE, Silence.BLOCKS),
            "CC-",
            "",
            "Needs the answers of all 3 members, has 2.",
            False,
        ),
        (Rule(Threshold.NO_OBJECTION, Silence.IGNORED), "---", "", "Needs one consent, has 0.", False),
        (Rule(Threshold.NO_OBJECTION, Silence.CONSENT), "CO-", "", "Needs no objection, has one.", False),
        (
            Rule(Threshold.NO_OBJECTION, Silence.CONSENT),
            "C--",
            "",
            "Enough so far: 3 consents and no objection.",
            True,
        ),
        (
            Rule(Threshold.TWO_THIRDS_AND_A_QUARTER, Silence.IGNORED),
            "CCO-",
            "",
            "At most a quarter of the answers may be objections: of 3 answers 0, has 1.",
            False,
        ),
        (
            Rule(Threshold.BOTH_SIDES, Silence.IGNORED),
            "CC",
            "CO-",
            "German side: needs 2 consents, has 1.",
            False,
        ),
        (
            Rule(Threshold.BOTH_SIDES, Silence.IGNORED),
            "CC-",
            "",
            "Chinese side, enough so far: needs 2 consents, has 2.",
            True,
        ),
        (
            Rule(Threshold.ALL_EXPRESSLY, Silence.IGNORED),
            "C--",
            "",
            "Enough so far: needs one consent, has 1.",
            True,
        ),
    ],
)
def test_what_an_open_circular_still_misses(rule, letters_cn, letters_de, headline, complete):
    found = lacking(rule, letters_cn, letters_de)
    assert (found.headline.text(), found.complete) == (headline, complete)


def test_the_further_sentences_say_how_each_answer_counts():
    rule = Rule(Threshold.SHARE, Silence.IGNORED)
    assert lacking(rule, "CCOA-").text() == (
        "Enough so far: needs 2 consents, has 2. "
        "One member has not answered; at the deadline silence is not counted: cn5. "
        "cn3 objects: under “a share of the answers” that is weighed against the consents. "
        "cn4 abstains: under “a share of the answers” that counts neither for nor against."
    )


def test_why_a_circular_may_not_close_early_in_words():
    asked = electorate(cn=5)
    rule = Rule(Threshold.SHARE, Silence.IGNORED, early_close=True)
    why = early_close_hindrances(
        rule, asked, ballots(asked, "CCC--"), deadline=DEADLINE, at=DEADLINE - DAY, open_questions=2
    )
    assert sentences(why) == (
        "2 questions to the applicant are unanswered. "
        "It would not be carried if the 2 members that have not answered objected: cn4 and cn5."
    )


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, "a"),
        (2, "a and b"),
        (5, "a, b, c, d and e"),
        (6, "a, b, c, d and 2 more"),
        (19, "a, b, c, d and 15 more"),
    ],
)
def test_of_many_names_the_first_few_and_a_number(count, expected):
    assert listed("abcdefghijklmnopqrs"[:count]) == expected


def test_names_follow_the_language_of_the_reader():
    names = {"en": "Cologne", "de": "Köln"}
    asked = Electorate((Member("koeln", Side.DE, lambda: names[translation.get_language()]),))
    found = outcome(
        Rule(Threshold.NO_OBJECTION, Silence.IGNORED),
        asked,
        ballots(asked, "O"),
        deadline=DEADLINE,
        at=DEADLINE,
    )
    objection = next(reason for reason in found.reasons if reason.code == "objections")
    with translation.override("en"):
        assert "Cologne" in str(objection)
    with translation.override("de"):
        assert "Köln" in str(objection)


def test_every_sentence_waits_for_the_language():
    assert {code for code, sentence in SENTENCES.items() if not isinstance(sentence, Promise)} == set()
    assert {key for key, sentence in EXPLANATIONS.items() if not isinstance(sentence, Promise)} == set()


# --- Shipped rules, explanations, and the mirrors of these words in the database ---


def test_the_shipped_rules_are_those_of_the_page():
    found = [
        (
            rule.names["en"],
            rule.threshold,
            rule.silence,
            rule.quorum_percent,
            rule.period_days,
            rule.is_default,
        )
        for rule in SHIPPED_RULES
    ]
    assert found == [
        ("All members consent expressly", Threshold.ALL_EXPRESSLY, Silence.BLOCKS, 0, 42, True),
        ("Silence procedure", Threshold.NO_OBJECTION, Silence.CONSENT, 0, 28, False),
        ("Two thirds of answers", Threshold.SHARE, Silence.IGNORED, 50, 42, False),
        ("Both sides", Threshold.BOTH_SIDES, Silence.IGNORED, 50, 42, False),
    ]
    shares = {(rule.rule.share, rule.rule.share_cn, rule.rule.share_de) for rule in SHIPPED_RULES}
    assert shares == {(Fraction(2, 3),) * 3}
    assert {(rule.reminder_days, rule.wait_days) for rule in SHIPPED_RULES} == {((14, 3), 0)}
    assert len({rule.key for rule in SHIPPED_RULES}) == 4


def test_every_shipped_rule_has_a_name_of_its_own_in_three_languages():
    for language in ("en", "de", "zh-hans"):
        assert len({rule.names[language] for rule in SHIPPED_RULES}) == 4


def test_every_option_is_explained():
    options = {
        *(f"threshold.{value}" for value in Threshold),
        *(f"silence.{value}" for value in Silence),
        *(f"visibility.{value}" for value in Visibility),
    }
    fields = {"quorum", "share", "share_cn", "share_de", "early_close", "period_days", "zone"}
    assert set(EXPLANATIONS) == options | fields | {"reminder_days", "wait_days"}


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (Threshold, states.Threshold),
        (Silence, states.Silence),
        (Position, states.Position),
        (Visibility, states.Visibility),
    ],
)
def test_the_values_are_those_of_the_database(here, there):
    assert {option.value for option in here} == set(there.values)


def test_the_results_are_those_of_the_database_which_also_knows_none_yet():
    assert {"", *(option.value for option in Result)} == set(states.Result.values)
