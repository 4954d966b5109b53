"""The start page: who belongs to the alliance today, derived from the register."""

from datetime import date

import pytest
import time_machine

from tests.factories.cities import CityFactory
from tests.factories.membership import MembershipFactory
from tests.factories.pages import text_of

pytestmark = pytest.mark.django_db

NAMES = {"Foshan": "CN", "Aachen": "DE", "Köln": "DE"}


def members():
    for name, country in NAMES.items():
        MembershipFactory(cities=[CityFactory(name_de=name, country=country)])
    MembershipFactory(cities=[CityFactory(name_de="Trier")], kind="observer", beginning="invitation")
    later = {"cities": [CityFactory(name_de="Mainz")], "cities__begin": date(2017, 4, 24)}
    MembershipFactory(**later)


def sides(client, day):
    with time_machine.travel(f"{day} 02:00:00Z", tick=False):
        response = client.get("/")
    return response, {
        str(label): [place.city.name for place in places] for label, places in response.context["sides"]
    }


def test_full_members_of_the_day_stand_by_country_with_their_number(client):
    members()
    response, found = sides(client, "2017-04-23")
    assert found == {"China": ["Foshan"], "Germany": ["Aachen", "Köln"]}
    assert "3 member cities today" in text_of(response)
    response, found = sides(client, "2017-04-24")
    assert found == {"China": ["Foshan"], "Germany": ["Aachen", "Köln", "Mainz"]}
    assert "4 member cities today" in text_of(response)
    assert response.context["latest"].city.name == "Mainz"


def test_an_empty_register_says_so(client):
    response, found = sides(client, "2017-04-24")
    assert found == {"China": [], "Germany": []}
    assert text_of(response).count("No member city on this side yet.") == 2


def test_the_number_of_queries_does_not_grow_with_the_members(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/")
    members()
    with django_assert_num_queries(1):
        client.get("/")
