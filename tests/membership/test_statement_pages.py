"""Giving, entering, contesting statements; questions to the applicant and their answers."""

import pytest
import time_machine

from membership.actions import circulars
from membership.models import Question, Statement
from tests.factories import circulars as cast
from tests.factories.applications import lead_of
from tests.factories.circulars import AFTER, DAY, ISSUED
from tests.factories.cities import CityFactory
from tests.factories.membership import MembershipFactory
from tests.factories.pages import TODAY, csv_of, look, messages_of, post, sign_in, text_of
from tests.factories.people import (
    AdministratorFactory,
    ManagerFactory,
    OfficerFactory,
    SecretaryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/circulars/2017-01/"
STATE, ASK, ENTER = f"{PAGE}state/", f"{PAGE}ask/", f"{PAGE}statements/new/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def circular():
    return cast.issued(rule=cast.rule("all-expressly"))


@pytest.fixture
def secretary():
    return SecretaryFactory()


def applicant():
    return lead_of(CityFactory(name_de="Mainz"))


def stated():
    """All statements that are kept: member, position, text, channel, late."""
    rows = Statement.objects.order_by("pk")
    return list(rows.values_list("elector__name_de", "position", "text", "channel", "late"))


def answer(circular, name="Foshan", position="consent", text=""):
    return {"elector": cast.elector(circular, name).pk, "position": position, "text": text}


# --- one's own statement ---


@pytest.mark.parametrize(
    ("position", "text", "kept"),
    [
        ("consent", "", ("consent", "")),
        ("consent", "  Willkommen  ", ("consent_with_comment", "Willkommen")),
        ("consent_with_comment", "欢迎", ("consent_with_comment", "欢迎")),
        ("objection", "Too far", ("objection", "Too far")),
        ("abstention", "", ("abstention", "")),
    ],
)
def test_lead_gives_the_statement_and_sending_it_twice_changes_nothing(
    client, circular, position, text, kept
):
    data = answer(circular, position=position, text=text)
    for _twice in range(2):
        response = post(client, cast.lead("Foshan"), STATE, **data)
        assert response["Location"] == PAGE
    assert stated() == [("Foshan", *kept, "signed_in", False)]
    response = client.get(PAGE)
    assert messages_of(response)[0] == "The statement of Foshan is recorded."
    (voice,) = response.context["voices"]
    assert voice["form"]["position"].value() == kept[0]
    assert voice["form"]["text"].value() == kept[1]


def test_a_statement_can_be_changed_and_both_are_kept(client, circular):
    post(client, cast.lead("Foshan"), STATE, **answer(circular, position="objection", text="Too far"))
    post(client, cast.officer("Foshan", level="deputy"), STATE, **answer(circular))
    assert stated() == [
        ("Foshan", "objection", "Too far", "signed_in", False),
        ("Foshan", "consent", "", "signed_in", False),
    ]
    series = look(client, cast.lead("Aachen"), PAGE).context["series"]
    assert [line["statement"].position for line in series] == ["consent", "objection"]


@pytest.mark.parametrize(
    ("position", "text", "field", "error"),
    [
        ("objection", "", "text", "Please give the reason of the objection"),
        ("objection", " \n ", "text", "Please give the reason of the objection"),
        ("consent_with_comment", "", "text", "Please write the comment, or choose “We consent”."),
        ("", "Welcome", "position", "This field is required."),
        ("perhaps", "", "position", "Select a valid choice."),
        ("abstention", "x" * 20_001, "text", "Ensure this value has at most 20000 characters"),
    ],
)
def test_a_refused_statement_says_why_and_keeps_what_was_typed(
    client, circular, position, text, field, error
):
    response = post(client, cast.lead("Foshan"), STATE, **answer(circular, position=position, text=text))
    assert response.status_code == 200
    form = response.context["voices"][0]["form"]
    assert form.errors[field][0].startswith(error)
    assert error in text_of(response)
    assert form["text"].value() == text
    assert stated() == []


def test_nobody_answers_for_another_member(client, circular):
    foreign = MembershipFactory(cities=[cast.city("Bonn")])
    assert foreign.electors.count() == 0
    data = answer(circular)
    for other in (
        cast.lead("Aachen"),
        cast.officer("Foshan", level="editor"),
        applicant(),
        SecretaryFactory(),
        ManagerFactory(),
        AdministratorFactory(),
        UserFactory(),
    ):
        assert post(client, other, STATE, **data).status_code == 404
    for forged in ("", "abc", "0", str(10**12)):
        assert post(client, cast.lead("Foshan"), STATE, **{**data, "elector": forged}).status_code == 404
    assert stated() == []
    sign_in(client, cast.lead("Foshan"))
    assert client.get(STATE).status_code == 405


def test_an_elector_of_another_circular_is_not_found(client, circular, secretary):
    circulars.cancel(circular, reason="Mistaken", by=secretary, at=TODAY)
    draft = circulars.draft_for(circular.application, by=secretary, at=TODAY)
    again = circulars.issue(draft, by=secretary, at=TODAY)
    data = answer(circular)
    assert post(client, cast.lead("Foshan"), "/circulars/2017-02/state/", **data).status_code == 404
    assert post(client, cast.lead("Foshan"), "/circulars/2017-02/state/", **answer(again)).status_code == 302
    assert [row[0] for row in stated()] == ["Foshan"]


def test_visitors_are_asked_to_sign_in(client, circular):
    response = client.post(STATE, answer(circular))
    assert response["Location"].startswith("/accounts/login/")
    assert stated() == []


def test_after_the_deadline_it_is_recorded_as_late(client, circular):
    circulars.close(circular, at=AFTER)
    with time_machine.travel(AFTER + DAY, tick=False):
        assert "A statement given now is recorded as late and shown; it is not counted." in text_of(
            look(client, cast.lead("Foshan"), PAGE)
        )
        post(client, cast.lead("Foshan"), STATE, **answer(circular))
        response = client.get(PAGE)
    assert stated() == [("Foshan", "consent", "", "signed_in", True)]
    assert messages_of(response) == ["The statement of Foshan is recorded as late; it is not counted."]
    assert response.context["answers"]["text"].startswith("Needs 6 consents; has 0.")


def test_a_cancelled_circular_takes_no_statement_and_says_so(client, circular, secretary):
    circulars.cancel(circular, reason="Mistaken", by=secretary, at=TODAY)
    response = post(client, cast.lead("Foshan"), STATE, **answer(circular))
    assert response["Location"] == PAGE
    assert messages_of(client.get(PAGE)) == ["The circular 2017/01 was cancelled and stays as it is."]
    assert stated() == []


def test_a_person_of_two_members_answers_for_each(client, circular):
    both = cast.lead("Aachen")
    OfficerFactory(city=cast.city("Foshan"), user=both, level="deputy")
    response = look(client, both, PAGE)
    assert [voice["elector"].name for voice in response.context["voices"]] == ["Foshan", "Aachen"]
    post(client, both, STATE, **answer(circular, "Foshan"))
    post(client, both, STATE, **answer(circular, "Aachen", "objection", "Too far"))
    assert [row[:2] for row in stated()] == [("Foshan", "consent"), ("Aachen", "objection")]


# --- questions ---


def test_a_question_is_asked_and_answered_and_seen_by_all(client, circular):
    data = {"elector": cast.elector(circular, "Aachen").pk, "text": "How many companies?"}
    for _twice in range(2):
        assert post(client, cast.lead("Aachen"), ASK, **data)["Location"] == PAGE
    question = Question.objects.get()
    path = f"{PAGE}questions/{question.pk}/answer/"
    response = look(client, cast.lead("Foshan"), PAGE)
    assert f'id="question-{question.pk}"' in response.content.decode()
    assert "How many companies?" in text_of(response)
    assert "Not answered yet" in text_of(response)
    assert path not in response.content.decode()
    for other in (cast.lead("Foshan"), SecretaryFactory(), UserFactory()):
        assert post(client, other, path, text="Many").status_code == 404
    assert path in look(client, applicant(), PAGE).content.decode()
    assert post(client, applicant(), path, text="").context["questions"][0]["form"].errors["text"]
    for _twice in range(2):
        assert post(client, applicant(), path, text="About 120.")["Location"] == PAGE
    assert "About 120." in text_of(look(client, cast.lead("Foshan"), PAGE))
    assert post(client, applicant(), path, text="About 130.")["Location"] == PAGE
    question.refresh_from_db()
    assert question.answer == "About 120."
    assert stated() == []


def test_an_empty_question_is_refused_and_others_cannot_ask(client, circular):
    elector = cast.elector(circular, "Aachen").pk
    response = post(client, cast.lead("Aachen"), ASK, elector=elector, text=" ")
    assert response.context["voices"][0]["question_form"].errors["text"]
    for other in (
        cast.lead("Foshan"),
        cast.officer("Aachen", level="editor"),
        applicant(),
        SecretaryFactory(),
    ):
        assert post(client, other, ASK, elector=elector, text="Why?").status_code == 404
    assert not Question.objects.exists()


def test_no_question_after_the_deadline(client, circular):
    with time_machine.travel(AFTER, tick=False):
        assert look(client, cast.lead("Aachen"), PAGE).context["voices"][0]["question_form"] is None
        data = {"elector": cast.elector(circular, "Aachen").pk, "text": "Why?"}
        assert post(client, cast.lead("Aachen"), ASK, **data)["Location"] == PAGE
        assert messages_of(client.get(PAGE))[0].startswith("The deadline has passed")
    assert not Question.objects.exists()


# --- the series ---


def test_the_series_is_searched_sorted_and_taken_as_a_file(client, circular):
    cast.say(circular, "Foshan", at=ISSUED + DAY)
    cast.say(circular, "Liuzhou", "objection", "Too far", at=ISSUED + 2 * DAY)
    cast.enter(circular, "Köln", at=ISSUED + 4 * DAY, received_at=ISSUED + 3 * DAY)

    def found(query):
        response = look(client, cast.lead("Aachen"), f"{PAGE}statements/{query}")
        return [row.elector.name for row in response.context["rows"]]

    assert found("") == ["Köln", "Liuzhou", "Foshan"]
    assert found("?sort=member") == ["Foshan", "Köln", "Liuzhou"]
    assert found("?q=far") == found("?q=柳州") == found("?position=objection") == ["Liuzhou"]
    assert found("?channel=letter") == ["Köln"]
    table = csv_of(client.get(f"{PAGE}statements/?format=csv&q=far"))
    assert [row[:4] for row in table] == [
        ["Received", "Member", "Answer", "Comment or reason"],
        ["2017-01-31 10:00+08:00", "Liuzhou", "Objection", "Too far"],
    ]


SERIES_QUERIES = 9


@pytest.mark.parametrize("count", [1, 3])
def test_the_series_takes_the_same_queries_for_one_and_three(
    client, django_assert_num_queries, count, circular
):
    for name in ("Foshan", "Liuzhou", "Köln")[:count]:
        cast.say(circular, name)
    sign_in(client, cast.lead("Aachen"))
    client.get(f"{PAGE}statements/")
    with django_assert_num_queries(SERIES_QUERIES):
        response = client.get(f"{PAGE}statements/")
    assert len(response.context["rows"]) == count
