"""The page of a withdrawal: who sees it, what it says, and revoking."""

from datetime import date

import pytest
import time_machine

from membership.actions import notice_terms
from tests.factories import circulars as cast
from tests.factories.files import PDF_BYTES, upload
from tests.factories.pages import look, messages_of, post, sign_in, text_of
from tests.factories.people import AdministratorFactory, ManagerFactory, SecretaryFactory
from tests.factories.withdrawal_pages import page_of, queries, steps_of, told_of
from tests.factories.withdrawals import (
    DAY,
    FILED,
    HOUR,
    OUT,
    accept_all,
    bounce,
    communicated,
    copies,
    effective,
    filed,
    fresh,
    hand,
    open_copy,
    revoked,
)

pytestmark = pytest.mark.django_db
LATER = OUT + 2 * DAY


# The page of one


def test_before_the_notice_the_secretariat_is_led_to_it_and_the_city_can_revoke(client, secretary):
    withdrawal = filed(reason="We merge.", wished_end=date(2018, 12, 31))
    response = look(client, secretary, page_of(withdrawal))
    assert response.context["heading"] == "Liuzhou wants to leave the alliance"
    assert steps_of(response) == [("Filed", "current"), ("Members are told", "todo"), ("Effective", "todo")]
    assert f"{page_of(withdrawal)}communicate/" in response.content.decode()
    assert "We merge." in text_of(response)
    own = look(client, cast.lead("Liuzhou"), page_of(withdrawal))
    assert f"{page_of(withdrawal)}communicate/" not in own.content.decode()
    assert f"{page_of(withdrawal)}revoke/" in own.content.decode()
    editor = look(client, cast.officer("Liuzhou", "editor"), page_of(withdrawal))
    assert "/revoke/" not in editor.content.decode()
    assert f"{page_of(withdrawal)}request/" in editor.content.decode()


def test_another_city_finds_nothing_before_it_is_told_and_no_letter_afterwards(client, secretary):
    withdrawal = filed(reason="We merge.")
    lead = cast.lead("Foshan")
    sign_in(client, lead)
    assert client.get(page_of(withdrawal)).status_code == 404
    communicated_now(withdrawal, secretary)
    response = look(client, lead, page_of(withdrawal))
    assert "We merge." not in text_of(response)
    assert "Mayor of Liuzhou" not in text_of(response)
    assert told_of(response) == {"Foshan": ("waiting", "On the way")}
    assert response.context["missing"] == []
    assert "5 are still missing." in text_of(response)
    for path in ("request/", "communicate/", "revoke/"):
        assert client.get(page_of(withdrawal) + path).status_code == 404
    assert client.post(page_of(withdrawal) + "communicate/", {}).status_code == 404
    assert client.post(page_of(withdrawal) + "revoke/", {"reason": "x"}).status_code == 404


def communicated_now(withdrawal, secretary):
    from membership.actions import withdrawals

    return withdrawals.communicate(withdrawal, by=secretary, at=OUT)


def test_the_picture_has_a_mark_and_a_word_for_each_city(client, secretary):
    withdrawal = communicated(secretary=secretary)
    circular = withdrawal.circular
    accept_all(withdrawal, but=["Foshan"])
    bounce(copies(circular, "Wuppertal").get(), at=OUT + HOUR)
    open_copy(circular, "Köln", at=OUT + HOUR)
    with time_machine.travel(LATER, tick=False):
        hand(circular, "Nanning", at=LATER, by=secretary)
        response = look(client, secretary, page_of(withdrawal))
    assert told_of(response) == {
        "Foshan": ("waiting", "On the way"),
        "Nanning": ("consent_with_comment", "By post, 9 May"),
        "Aachen": ("active", "Accepted, counts from 9 May"),
        "Köln": ("consent", "Opened 8 May"),
        "Wuppertal": ("warning", "Came back"),
    }


def test_what_is_missing_is_listed_with_what_can_be_done(client, secretary):
    withdrawal = communicated(secretary=secretary)
    accept_all(withdrawal)
    bounce(copies(withdrawal.circular, "Wuppertal").get(), at=OUT + HOUR)
    response = look(client, secretary, page_of(withdrawal))
    pressing = {line["city"].name: line["pressing"] for line in response.context["missing"]}
    assert pressing == {"Wuppertal": True, "Aachen": False, "Köln": False, "Foshan": False, "Nanning": False}
    assert response.context["missing"][0]["city"].name == "Wuppertal"
    copy = copies(withdrawal.circular, "Wuppertal").get()
    html = response.content.decode()
    assert f"/letters/{copy.letter_id}/deliveries/{copy.pk}/resend/" in html
    assert "550 no such mailbox" in html
    manager = look(client, ManagerFactory(), page_of(withdrawal)).content.decode()
    assert "550 no such mailbox" in manager
    assert "/resend/" not in manager
    own = look(client, cast.lead("Liuzhou"), page_of(withdrawal))
    assert told_of(own)["Wuppertal"] == ("warning", "Came back")
    assert "lead@wuppertal.example" not in own.content.decode()


def test_what_is_done_for_a_missing_city_leads_back_to_the_withdrawal(client, secretary):
    withdrawal = communicated(secretary=secretary)
    accept_all(withdrawal)
    copy = bounce(copies(withdrawal.circular, "Wuppertal").get(), at=OUT + HOUR)
    page, letter = page_of(withdrawal), f"/letters/{copy.letter_id}/"
    html = look(client, secretary, page).content.decode()
    again, other, by_hand = (
        f"{letter}deliveries/{copy.pk}/resend/",
        f"{letter}deliveries/{copy.pk}/redirect/?next={page}",
        f"{letter}hand-over/?for=wuppertal&amp;next={page}",
    )
    assert (
        html.count(f'action="{again}"')
        == html.count(f'href="{other}"')
        == html.count(f'href="{by_hand}"')
        == 1
    )
    assert f'<a class="button button-link" href="{page}">' in client.get(other).content.decode()
    address = {"address": "b@wuppertal.example", "language": "de", "note": "By phone"}
    entered = {"on_behalf_of": "wuppertal", "channel": "post", "on": "2018-05-08", "note": "To the mayor"}
    for url, data in (
        (again, {"next": page}),
        (other, address),
        (by_hand.replace("&amp;", "&"), {**entered, "proof": upload(name="Rückschein.pdf")}),
    ):
        response = client.post(url, data)
        assert (response.status_code, response["Location"]) == (302, page), url


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "withdrawals/", ""])
def test_nobody_is_led_to_another_site(client, secretary, elsewhere):
    copy = copies(communicated(secretary=secretary).circular, "Foshan").get()
    sign_in(client, secretary)
    for data in ({"next": elsewhere}, {}):
        response = client.post(
            f"/letters/{copy.letter_id}/deliveries/{copy.pk}/resend/?next={elsewhere}", data
        )
        assert response["Location"] == f"/letters/{copy.letter_id}/"


def test_the_page_needs_as_many_queries_for_many_missing_cities_as_for_one(client, secretary):
    withdrawal = communicated(secretary=secretary)
    open_copy(withdrawal.circular, "Foshan", at=OUT + HOUR)
    look(client, secretary, page_of(withdrawal))
    for_four = queries(client, page_of(withdrawal))
    for name in ("Nanning", "Aachen", "Köln"):
        open_copy(withdrawal.circular, name, at=OUT + HOUR)
    assert queries(client, page_of(withdrawal)) == for_four


def test_with_a_notice_period_the_page_says_from_when(client, secretary):
    notice_terms.set_terms(waiting_hours=1, notice_days=30, by=secretary, at=FILED)
    withdrawal = communicated(secretary=secretary)
    accept_all(withdrawal)
    response = look(client, secretary, page_of(withdrawal))
    assert "It is effective 30 days after the last one counts as told." in text_of(response)
    from membership import tasks

    tasks.record_told(at=OUT + HOUR)
    response = look(client, secretary, page_of(withdrawal))
    assert steps_of(response) == [("Filed", "done"), ("Members are told", "done"), ("Effective", "current")]
    assert "It becomes effective on 7 June 2018" in text_of(response)


def test_when_it_is_effective_the_page_says_what_it_meant(client, secretary):
    withdrawal = effective()
    with time_machine.travel(LATER, tick=False):
        response = look(client, cast.lead("Foshan"), page_of(withdrawal))
        assert response.context["heading"] == "Liuzhou has left the alliance"
        assert steps_of(response)[-1] == ("Effective", "done")
        assert [one["text"] for one in response.context["consequences"]] == [
            "The membership of Liuzhou ended on 9 May 2018; on that day it is no member any more.",
            "Its officers keep reading access to what is their city’s own.",
        ]
        own = look(client, cast.lead("Liuzhou"), page_of(withdrawal))
        assert "/revoke/" not in own.content.decode()


def test_an_open_circular_it_left_is_named(client):
    circular = cast.issued()
    withdrawal = effective()
    with time_machine.travel(LATER, tick=False):
        response = look(client, SecretaryFactory(), page_of(withdrawal))
    assert response.context["consequences"][-1] == {
        "text": f"It left the electorate of circular {circular.label}; the outcome is computed without it.",
        "url": circular.get_absolute_url(),
    }


def test_the_signed_request_is_for_staff_and_the_city(client, secretary):
    withdrawal = communicated(secretary=secretary)
    allowed = [secretary, ManagerFactory(), AdministratorFactory(), cast.lead("Liuzhou")]
    for user in [*allowed, cast.officer("Liuzhou", "editor")]:
        sign_in(client, user)
        response = client.get(f"{page_of(withdrawal)}request/")
        assert b"".join(response.streaming_content) == PDF_BYTES
        assert response["Content-Disposition"].startswith("attachment")
    sign_in(client, cast.lead("Foshan"))
    assert client.get(f"{page_of(withdrawal)}request/").status_code == 404


# Revoking


def test_it_is_revoked_with_a_reason_and_stays_in_the_record(client):
    withdrawal = filed()
    lead = cast.lead("Liuzhou")
    refused = post(client, lead, f"{page_of(withdrawal)}revoke/", reason=" ")
    assert set(refused.context["form"].errors) == {"reason"}
    response = client.post(f"{page_of(withdrawal)}revoke/", {"reason": "We stay."}, follow=True)
    assert messages_of(response) == ["The withdrawal is revoked."]
    assert "We stay." in text_of(response)
    assert response.context["heading"] == "Liuzhou stays in the alliance"
    assert steps_of(response) == [("Filed", "done"), ("Revoked", "current")]


def test_once_the_first_copy_is_out_it_is_refused_in_words(client, secretary):
    withdrawal = communicated(secretary=secretary)
    assert "/revoke/" in look(client, secretary, page_of(withdrawal)).content.decode()
    accept_all(withdrawal, but=["Foshan", "Nanning", "Aachen", "Köln"])
    assert "/revoke/" not in look(client, secretary, page_of(withdrawal)).content.decode()
    page = look(client, secretary, f"{page_of(withdrawal)}revoke/")
    assert "This is not possible any more" in text_of(page)
    refused = client.post(f"{page_of(withdrawal)}revoke/", {"reason": "We stay."})
    assert refused.context["form"].non_field_errors() == [
        "The withdrawal cannot be revoked any more: the first notice went out. "
        "The city can come back only by a new accession."
    ]
    assert "We stay." in refused.content.decode()
    assert fresh(withdrawal).state == "communicating"


def test_a_notice_called_back_is_shown_to_nobody_it_was_meant_for(client, secretary):
    withdrawal = communicated(secretary=secretary)
    post(client, secretary, f"{page_of(withdrawal)}revoke/", reason="We stay.")
    assert fresh(withdrawal).state == "revoked"
    look(client, secretary, page_of(withdrawal))
    sign_in(client, cast.lead("Foshan"))
    assert client.get(page_of(withdrawal)).status_code == 404
    assert client.get(withdrawal.circular.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("make", [filed, communicated, effective, revoked])
def test_every_state_is_shown_to_everybody_who_may_see_it(client, make):
    withdrawal = make()
    with time_machine.travel(LATER, tick=False):
        for user in (SecretaryFactory(), ManagerFactory(), cast.lead("Liuzhou")):
            response = look(client, user, page_of(withdrawal))
            assert withdrawal.reference in text_of(response)
