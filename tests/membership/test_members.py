"""The list of members: on a day, by what is asked, in every script, for whoever looks."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.management import call_command
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils import translation

from cities.models import Industry, KeyFigure, Profile
from membership.models import MembershipCity
from membership.states import MembershipKind
from tests.factories.cities import CityFactory
from tests.factories.membership import MembershipFactory
from tests.factories.people import OfficerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db

URL = "/members/"
FOUNDED = date(2016, 4, 25)
THEN = datetime(2016, 4, 25, 8, 0, tzinfo=UTC)


def names(response):
    return [place.city.name_en for place in response.context["rows"]]


def slugs(response):
    return {place.city.slug for place in response.context["rows"]}


def member(name, *, begins=FOUNDED, ends=None, kind="full", **fields):
    city = CityFactory(name_de=name, **fields)
    place = MembershipFactory(kind=kind, cities=[city]).places.get()
    MembershipCity.objects.filter(pk=place.pk).update(period=DateRange(begins, ends, "[)"))
    return city


def rows_of(response):
    content = response.getvalue().decode("utf-8-sig")
    return [line.split(",") for line in content.splitlines()]


@pytest.fixture
def founded():
    call_command("load_founding_members", verbosity=0)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2016-04-24", []),
        ("2016-04-25", ["Aachen"]),
        ("2017-04-23", ["Aachen"]),
        ("2017-04-24", ["Aachen", "Mainz"]),
        ("2018-06-29", ["Aachen", "Mainz"]),
        ("2018-06-30", ["Mainz"]),
        ("2018-07-01", ["Mainz"]),
    ],
)
def test_periods_are_half_open(client, day, expected):
    member("Aachen", ends=date(2018, 6, 30))
    member("Mainz", begins=date(2017, 4, 24))
    assert names(client.get(URL, {"on": day})) == expected


def test_a_city_that_came_back_stands_there_once(client):
    city = member("Aachen", ends=date(2017, 1, 1))
    MembershipFactory(cities=[city], cities__begin=date(2018, 1, 1))
    assert names(client.get(URL, {"on": "2016-12-31"})) == ["Aachen"]
    assert names(client.get(URL, {"on": "2017-01-01"})) == []
    assert names(client.get(URL, {"on": "2018-01-01"})) == ["Aachen"]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2017, 4, 23, 15, 59, tzinfo=UTC), []),
        (datetime(2017, 4, 23, 16, 0, tzinfo=UTC), ["Mainz"]),
    ],
)
def test_today_is_the_day_in_the_zone_of_the_alliance(client, moment, expected):
    """Midnight in Shanghai is 16:00 UTC, even for somebody who lives by Berlin time."""
    member("Mainz", begins=date(2017, 4, 24))
    client.force_login(UserFactory(time_zone="Europe/Berlin"))
    with time_machine.travel(moment, tick=False):
        assert names(client.get(URL)) == expected


@pytest.mark.parametrize("given", ["nonsense", "24.04.2017", "2017-02-30", "2017-13-01", "-", "99999-01-01"])
@time_machine.travel(datetime(2017, 5, 1, 8, 0, tzinfo=UTC), tick=False)
def test_what_is_no_day_is_said_and_means_today(client, given):
    member("Aachen")
    response = client.get(URL, {"on": given})
    assert names(response) == ["Aachen"]
    assert response.context["notes"] == [f"“{given}” means nothing for “On (empty: today)” and was left out."]
    assert response.context["count_text"] == "1 membership with 1 city on 1 May 2017"


def test_counts_come_from_the_rows_and_carry_their_day(client):
    freiburg, lahr = CityFactory(name_de="Freiburg"), CityFactory(name_de="Lahr")
    MembershipFactory(cities=[freiburg, lahr])
    member("Aachen")
    member("Mainz", kind=MembershipKind.OBSERVER)
    member("Bonn", kind=MembershipKind.GUEST)
    member("Trier", kind=MembershipKind.GUEST)
    response = client.get(URL, {"on": "2017-04-24"})
    assert response.context["count_text"] == (
        "2 memberships with 3 cities on 24 April 2017 · 1 observer · 2 guests"
    )
    assert client.get(URL, {"on": "2017-04-24", "kind": "observer"}).context["count_text"] == (
        "0 memberships with 0 cities on 24 April 2017 · 1 observer"
    )


@pytest.mark.usefixtures("founded")
def test_the_founding_members(client):
    response = client.get(URL, {"on": "2017-04-24"})
    assert response.context["count_text"] == "19 memberships with 19 cities on 24 April 2017"
    assert "19 memberships with 19 cities on 24 April 2017" in response.content.decode()
    assert len(names(response)) == 19
    assert response.context["total"] == 19


@pytest.mark.usefixtures("founded")
@pytest.mark.parametrize("language", ["en", "de", "zh-hans"])
def test_the_note_on_seven_against_eight_names_both_sources(client, language):
    with translation.override(language):
        page = client.get(URL, headers={"Accept-Language": language}).content.decode()
    assert "1720/2016" in page
    assert "Founding report" in page
    assert {"en": "eight names", "de": "acht Namen", "zh-hans": "8个名称"}[language] in page


@pytest.mark.usefixtures("founded")
@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("佛山", {"foshan"}),
        ("foshan", {"foshan"}),
        ("Köln", {"koeln"}),
        ("Koeln", {"koeln"}),
        ("Koln", {"koeln"}),
        ("Cologne", {"koeln"}),
        ("科隆", {"koeln"}),
        ("台州", {"taizhou"}),
        ("泰州", set()),
        ("ruesselsheim", {"ruesselsheim"}),
        ("Mainz", set()),
        ("%", set()),
        ("???", set()),
    ],
)
def test_search_finds_exactly_the_city_meant(client, q, expected):
    assert slugs(client.get(URL, {"q": q})) == expected


def test_search_finds_all_cities_of_a_joint_name(client):
    joint = MembershipFactory(cities=[CityFactory(name_de="Freiburg"), CityFactory(name_de="Lahr")])
    joint.name_de = "Drei gewinnt"
    joint.save()
    member("Aachen")
    assert names(client.get(URL, {"q": "drei gewinnt"})) == ["Freiburg", "Lahr"]


def test_filters_by_country_and_kind(client):
    member("Foshan", country="CN")
    member("Aachen")
    member("Mainz", kind=MembershipKind.OBSERVER)
    assert names(client.get(URL, {"country": "CN"})) == ["Foshan"]
    assert names(client.get(URL, {"country": "DE"})) == ["Aachen", "Mainz"]
    assert names(client.get(URL, {"kind": "full"})) == ["Aachen", "Foshan"]
    assert names(client.get(URL, {"kind": "guest"})) == []
    assert names(client.get(URL, {"country": "DE", "kind": "observer"})) == ["Mainz"]


def test_filters_by_sector_through_section_and_divisions_once_each(client):
    codes = {"Aachen": ["28", "30"], "Raunheim": ["H"], "Mainz": []}
    for name, wanted in codes.items():
        profile = Profile.objects.create(city=member(name), edited_at=THEN)
        profile.industries.set(Industry.objects.filter(code__in=wanted))
    member("Bonn")
    assert names(client.get(URL, {"sector": "C"})) == ["Aachen"]
    assert names(client.get(URL, {"sector": "H"})) == ["Raunheim"]
    assert names(client.get(URL, {"sector": "A"})) == []
    response = client.get(URL, {"sector": "28"})
    assert response.context["notes"] == ["“28” means nothing for “Sector of industry” and was left out."]


def test_sectors_offered_are_the_sections(client):
    choices = [code for code, _label in client.get(URL).context["filter"].form.fields["sector"].choices]
    assert "".join(choices) == "ABCDEFGHIJKLMNOPQRSTU"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Aachen", "Cologne", "Foshan", "Osnabrück"]),
        ("de", ["Aachen", "Foshan", "Cologne", "Osnabrück"]),
        ("zh-hans", ["Osnabrück", "Foshan", "Cologne", "Aachen"]),
    ],
)
def test_names_stand_in_the_order_of_the_language(client, language, expected):
    member("Köln", name_en="Cologne", pinyin="Kelong")
    member("Aachen", pinyin="Yachen")
    member("Foshan", country="CN", pinyin="Foshan")
    member("Osnabrück", pinyin="Aosinabulüke")
    assert names(client.get(URL, headers={"Accept-Language": language})) == expected


def test_marks_on_letters_do_not_send_a_city_to_the_end(client):
    for name in ["Zwickau", "Öhringen", "Aachen"]:
        member(name)
    assert names(client.get(URL)) == ["Aachen", "Öhringen", "Zwickau"]


def test_orders(client):
    member("Aachen", begins=date(2018, 1, 1))
    member("Mainz", begins=date(2017, 4, 24))
    member("Foshan", country="CN")
    assert names(client.get(URL, {"sort": "since"})) == ["Foshan", "Mainz", "Aachen"]
    assert names(client.get(URL, {"sort": "-since"})) == ["Aachen", "Mainz", "Foshan"]
    assert names(client.get(URL, {"sort": "country"})) == ["Foshan", "Aachen", "Mainz"]
    assert names(client.get(URL, {"sort": "-name"})) == ["Mainz", "Foshan", "Aachen"]


def test_nobody_yet_says_so_with_the_day(client):
    page = client.get(URL, {"on": "2015-01-01"}).content.decode()
    assert "No city was a member on 1 January 2015" in page
    assert 'href="/members/"' in page


def test_unconfirmed_cities_are_seen_by_their_officers_and_staff_only(client):
    city = member("Mainz", confirmed_at=None)
    assert names(client.get(URL)) == []
    client.force_login(OfficerFactory().user)
    assert "Mainz" not in names(client.get(URL))
    client.force_login(OfficerFactory(city=city, state="registered").user)
    assert names(client.get(URL)) == ["Mainz"]
    client.force_login(SecretaryFactory())
    assert names(client.get(URL)) == ["Mainz"]


def test_newest_population_of_the_own_territory_residents_first(client):
    city = member("Rüsselsheim")
    facts = {"city": city, "indicator": "population", "source": "Statistics", "recorded_at": THEN}
    KeyFigure.objects.create(year=2014, value=1, concept="resident", **facts)
    KeyFigure.objects.create(year=2015, value=2, concept="registered", **facts)
    KeyFigure.objects.create(year=2015, value=3, concept="resident", status="p", **facts)
    KeyFigure.objects.create(year=2016, value=4, concept="resident", territory="Kreis Groß-Gerau", **facts)
    [place] = client.get(URL).context["rows"]
    assert [figure.value for figure in place.city.newest_population] == [3]


def test_joint_membership_is_named_in_the_row(client):
    MembershipFactory(cities=[CityFactory(name_de="Freiburg"), CityFactory(name_de="Lahr")])
    member("Aachen")
    page = client.get(URL).content.decode()
    assert page.count("one membership: Freiburg · Lahr") == 2


def test_joint_name_leaves_out_who_has_left(client):
    joint = MembershipFactory(cities=[CityFactory(name_de="Freiburg"), CityFactory(name_de="Lahr")])
    place = joint.places.get(city__name_de="Lahr")
    MembershipCity.objects.filter(pk=place.pk).update(period=DateRange(FOUNDED, date(2017, 1, 1), "[)"))
    assert "one membership" in client.get(URL, {"on": "2016-12-31"}).content.decode()
    assert "one membership" not in client.get(URL, {"on": "2017-01-01"}).content.decode()


@time_machine.travel(datetime(2017, 5, 1, 8, 0, tzinfo=UTC), tick=False)
def test_export_has_all_members_of_the_day(client):
    city = member("Aachen", official_code="05334002", region_en="North Rhine-Westphalia")
    KeyFigure.objects.create(
        city=city, indicator="population", year=2015, value=245885, concept="resident", source="IT.NRW",
        recorded_at=THEN,
    )  # fmt: skip
    member("Mainz", begins=date(2017, 5, 2))
    assert rows_of(client.get(URL, {"format": "csv"})) == [
        ["City", "Name in the other script", "Joint membership", "Country", "Province or Land",
         "Official code", "Kind", "Since", "Until", "Population", "Year", "Who is counted", "Source"],
        ["Aachen", city.name_zh, "", "Germany", "North Rhine-Westphalia", "05334002", "Full member",
         "2016-04-25", "", "245885.00", "2015", "Resident population", "IT.NRW"],
    ]  # fmt: skip
    response = client.get(URL, {"format": "xlsx"})
    assert b"".join(response.streaming_content)[:2] == b"PK"


@pytest.mark.parametrize(("person", "offered"), [(None, False), ("officer", False), ("secretary", True)])
def test_only_the_secretariat_is_offered_to_add_observers(client, person, offered):
    if person:
        client.force_login(SecretaryFactory() if person == "secretary" else OfficerFactory().user)
    address = reverse("membership:membership_new")
    assert (address in client.get(URL).content.decode()) is offered


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("query", [{}, {"q": "musterstadt", "country": "DE", "sort": "since"}])
def test_as_many_queries_for_one_member_as_for_three(client, count, query, django_assert_num_queries):
    for place in range(count):
        city = member(f"Musterstadt {place}")
        KeyFigure.objects.create(
            city=city, indicator="population", year=2015, value=1, concept="resident", source="S",
            recorded_at=THEN,
        )  # fmt: skip
        Profile.objects.create(city=city, edited_at=THEN)
    # trails (for what is kept), sections, count, page, places and populations, counts by kind, notes
    with django_assert_num_queries(7 if "q" in query else 8):
        client.get(URL, query)


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_a_file_of_one_as_of_three(client, count, django_assert_num_queries):
    for place in range(count):
        member(f"Musterstadt {place}")
    with django_assert_num_queries(4):
        assert len(rows_of(client.get(URL, {"format": "csv"}))) == count + 1
