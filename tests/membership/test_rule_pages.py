"""Consent rules: their list, their meaning in words, new rules and new versions."""

import pytest
import time_machine

from membership.actions import rules
from membership.models import ConsentRule
from tests.factories import circulars as cast
from tests.factories.pages import TODAY, csv_of, look, post, sign_in, text_of
from tests.factories.people import AdministratorFactory, ManagerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db
NAMES = {"name_en": "Five sixths", "name_de": "Fünf Sechstel", "name_zh": "六分之五"}
VALUES = {
    "threshold": "share", "share": "5/6", "share_cn": "2/3", "share_de": "2/3", "silence": "abstention",
    "quorum_percent": "25", "period_days": "30", "zone": "Europe/Berlin", "visibility": "secretariat",
    "reminder_days": "3, 14, 3", "wait_days": "90", "early_close": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def secretary():
    return SecretaryFactory()


def current(key):
    return ConsentRule.objects.current().get(key=key)


def test_everybody_signed_in_may_read_the_rules_and_the_secretariat_makes_them(client):
    for reader in (SecretaryFactory(), ManagerFactory(), cast.officer("Foshan"), UserFactory()):
        response = look(client, reader, "/rules/")
        assert [(row.name, row.version) for row in response.context["rows"]] == [
            ("All members consent expressly", 1),
            ("Both sides", 1),
            ("Silence procedure", 1),
            ("Two thirds of answers", 1),
        ]
        assert ("/rules/new/" in response.content.decode()) is reader.is_secretariat
        look(client, reader, "/rules/two-thirds/")
    for other in (ManagerFactory(), AdministratorFactory(), cast.officer("Aachen"), UserFactory()):
        sign_in(client, other)
        for path in ("/rules/new/", "/rules/two-thirds/new/"):
            assert client.get(path).status_code == 404
            assert client.post(path, {**NAMES, **VALUES, "key": "five-sixths"}).status_code == 404
    client.logout()
    for path in ("/rules/", "/rules/two-thirds/", "/rules/new/", "/rules/two-thirds/new/"):
        assert client.get(path)["Location"] == f"/accounts/login/?next={path}"


def test_a_rule_is_explained_option_by_option(client, secretary):
    response = look(client, secretary, "/rules/two-thirds/")
    assert [clause.term for clause in response.context["clauses"]] == [
        "Threshold: Share of answers, 2/3",
        "Silence: Silence is left out",
        "Quorum: 50 %",
        "Period: 42 days",
        "Deadline: China (Foshan)",
        "Early close: not possible",
        "Who sees the answers: All members",
        "Reminders: 14 days, 3 days",
        "Wait before a new application: 0 days",
    ]
    assert "two thirds of three is two" in text_of(response)
    terms = [clause.term for clause in look(client, secretary, "/rules/both-sides/").context["clauses"]]
    assert terms[0] == "Threshold: Both sides, 2/3 and 2/3"
    sign_in(client, secretary)
    for path in ("/rules/none/", "/rules/two-thirds/?version=2", "/rules/two-thirds/?version=x"):
        assert client.get(path).status_code == 404


def test_a_new_rule_is_made_once(client, secretary):
    data = {**NAMES, **VALUES, "key": "Five-Sixths"}
    assert post(client, secretary, "/rules/new/", **data)["Location"] == "/rules/five-sixths/"
    rule = current("five-sixths")
    assert (rule.version, rule.made_by, rule.made_at) == (1, secretary, TODAY)
    assert (rule.share_numerator, rule.share_denominator, rule.threshold, rule.silence) == (
        5,
        6,
        "share",
        "abstention",
    )
    assert (rule.quorum_percent, rule.period_days, rule.zone, rule.wait_days) == (25, 30, "Europe/Berlin", 90)
    assert (rule.reminder_days, rule.early_close, rule.visibility) == ([14, 3], True, "secretariat")
    response = post(client, secretary, "/rules/new/", **data)
    assert response.context["form"].errors["key"][0].startswith("There is a rule of this name already.")
    assert ConsentRule.objects.filter(key="five-sixths").count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "error"),
    [
        (
            {"threshold": "all_expressly", "silence": "consent"},
            "silence",
            "When all members must consent expressly",
        ),
        ({"threshold": "all_expressly", "silence": "abstention"}, "silence", "When all members must consent"),
        ({"share": ""}, "share", "This threshold needs a share"),
        ({"threshold": "both_sides", "share_de": ""}, "share_de", "This threshold needs a share"),
        ({"share": "0.66"}, "share", "Please write a fraction"),
        ({"share": "3/2"}, "share", "Please write a fraction"),
        ({"share": "1/0"}, "share", "Please write a fraction"),
        ({"share": "-1/2"}, "share", "Please write a fraction"),
        ({"share": "two thirds"}, "share", "Please write a fraction"),
        ({"quorum_percent": "101"}, "quorum_percent", "Ensure this value is less than or equal to 100."),
        ({"period_days": "0"}, "period_days", "Ensure this value is greater than or equal to 1."),
        ({"reminder_days": "30"}, "reminder_days", "A reminder lies within the period."),
        ({"reminder_days": "soon"}, "reminder_days", "Item 1 in the array did not validate"),
        ({"zone": "Europe/Atlantis"}, "zone", "Select a valid choice."),
        ({"name_zh": ""}, "name_zh", "This field is required."),
        ({"key": "new"}, "key", "This name is kept for the page"),
        ({"key": "fünf"}, "key", "Enter a valid"),
    ],
)
def test_what_has_no_meaning_is_refused_beside_its_field(client, secretary, changes, field, error):
    data = {**NAMES, **VALUES, "key": "five-sixths", **changes}
    response = post(client, secretary, "/rules/new/", **data)
    assert response.status_code == 200
    form = response.context["form"]
    assert form.errors[field][0].startswith(error)
    assert list(form.errors) == [field]
    assert form["name_de"].value() == "Fünf Sechstel"
    assert ConsentRule.objects.count() == 4


def test_a_new_version_begins_as_the_one_before_and_supersedes_it(client, secretary):
    form = look(client, secretary, "/rules/two-thirds/new/").context["form"]
    values = {name: form[name].value() for name in form.fields if form[name].value() is not False}
    assert (values["share"], values["silence"], values["period_days"], values["began_with"]) == (
        "2/3",
        "ignored",
        42,
        1,
    )
    changed = {
        **values,
        "reminder_days": "14,3",
        "period_days": "60",
    }
    assert post(client, secretary, "/rules/two-thirds/new/", **changed)["Location"] == "/rules/two-thirds/"
    new, old = ConsentRule.objects.filter(key="two-thirds").order_by("-version")
    assert (new.version, new.period_days, new.superseded_at) == (2, 60, None)
    assert (old.version, old.period_days, old.superseded_at, old.superseded_by) == (1, 42, TODAY, secretary)
    response = post(client, secretary, "/rules/two-thirds/new/", **changed)
    assert response.context["form"].non_field_errors() == [
        "There is a newer version of this rule. Please start from that one."
    ]
    assert "Superseded" in text_of(look(client, secretary, "/rules/two-thirds/?version=1"))
    assert [row["label"] for row in look(client, secretary, "/rules/two-thirds/").context["versions"]] == [
        "Version 2",
        "Version 1",
    ]


def test_an_unchanged_version_is_refused(client, secretary):
    form = look(client, secretary, "/rules/two-thirds/new/").context["form"]
    same = {name: form[name].value() for name in form.fields if form[name].value()}
    response = post(
        client, secretary, "/rules/two-thirds/new/", **{**same, "reminder_days": "14,3", "wait_days": "0"}
    )
    assert response.context["form"].non_field_errors() == [
        "Nothing was changed, so there is no need for a new version."
    ]
    assert ConsentRule.objects.filter(key="two-thirds").count() == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [("Both sides", 2), ("Silence procedure", 1), ("Both sides", 1)]),
        ("?state=current", [("Both sides", 2), ("Silence procedure", 1)]),
        ("?state=superseded", [("Both sides", 1)]),
        ("?q=zwei+drittel", []),
        ("?q=schweige", [("Silence procedure", 1)]),
        ("?q=默示", [("Silence procedure", 1)]),
        ("?sort=-version", [("Both sides", 2), ("Silence procedure", 1), ("Both sides", 1)]),
        ("?sort=period", [("Silence procedure", 1), ("Both sides", 1), ("Both sides", 2)]),
    ],
)
def test_the_list_is_searched_filtered_and_sorted(client, secretary, query, found):
    rules.new_version(current("both-sides"), wait_days=9, by=None, at=TODAY)
    shown = {"both-sides", "silence-procedure"}
    rows = look(client, secretary, f"/rules/{query}").context["rows"]
    assert [(row.name, row.version) for row in rows if row.key in shown] == found


def test_the_list_as_a_file(client, secretary):
    sign_in(client, secretary)
    table = csv_of(client.get("/rules/?format=csv&q=two-thirds"))
    assert table == [
        ["Rule", "Version", "State", "Threshold", "Silence", "Quorum in %", "Period", "Circulars"],
        [
            "Two thirds of answers",
            "1",
            "Current",
            "Share of answers, 2/3",
            "Silence is left out",
            "50",
            "42 days",
            "0",
        ],
    ]


LIST_QUERIES = 5


@pytest.mark.parametrize("versions", [1, 3])
def test_the_list_takes_the_same_queries_for_few_and_many(client, django_assert_num_queries, versions):
    for number in range(versions - 1):
        rules.new_version(current("both-sides"), wait_days=number + 1, by=None, at=TODAY)
    sign_in(client, UserFactory())
    client.get("/rules/?q=both")
    with django_assert_num_queries(LIST_QUERIES):
        response = client.get("/rules/?q=both")
    assert len(response.context["rows"]) == versions


def test_a_rule_names_the_circulars_the_person_may_see(client, secretary):
    circular = cast.issued(rule=current("two-thirds"))
    assert list(look(client, secretary, "/rules/two-thirds/").context["circulars"]) == [circular]
    assert list(look(client, cast.lead("Foshan"), "/rules/two-thirds/").context["circulars"]) == [circular]
    assert list(look(client, UserFactory(), "/rules/two-thirds/").context["circulars"]) == []
