"""Whoever holds a circular on paper can verify it; only who may see the circular learns more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from membership.actions import circulars, verification
from tests.factories import circulars as cast
from tests.factories.circulars import ISSUED
from tests.factories.pages import sign_in, text_of
from tests.factories.people import SecretaryFactory, UserFactory
from tests.factories.tampering import tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def circular():
    return cast.fresh(cast.issued(secretary=SecretaryFactory()))


def page(client, circular):
    response = client.get(f"/verify/{circular.code}/")
    assert response.status_code == 200
    return text_of(response)


def test_visitor_learns_that_it_is_intact_and_nothing_of_its_content(client, circular):
    text = page(client, circular)
    assert "Circular 2017/01 is as it was sealed" in text
    for shown in ("2017/01", "Accession", "29 January 2017", "Intact", circular.code, circular.seal):
        assert shown in text
    for hidden in ("Mainz", circular.subject_en, circular.application.reference, "/circulars/"):
        assert hidden not in client.get(f"/verify/{circular.code}/").content.decode()


def test_whoever_may_see_it_is_led_to_it(client, circular):
    for person in (cast.lead("Aachen"), SecretaryFactory()):
        sign_in(client, person)
        content = client.get(f"/verify/{circular.code}/").content.decode()
        assert 'href="/circulars/2017-01/"' in content
        assert circular.subject_en in content
    sign_in(client, UserFactory())
    assert circular.subject_en not in client.get(f"/verify/{circular.code}/").content.decode()


def test_a_changed_one_is_said_to_be_changed_and_the_change_named_to_whom_it_may_be(client, circular):
    tamper("UPDATE membership_circular SET body_en = body_en || ' '")
    text = page(client, circular)
    assert "Circular 2017/01 is not as it was sealed" in text
    assert "Changed" in text
    assert "Text in English" not in text
    sign_in(client, cast.lead("Aachen"))
    assert "Text in English: changed" in page(client, circular)


def test_other_spellings_and_the_whole_seal_lead_to_its_one_address(client, circular):
    plain = circular.code.replace("-", "")
    for typed in (circular.code.upper(), plain, f" {plain}", circular.seal, circular.seal.upper()):
        response = client.get(f"/verify/{typed}/")
        assert (response.status_code, response["Location"]) == (302, f"/verify/{circular.code}/")


@pytest.mark.parametrize("code", ["0000-0000-0000", "x", "%27", "a" * 64, "ａａａａ", "draft"])
def test_a_wrong_code_gets_a_clear_page(client, circular, code):
    response = client.get(f"/verify/{code}/")
    assert response.status_code == 404
    assert "No circular has this code" in text_of(response)


def test_a_draft_has_no_code(client):
    cast.draft()
    assert verification.find("") is None
    assert client.get("/verify/------------/").status_code == 404


def test_form_leads_to_the_circular_of_a_code(client, circular):
    text = text_of(client.get("/verify/"))
    assert "Is this circular genuine?" in text
    response = client.get("/verify/", {"code": circular.code.upper()})
    assert (response.status_code, response["Location"]) == (302, f"/verify/{circular.code}/")


@pytest.mark.parametrize(
    ("code", "status", "said"),
    [
        ("", 200, "Please enter the code that stands on the circular."),
        ("   ", 200, "Please enter the code that stands on the circular."),
        ("0000-0000-0000", 404, "No circular has this code"),
        ("<script>alert(1)</script>", 404, "No circular has this code"),
        ("a" * 201, 200, "Ensure this value has at most 200 characters"),
        ("\u0000", 200, "Null characters are not allowed"),
    ],
)
def test_bad_codes_in_the_form(client, circular, code, status, said):
    response = client.get("/verify/", {"code": code})
    assert response.status_code == status
    assert said in text_of(response)
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(("language", "word"), [("de", "echt"), ("zh-hans", "真实")])
def test_it_speaks_the_readers_language(client, language, word):
    assert word in client.get("/verify/", headers={"accept-language": language}).content.decode()


def test_verifying_takes_as_many_queries_for_six_members_as_for_three(client):
    person, counts, circular = SecretaryFactory(), [], None
    for names in (["Aachen", "Foshan", "Köln"], ["Liuzhou", "Nanning", "Wuppertal"]):
        cast.members(*names)
        if circular is None:
            circular = cast.issued()
        else:
            circulars.cancel(circular, reason="Counted.", by=person, at=ISSUED)
            draft = circulars.draft_for(circular.application, by=person, at=ISSUED)
            circular = circulars.issue(draft, by=person, at=ISSUED)
        with CaptureQueriesContext(connection) as captured:
            page(client, circular)
        counts.append(len(captured))
    assert counts[0] == counts[1]
