"""What the secretariat does on the page of a circular: remind, extend, cancel, close."""

from datetime import UTC, datetime

import pytest
import time_machine

from membership.actions import rules
from membership.models import ConsentRule, Reminder
from membership.states import CircularState
from tests.factories import circulars as cast
from tests.factories.applications import lead_of
from tests.factories.circulars import AFTER
from tests.factories.cities import CityFactory
from tests.factories.pages import (
    TODAY,
    facts_of,
    look,
    messages_of,
    notes_of,
    post,
    sign_in,
    text_of,
)
from tests.factories.people import (
    AdministratorFactory,
    ManagerFactory,
    SecretaryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/circulars/2017-01/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def secretary():
    return SecretaryFactory()


@pytest.fixture
def circular():
    return cast.issued(rule=cast.rule("all-expressly"))


def applicant():
    return lead_of(CityFactory(name_de="Mainz"))


VERBS = ["remind", "extend", "cancel", "close", "again"]


@pytest.mark.parametrize("verb", VERBS)
def test_verbs_are_for_the_secretariat_and_by_post_only(client, circular, verb):
    path = f"/circulars/2017-01/{verb}/"
    others = [cast.lead("Foshan"), applicant(), ManagerFactory(), AdministratorFactory(), UserFactory()]
    for other in others:
        assert post(client, other, path, reason="Why not", deadline="2017-04-01").status_code == 404
    assert cast.fresh(circular).state == CircularState.ISSUED
    assert not Reminder.objects.exists()
    sign_in(client, SecretaryFactory())
    assert client.get(path).status_code == 405


def test_reminding_by_hand_reaches_the_silent_and_only_once_a_day(client, circular, secretary):
    cast.say(circular, "Foshan")
    response = look(client, secretary, PAGE)
    assert response.context["silent"] == ["Liuzhou", "Nanning", "Aachen", "Köln", "Wuppertal"]
    for _twice in range(2):
        response = post(client, secretary, "/circulars/2017-01/remind/")
        assert response["Location"] == "/circulars/2017-01/"
    reminder = Reminder.objects.get()
    assert reminder.electors.count() == 5
    assert "5 members are reminded." in messages_of(client.get("/circulars/2017-01/"))
    assert notes_of(look(client, cast.lead("Foshan"), PAGE))["Aachen"] == "Reminded once"


def test_extending_moves_the_deadline_to_the_end_of_the_day(client, circular, secretary):
    data = {"deadline": "2017-03-19", "reason": "Spring Festival"}
    response = post(client, secretary, "/circulars/2017-01/extend/", **data)
    assert response["Location"] == "/circulars/2017-01/"
    extension = cast.fresh(circular).extension
    assert extension.new_deadline == datetime(2017, 3, 19, 15, 59, 59, tzinfo=UTC)
    facts = facts_of(look(client, secretary, PAGE))
    assert facts["Closes in"]["value"] == "19 days"
    assert facts["Extended from"] == {
        "label": "Extended from",
        "value": "12 March 2017",
        "lines": ["Spring Festival"],
    }
    assert "It was extended once; it cannot be moved again." in text_of(look(client, secretary, PAGE))
    assert post(client, secretary, "/circulars/2017-01/extend/", **data)["Location"] == "/circulars/2017-01/"
    assert cast.fresh(circular).extension == extension
    later = {"deadline": "2017-03-26", "reason": "Once more"}
    assert post(client, secretary, "/circulars/2017-01/extend/", **later)["Location"] == "/circulars/2017-01/"
    assert messages_of(client.get("/circulars/2017-01/"))[-1].startswith(
        "The deadline was extended once already"
    )
    assert cast.fresh(circular).extension == extension


@pytest.mark.parametrize(
    ("data", "field", "error"),
    [
        (
            {"deadline": "2017-03-12", "reason": "x"},
            "deadline",
            "The new deadline lies after the present one",
        ),
        (
            {"deadline": "2017-02-01", "reason": "x"},
            "deadline",
            "The new deadline lies after the present one",
        ),
        ({"deadline": "soon", "reason": "x"}, "deadline", "Enter a valid date."),
        ({"deadline": "2017-03-19", "reason": " "}, "reason", "This field is required."),
    ],
)
def test_a_refused_extension_keeps_what_was_typed(client, circular, secretary, data, field, error):
    response = post(client, secretary, "/circulars/2017-01/extend/", **data)
    assert response.status_code == 200
    form = response.context["extend_form"]
    assert form.errors[field][0].startswith(error)
    assert form["deadline"].value() == data["deadline"]
    assert error in text_of(response)
    assert not hasattr(cast.fresh(circular), "extension")


def test_cancelling_needs_a_reason_and_is_done_once(client, circular, secretary):
    response = post(client, secretary, "/circulars/2017-01/cancel/", reason="")
    assert response.context["cancel_form"].errors["reason"]
    assert cast.fresh(circular).state == CircularState.ISSUED
    for _twice in range(2):
        response = post(client, secretary, "/circulars/2017-01/cancel/", reason="Mistaken")
        assert response["Location"] == "/circulars/2017-01/"
    circular = cast.fresh(circular)
    assert (circular.state, circular.cancel_reason) == (CircularState.CANCELLED, "Mistaken")


def test_closing_early_says_why_not_and_is_refused(client, secretary):
    circular = cast.issued(rule=cast.rule("two-thirds", early_close=True))
    cast.say(circular, "Foshan")
    text = text_of(look(client, secretary, PAGE))
    assert "Not possible now:" in text
    assert "/circulars/2017-01/close/" not in look(client, secretary, PAGE).content.decode()
    response = post(client, secretary, "/circulars/2017-01/close/")
    assert response.status_code == 302
    assert cast.fresh(circular).state == CircularState.ISSUED
    assert any(
        "cannot close before its deadline" in m for m in messages_of(client.get("/circulars/2017-01/"))
    )


def test_closing_early_where_nothing_can_change_the_outcome(client, secretary):
    circular = cast.issued(rule=cast.rule("two-thirds", early_close=True))
    for name in ("Foshan", "Liuzhou", "Nanning", "Aachen"):
        cast.say(circular, name)
    assert "Whatever the silent members still do" in text_of(look(client, secretary, PAGE))
    for _twice in range(2):
        response = post(client, secretary, "/circulars/2017-01/close/")
        assert response["Location"] == "/circulars/2017-01/"
    circular = cast.fresh(circular)
    assert (circular.state, circular.result, circular.closed_early) == (CircularState.CLOSED, "carried", True)


def test_closing_by_hand_after_the_deadline(client, circular, secretary):
    with time_machine.travel(AFTER, tick=False):
        assert "The deadline has passed; the circular closes by itself" in text_of(
            look(client, secretary, PAGE)
        )
        post(client, secretary, "/circulars/2017-01/close/")
    assert cast.fresh(circular).result == "failed"


def test_the_rule_is_explained_as_it_was_when_issued(client, circular):
    rule = ConsentRule.objects.get(key="all-expressly")
    rules.new_version(rule, silence="ignored", by=None, at=TODAY)
    response = look(client, cast.lead("Foshan"), PAGE)
    assert [clause.term for clause in response.context["clauses"]][:3] == [
        "Threshold: All members expressly",
        "Silence: Silence stands in the way",
        "Quorum: none",
    ]
