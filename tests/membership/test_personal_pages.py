"""The page behind a personal link, as browsers and link scanners see it."""

import json
import logging

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alliance.accounts.logs import Line, without_secrets
from alliance.letters.models import Delivery
from membership.actions import circular_files, circulars, personal_links
from membership.models import Acknowledgement, RevokedLink, Statement
from tests.factories import circulars as cast
from tests.factories.circulars import AFTER, DAY, ISSUED
from tests.factories.files import PDF_BYTES, upload
from tests.factories.pages import TODAY, sign_in, text_of
from tests.factories.people import ManagerFactory, SecretaryFactory

pytestmark = pytest.mark.django_db
LOOK_QUERIES = 9
CHANGING = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def circular():
    return cast.issued()


def address(circular, name="Aachen", level="lead"):
    return f"/circulars/{circular.slug}/answer/{cast.token(circular, name, level)}/"


def english(circular, name="Aachen"):
    return f"{address(circular, name)}?language=en"


def stated():
    rows = Statement.objects.order_by("pk")
    return list(rows.values_list("elector__name_de", "position", "text", "channel", "late"))


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_opening_changes_nothing_and_signs_nobody_in(client, circular, method):
    with CaptureQueriesContext(connection) as queries:
        response = getattr(client, method)(address(circular), headers={"purpose": "prefetch"})
    assert response.status_code == 200
    assert [q["sql"] for q in queries if q["sql"].startswith(CHANGING)] == []
    assert response.cookies == {}
    assert not Delivery.objects.filter(opened_at__isnull=False).exists()
    assert stated() == []
    assert client.get("/circulars/2017-01/").status_code == 302


def test_nobody_else_learns_the_address(client, circular):
    response = client.get(address(circular))
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    token = cast.token(circular, "Aachen")
    assert token not in response.content.decode()


def test_it_shows_the_letter_and_the_form_in_the_persons_language(client, circular):
    response = client.get(address(circular))
    assert response["Content-Language"] == "de"
    text = text_of(response)
    assert circular.subject_de in text
    assert "Stellungnahme von Aachen" in text
    assert circular.subject_zh in text_of(client.get(f"{address(circular)}?language=zh-hans"))
    assert "Statement of Aachen" in text_of(client.get(english(circular)))


def test_deadline_in_both_zones(client, circular):
    text = text_of(client.get(english(circular)))
    assert "12 March 2017, 23:59 Foshan time" in text
    assert "12 March 2017, 16:59 German time" in text


def test_the_files_of_the_letter_come_by_the_same_link(client, circular):
    attachment = circular.attachments.get()
    response = client.get(f"{address(circular)}attachments/{attachment.pk}/")
    assert b"".join(response.streaming_content) == PDF_BYTES
    assert response["Cache-Control"] == "no-store, private"
    assert client.get(f"{address(circular)}attachments/999999/").status_code == 404


def test_answering_asks_for_one_confirmation(client, circular):
    page, data = english(circular), {"position": "objection", "text": "Too far."}
    response = client.post(page, data)
    assert response.templates[0].name == "membership/personal_confirm.html"
    text = text_of(response)
    assert "Shall this be recorded?" in text
    for words in ("Aachen", "Objection", "Too far.", "Lead of Aachen · By personal link"):
        assert words in text
    assert stated() == []
    response = client.post(page, {**data, "confirm": "1"})
    assert response.status_code == 302
    assert stated() == [("Aachen", "objection", "Too far.", "personal_link", False)]
    text = text_of(client.get(response["Location"]))
    assert "The statement is recorded." in text
    assert "Your answer now: Objection" in text


def test_a_confirmation_sent_twice_is_recorded_once(client, circular):
    for _twice in range(2):
        response = client.post(english(circular), {"position": "consent", "text": "", "confirm": "1"})
        assert response.status_code == 302
    assert stated() == [("Aachen", "consent", "", "personal_link", False)]


def test_going_back_keeps_what_was_typed(client, circular):
    response = client.post(english(circular), {"position": "abstention", "text": "Hm.", "change": "1"})
    assert (response.context["form"]["position"].value(), response.context["form"]["text"].value()) == (
        "abstention",
        "Hm.",
    )
    assert not response.context["form"].errors
    assert stated() == []


@pytest.mark.parametrize("confirm", [{}, {"confirm": "1"}])
@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"position": "objection", "text": ""}, "text"),
        ({"position": "consent_with_comment", "text": " "}, "text"),
        ({"position": "maybe", "text": ""}, "position"),
        ({"text": "We consent"}, "position"),
        ({"position": "objection", "text": "x" * 20_001}, "text"),
    ],
)
def test_a_wrong_answer_says_so_and_keeps_what_was_typed(client, circular, data, field, confirm):
    response = client.post(english(circular), data | confirm)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {field}
    assert response.context["form"]["text"].value() == data["text"]
    assert stated() == []


def test_another_persons_session_gives_no_other_name(client, circular):
    sign_in(client, ManagerFactory())
    client.post(english(circular), {"position": "consent", "text": "", "confirm": "1"})
    assert Statement.objects.get().entered_by == cast.lead("Aachen")


def test_it_works_where_forged_requests_are_refused(circular):
    strict = Client(enforce_csrf_checks=True)
    data = {"position": "consent", "text": "", "confirm": "1"}
    response = strict.post(english(circular), data, headers={"origin": "null"})
    assert response.status_code == 302
    assert len(stated()) == 1


def test_the_audit_trail_knows_who_and_not_the_link(client, circular):
    client.post(english(circular), {"position": "consent", "text": "", "confirm": "1"})
    context = Statement.pgh_event_model.objects.get().pgh_context.metadata
    assert context["user"] == cast.lead("Aachen").pk
    assert context["way"] == "personal link"
    assert cast.token(circular, "Aachen") not in json.dumps(context)
    assert context["url"] == "/circulars/2017-01/answer/…/"


def test_no_log_line_keeps_the_link(circular):
    path = f"{address(circular)}attachments/1/"
    assert without_secrets(path) == "/circulars/2017-01/answer/…/attachments/1/"
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Gone: %s", (path,), None)
    assert cast.token(circular, "Aachen") not in Line().format(record)


def refused_pages(circular):
    good = cast.token(circular, "Aachen")
    yield "forged", good[:-1] + ("a" if good[-1] != "a" else "b")
    yield "cut off", good[:-5]
    yield "nonsense", "nonsense"


def test_what_is_not_known_is_not_found(client, circular):
    other = cast.information()
    for _what, token in refused_pages(circular):
        response = client.get(f"/circulars/2017-01/answer/{token}/")
        assert response.status_code == 404
        assert circular.subject_en not in response.content.decode()
    token = cast.token(circular, "Aachen")
    for slug in (other.slug, "2017-1", "2017-001", "drafts"):
        response = client.get(f"/circulars/{slug}/answer/{token}/")
        assert response.status_code == 404
        assert "This link cannot be used" in text_of(response)
        assert response["Referrer-Policy"] == "no-referrer"


def test_after_the_deadline_the_link_says_so_and_offers_to_sign_in(client, circular):
    page = english(circular)
    with time_machine.travel(AFTER, tick=False):
        looks = client.get(page)
        answers = client.post(page, {"position": "consent", "text": "", "confirm": "1"})
    for response in (looks, answers):
        assert response.status_code == 410
        text = text_of(response)
        assert "The time for answers by this link is over." in text
        assert "Sign in" in text
        assert circular.subject_en not in text
    assert stated() == []


def test_a_circular_that_closes_while_the_form_is_filled_in_takes_no_answer(client, circular):
    page = english(circular)
    assert client.post(page, {"position": "consent", "text": ""}).status_code == 200
    circulars.cancel(circular, reason="Mistaken.", by=None, at=TODAY)
    assert client.post(page, {"position": "consent", "text": "", "confirm": "1"}).status_code == 410
    assert stated() == []


def test_a_revoked_link_is_gone(client, circular):
    personal_links.revoke(circular, cast.lead("Aachen"), by=SecretaryFactory(), at=TODAY)
    response = client.get(english(circular))
    assert response.status_code == 410
    assert "This link is no longer taken." in text_of(response)
    assert client.get(f"{address(circular)}attachments/1/").status_code == 410


def test_an_observer_reads_and_has_no_form(client):
    cast.members()
    cast.observer("Trier")
    circular = cast.issued()
    page = english(circular, "Trier")
    response = client.get(page)
    assert "Your city receives this circular for information." in text_of(response)
    assert b"<form" not in response.content
    assert client.post(page, {"position": "consent", "confirm": "1"}).status_code == 410
    assert stated() == []


def test_an_information_circular_is_acknowledged_in_two_steps(client):
    circular = cast.information()
    page = english(circular)
    assert "Has Aachen taken note?" in text_of(client.get(page))
    response = client.post(page)
    assert "Shall this be recorded?" in text_of(response)
    assert not Acknowledgement.objects.exists()
    response = client.post(page, {"confirm": "1"})
    assert "The acknowledgement is recorded." in text_of(client.get(response["Location"]))
    assert Acknowledgement.objects.get().channel == "personal_link"


def test_the_person_revokes_the_own_link_on_the_page(client, circular):
    sign_in(client, cast.lead("Aachen"))
    assert "Revoke my link" in text_of(client.get("/circulars/2017-01/"))
    for _twice in range(2):
        response = client.post("/circulars/2017-01/links/mine/revoke/")
        assert response["Location"] == "/circulars/2017-01/"
    assert RevokedLink.objects.count() == 1
    assert "Revoke my link" not in text_of(client.get("/circulars/2017-01/"))
    assert client.get(address(circular)).status_code == 410


def test_who_got_no_link_revokes_none(client, circular):
    editor = cast.officer("Aachen", "editor")
    sign_in(client, editor)
    assert client.post("/circulars/2017-01/links/mine/revoke/").status_code == 404


def test_the_secretariat_revokes_a_link(client, circular):
    secretary, person = SecretaryFactory(), cast.lead("Aachen")
    sign_in(client, secretary)
    assert "Revoke a personal link" in text_of(client.get("/circulars/2017-01/"))
    response = client.post("/circulars/2017-01/links/revoke/", {"person": ""})
    assert response.status_code == 200
    assert response.context["revoke_form"].errors == {"person": ["This field is required."]}
    for address_typed in ("nobody@example.org", SecretaryFactory().email):
        response = client.post("/circulars/2017-01/links/revoke/", {"person": address_typed})
        assert response.context["revoke_form"].errors == {
            "person": ["No personal link that is still taken went to this address."]
        }
        assert f'value="{address_typed}"' in response.content.decode()
    response = client.post("/circulars/2017-01/links/revoke/", {"person": person.email.upper()})
    assert response.status_code == 302
    assert client.get(address(circular)).status_code == 410
    assert client.get(address(circular, "Foshan")).status_code == 200


@pytest.mark.parametrize("members", [1, 3])
def test_the_page_takes_the_same_queries_for_few_and_many_members(client, django_assert_num_queries, members):
    circular = cast.issued(*["Aachen", "Köln", "Wuppertal"][:members])
    page = address(circular)
    client.get(page)
    with django_assert_num_queries(LOOK_QUERIES):
        client.get(page)


def test_files_of_another_circular_do_not_come_by_the_link(client, circular):
    secretary = SecretaryFactory()
    other = cast.information(issue=False, secretary=secretary)
    file = circular_files.attach(other, upload(), language="de", by=secretary, at=ISSUED + DAY)
    assert client.get(f"{address(circular)}attachments/{file.pk}/").status_code == 404
