"""Kept versions of a profile: listed, read, compared, by the people of the alliance only."""

from datetime import UTC, datetime, timedelta

import pytest

from cities.actions.profiles import save_profile
from tests.cities.test_profiles import DIJON, GDP, HAIFA, POPULATION
from tests.factories.cities import CityFactory
from tests.factories.people import OfficerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db

AT = datetime(2017, 4, 24, 8, 0, tzinfo=UTC)
VERSIONS = "/cities/mainz/versions/"


@pytest.fixture
def mainz():
    return CityFactory(name_de="Mainz")


@pytest.fixture
def officer(client, mainz):
    user = OfficerFactory(city=mainz, user__name="Petra Sommer").user
    client.force_login(user)
    return user


@pytest.fixture
def three(mainz, officer):
    first = {
        "texts": {"wishes": {"de": "Austausch"}},
        "industries": ["20"],
        "figures": [GDP],
        "cooperations": [DIJON],
    }
    save_profile(mainz, **first, by=None, at=AT)
    save_profile(mainz, texts={"wishes": {"de": "Mehr Austausch"}}, by=officer, at=AT + timedelta(days=1))
    save_profile(
        mainz, industries=["20", "23"], figures=[{**GDP, "value": "12000", "status": "r"}, POPULATION],
        cooperations=[HAIFA], by=SecretaryFactory(name="Chen Li"), at=AT + timedelta(days=2),
    )  # fmt: skip


def changes(client, old, new):
    response = client.get(f"{VERSIONS}{old}/changes/{new}/")
    return [(row.label, row.before, row.after) for row in response.context["rows"]]


@pytest.mark.usefixtures("three")
def test_the_list_stands_newest_first(client):
    rows = client.get(VERSIONS).context["rows"]
    assert [(row.number, str(row.made_by)) for row in rows] == [
        (3, "Chen Li"),
        (2, "Petra Sommer"),
        (1, "None"),
    ]
    assert [row.number for row in client.get(f"{VERSIONS}?sort=number").context["rows"]] == [1, 2, 3]
    assert [row.number for row in client.get(f"{VERSIONS}?q=chen").context["rows"]] == [3]


@pytest.mark.usefixtures("three")
def test_the_list_as_a_file(client):
    lines = client.get(f"{VERSIONS}?format=csv").getvalue().decode("utf-8-sig").splitlines()
    assert lines == [
        "Version,Saved,By",
        "3,2017-04-26 16:00+08:00,Chen Li",
        "2,2017-04-25 16:00+08:00,Petra Sommer",
        "1,2017-04-24 16:00+08:00,",
    ]


@pytest.mark.usefixtures("three")
def test_what_changed(client):
    assert changes(client, 1, 2) == [("Cooperation wishes, in German", "Austausch", "Mehr Austausch")]
    assert changes(client, 2, 3) == [
        (
            "Gross domestic product 2015",
            "11,500 million euro · Provisional · Statistisches Landesamt",
            "12,000 million euro · Revised · Statistisches Landesamt",
        ),
        ("Population 2015, Resident population", "", "209,779 persons · Statistisches Landesamt"),
        (
            "Industries",
            "20 Manufacture of chemicals and chemical products",
            "20 Manufacture of chemicals and chemical products\n"
            "23 Manufacture of other non-metallic mineral products",
        ),
        ("Dijon (France)", "Town twinning · since 1958", ""),
        ("Haifa (Israel)", "", "Town twinning · since 1987"),
    ]


@pytest.mark.usefixtures("three")
def test_backwards_and_with_itself(client):
    assert changes(client, 2, 1) == [("Cooperation wishes, in German", "Mehr Austausch", "Austausch")]
    assert changes(client, 2, 2) == []
    assert "Both versions say the same." in client.get(f"{VERSIONS}2/changes/2/").content.decode()


@pytest.mark.usefixtures("three")
def test_one_version_says_what_it_said(client):
    page = client.get(f"{VERSIONS}1/").content.decode()
    for said in [
        "Austausch",
        "20 Manufacture of chemicals",
        "Dijon",
        "11,500 million euro",
        "Economic key data",
    ]:
        assert said in page
    assert "Mehr Austausch" not in page


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("chosen", "address"),
    [
        ("?old=1&new=3", "/cities/mainz/versions/1/changes/3/"),
        ("?old=1", VERSIONS),
        ("?old=a&new=3", VERSIONS),
        ("", VERSIONS),
    ],
)
def test_choosing_two_leads_to_their_comparison(client, chosen, address):
    assert client.get(f"{VERSIONS}compare/{chosen}")["Location"] == address


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("path", ["9/", "1/changes/9/", "9/changes/1/"])
def test_versions_that_do_not_exist(client, path):
    assert client.get(f"{VERSIONS}{path}").status_code == 404


def test_another_citys_version_is_not_reached_by_number(client, officer, mainz):
    save_profile(CityFactory(name_de="Köln"), texts={"wishes": {"de": "Messe"}}, by=None, at=AT)
    assert client.get(f"{VERSIONS}1/").status_code == 404


def test_nothing_kept_yet_is_said(client, officer):
    page = client.get(VERSIONS).content.decode()
    assert "No version has been kept yet" in page
    assert "Compare any two" not in page


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("path", ["", "1/", "1/changes/2/", "compare/"])
@pytest.mark.parametrize(
    ("person", "found"),
    [
        (lambda: SecretaryFactory(), True),
        (lambda: OfficerFactory(city=CityFactory(name_de="Köln")).user, True),
        (lambda: OfficerFactory(city=CityFactory(name_de="Köln"), state="registered").user, False),
        (lambda: UserFactory(), False),
    ],
)
def test_versions_are_for_the_people_of_the_alliance(client, path, person, found):
    client.force_login(person())
    assert (client.get(VERSIONS + path).status_code != 404) is found


def test_visitors_sign_in_first(client, mainz):
    assert client.get(VERSIONS)["Location"] == f"/accounts/login/?next={VERSIONS}"


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_one_version_as_for_three(
    client, mainz, officer, count, django_assert_num_queries
):
    for number in range(count):
        save_profile(mainz, texts={"wishes": {"de": str(number)}}, by=None, at=AT)
    client.get(VERSIONS)
    with django_assert_num_queries(8):
        client.get(VERSIONS)
