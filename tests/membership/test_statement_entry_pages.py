"""Statements entered by the secretariat with their proof, and contested ones."""

from datetime import UTC, datetime

import pytest
import time_machine

from membership.actions import circulars, decisions
from membership.models import ElectorateExit, Statement
from tests.factories import circulars as cast
from tests.factories.applications import lead_of
from tests.factories.circulars import AFTER, DAY
from tests.factories.cities import CityFactory
from tests.factories.files import EXE_BYTES, PDF_BYTES, upload
from tests.factories.pages import TODAY, look, messages_of, post, sign_in, text_of
from tests.factories.people import AdministratorFactory, ManagerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/circulars/2017-01/"
ENTER = f"{PAGE}statements/new/"


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
        "as_given": "on",
        "may_speak": "on",
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
        ({"as_given": ""}, "as_given", "An answer entered for a city needs both confirmations."),
        ({"may_speak": ""}, "may_speak", "An answer entered for a city needs both confirmations."),
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


def test_a_member_is_offered_until_the_day_on_which_it_leaves(client, circular, secretary):
    koeln, aachen = cast.elector(circular, "Köln"), cast.elector(circular, "Aachen")
    ElectorateExit.objects.create(elector=koeln, left_at=TODAY + DAY)
    ElectorateExit.objects.create(elector=aachen, left_at=TODAY)
    offered = look(client, secretary, ENTER).context["form"].fields["elector"].queryset
    assert set(offered) == set(circular.electors.exclude(pk=aachen.pk))
    assert PAGE in look(client, cast.lead("Köln"), "/desk/").content.decode()
    assert PAGE not in look(client, cast.lead("Aachen"), "/desk/").content.decode()


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


def test_what_was_entered_after_the_close_is_contested_until_the_decision(client, circular):
    circulars.close(circular, at=AFTER)
    with time_machine.travel(AFTER + DAY, tick=False):
        assert ENTER in look(client, SecretaryFactory(), PAGE).content.decode()
        statement = cast.enter(circular, "Köln", at=AFTER + DAY)
        other = cast.enter(circular, "Aachen", at=AFTER + DAY)
        path = f"{PAGE}statements/{statement.pk}/contest/"
        assert path in look(client, cast.lead("Köln"), PAGE).content.decode()
        assert post(client, cast.lead("Köln"), path, reason="Not ours")["Location"] == PAGE
        assert statement.contestation.reason == "Not ours"
        decisions.decline(circular.application, reason="Failed", by=ManagerFactory(), at=AFTER + DAY)
        path = f"{PAGE}statements/{other.pk}/contest/"
        assert path not in look(client, cast.lead("Aachen"), PAGE).content.decode()
        assert ENTER not in look(client, SecretaryFactory(), PAGE).content.decode()


def test_ones_own_statement_cannot_be_contested(client, circular):
    statement = cast.say(circular, "Köln")
    path = f"{PAGE}statements/{statement.pk}/contest/"
    assert path not in look(client, cast.lead("Köln"), PAGE).content.decode()
    assert post(client, cast.lead("Köln"), path, reason="Not ours")["Location"] == PAGE
    assert messages_of(client.get(PAGE))[0].startswith("Köln gave this answer itself.")
    assert not hasattr(Statement.objects.get(), "contestation")
