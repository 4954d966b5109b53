"""The shipped rules, the explanation of each option, and the same words in the database."""

from fractions import Fraction

import pytest

from membership import states
from membership.consent import (
    EXPLANATIONS,
    SHIPPED_RULES,
    Position,
    Result,
    Silence,
    Threshold,
    Visibility,
)


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
