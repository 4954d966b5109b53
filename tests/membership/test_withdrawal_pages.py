"""The pages of a withdrawal: who sees what, what they say, what they refuse and keep."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from membership.actions import notice_terms
from membership.models import Circular, Withdrawal
from tests.factories import circulars as cast
from tests.factories.files import EXE_BYTES, PDF_BYTES, upload
from tests.factories.pages import csv_of, facts_of, look, messages_of, post, sign_in, text_of
from tests.factories.people import AdministratorFactory, ManagerFactory, SecretaryFactory, UserFactory
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
LETTER = {"dated": "2018-05-02", "signed_by": "Mayor of Liuzhou"}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(OUT + HOUR, tick=False):
        yield


@pytest.fixture
def secretary():
    return SecretaryFactory()


def page_of(withdrawal):
    return f"/withdrawals/{withdrawal.pk}/"


def told_of(response):
    """Mark and word of each city on the page."""
    sides = response.context["sides"]
    return {line.name: (line.mark, line.word) for side in sides for line in side["rows"]}


def steps_of(response):
    return [(step["label"], step["state"]) for step in response.context["steps"]]


# The list


def test_the_list_shows_to_each_what_is_theirs(client, secretary):
    under_way = communicated("Liuzhou", secretary=secretary)
    waiting = filed("Aachen")
    both, told, own = {under_way.reference, waiting.reference}, {under_way.reference}, both_of(waiting)
    for user, expected in (
        (secretary, both),
        (ManagerFactory(), both),
        (AdministratorFactory(), both),
        (cast.lead("Foshan"), told),
        (cast.officer("Foshan", "editor"), told),
        (cast.lead("Liuzhou"), told),
        (cast.lead("Aachen"), told | own),
        (UserFactory(), set()),
    ):
        rows = look(client, user, "/withdrawals/").context["rows"]
        assert {row.reference for row in rows} == expected


def both_of(withdrawal):
    return {withdrawal.reference}


def test_a_visitor_is_sent_to_sign_in(client):
    for path in ("/withdrawals/", "/withdrawals/new/", "/withdrawals/terms/", "/withdrawals/1/"):
        assert client.get(path)["Location"] == f"/accounts/login/?next={path}"


def test_the_list_is_searched_narrowed_sorted_and_exported(client, secretary):
    first = communicated("Liuzhou", secretary=secretary)
    accept_all(first)
    open_copy(first.circular, "Foshan", at=OUT + HOUR)
    second = filed("Aachen", at=FILED + HOUR)

    def found(query):
        return [row.reference for row in look(client, secretary, f"/withdrawals/{query}").context["rows"]]

    assert found("") == [second.reference, first.reference]
    assert found("?q=柳州") == found("?q=liuzhou") == found("?state=communicating") == [first.reference]
    assert found(f"?q={second.reference}") == found("?country=DE") == [second.reference]
    assert found("?year=2018&sort=filed") == [first.reference, second.reference]
    assert found("?year=2017") == []
    assert found("?sort=city") == [second.reference, first.reference]
    assert found("?state=nonsense") == [second.reference, first.reference]
    head, *lines = csv_of(client.get("/withdrawals/?format=csv&sort=filed"))
    assert head[:5] == ["Reference", "City", "Country", "State", "Filed"]
    assert [(line[0], line[1], line[3], line[8], line[9]) for line in lines] == [
        (first.reference, "Liuzhou", "Being communicated to the members", "1", "5"),
        (second.reference, "Aachen", "Submitted", "0", "0"),
    ]


def test_the_list_needs_as_many_queries_for_three_rows_as_for_one(client, secretary):
    communicated("Liuzhou", secretary=secretary)
    look(client, secretary, "/withdrawals/")
    for_one = queries(client, "/withdrawals/")
    filed("Aachen")
    communicated("Foshan", secretary=secretary)
    assert queries(client, "/withdrawals/") == for_one


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


# Filing


def test_the_lead_files_for_the_own_city_and_for_no_other(client):
    cast.members()
    response = look(client, cast.lead("Liuzhou"), "/withdrawals/new/")
    assert [city.name for city in response.context["form"].fields["city"].queryset] == ["Liuzhou"]
    assert "For information only" in text_of(response)
    aachen, liuzhou = cast.city("Aachen"), cast.city("Liuzhou")
    refused = client.post("/withdrawals/new/", {**LETTER, "city": aachen.pk, "request": upload()})
    assert set(refused.context["form"].errors) == {"city"}
    sent = {**LETTER, "city": liuzhou.pk, "wished_end": "2018-12-31"}
    response = client.post("/withdrawals/new/", {**sent, "request": upload()}, follow=True)
    withdrawal = Withdrawal.objects.get()
    assert response.redirect_chain == [(page_of(withdrawal), 302)]
    assert messages_of(response) == [f"The withdrawal of Liuzhou is filed under {withdrawal.reference}."]
    assert (withdrawal.city, withdrawal.on_behalf, withdrawal.reason) == (liuzhou, False, "")
    assert withdrawal.wished_end == date(2018, 12, 31)
    assert facts_of(response)["Wished end"]["lines"] == ["for information only"]
    again = client.get("/withdrawals/new/")
    assert "A withdrawal of Liuzhou stands already" in text_of(again)
    assert b"<form" not in again.content.split(b"<main")[1].split(b"</main")[0]


def test_the_secretariat_files_for_any_member_city_that_stays(client, secretary):
    filed("Aachen")
    cast.observer("Trier")
    response = look(client, secretary, "/withdrawals/new/")
    offered = {city.name_de for city in response.context["form"].fields["city"].queryset}
    assert offered == set(cast.CAST) - {"Aachen"}
    sent = {**LETTER, "city": cast.city("Köln").pk, "request": upload()}
    assert client.post("/withdrawals/new/", sent).status_code == 302
    assert Withdrawal.objects.get(place__city=cast.city("Köln")).on_behalf


def test_for_whoever_leads_no_member_city_there_is_no_such_page(client):
    cast.members()
    others = [
        cast.officer("Liuzhou", "deputy"), cast.officer("Liuzhou", "editor"), cast.officer("Mainz"),
        ManagerFactory(), AdministratorFactory(), UserFactory(),
    ]  # fmt: skip
    for other in others:
        sign_in(client, other)
        assert client.get("/withdrawals/new/").status_code == 404
        sent = {**LETTER, "city": cast.city("Liuzhou").pk, "request": upload()}
        assert client.post("/withdrawals/new/", sent).status_code == 404
    assert not Withdrawal.objects.exists()


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"request": ""}, {"request"}),
        ({"request": (EXE_BYTES, "request.pdf")}, {"request"}),
        ({"request": (b"", "request.pdf")}, {"request"}),
        ({"dated": ""}, {"dated"}),
        ({"dated": "2.5.2018x"}, {"dated"}),
        ({"dated": "2018-05-20"}, {"__all__"}),
        ({"signed_by": "  "}, {"signed_by"}),
        ({"signed_by": "x" * 201}, {"signed_by"}),
        ({"wished_end": "soon"}, {"wished_end"}),
        ({"city": "nonsense"}, {"city"}),
        ({"city": ""}, {"city"}),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(client, changes, fields):
    cast.members()
    sent = {**LETTER, "city": cast.city("Liuzhou").pk, "reason": "We merge.", "request": (PDF_BYTES, "a.pdf")}
    sent |= changes
    if sent["request"]:
        sent["request"] = upload(*sent["request"])
    response = post(client, cast.lead("Liuzhou"), "/withdrawals/new/", **sent)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == fields
    assert "We merge." in response.content.decode()
    assert not Withdrawal.objects.exists()


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


# The notice


def notice(client, user, withdrawal, **changes):
    """The form as drafted, with changes, as the browser would send it."""
    page = look(client, user, f"{page_of(withdrawal)}communicate/")
    values = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    return client.post(f"{page_of(withdrawal)}communicate/", {**values, **changes})


def test_before_it_goes_out_the_secretariat_sees_what_it_touches(client, secretary):
    circular = cast.issued(secretary=secretary)
    withdrawal = filed()
    response = look(client, secretary, f"{page_of(withdrawal)}communicate/")
    counts = {one.label: one.count for one in response.context["touched"]}
    assert counts == {
        "Open circular in which it votes": 1,
        "Membership": 1,
        "Officer's access": 1,
        "Published companies": 0,
    }
    assert circular.get_absolute_url() in response.content.decode()
    assert set(response.context["form"].fields) == {
        f"{part}_{language}" for part in ("subject", "body") for language in ("zh", "de", "en")
    }


def test_a_preview_shows_the_texts_as_typed_and_sends_nothing(client, secretary):
    withdrawal = filed()
    response = notice(client, secretary, withdrawal, subject_de="Austritt von Liuzhou", preview="1")
    assert response.status_code == 200
    assert [one["text"].subject for one in response.context["previews"]][1] == "Austritt von Liuzhou"
    assert 'value="Austritt von Liuzhou"' in response.content.decode()
    assert fresh(withdrawal).state == "submitted"


def test_confirmed_it_goes_out_once_with_the_texts_as_typed(client, secretary):
    withdrawal = filed()
    response = notice(client, secretary, withdrawal, subject_en="Liuzhou leaves")
    assert response["Location"] == page_of(withdrawal)
    after = fresh(withdrawal)
    assert (after.state, after.communicated_by) == ("communicating", secretary)
    assert (after.circular.kind, after.circular.subject_en) == ("withdrawal_notice", "Liuzhou leaves")
    assert client.get(f"{page_of(withdrawal)}communicate/")["Location"] == page_of(withdrawal)
    texts = {f"{part}_{language}": "x" for part in ("subject", "body") for language in ("zh", "de", "en")}
    assert client.post(f"{page_of(withdrawal)}communicate/", texts).status_code == 302
    assert Circular.objects.count() == 1


def test_a_text_that_is_missing_is_asked_for_and_the_others_are_kept(client, secretary):
    withdrawal = filed()
    response = notice(client, secretary, withdrawal, subject_en="Liuzhou leaves", body_zh=" ")
    assert set(response.context["form"].errors) == {"body_zh"}
    assert 'value="Liuzhou leaves"' in response.content.decode()
    assert fresh(withdrawal).state == "submitted"


def test_others_cannot_send_it(client):
    withdrawal = filed()
    for other in (ManagerFactory(), AdministratorFactory(), cast.lead("Liuzhou"), cast.lead("Foshan")):
        sign_in(client, other)
        assert client.get(f"{page_of(withdrawal)}communicate/").status_code == 404
        assert client.post(f"{page_of(withdrawal)}communicate/", {}).status_code == 404
    assert fresh(withdrawal).state == "submitted"


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


# The terms


def test_the_terms_are_explained_and_kept_by_secretariat_and_management(client, secretary):
    cast.members()
    assert "Nothing was set so far" in text_of(look(client, secretary, "/withdrawals/terms/"))
    for number, keeper in enumerate((secretary, ManagerFactory()), 1):
        response = post(client, keeper, "/withdrawals/terms/", waiting_hours="48", notice_days=str(number))
        assert response["Location"] == "/withdrawals/terms/"
    with time_machine.travel(OUT + DAY, tick=False):
        page = look(client, AdministratorFactory(), "/withdrawals/terms/")
    assert [(row.waiting_hours, row.notice_days) for row in page.context["rows"]] == [(48, 2), (48, 1)]
    assert "A city is out 2 days after the last member city counts as told." in text_of(page)
    assert "waiting_hours" not in page.content.decode()
    sent = {"waiting_hours": "1", "notice_days": "1"}
    assert client.post("/withdrawals/terms/", sent).status_code == 404
    for other in (cast.lead("Foshan"), UserFactory()):
        sign_in(client, other)
        assert client.get("/withdrawals/terms/").status_code == 404
        assert client.post("/withdrawals/terms/", sent).status_code == 404


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"waiting_hours": "721"}, {"waiting_hours"}),
        ({"waiting_hours": "-1"}, {"waiting_hours"}),
        ({"waiting_hours": ""}, {"waiting_hours"}),
        ({"notice_days": "731"}, {"notice_days"}),
        ({"notice_days": "a week"}, {"notice_days"}),
    ],
)
def test_terms_out_of_bounds_are_refused_beside_their_field(client, secretary, values, fields):
    sent = {"waiting_hours": "24", "notice_days": "0", **values}
    response = post(client, secretary, "/withdrawals/terms/", **sent)
    assert set(response.context["form"].errors) == fields
