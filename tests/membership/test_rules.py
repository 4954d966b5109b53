"""The kept consent rules."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from alliance.accounts.permissions import NotPermitted
from membership import consent
from membership.actions import rules
from membership.actions.circulars import rule_in_words
from membership.actions.outcomes import rule_of
from membership.models import ConsentRule
from tests.factories import circulars as cast
from tests.factories.people import ManagerFactory, SecretaryFactory

pytestmark = pytest.mark.django_db
AT = datetime(2017, 1, 2, tzinfo=UTC)
OWN = {
    "name_en": "Three quarters", "name_de": "Drei Viertel", "name_zh": "四分之三", "threshold": "share",
    "silence": "abstention", "share_numerator": 3, "share_denominator": 4, "period_days": 30,
    "reminder_days": [3, 10, 3],
}  # fmt: skip


@pytest.fixture
def secretary():
    return SecretaryFactory()


def test_the_shipped_rules_are_those_of_the_rule_book():
    kept = {rule.key: rule for rule in ConsentRule.objects.current()}
    assert set(kept) == {rule.key for rule in consent.SHIPPED_RULES}
    for shipped in consent.SHIPPED_RULES:
        rule = kept[shipped.key]
        assert rule_of(rule.as_content()) == shipped.rule
        assert {"en": rule.name_en, "de": rule.name_de, "zh-hans": rule.name_zh} == shipped.names
        assert (rule.version, rule.period_days, rule.zone) == (1, shipped.period_days, shipped.zone)
        assert (rule.visibility, rule.wait_days) == (shipped.visibility, shipped.wait_days)
        assert tuple(rule.reminder_days) == shipped.reminder_days


def test_the_default_is_that_all_consent_expressly():
    assert ConsentRule.objects.default().name_en == "All members consent expressly"


def test_a_rule_of_ones_own(secretary):
    rule = rules.make("three-quarters", by=secretary, at=AT, **OWN)
    rule.refresh_from_db()
    assert (rule.version, rule.made_by, rule.made_at, rule.reminder_days) == (1, secretary, AT, [10, 3])
    with override("en"):
        words = rule_in_words(rule.as_content())
    assert words.startswith("“Three quarters”.")
    assert "The share is 3/4." in words


def test_a_key_stands_for_one_rule(secretary):
    with pytest.raises(rules.RuleIsThere):
        rules.make("two-thirds", by=secretary, at=AT, **OWN)


def test_a_new_version_takes_the_place_of_the_former(secretary):
    former = cast.rule("two-thirds")
    rule = rules.new_version(former, period_days=30, by=secretary, at=AT)
    former.refresh_from_db()
    assert (former.superseded_at, former.superseded_by, former.period_days) == (AT, secretary, 42)
    assert (rule.key, rule.version, rule.period_days, rule.quorum_percent) == ("two-thirds", 2, 30, 50)
    assert ConsentRule.objects.current().get(key="two-thirds") == rule
    with pytest.raises(rules.Superseded):
        rules.new_version(former, period_days=20, by=secretary, at=AT)


def test_circular_keeps_the_version_it_was_issued_under(secretary):
    circular = cast.issued(rule=cast.rule("two-thirds"))
    rules.new_version(circular.rule, silence="blocks", by=secretary, at=AT)
    assert cast.fresh(circular).rule_content["silence"] == "ignored"


def test_a_version_without_a_change_is_refused(secretary):
    with pytest.raises(rules.NothingChanged):
        rules.new_version(cast.rule("two-thirds"), period_days=42, by=secretary, at=AT)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"threshold": "all_expressly", "silence": "consent"}, "silence: When all members must consent"),
        ({"quorum_percent": 101}, "quorum in per cent: "),
        ({"share_numerator": 5}, "[sS]hare: A share is an exact fraction"),
        ({"share_denominator": 0}, "[sS]hare.*: This is no fraction"),
        ({"period_days": 0}, "period in days: "),
        ({"zone": "Europe/Mainz"}, "time zone of the deadline: .*Europe/Mainz"),
        ({"threshold": "dice"}, "threshold: "),
        ({"name_zh": ""}, "name in Chinese: "),
    ],
)
def test_rules_without_a_meaning(changes, words, secretary):
    with pytest.raises(rules.RuleWithoutMeaning, match=words):
        rules.make("own", by=secretary, at=AT, **{**OWN, **changes})
    with pytest.raises(rules.RuleWithoutMeaning, match=words):
        rules.new_version(cast.rule("two-thirds"), by=secretary, at=AT, **changes)
    assert ConsentRule.objects.count() == 4
    assert ConsentRule.objects.current().count() == 4


def test_only_the_secretariat_keeps_rules():
    with pytest.raises(NotPermitted):
        rules.make("own", by=ManagerFactory(), at=AT, **OWN)
    with pytest.raises(NotPermitted):
        rules.new_version(cast.rule("two-thirds"), period_days=30, by=ManagerFactory(), at=AT)
