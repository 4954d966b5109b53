"""The pages on which a city registers itself."""

import re

import pytest
from django.core.cache import cache
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from alliance.accounts.models import User
from alliance.letters.models import Letter
from cities.models import City, Officer
from cities.states import OfficerState
from tests.factories.cities import CityFactory
from tests.factories.people import OfficerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "seven-Rhine-barges"
PERSON = {
    "name": "Anna Kern",
    "email": "Anna.Kern@mainz.example",
    "function": "Economic promotion",
    "password": PASSWORD,
    "password_again": PASSWORD,
    "language": "de",
    "time_zone": "Europe/Berlin",
}
CITY = {
    "country": "CN",
    "kind": "city",
    "name_zh": "茂名市",
    "region": "广东省",
    "official_code": "440900",
    "website": "www.maoming.gov.cn",
}


@pytest.fixture(autouse=True)
def nobody_has_tried_yet():
    cache.clear()


def listed(client, query=""):
    return [city.slug for city in client.get(f"/register/{query}").context["rows"]]


def test_cities_without_a_lead_are_offered_and_the_search_finds_all_public_ones(client):
    foshan = CityFactory(country="CN", name_de="Foshan", name_zh="佛山市")
    OfficerFactory(city=foshan)
    CityFactory(name_de="Köln", name_en="Cologne", name_zh="科隆")
    CityFactory(name_de="Mainz")
    CityFactory(name_de="Waiting", confirmed_at=None)
    assert listed(client) == ["koeln", "mainz"]
    assert listed(client, "?q=科隆") == ["koeln"]
    assert listed(client, "?q=koln") == ["koeln"]
    assert listed(client, "?q=foshan") == ["foshan"]
    assert listed(client, "?q=waiting") == []
    assert listed(client, "?country=CN") == []
    assertContains(client.get("/register/?q=foshan"), "has officers already")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(client, django_assert_num_queries, rows):
    for _row in range(rows):
        CityFactory()
    with django_assert_num_queries(2):
        assert len(listed(client)) == rows


def test_registering_for_a_city_of_the_register(client):
    city = CityFactory(name_de="Mainz")
    page = client.get(f"/register/city/{city.slug}/")
    assertContains(page, "Who are you in Mainz?")
    response = client.post(f"/register/city/{city.slug}/", PERSON)
    assertRedirects(response, "/register/sent/")
    officer = Officer.objects.get()
    assert (officer.city, officer.user.email, officer.state) == (
        city,
        "anna.kern@mainz.example",
        OfficerState.REGISTERED,
    )
    assert "_auth_user_id" not in client.session


def test_the_link_in_the_mail_confirms_the_address_and_then_one_signs_in(client):
    client.post(f"/register/city/{CityFactory().slug}/", PERSON)
    signing_in = {"login": "anna.kern@mainz.example", "password": PASSWORD}
    assertRedirects(
        client.post("/accounts/login/", signing_in), "/accounts/confirm-email/", fetch_redirect_response=False
    )
    link = Letter.objects.earliest("pk").path
    assertContains(client.get(link), "Is this your address?")
    assert not User.objects.get().emailaddress_set.get().verified
    client.post(link)
    assert User.objects.get().emailaddress_set.get().verified
    client.post("/accounts/login/", signing_in)
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_adding_a_city_and_oneself(client):
    assertRedirects(client.post("/register/add/", {**PERSON, **CITY}), "/register/sent/")
    city = City.objects.get()
    assert (city.slug, city.name_zh, city.region_zh, city.region_en, city.official_code, city.website) == (
        "maoming",
        "茂名市",
        "广东省",
        "Guangdong",
        "440900",
        "https://www.maoming.gov.cn",
    )
    assert city.confirmed_at is None
    assert Officer.objects.get().city == city
    assert client.get(f"/cities/{city.slug}/").status_code == 404


def test_a_known_address_gets_the_same_page_and_its_mail(client):
    UserFactory(email="anna.kern@mainz.example")
    city = CityFactory()

    def page_after(email):
        response = client.post(f"/register/city/{city.slug}/", {**PERSON, "email": email}, follow=True)
        return response.redirect_chain, re.sub(r'value="[^"]{30,}"', "", response.content.decode())

    assert page_after("anna.kern@mainz.example") == page_after("somebody.new@mainz.example")
    assert Officer.objects.count() == 1
    known, new = Letter.objects.order_by("pk")
    assert (known.subject_en, new.subject_en) == ("You already have an account", "Confirm your address")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "nobody"}, "email"),
        ({"email": ""}, "email"),
        ({"function": ""}, "function"),
        ({"password_again": "seven-Main-barges"}, "password_again"),
        ({"password": "short", "password_again": "short"}, "password"),
        ({"password": "anna.kern@mainz", "password_again": "anna.kern@mainz"}, "password"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"language": "fr"}, "language"),
        ({"country": "FR"}, "country"),
        ({"country": ""}, "country"),
        ({"name_zh": ""}, "name_zh"),
        ({"country": "DE"}, "name_de"),
        ({"official_code": "07315000"}, "official_code"),
        ({"official_code": "440600"}, "official_code"),
        ({"website": "no address at all"}, "website"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(client, wrong, field):
    CityFactory(country="CN", name_de="Foshan", name_zh="佛山市", official_code="440600")
    response = client.post("/register/add/", {**PERSON, **CITY, **wrong})
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert response.context["form"]["function"].value() == wrong.get("function", "Economic promotion")
    assert (City.objects.count(), User.objects.count(), Letter.objects.count()) == (1, 0, 0)


def test_a_taken_code_names_the_city_that_has_it(client):
    CityFactory(country="CN", name_de="Foshan", name_en="Foshan", name_zh="佛山市", official_code="440600")
    response = client.post("/register/add/", {**PERSON, **CITY, "official_code": "440600"})
    assertContains(response, "Foshan has this code and is in the register: choose it there.")


def test_an_address_anybody_can_get_is_a_caution_and_no_obstacle(client):
    city = CityFactory()
    free = client.post(f"/register/city/{city.slug}/", {**PERSON, "email": "mainz@163.com"}, follow=True)
    assertContains(free, "Anybody can get an address with this mail provider.")
    assert Officer.objects.get().user.email == "mainz@163.com"
    work = client.post(f"/register/city/{city.slug}/", PERSON, follow=True)
    assertNotContains(work, "Anybody can get")


def test_somebody_signed_in_says_only_the_function(client):
    officer = OfficerFactory()
    client.force_login(officer.user)
    city = CityFactory(name_de="Mainz")
    page = client.get(f"/register/city/{city.slug}/")
    assert list(page.context["form"].fields) == ["function", "phone"]
    response = client.post(f"/register/city/{city.slug}/", {"function": "Mayor"})
    assertRedirects(response, "/accounts/", fetch_redirect_response=False)
    assert officer.user.officers.get(city=city).state == OfficerState.REGISTERED
    again = client.post(f"/register/city/{city.slug}/", {"function": "Mayor"})
    assertContains(again, "is already registered as an officer of Mainz.")
    client.post("/register/add/", {**CITY, "function": "Adviser"})
    assert officer.user.officers.get(city__slug="maoming").function == "Adviser"


@pytest.mark.parametrize("slug", ["waiting", "nowhere"])
def test_a_city_that_is_not_public_is_not_found(client, slug):
    CityFactory(name_de="Waiting", confirmed_at=None)
    assert client.get(f"/register/city/{slug}/").status_code == 404
    assert client.post(f"/register/city/{slug}/", PERSON).status_code == 404
    assert not User.objects.exists()


def test_the_secretariat_sees_whom_to_confirm(client):
    client.post(f"/register/city/{CityFactory().slug}/", PERSON)
    client.force_login(SecretaryFactory())
    assertContains(client.get("/officers/?state=registered"), "Anna Kern")


def test_one_address_is_not_written_to_more_than_five_times_a_day(client):
    city = CityFactory()
    statuses = [client.post(f"/register/city/{city.slug}/", PERSON).status_code for _attempt in range(6)]
    assert statuses == [302] * 5 + [429]
    assertContains(
        client.post(f"/register/city/{city.slug}/", PERSON), "Please wait a little", status_code=429
    )
    assert Letter.objects.count() == 5


def test_one_network_registers_at_most_ten_times_an_hour(client):
    city = CityFactory()
    statuses = [
        client.post(
            f"/register/city/{city.slug}/", {**PERSON, "email": f"a{number}@mainz.example"}
        ).status_code
        for number in range(11)
    ]
    assert statuses == [302] * 10 + [429]
    assert User.objects.count() == 10
