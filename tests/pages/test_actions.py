"""What every state change does: who may call it, what is said, where it leads."""

import pytest
from django.contrib.messages import get_messages

from tests.factories.cities import CityFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.pages.urls")]


@pytest.fixture
def person(client):
    user = UserFactory(email="officer@example.org")
    client.force_login(user)
    return user


def said(response):
    return [(message.level_tag, str(message)) for message in get_messages(response.wsgi_request)]


def address_of(city):
    city.refresh_from_db()
    return city.postal_address


def test_action_is_done_said_and_leads_to_the_page(client, person):
    city = CityFactory(name_de="Mainz")
    response = client.post("/cities/mainz/close/")
    assert (response.status_code, response["Location"]) == (302, "/cities/mainz/")
    assert said(response) == [("success", "Mainz is closed.")]
    assert address_of(city) == "closed by officer@example.org"


def test_refusal_is_said_and_leads_back_to_where_the_person_was(client, person):
    city = CityFactory(name_de="Foshan", country="CN")
    response = client.post("/cities/foshan/close/", headers={"Referer": "http://testserver/cities/?q=F"})
    assert (response.status_code, response["Location"]) == (302, "http://testserver/cities/?q=F")
    assert said(response) == [("error", "Foshan lies in China.")]
    assert address_of(city) == ""


@pytest.mark.parametrize(
    "referrer", ["", "https://elsewhere.example/", "//elsewhere.example/", "javascript:1"]
)
def test_refusal_never_leads_out_of_the_site(client, person, referrer):
    CityFactory(name_de="Foshan", country="CN")
    response = client.post("/cities/foshan/close/", headers={"Referer": referrer})
    assert response["Location"] == "/cities/foshan/"


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete"])
def test_nothing_but_post_does_anything(client, person, method):
    city = CityFactory(name_de="Mainz")
    assert getattr(client, method)("/cities/mainz/close/").status_code == 405
    assert address_of(city) == ""


@pytest.mark.parametrize("slug", ["mainz", "nowhere"])
def test_what_the_person_may_not_see_is_not_found(client, person, slug):
    city = CityFactory(name_de="Mainz", confirmed_at=None)
    assert client.post(f"/cities/{slug}/close/").status_code == 404
    assert client.get(f"/cities/{slug}/close-with-reason/").status_code == 404
    assert address_of(city) == ""


def test_visitor_is_asked_to_sign_in_before_anything_is_looked_up(client):
    city = CityFactory(name_de="Mainz")
    for slug in ["mainz", "nowhere"]:
        response = client.post(
            f"/cities/{slug}/close/", headers={"Referer": "http://testserver/cities/mainz/"}
        )
        assert response.status_code == 302
        assert response["Location"] == "/accounts/login/?next=http%3A//testserver/cities/mainz/"
    assert address_of(city) == ""


def test_action_may_be_open_to_visitors_silent_and_lead_elsewhere(client):
    city = CityFactory(name_de="Mainz")
    response = client.post("/cities/mainz/close-by-visitor/")
    assert (response.status_code, response["Location"]) == (302, "/cities/")
    assert said(response) == []
    assert address_of(city) == "closed by a visitor"


def test_action_with_a_form_shows_it_with_the_object(client, person):
    city = CityFactory(name_de="Mainz")
    response = client.get("/cities/mainz/close-with-reason/")
    assert response.status_code == 200
    assert response.context["object"] == city
    assert address_of(city) == ""


def test_action_with_a_form_is_done_and_said(client, person):
    city = CityFactory(name_de="Mainz")
    response = client.post("/cities/mainz/close-with-reason/", {"reason": "Flood"})
    assert (response.status_code, response["Location"]) == (302, "/cities/mainz/")
    assert said(response) == [("success", "Closed: Flood by officer@example.org")]
    assert address_of(city) == "Flood by officer@example.org"


def test_refused_form_keeps_what_was_typed(client, person):
    city = CityFactory(name_de="Foshan", country="CN")
    response = client.post("/cities/foshan/close-with-reason/", {"reason": "Flood"})
    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == ["Foshan lies in China."]
    assert response.context["form"]["reason"].value() == "Flood"
    assert said(response) == []
    assert address_of(city) == ""


def test_incomplete_form_calls_no_action(client, person):
    city = CityFactory(name_de="Mainz")
    response = client.post("/cities/mainz/close-with-reason/", {"reason": ""})
    assert list(response.context["form"].errors) == ["reason"]
    assert address_of(city) == ""
