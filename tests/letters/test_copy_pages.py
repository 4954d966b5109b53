"""One copy: its steps, and the forms by which it goes another way."""

from datetime import timedelta

import pytest
import time_machine

from alliance.letters import actions
from alliance.letters.actions import Addressee
from alliance.letters.bounces import record
from alliance.letters.models import Delivery
from alliance.letters.sending import Answer, Outcome
from alliance.letters.views.reach import SHOWN_AT_ONCE, reach_of
from alliance.letters.worker import queue
from alliance.letters.worker.pace import Pace
from tests.factories.circulars import ISSUED, issued, lead
from tests.factories.cities import CityFactory
from tests.factories.files import EXE_BYTES, upload
from tests.factories.letters import WRITTEN, handed, letter_to
from tests.factories.people import (
    AdministratorFactory,
    ManagerFactory,
    OfficerFactory,
    SecretaryFactory,
    UserFactory,
)
from tests.letters.test_bounces import mail

pytestmark = pytest.mark.django_db
NOW = WRITTEN + timedelta(minutes=1)
NEXT_DAY = WRITTEN + timedelta(days=1)


@pytest.fixture(autouse=True)
def one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture(autouse=True)
def the_day_after():
    with time_machine.travel(NEXT_DAY, tick=False):
        yield


@pytest.fixture
def secretary(client):
    """A secretary signed in."""
    user = SecretaryFactory(name="Mei Lin")
    client.force_login(user)
    return user


@pytest.fixture
def aachen():
    return CityFactory(name_de="Aachen")


def for_aachen(*addresses):
    to = addresses or ("anna@aachen.example",)
    return letter_to(*(Addressee(one, "de", name="Anna", on_behalf_of="aachen") for one in to))


def settle(outcome=Outcome.ACCEPTED, answer="250 OK", at=NOW):
    for delivery in queue.claim(at=at, pace=Pace(batch=1000)):
        queue.settle(delivery, Answer(outcome, answer), at=at)


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


# The proof is shown to the city


def test_the_city_sees_when_it_was_handed_over_with_the_proof(client, aachen):
    anna, other = OfficerFactory(city=aachen).user, OfficerFactory(city=CityFactory(name_de="Bonn")).user
    letter = letter_to(Addressee.of(anna, "aachen"), Addressee.of(other, "bonn"))
    copy = handed(letter)
    client.force_login(anna)
    page = client.get(f"/inbox/{letter.deliveries.get(recipient=anna).pk}/").content.decode()
    assert "This letter was handed over to your city on 29 January 2017 (Post)." in page
    proof = client.get(f"/inbox/proofs/{copy.pk}/")
    assert b"".join(proof.streaming_content) == upload().read()
    assert proof["Content-Disposition"] == 'attachment; filename="Einlieferungsbeleg.pdf"'
    assert proof["X-Content-Type-Options"] == "nosniff"

    client.force_login(other)
    page = client.get(f"/inbox/{letter.deliveries.get(recipient=other).pk}/").content.decode()
    assert "handed over" not in page
    assert client.get(f"/inbox/proofs/{copy.pk}/").status_code == 404


def test_the_city_sees_it_on_the_circulars_page_too(client):
    circular = issued()
    told, other = lead("Aachen"), lead("Köln")
    with time_machine.travel(ISSUED + timedelta(days=1), tick=False):
        copy = handed(circular.letter, "aachen", on=ISSUED.date(), at=ISSUED + timedelta(days=1))
        for user, shown in ((told, True), (other, False), (SecretaryFactory(), False)):
            client.force_login(user)
            page = client.get(circular.get_absolute_url()).content.decode()
            assert (f'href="/inbox/proofs/{copy.pk}/"' in page) is shown


def test_the_proof_is_for_staff_and_for_the_city_that_was_told(client, aachen):
    copy = handed(for_aachen())
    url = f"/inbox/proofs/{copy.pk}/"
    assert client.get(url).status_code == 302
    colleagues = [OfficerFactory(city=aachen, level=level).user for level in ("lead", "deputy", "editor")]
    allowed = [SecretaryFactory(), ManagerFactory(), AdministratorFactory(), *colleagues]
    former = OfficerFactory(
        city=aachen, level="deputy", state="ended", ended_at=NOW, ended_by=allowed[0], end_reason="Left"
    )
    refused = [UserFactory(), OfficerFactory().user, former.user]
    for user, status in [*((one, 200) for one in allowed), *((one, 404) for one in refused)]:
        client.force_login(user)
        assert client.get(url).status_code == status
    mail_copy = copy.letter.deliveries.get(channel="mail")
    client.force_login(allowed[0])
    assert client.get(f"/inbox/proofs/{mail_copy.pk}/").status_code == 404


# How far it came, and the record


def test_each_city_has_a_mark_and_a_word_what_needs_work_first(client, secretary, aachen):
    CityFactory(name_de="Bonn")
    CityFactory(name_de="Celle")
    letter = letter_to(
        Addressee("a@x.example", "de", on_behalf_of="aachen"),
        Addressee("b@x.example", "de", on_behalf_of="bonn"),
        Addressee("b2@x.example", "de", on_behalf_of="bonn"),
        Addressee("c@x.example", "de", on_behalf_of="celle"),
        Addressee("nobody@x.example", "de"),
    )
    letter.deliveries.filter(address__in=["c@x.example"]).update(next_attempt_at=NEXT_DAY)
    for delivery in queue.claim(at=NOW, pace=Pace(batch=1000)):
        failed = delivery.address in ("a@x.example", "b2@x.example")
        queue.settle(delivery, Answer(Outcome.FAILED if failed else Outcome.ACCEPTED, "x"), at=NOW)
    assert [(row.name, str(row.word)) for row in reach_of(letter)] == [
        ("Aachen", "In trouble"),
        ("Celle", "On the way"),
        ("Bonn", "Accepted"),
    ]
    response = client.get(f"/letters/{letter.pk}/")
    page = response.content.decode()
    assert "1 of 3 cities reached by at least one copy." in page
    assert "One city was not reached." in page
    assert f'href="{hand_over_url(letter)}?for=aachen"' in page
    assert f'href="{hand_over_url(letter)}?for=bonn"' not in page

    handed(letter)
    assert [(row.name, str(row.word)) for row in reach_of(letter)] == [
        ("Celle", "On the way"),
        ("Aachen", "Handed over"),
        ("Bonn", "Accepted"),
    ]
    of_bonn = client.get(f"/letters/{letter.pk}/?city=bonn").context["rows"]
    assert {row.address for row in of_bonn} == {"b2@x.example", "b@x.example"}


def test_a_city_nobody_could_be_written_to_is_named_at_once(client, secretary):
    circular = issued()
    city = circular.addressees.select_related("city").first().city
    with_copies = circular.letter.deliveries.filter(on_behalf_of=city.slug).exists()
    words = {row.slug: str(row.word) for row in reach_of(circular.letter)}
    assert words[city.slug] == ("On the way" if with_copies else "Nobody to write to")
    assert "Nobody to write to" in words.values() or with_copies


def test_of_many_cities_those_that_were_reached_stand_apart(client, secretary):
    many = SHOWN_AT_ONCE + 5
    letter = letter_to(*(Addressee(f"{n}@x.example", "de", on_behalf_of=f"city-{n:03}") for n in range(many)))
    letter.deliveries.filter(on_behalf_of="city-000").update(next_attempt_at=NEXT_DAY)
    settle()
    response = client.get(f"/letters/{letter.pk}/")
    assert [row.slug for row in response.context["reach"]] == ["city-000"]
    assert len(response.context["reached_apart"]) == many - 1
    assert len(response.context["rows"]) == 25
    assert f"{many - 1} of {many} cities reached" in response.content.decode()


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


@pytest.mark.parametrize("language", ["en", "de", "zh-hans"])
def test_the_record_as_a_paper(client, secretary, aachen, language):
    letter = for_aachen("anna@aachen.example", "bernd@aachen.example")
    settle(Outcome.FAILED, "550 无此用户 <no such user>")
    handed(letter)
    client.cookies["django_language"] = language
    response = client.get(f"/letters/{letter.pk}/?format=pdf", headers={"accept-language": language})
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="deliveries.pdf"'
    assert response.content.startswith(b"%PDF-1.7")
    empty = letter_to()
    assert client.get(f"/letters/{empty.pk}/?format=pdf").content.startswith(b"%PDF")
    assert client.get(f"/letters/{letter.pk}/?format=xlsx").status_code == 200


def test_letters_are_found_by_city_and_by_the_state_of_that_citys_copy(client, secretary, aachen):
    CityFactory(name_de="Bonn")
    letter = letter_to(
        Addressee("a@x.example", "de", on_behalf_of="aachen"),
        Addressee("b@x.example", "de", on_behalf_of="bonn"),
    )
    letter.deliveries.filter(on_behalf_of="bonn").update(next_attempt_at=NEXT_DAY)
    settle(Outcome.FAILED)

    def found(query):
        return [row.pk for row in client.get(f"/letters/?{query}").context["rows"]]

    assert found("city=aachen") == found("city=bonn") == found("city=aachen&state=failed") == [letter.pk]
    assert found("city=bonn&state=failed") == found("city=aachen&state=queued") == []
    assert "nowhere" in " ".join(client.get("/letters/?city=nowhere").context["notes"])
