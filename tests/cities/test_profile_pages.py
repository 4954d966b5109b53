"""The forms by which officers keep their city's profile and figures."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.messages import get_messages

from cities.actions.profiles import content_of, save_profile
from cities.models import ProfileVersion
from tests.cities.test_figure_forms import DIJON, GDP, sent
from tests.cities.test_profiles import GDP as KEPT_GDP
from tests.factories.cities import CityFactory
from tests.factories.people import ManagerFactory, OfficerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db

AT = datetime(2017, 4, 24, 8, 0, tzinfo=UTC)
EDIT, FIGURES, PAGE = "/cities/mainz/edit/", "/cities/mainz/figures/", "/cities/mainz/"
NO_ROWS = sent("cooperations")


@pytest.fixture(autouse=True)
def at_a_day_in_2017():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def mainz():
    return CityFactory(name_de="Mainz")


@pytest.fixture
def officer(mainz, client):
    user = OfficerFactory(city=mainz, level="editor", user__name="Petra Sommer").user
    client.force_login(user)
    return user


def said(response):
    return [(message.level_tag, str(message)) for message in get_messages(response.wsgi_request)]


def page_of(response):
    assert response.status_code == 200
    return response.content.decode()


def test_saving_the_profile_makes_a_version_and_leads_to_the_page(client, mainz, officer):
    data = {
        "version": "0",
        "economic_de": "Hauptstadt\r\ndes Landes",
        "wishes_zh": "交流",
        "industries": ["23", "20"],
        **sent("cooperations", {**DIJON, "since": "1958"}, {}),
    }
    response = client.post(EDIT, data)
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert said(response) == [("success", "Saved as version 1.")]
    content = content_of(mainz)
    assert content["texts"]["economic"] == {"zh": "", "de": "Hauptstadt\ndes Landes", "en": ""}
    assert content["texts"]["wishes"]["zh"] == "交流"
    assert content["industries"] == ["20", "23"]
    assert [(row["partner"], row["since"]) for row in content["cooperations"]] == [("Dijon", 1958)]
    assert ProfileVersion.objects.get().made_by == officer


def test_saving_the_same_again_says_so(client, mainz, officer):
    data = {"version": "0", "economic_de": "Hauptstadt", **NO_ROWS}
    client.post(EDIT, data)
    response = client.post(EDIT, {**data, "version": "1"})
    assert said(response)[1:] == [("success", "Nothing was changed, so no new version was made.")]
    assert ProfileVersion.objects.count() == 1


def test_the_form_shows_what_is_kept(client, mainz, officer):
    save_profile(
        mainz, texts={"economic": {"de": "Hauptstadt"}}, industries=["20"], figures=[KEPT_GDP],
        cooperations=[{**DIJON, "partner_country": "France", "since": 1958, "description": ""}],
        by=None, at=AT,
    )  # fmt: skip
    page = page_of(client.get(EDIT))
    assert "Hauptstadt</textarea>" in page
    assert '<input type="hidden" name="version" value="1">' in page
    assert page.count(" checked>") == 1
    assert "<summary>Dijon · France · Town twinning · 1958</summary>" in page
    assert "Gross domestic product 2015 · 11,500 million euro" in page_of(client.get(FIGURES))


def test_saving_figures(client, mainz, officer):
    response = client.post(FIGURES, {"version": "0", **sent("figures", GDP, {})})
    assert (response.status_code, response["Location"]) == (302, PAGE)
    [figure] = content_of(mainz)["figures"]
    assert (figure["indicator"], figure["value"], figure["unit"], figure["currency"]) == (
        "gdp", "11500.00", "million", "EUR",
    )  # fmt: skip


def test_figures_and_profile_leave_each_other_alone(client, mainz, officer):
    client.post(EDIT, {"version": "0", "wishes_en": "Exchange", **sent("cooperations", DIJON)})
    client.post(FIGURES, {"version": "1", **sent("figures", GDP)})
    client.post(EDIT, {"version": "2", "wishes_en": "More exchange", **NO_ROWS})
    content = content_of(mainz)
    assert len(content["figures"]) == 1
    assert content["cooperations"] == []
    assert content["texts"]["wishes"]["en"] == "More exchange"


def test_a_wrong_row_keeps_what_was_typed_and_writes_nothing(client, mainz, officer):
    data = {"version": "0", "economic_de": "Hauptstadt", **sent("cooperations", {**DIJON, "since": "2018"})}
    page = page_of(client.post(EDIT, data))
    assert "The year 2018 has not come yet." in page
    assert "Cooperation 1: Since (year): The year 2018 has not come yet." in page
    assert "Hauptstadt</textarea>" in page
    assert 'value="2018"' in page
    assert not ProfileVersion.objects.exists()


def test_more_rows_are_no_saving(client, mainz, officer):
    page = page_of(
        client.post(FIGURES, {"version": "0", **sent("figures", {"year": "3000"}), "figures-more": "1"})
    )
    assert 'name="figures-3-indicator"' in page
    assert 'value="3000"' in page
    assert "has not come yet" not in page
    assert not ProfileVersion.objects.exists()


def test_a_form_without_its_rows_takes_nothing_away(client, mainz, officer):
    save_profile(mainz, figures=[KEPT_GDP], by=None, at=AT)
    page_of(client.post(FIGURES, {"version": "1"}))
    assert content_of(mainz)["figures"] == [KEPT_GDP]


def test_too_long_a_text_is_said(client, mainz, officer):
    page = page_of(client.post(EDIT, {"version": "0", "wishes_de": "a" * 20_001, **NO_ROWS}))
    assert "Ensure this value has at most 20000 characters (it has 20001)." in page
    assert not ProfileVersion.objects.exists()


def test_an_industry_that_does_not_exist_is_said(client, mainz, officer):
    page = page_of(client.post(EDIT, {"version": "0", "industries": ["xx"], **NO_ROWS}))
    assert "Select a valid choice" in page
    assert not ProfileVersion.objects.exists()


def test_who_saves_over_a_colleague_is_told_and_keeps_the_text(client, mainz, officer):
    save_profile(mainz, texts={"wishes": {"en": "Glass"}}, by=None, at=AT)
    save_profile(mainz, texts={"wishes": {"en": "Steel"}}, by=SecretaryFactory(name="Chen Li"), at=AT)
    data = {"version": "1", "wishes_en": "Ceramics", **NO_ROWS}
    page = page_of(client.post(EDIT, data))
    assert "Chen Li has saved this since you opened it (version 2)." in page
    assert 'href="/cities/mainz/versions/1/changes/2/"' in page
    assert "Ceramics</textarea>" in page
    assert '<input type="hidden" name="version" value="2">' in page
    assert content_of(mainz)["texts"]["wishes"]["en"] == "Steel"
    client.post(EDIT, {**data, "version": "2"})
    assert content_of(mainz)["texts"]["wishes"]["en"] == "Ceramics"


@pytest.mark.parametrize("version", ["", "x", "-1", "9999999999999"])
def test_a_forged_version_is_as_good_as_none_seen(client, mainz, officer, version):
    save_profile(mainz, texts={"wishes": {"en": "Glass"}}, by=None, at=AT)
    page = page_of(client.post(EDIT, {"version": version, "wishes_en": "Steel", **NO_ROWS}))
    assert "has saved this since you opened it" in page
    assert content_of(mainz)["texts"]["wishes"]["en"] == "Glass"


@pytest.mark.parametrize("address", [EDIT, FIGURES])
@pytest.mark.parametrize(
    ("person", "status"),
    [
        (lambda mainz: OfficerFactory(city=mainz).user, 200),
        (lambda mainz: OfficerFactory(city=mainz, level="editor").user, 200),
        (lambda mainz: SecretaryFactory(), 200),
        (lambda mainz: ManagerFactory(), 404),
        (lambda mainz: OfficerFactory(city=mainz, state="registered").user, 404),
        (lambda mainz: OfficerFactory(city=CityFactory(name_de="Köln")).user, 404),
        (lambda mainz: UserFactory(), 404),
    ],
)
def test_who_finds_the_forms(client, mainz, address, person, status):
    client.force_login(person(mainz))
    assert client.get(address).status_code == status
    assert client.post(address, {"version": "0"}).status_code == status
    assert not ProfileVersion.objects.exists()


@pytest.mark.parametrize("address", [EDIT, FIGURES])
def test_visitors_sign_in_first(client, mainz, address):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={address}")


@pytest.mark.parametrize("address", ["/cities/nowhere/edit/", "/cities/nowhere/figures/"])
def test_cities_that_do_not_exist(client, officer, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_one_row_as_for_three(client, mainz, officer, count, django_assert_num_queries):
    figures = [{**KEPT_GDP, "year": 2013 + place} for place in range(count)]
    rows = [{"partner": str(n), "partner_country": "", "kind": "other", "since": None, "description": ""}
            for n in range(count)]  # fmt: skip
    save_profile(
        mainz, figures=figures, cooperations=rows, industries=["20", "21", "23"][:count], by=None, at=AT
    )
    client.get(FIGURES)
    with django_assert_num_queries(QUERIES_FIGURES):
        client.get(FIGURES)
    with django_assert_num_queries(QUERIES_PROFILE):
        client.get(EDIT)


QUERIES_FIGURES, QUERIES_PROFILE = 7, 10
