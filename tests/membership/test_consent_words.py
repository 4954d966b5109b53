"""The reasons of the consent rule in words."""

from fractions import Fraction

import pytest
from django.utils import translation
from django.utils.functional import Promise

from membership.consent import (
    EXPLANATIONS,
    SHIPPED_RULES,
    Electorate,
    Member,
    Result,
    Rule,
    Side,
    Silence,
    Threshold,
    early_close_hindrances,
    missing,
    outcome,
    sentences,
)
from membership.consent.reasons import SENTENCES, listed
from tests.factories.consent import DAY, DEADLINE, ballots, decide, electorate, founders


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def lacking(rule, letters_cn, letters_de=""):
    asked = electorate(len(letters_cn), len(letters_de))
    return missing(rule, asked, ballots(asked, letters_cn + letters_de), deadline=DEADLINE, at=DEADLINE - DAY)


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
        # the silent one stands as an abstention, which makes the objection a quarter
        (
            Rule(Threshold.TWO_THIRDS_AND_A_QUARTER, Silence.ABSTENTION),
            "CCO-",
            "",
            "Enough so far: needs 2 consents, has 2.",
            True,
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
