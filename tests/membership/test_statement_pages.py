"""Giving, entering, contesting statements; questions to the applicant and their answers."""

from datetime import UTC, datetime

import pytest
import time_machine

from membership.actions import circulars
from membership.models import Question, Statement
from tests.factories import circulars as cast
from tests.factories.applications import lead_of
from tests.factories.circulars import AFTER, DAY, ISSUED
from tests.factories.cities import CityFactory
from tests.factories.files import EXE_BYTES, PDF_BYTES, upload
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


# --- entered by the secretariat ---


def entry(circular, **changes):
    return {
        "elector": cast.elector(circular, "Köln").pk,
        "position": "consent_with_comment",
        "text": "Köln freut sich.",
        "channel": "letter",
        "given_by": "Andrea Beispiel, Wirtschaftsdezernat",
        "dated": "2017-01-30",
        "received_at": "2017-02-02T11:00",
        "note": "Letter in file 7",
        **changes,
    }


def test_secretariat_enters_a_letter_with_its_file(client, circular, secretary):
    for _twice in range(2):
        response = post(client, secretary, ENTER, **entry(circular, proof=upload(name="Brief.pdf")))
        assert response["Location"] == PAGE
    statement = Statement.objects.get()
    assert (statement.channel, statement.given_by) == ("letter", "Andrea Beispiel, Wirtschaftsdezernat")
    assert statement.received_at == datetime(2017, 2, 2, 3, tzinfo=UTC)
    assert (statement.recorded_at, statement.entered_by) == (TODAY, secretary)
    assert (statement.filename, statement.media_type, statement.late) == (
        "Brief.pdf",
        "application/pdf",
        False,
    )
    assert "The statement of Köln is recorded; the city is told." in messages_of(client.get(PAGE))


def test_what_was_received_after_the_deadline_is_late(client, circular, secretary):
    with time_machine.travel(AFTER + DAY, tick=False):
        post(client, secretary, ENTER, **entry(circular, received_at="2017-03-13T00:00"))
        assert stated()[0][-1] is True
        post(client, secretary, ENTER, **entry(circular, received_at="2017-03-12T23:59"))
    assert [row[-1] for row in stated()] == [True, False]


@pytest.mark.parametrize(
    ("changes", "field", "error"),
    [
        ({"note": ""}, "proof", "Please add the file that came, or write a note"),
        ({"position": "objection", "text": ""}, "text", "Please give the reason of the objection"),
        ({"given_by": " "}, "given_by", "This field is required."),
        ({"channel": "signed_in"}, "channel", "Select a valid choice."),
        ({"dated": "30.01.17x"}, "dated", "Enter a valid date."),
        ({"dated": "2017-02-20"}, None, "The answer bears a date later than that of its receipt."),
        ({"received_at": "2017-03-01T10:00"}, None, "The moment of receipt"),
        ({"received_at": "2017-01-05T10:00"}, None, "The circular was issued on"),
        ({"received_at": ""}, "received_at", "This field is required."),
        ({"elector": "999999999"}, "elector", "Select a valid choice."),
    ],
)
def test_a_refused_entry_says_why_and_keeps_what_was_typed(
    client, circular, secretary, changes, field, error
):
    data = entry(circular, **changes)
    response = post(client, secretary, ENTER, **data)
    assert response.status_code == 200
    errors = response.context["form"].errors[field] if field else response.context["form"].non_field_errors()
    assert errors[0].startswith(error)
    assert response.context["form"]["text"].value() == data["text"]
    assert stated() == []


@pytest.mark.parametrize(
    ("proof", "error"),
    [
        (upload(EXE_BYTES, "Brief.pdf"), "“Brief.pdf” is not a PDF, PNG, JPEG, DOCX or XLSX file"),
        (upload(b"", "Brief.pdf"), "“Brief.pdf” is empty."),
        (upload(PDF_BYTES + b"x" * 21 * 1024 * 1024, "Brief.pdf"), "“Brief.pdf” is too large"),
    ],
)
def test_wrong_proof_is_refused_by_its_content(client, circular, secretary, proof, error):
    proof.seek(0)
    response = post(client, secretary, ENTER, **entry(circular, proof=proof))
    assert response.status_code == 200
    assert response.context["form"].errors["proof"][0].startswith(error)
    assert stated() == []


def test_entering_is_for_the_secretariat(client, circular):
    for other in (cast.lead("Köln"), applicant(), ManagerFactory(), AdministratorFactory(), UserFactory()):
        sign_in(client, other)
        assert client.get(ENTER).status_code == 404
        assert client.post(ENTER, entry(circular)).status_code == 404
    assert stated() == []
    assert ENTER in look(client, SecretaryFactory(), PAGE).content.decode()
    assert look(client, SecretaryFactory(), ENTER).context["form"]["channel"].value() is None


def test_proof_is_for_staff_and_the_member_itself(client, circular, secretary):
    post(client, secretary, ENTER, **entry(circular, proof=upload(name="Brief.pdf")))
    path = f"{PAGE}statements/{Statement.objects.get().pk}/proof/"
    for reader in (secretary, ManagerFactory(), cast.lead("Köln"), cast.officer("Köln", level="editor")):
        sign_in(client, reader)
        response = client.get(path)
        assert b"".join(response.streaming_content) == PDF_BYTES
        assert response["Content-Disposition"] == 'attachment; filename="Brief.pdf"'
    for other in (cast.lead("Foshan"), applicant(), UserFactory()):
        sign_in(client, other)
        assert client.get(path).status_code == 404
    shown = look(client, cast.lead("Foshan"), PAGE).content.decode()
    assert "Köln freut sich." in shown
    for private in (path, "Andrea Beispiel", "Letter in file 7", "Brief.pdf"):
        assert private not in shown
    shown = look(client, cast.lead("Köln"), PAGE).content.decode()
    for own in (path, "Andrea Beispiel", "Letter in file 7", "Brief.pdf"):
        assert own in shown


# --- contested ---


def test_the_city_contests_what_was_entered_for_it(client, circular):
    statement = cast.enter(circular, "Köln")
    path = f"{PAGE}statements/{statement.pk}/contest/"
    assert path in look(client, cast.lead("Köln"), PAGE).content.decode()
    for other in (cast.lead("Foshan"), cast.officer("Köln", level="editor"), SecretaryFactory(), applicant()):
        assert post(client, other, path, reason="Not ours").status_code == 404
    response = post(client, cast.lead("Köln"), path, reason="  ")
    (line,) = response.context["series"]
    assert line["contest_form"].errors["reason"]
    for _twice in range(2):
        response = post(client, cast.lead("Köln"), path, reason="Not ours")
        assert response["Location"] == PAGE
    assert statement.contestation.reason == "Not ours"
    response = look(client, cast.lead("Foshan"), PAGE)
    assert response.context["answers"]["strong"] == "Needs 6 consents, has 0."
    assert "contested, not counted" in text_of(response)
    assert "Not ours" not in response.content.decode()


def test_ones_own_statement_cannot_be_contested(client, circular):
    statement = cast.say(circular, "Köln")
    path = f"{PAGE}statements/{statement.pk}/contest/"
    assert path not in look(client, cast.lead("Köln"), PAGE).content.decode()
    assert post(client, cast.lead("Köln"), path, reason="Not ours")["Location"] == PAGE
    assert messages_of(client.get(PAGE))[0].startswith("Köln gave this answer itself.")
    assert not hasattr(Statement.objects.get(), "contestation")


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


SERIES_QUERIES = 13


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
