"""One copy: its steps, and the forms by which it goes another way."""

from datetime import timedelta

import pytest

from alliance.letters import actions
from alliance.letters.bounces import record
from alliance.letters.models import Delivery
from alliance.letters.sending import Outcome
from tests.factories.bounces import mail
from tests.factories.circulars import ISSUED, issued
from tests.factories.files import EXE_BYTES, upload
from tests.factories.letters import WRITTEN, for_aachen, handed, letter_to, settle
from tests.factories.people import (
    AdministratorFactory,
    ManagerFactory,
    OfficerFactory,
    SecretaryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOW = WRITTEN + timedelta(minutes=1)


def url_of(copy, verb=""):
    return f"/letters/{copy.letter_id}/deliveries/{copy.pk}/{verb}"


def hand_over_url(letter):
    return f"/letters/{letter.pk}/hand-over/"


def texts(response):
    assert response.status_code == 200
    return [(entry["text"], entry.get("note", "")) for entry in response.context["entries"]]


# The steps of a copy


def test_a_copy_tells_its_steps_with_what_servers_and_people_said(client, secretary, aachen):
    letter = for_aachen()
    settle(Outcome.UNCERTAIN, "The connection broke after the text was handed over: reset")
    later = Delivery.objects.get().next_attempt_at
    settle(at=later)
    copy = letter.deliveries.get()
    record(mail("postfix_delayed", copy.message_id), at=later)
    record(mail("postfix_failed", copy.message_id), at=later)
    client.post(url_of(copy, "resend/"))
    response = client.get(url_of(copy))
    steps = texts(response)
    assert [text for text, _note in steps] == [
        "Queued for anna@aachen.example",
        "Attempt 1",
        "Possibly sent",
        "Attempt 2",
        "Accepted by the mail server",
        "A mail server reports a delay",
        "Came back",
        "Sent again by hand",
    ]
    assert "The connection broke after the text was handed over: reset\nNext attempt: " in steps[2][1]
    assert steps[4][1] == "250 OK"
    assert steps[5][1].startswith("connect to mail.stadt.example")
    assert steps[6][1].startswith("550 5.1.1 <a.becker@stadt.example>")
    assert response.context["entries"][-1]["by"] == "Mei Lin"
    page = response.content.decode()
    assert "it was possibly received twice" in page
    assert copy.message_id in page


def test_a_handed_over_copy_shows_its_proof(client, secretary, aachen):
    copy = handed(for_aachen(), by=secretary)
    response = client.get(url_of(copy))
    assert texts(response) == [("Handed over on 29 January 2017: Post", "Registered letter RR 123")]
    page = response.content.decode()
    assert copy.sha256 in page
    assert f'href="/inbox/proofs/{copy.pk}/"' in page
    assert "Message-ID" not in page


def test_a_redirected_copy_names_the_first_one_and_the_other_way_round(client, secretary, aachen):
    first = for_aachen().deliveries.get()
    client.post(
        url_of(first, "redirect/"), {"address": "b@aachen.example", "language": "zh-hans", "note": "By phone"}
    )
    second = Delivery.objects.get(redirected_from=first)
    assert (second.language, second.entered_by, second.state) == ("zh-hans", secretary, "queued")
    assert "b@aachen.example" in client.get(url_of(first)).content.decode()
    response = client.get(url_of(second))
    assert texts(response) == [("Redirected to b@aachen.example", "By phone")]
    assert f'href="{url_of(first)}"' in response.content.decode()


def test_a_corrected_address_and_an_opening_are_steps(client, secretary):
    user = UserFactory()
    copy = letter_to(user).deliveries.get()
    actions.mark_opened(copy, by=user, at=NOW)
    Delivery.objects.filter(pk=copy.pk).update(address="right@aachen.example")
    assert [text for text, _note in texts(client.get(url_of(copy)))] == [
        f"Queued for {user.email}",
        "Opened in the inbox",
        f"Address corrected: {user.email}, now right@aachen.example",
    ]


def test_the_moves_that_are_possible_are_offered_to_the_secretariat_alone(client, aachen):
    copy = for_aachen().deliveries.get()
    settle(Outcome.FAILED, "550 no")
    offers = (url_of(copy, "resend/"), url_of(copy, "redirect/"), f"{hand_over_url(copy.letter)}?for=aachen")
    for factory, offered in (
        (SecretaryFactory, True),
        (ManagerFactory, False),
        (AdministratorFactory, False),
    ):
        client.force_login(factory())
        page = client.get(url_of(copy)).content.decode()
        assert [offer in page for offer in offers] == [offered] * 3


def test_who_may_see_a_copy_and_its_forms(client, aachen):
    copy = for_aachen().deliveries.get()
    urls = [url_of(copy), url_of(copy, "redirect/"), hand_over_url(copy.letter)]
    officer = OfficerFactory(city=aachen).user
    for url in urls:
        client.logout()
        assert client.get(url)["Location"].startswith("/accounts/login/?next=")
        client.force_login(officer)
        assert client.get(url).status_code == 404
        client.force_login(SecretaryFactory())
        assert client.get(url).status_code == 200
    for factory in (ManagerFactory, AdministratorFactory):
        client.force_login(factory())
        assert [client.get(url).status_code for url in urls] == [200, 404, 404]
        assert [client.post(url, {}).status_code for url in urls[1:]] == [404, 404]
    client.force_login(SecretaryFactory())
    elsewhere = letter_to("x@example.org")
    assert client.get(f"/letters/{elsewhere.pk}/deliveries/{copy.pk}/").status_code == 404
    assert Delivery.objects.count() == 2


@pytest.mark.parametrize("number", [1, 3])
def test_a_copy_with_many_steps_needs_as_many_queries(
    client, secretary, aachen, number, django_assert_num_queries
):
    copy = for_aachen().deliveries.get()
    for one in range(number):
        Delivery.objects.filter(pk=copy.pk).update(address=f"{one}@aachen.example")
        record(mail("postfix_delayed", copy.message_id).replace(b"2017012906", b"%d" % one), at=NOW)
    # Session and person; the copy; name of the city; steps, returned mails; people; redirections;
    # unread letters; is the worker late.
    with django_assert_num_queries(2 + 1 + 1 + 2 + 1 + 1 + 2):
        assert client.get(url_of(copy)).status_code == 200


# The forms


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"address": ""}, "address", "This field is required."),
        ({"address": "anna"}, "address", "Enter a valid email address."),
        ({"address": "anna@aachen.example"}, "address", "goes to anna@aachen.example already"),
        ({"language": "fr"}, "language", "fr is not one of the available choices"),
        ({"note": " "}, "note", "This field is required."),
    ],
)
def test_a_refused_redirection_keeps_what_was_typed(client, secretary, aachen, data, field, sentence):
    copy = for_aachen().deliveries.get()
    given = {"address": "b@aachen.example", "language": "de", "note": "By phone"}
    response = client.post(url_of(copy, "redirect/"), {**given, **data})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert sentence in response.context["form"].errors[field][0]
    assert response.context["form"].data.get("address") == data.get("address", "b@aachen.example")
    assert Delivery.objects.count() == 1


def test_what_opens_an_account_is_refused_above_the_form(client, secretary):
    copy = letter_to("a@example.org", confidential=True).deliveries.get()
    page = client.get(url_of(copy)).content.decode()
    assert "redirect/" not in page
    data = {"address": "b@aachen.example", "language": "de", "note": "x"}
    response = client.post(url_of(copy, "redirect/"), data)
    assert "goes to nobody but the person it was written to" in response.content.decode()


def given(**changes):
    data = {"on_behalf_of": "aachen", "channel": "wechat", "on": "2017-01-29", "note": "To Anna"}
    return {**data, "proof": upload(name="收据.pdf"), **changes}


def test_a_handing_over_is_entered_with_its_proof(client, secretary, aachen):
    letter = for_aachen()
    for _ in range(2):
        response = client.post(hand_over_url(letter), given())
        assert (response.status_code, response["Location"]) == (302, f"/letters/{letter.pk}/")
    copy = letter.deliveries.get(state="handed_over")
    assert (copy.channel, copy.filename, copy.entered_by) == ("wechat", "收据.pdf", secretary)
    page = client.get(f"/letters/{letter.pk}/").content.decode()
    assert "The handing over to Aachen is entered." in page
    assert "1 handed over" in page
    assert "WeChat" in page


def test_the_form_begins_with_the_city_asked_for(client, secretary, aachen):
    letter = for_aachen()
    for asked, selected in (("aachen", True), ("", False), ("bonn", False)):
        page = client.get(f"{hand_over_url(letter)}?for={asked}").content.decode()
        assert ('<option value="aachen" selected>' in page) is selected
        assert '<option value="bonn"' not in page


def test_the_circulars_cities_without_a_copy_can_be_chosen(client, secretary):
    circular = issued(at=ISSUED)
    letter, slugs = circular.letter, set(circular.addressees.values_list("city__slug", flat=True))
    choices = dict(client.get(hand_over_url(letter)).context["form"].fields["on_behalf_of"].choices)
    assert set(choices) == {"", *slugs}


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"on_behalf_of": ""}, "on_behalf_of", "This field is required."),
        ({"on_behalf_of": "bonn"}, "on_behalf_of", "bonn is not one of the available choices"),
        ({"channel": "mail"}, "channel", "mail is not one of the available choices"),
        ({"on": ""}, "on", "This field is required."),
        ({"on": "29.1."}, "on", "Enter a valid date."),
        ({"on": "2017-01-28"}, "on", "it cannot have been handed over before"),
        ({"on": "2017-02-01"}, "on", "is still to come"),
        ({"note": ""}, "note", "This field is required."),
        ({"proof": ""}, "proof", "Please choose a file."),
        ({"proof": upload(EXE_BYTES, "Beleg.pdf")}, "proof", "is not a PDF, PNG, JPEG, DOCX or XLSX file"),
        ({"proof": upload(b"", "leer.pdf")}, "proof", "is empty"),
    ],
)
def test_a_refused_handing_over_says_why_beside_the_field(
    client, secretary, aachen, changes, field, sentence
):
    letter = for_aachen()
    response = client.post(hand_over_url(letter), given(**changes))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert sentence in response.context["form"].errors[field][0]
    if field != "note":
        assert "To Anna" in response.content.decode()
    assert letter.deliveries.count() == 1
