"""All letters, for those who work for the alliance."""

import csv
import io
from datetime import timedelta

import pytest

from alliance.letters.actions import Addressee
from alliance.letters.models import WIPED, Delivery, Letter
from alliance.letters.sending import Answer, Outcome
from alliance.letters.states import LetterKind
from alliance.letters.worker import queue
from alliance.letters.worker.pace import Pace
from tests.factories.letters import WRITTEN, letter_to
from tests.factories.people import (
    AdministratorFactory,
    ManagerFactory,
    OfficerFactory,
    SecretaryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOW = WRITTEN + timedelta(minutes=1)
STAFF = (SecretaryFactory, ManagerFactory, AdministratorFactory)


@pytest.fixture(autouse=True)
def one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def secretary(client):
    """A secretary signed in."""
    user = SecretaryFactory()
    client.force_login(user)
    return user


def about(subject):
    return lambda: (subject, f"Text about {subject}.")


def settle(**outcomes):
    """Send what is queued; the addresses named come to the outcomes named, others are accepted."""
    for delivery in queue.claim(at=NOW, pace=Pace(batch=1000)):
        outcome = outcomes.get(delivery.address.partition("@")[0], Outcome.ACCEPTED)
        queue.settle(delivery, Answer(outcome, f"answer to {delivery.address}"), at=NOW)


def rows(response):
    assert response.status_code == 200
    return [str(row) for row in response.context["rows"]]


def csv_of(response):
    text = b"".join(response.streaming_content).decode().removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text)))


def test_who_may_see_the_letters_of_all(client):
    letter = letter_to("a@aachen.example")
    for url in ("/letters/", f"/letters/{letter.pk}/"):
        client.logout()
        assert client.get(url)["Location"] == f"/accounts/login/?next={url}"
        for other in (UserFactory(), OfficerFactory().user):
            client.force_login(other)
            assert client.get(url).status_code == 404
        for factory in STAFF:
            client.force_login(factory())
            assert client.get(url).status_code == 200
    assert client.get("/letters/0/").status_code == 404


def test_no_letters_yet(client, secretary):
    response = client.get("/letters/")
    assert rows(response) == []
    assert "No letters have been written yet." in response.content.decode()


def test_each_letter_shows_what_became_of_its_copies(client, secretary):
    letter_to(*(f"{name}@example.org" for name in ("ok", "fine", "gone", "later", "lost")))
    settle(gone=Outcome.FAILED, later=Outcome.DEFERRED, lost=Outcome.UNCERTAIN)
    response = client.get("/letters/")
    [letter] = response.context["rows"]
    assert (letter.copies, letter.accepted, letter.waiting, letter.failed) == (5, 2, 2, 1)
    page = response.content.decode()
    assert 'viewBox="0 0 5 1"' in page
    assert '<rect class="is-failed" x="4" width="1" height="1"/>' in page
    for words in ("2 accepted", "2 on the way", "1 in trouble"):
        assert words in page


def test_searching_filtering_and_sorting_letters(client, secretary):
    letter_to("gone@bonn.example", "b@bonn.example", compose=about("Mainz"), reference="2016/01")
    settle(gone=Outcome.FAILED)
    letter_to(
        Addressee("c@foshan.example", "zh-hans", name="Wei", on_behalf_of="foshan"),
        compose=about("Chemnitz"),
        kind=LetterKind.REMINDER,
        at=NOW,
    )

    def found(query):
        return rows(client.get(f"/letters/?{query}"))

    assert found("") == ["Chemnitz", "Mainz"]
    assert found("sort=date") == ["Mainz", "Chemnitz"]
    assert found("sort=-copies") == ["Mainz", "Chemnitz"]
    assert found("q=mainz") == ["Mainz"]
    assert found("q=2016/01") == ["Mainz"]
    assert found("q=bonn.example") == ["Mainz"]
    assert found("q=wei") == found("q=foshan") == found("kind=reminder") == ["Chemnitz"]
    assert found("q=wei+mainz") == []
    assert found("state=failed") == found("state=accepted") == ["Mainz"]
    assert found("state=queued") == ["Chemnitz"]
    assert found("state=uncertain") == []


def test_letters_as_a_file(client, secretary):
    letter_to("gone@bonn.example", "b@bonn.example", compose=about("Mainz"), reference="2016/01")
    settle(gone=Outcome.FAILED)
    assert csv_of(client.get("/letters/?format=csv")) == [
        [
            "Subject",
            "Kind",
            "Reference",
            "Written",
            "Copies",
            "Accepted",
            "Handed over",
            "On the way",
            "In trouble",
            "Called back",
        ],
        ["Mainz", "Circular", "2016/01", "2017-01-29 10:00+08:00", "2", "1", "0", "0", "1", "0"],
    ]


def test_a_letter_shows_its_text_and_the_record_of_its_copies(client, secretary):
    letter = letter_to("gone@bonn.example", "ok@aachen.example", path="/circulars/2016-01/")
    settle(gone=Outcome.FAILED)
    response = client.get(f"/letters/{letter.pk}/")
    assert [(row.address, row.state) for row in response.context["rows"]] == [
        ("gone@bonn.example", "failed"),
        ("ok@aachen.example", "accepted"),
    ]
    page = response.content.decode()
    assert "<p>Please give your statement.</p>" in page
    assert "<p>Bitte nehmen Sie Stellung.</p>" in page
    assert '<details lang="zh-Hans">' in page
    assert 'href="http://testserver/circulars/2016-01/"' in page
    assert "answer to gone@bonn.example" in page
    assert "One copy could not be delivered." in page
    assert [row.address for row in client.get(f"/letters/{letter.pk}/?state=failed").context["rows"]] == [
        "gone@bonn.example"
    ]
    assert [row.address for row in client.get(f"/letters/{letter.pk}/?q=aachen").context["rows"]] == [
        "ok@aachen.example"
    ]


def test_the_record_of_the_copies_as_a_file(client, secretary):
    letter = letter_to(Addressee("a@aachen.example", "de", name="Anna", on_behalf_of="aachen"))
    letter_to("other@example.org")
    settle(a=Outcome.UNCERTAIN)
    [head, row] = csv_of(client.get(f"/letters/{letter.pk}/?format=csv"))
    record = dict(zip(head, row, strict=True))
    next_attempt = record.pop("Next attempt")
    assert next_attempt in ("2017-01-29 10:01+08:00", "2017-01-29 10:02+08:00")
    assert record == {
        "Addressee": "Anna",
        "Address": "a@aachen.example",
        "For": "aachen",
        "Way": "E-mail",
        "Language": "Deutsch",
        "State": "Possibly sent",
        "Attempts": "1",
        "Server's answer": "answer to a@aachen.example",
        "Accepted or failed at": "",
        "Came back at": "",
        "What the returned mail says": "",
        "Possibly received twice": "yes",
        "Opened in the inbox": "",
        "Handed over on": "",
        "Entered by": "",
        "Note": "",
        "Checksum of the proof": "",
        "In place of": "",
        "Message-ID": letter.deliveries.get().message_id,
    }


def resend_url(delivery):
    return f"/letters/{delivery.letter_id}/deliveries/{delivery.pk}/resend/"


def test_the_secretariat_sends_a_failed_copy_again_and_twice_is_once(client, secretary):
    letter = letter_to("gone@bonn.example", "ok@aachen.example")
    settle(gone=Outcome.FAILED)
    gone, fine = letter.deliveries.get(state="failed"), letter.deliveries.get(state="accepted")
    page = client.get(f"/letters/{letter.pk}/").content.decode()
    assert f'action="{resend_url(gone)}"' in page
    assert resend_url(fine) not in page

    for _ in range(2):
        response = client.post(resend_url(gone))
        assert (response.status_code, response["Location"]) == (302, f"/letters/{letter.pk}/")
    gone.refresh_from_db()
    assert (gone.state, gone.attempts) == ("queued", 1)
    assert "The mail to gone@bonn.example is sent again." in client.get(response["Location"]).content.decode()


def test_what_was_accepted_is_refused_with_a_sentence(client, secretary):
    letter = letter_to("ok@aachen.example")
    settle()
    response = client.post(resend_url(letter.deliveries.get()), follow=True)
    assert "The mail server has accepted this mail for ok@aachen.example" in response.content.decode()
    assert letter.deliveries.get().state == "accepted"


def test_sending_again_is_a_post_by_the_secretariat(client):
    letter = letter_to("gone@bonn.example")
    settle(gone=Outcome.FAILED)
    gone = letter.deliveries.get()
    assert client.post(resend_url(gone)).status_code == 302
    for other, status in ((UserFactory(), 404), (ManagerFactory(), 302), (AdministratorFactory(), 302)):
        client.force_login(other)
        assert client.post(resend_url(gone)).status_code == status
        assert Delivery.objects.get().state == "failed"
    assert resend_url(gone) not in client.get(f"/letters/{letter.pk}/").content.decode()
    client.force_login(SecretaryFactory())
    assert client.get(resend_url(gone)).status_code == 405
    elsewhere = resend_url(gone).replace(f"/letters/{letter.pk}/", f"/letters/{letter.pk + 1}/")
    assert client.post(elsewhere).status_code == 404
    assert Delivery.objects.get().state == "failed"


def test_staff_never_read_what_opens_an_account(client, secretary):
    letter = letter_to(
        "a@example.org",
        confidential=True,
        path="/accounts/key/secret/",
        reference="x",
        compose=about("Reset"),
    )
    page = client.get(f"/letters/{letter.pk}/").content.decode()
    assert "Reset" in page
    assert "Text about Reset." not in page
    assert "secret/" not in page
    assert "only the mail itself holds it" in page

    Letter.objects.update(body_en=WIPED, body_de=WIPED, body_zh=WIPED)
    page = client.get(f"/letters/{letter.pk}/").content.decode()
    assert "It was wiped when the mail had been sent." in page
    assert WIPED not in page


def test_in_the_demonstration_the_links_are_read_here(client, secretary, settings):
    settings.DEMO = True
    letter = letter_to(
        "a@example.org",
        confidential=True,
        path="/accounts/key/secret/",
        compose=lambda: ("Reset", "Go to http://testserver/accounts/other/ now."),
    )
    page = client.get(f"/letters/{letter.pk}/").content.decode()
    assert 'href="http://testserver/accounts/key/secret/"' in page
    assert '<a href="http://testserver/accounts/other/" rel="nofollow">' in page


def test_an_answer_of_ours_is_translated_and_a_servers_is_not():
    delivery = Delivery(answer="kept on this machine")
    assert delivery.answer_in_words == "kept on this machine"
    for answer in ("", "550 5.1.1: No such user", "No connection to the mail server: refused"):
        assert Delivery(answer=answer).answer_in_words == answer


@pytest.mark.parametrize("number", [1, 3])
def test_lists_need_as_many_queries_for_one_row_as_for_three(
    client, secretary, number, django_assert_num_queries
):
    for one in range(number):
        letter = letter_to(*(f"{copy}@example.org" for copy in range(number)), compose=about(f"Letter {one}"))
    settle()
    # Session and person; cities to choose from; number and page of rows; unread letters; is the worker late.
    with django_assert_num_queries(2 + 1 + 2 + 1 + 2):
        assert len(rows(client.get("/letters/"))) == number
    # And the letter itself; whom it should reach, its copies by city (they have none).
    with django_assert_num_queries(2 + 1 + 2 + 2 + 1 + 2):
        assert len(rows(client.get(f"/letters/{letter.pk}/"))) == number
