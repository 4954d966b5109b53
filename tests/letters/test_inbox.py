"""My letters."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from alliance.letters.actions import unread_count
from alliance.letters.models import WIPED, Delivery, Letter
from alliance.letters.states import LetterKind
from tests.factories.letters import WRITTEN, letter_to
from tests.factories.people import SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def anna(client):
    """Somebody signed in."""
    user = UserFactory(name="Anna", email="anna@aachen.example")
    client.force_login(user)
    return user


def subjects(response):
    assert response.status_code == 200
    return [delivery.letter.subject for delivery in response.context["rows"]]


def about(subject):
    return lambda: (subject, f"Text about {subject}.")


def test_visitors_are_sent_to_sign_in(client):
    delivery = letter_to(UserFactory()).deliveries.get()
    for url in ("/inbox/", f"/inbox/{delivery.pk}/"):
        response = client.get(url)
        assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={url}")


def test_an_empty_inbox_says_so(client, anna):
    response = client.get("/inbox/")
    assert subjects(response) == []
    assert "No letters to you yet." in response.content.decode()


def test_an_inbox_holds_ones_own_letters_the_newest_first(client, anna):
    letter_to(anna, UserFactory(), compose=about("Old"), at=WRITTEN)
    letter_to(anna, compose=about("New"), at=WRITTEN + timedelta(days=1))
    letter_to(UserFactory(), "anna@aachen.example", compose=about("Another's"))
    assert subjects(client.get("/inbox/")) == ["New", "Old"]
    assert subjects(client.get("/inbox/?sort=date")) == ["Old", "New"]


def test_a_letter_is_unread_until_its_page_is_opened(client, anna):
    delivery = letter_to(anna).deliveries.get()
    other = letter_to(UserFactory()).deliveries.get()
    assert client.get("/inbox/").content.decode().count("Unread") == 2  # the filter and the mark
    assert unread_count(anna) == 1
    client.head(f"/inbox/{delivery.pk}/")
    assert unread_count(anna) == 1

    page = client.get(f"/inbox/{delivery.pk}/").content.decode()
    assert "<h1>Shall Mainz join the alliance?</h1>" in page
    assert "<p>Please give your statement.</p>" in page
    delivery.refresh_from_db()
    other.refresh_from_db()
    first = delivery.opened_at
    assert first is not None
    assert other.opened_at is None
    assert unread_count(anna) == 0
    assert client.get("/inbox/").content.decode().count("Unread") == 1

    client.get(f"/inbox/{delivery.pk}/")
    delivery.refresh_from_db()
    assert delivery.opened_at == first


def test_letters_of_others_do_not_exist_for_me(client, anna):
    theirs = letter_to(UserFactory()).deliveries.get()
    assert client.get(f"/inbox/{theirs.pk}/").status_code == 404
    assert client.get("/inbox/0/").status_code == 404
    client.force_login(SecretaryFactory())
    assert client.get(f"/inbox/{theirs.pk}/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.opened_at is None


def test_searching_and_filtering(client, anna):
    letter_to(anna, compose=about("Mainz"), reference="2016/01")
    letter_to(anna, compose=about("Chemnitz"), reference="2017/02", kind=LetterKind.REMINDER)
    opened = letter_to(anna, compose=about("Deyang"), kind=LetterKind.REMINDER).deliveries.get()
    client.get(opened.get_absolute_url())

    def found(query):
        return sorted(subjects(client.get(f"/inbox/?{query}")))

    assert found("q=mainz") == ["Mainz"]
    assert found("q=2017/02") == ["Chemnitz"]
    assert found("q=mainz+2017") == []
    assert found("kind=reminder") == ["Chemnitz", "Deyang"]
    assert found("unread=on") == ["Chemnitz", "Mainz"]
    assert found("") == ["Chemnitz", "Deyang", "Mainz"]


def test_a_letter_is_read_in_the_readers_language_and_leads_to_its_page(client, anna):
    delivery = letter_to(anna, path="/circulars/2016-01/", reference="2016/01").deliveries.get()
    type(anna).objects.filter(pk=anna.pk).update(language="zh-hans")
    page = client.get(f"/inbox/{delivery.pk}/").content.decode()
    assert "<h1>美因茨是否加入联盟？</h1>" in page
    assert 'href="/circulars/2016-01/"' in page


def test_what_opens_an_account_is_not_shown_in_the_inbox(client, anna, settings):
    letter_to(anna, confidential=True, path="/accounts/key/secret/", compose=about("Reset"))
    delivery = Delivery.objects.get()
    page = client.get(f"/inbox/{delivery.pk}/").content.decode()
    assert "Text about Reset." not in page
    assert "secret" not in page
    assert "only the mail itself holds it" in page

    Letter.objects.update(body_en=WIPED, body_de=WIPED, body_zh=WIPED)
    page = client.get(f"/inbox/{delivery.pk}/").content.decode()
    assert "It was wiped when the mail had been sent." in page


def test_in_the_demonstration_it_is_shown_so_that_links_can_be_followed(client, anna, settings):
    settings.DEMO = True
    letter_to(anna, confidential=True, path="/accounts/key/secret/", compose=about("Reset"))
    page = client.get(f"/inbox/{Delivery.objects.get().pk}/").content.decode()
    assert "Text about Reset." in page
    assert 'href="/accounts/key/secret/"' in page


def test_addresses():
    assert reverse("letters:inbox") == "/inbox/"
    assert reverse("letters:inbox_letter", args=[7]) == "/inbox/7/"
    assert AnonymousUser().is_authenticated is False


@pytest.mark.parametrize("number", [1, 3])
def test_an_inbox_needs_as_many_queries_for_one_letter_as_for_three(
    client, anna, number, django_assert_num_queries
):
    for one in range(number):
        letter_to(anna, compose=about(f"Letter {one}"))
    with django_assert_num_queries(2 + 2 + 1):  # session and person, number and page of letters, unread
        assert len(subjects(client.get("/inbox/"))) == number
