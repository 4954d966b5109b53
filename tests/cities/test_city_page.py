"""A city's page: what everybody reads, what the people of the alliance see besides."""

from datetime import date

import pytest
import time_machine

from alliance.views.cities import chinese_name, latin_names, position
from cities.actions.profiles import save_profile
from cities.models import City, Institution, RegisterNote, RegisterNoteSource
from tests.cities.test_profiles import DIJON, GDP, POPULATION
from tests.factories.cities import CityFactory
from tests.factories.city_page import AT, URL, get, mainz_of_the_register, page, place_of
from tests.factories.people import (
    AdministratorFactory,
    ManagerFactory,
    OfficerFactory,
    SecretaryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_a_day_in_2017():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def mainz():
    return mainz_of_the_register()


def facts(response):
    return {
        str(fact["label"]): [str(line) for line in [fact["value"], *fact.get("lines", [])] if line]
        for fact in response.context["facts"]
    }


def test_city_knows_its_page(mainz):
    assert mainz.get_absolute_url() == URL


def test_facts_for_everybody(client, mainz):
    assert facts(get(client)) == {
        "Kind": ["City"],
        "Names": ['<span lang="zh-Hans">美因茨</span>', '<span lang="de">Mainz</span>'],
        "Province or Land": ["Rhineland-Palatinate, Germany"],
        "Official code (AGS)": ["07315000"],
        "Position": ["49.99° N, 8.25° E"],
        "Web site": ["www.mainz.de"],
    }


def test_chinese_cities_have_a_code_of_another_kind_and_pinyin():
    foshan = CityFactory(
        name_de="Foshan", country="CN", name_zh="佛山市", pinyin="Foshan", official_code="440600"
    )
    assert chinese_name(foshan) == '<span lang="zh-Hans">佛山市</span> (Foshan)'
    assert latin_names(CityFactory(name_de="Köln", name_en="Cologne")) == [
        '<span lang="de">Köln</span>',
        '<span lang="en">Cologne</span>',
    ]


@pytest.mark.parametrize(
    ("latitude", "longitude", "words"),
    [
        ("-33.9", "-70.6", "33.90° S, 70.60° W"),
        (None, "8.2", ""),
        ("49.9", None, ""),
        ("0", "0", "0.00° N, 0.00° E"),
    ],
)
def test_position_in_words(latitude, longitude, words):
    city = CityFactory(latitude=latitude, longitude=longitude)
    city.refresh_from_db()
    assert position(city) == words


@pytest.mark.parametrize(
    ("person", "sees"),
    [
        (lambda city: None, False),
        (lambda city: UserFactory(), False),
        (lambda city: OfficerFactory(city=CityFactory(name_de="Bonn"), state="registered").user, False),
        (lambda city: OfficerFactory(city=CityFactory(name_de="Bonn")).user, True),
        (lambda city: OfficerFactory(city=city, level="editor").user, True),
        (lambda city: SecretaryFactory(), True),
        (lambda city: ManagerFactory(), True),
        (lambda city: AdministratorFactory(), True),
    ],
)
def test_addresses_officers_and_versions_are_for_the_people_of_the_alliance(client, mainz, person, sees):
    OfficerFactory(city=mainz, user__name="Petra Sommer", user__email="sommer@mainz.example")
    save_profile(mainz, texts={"wishes": {"en": "Glass"}}, by=None, at=AT)
    if user := person(mainz):
        client.force_login(user)
    text = page(client)
    for secret in [
        "post@mainz.example",
        "Jockel-Fuchs-Platz 1",
        "Petra Sommer",
        "sommer@mainz.example",
        "/versions/",
    ]:
        assert (secret in text) is sees, secret


def test_lead_stands_before_deputy_and_editor(client, mainz):
    for level in ("editor", "deputy", "lead"):
        OfficerFactory(city=mainz, level=level)
    client.force_login(SecretaryFactory())
    assert [officer.level for officer in get(client).context["officers"]] == ["lead", "deputy", "editor"]


def test_a_city_without_officers_says_so(client, mainz):
    client.force_login(SecretaryFactory())
    assert "Nobody acts for this city yet." in page(client)


@pytest.mark.parametrize(
    ("person", "offered"),
    [
        (lambda city: None, False),
        (lambda city: OfficerFactory(city=city, level="editor").user, True),
        (lambda city: OfficerFactory(city=CityFactory(name_de="Bonn")).user, False),
        (lambda city: OfficerFactory(city=city, state="registered").user, False),
        (lambda city: SecretaryFactory(), True),
        (lambda city: ManagerFactory(), False),
    ],
)
def test_who_is_offered_to_edit(client, mainz, person, offered):
    if user := person(mainz):
        client.force_login(user)
    text = page(client)
    for address in ["/cities/mainz/edit/", "/cities/mainz/figures/"]:
        assert (address in text) is offered


@pytest.mark.parametrize(
    ("person", "status"),
    [
        (lambda city: None, 404),
        (lambda city: UserFactory(), 404),
        (lambda city: OfficerFactory(city=CityFactory(name_de="Bonn")).user, 404),
        (lambda city: OfficerFactory(city=city, state="registered").user, 200),
        (lambda city: SecretaryFactory(), 200),
    ],
)
def test_an_unconfirmed_city_is_seen_by_its_own_people_and_staff(client, mainz, person, status):
    City.objects.update(confirmed_at=None)
    if user := person(mainz):
        client.force_login(user)
    response = client.get(URL)
    assert response.status_code == status
    if status == 200:
        assert "the secretariat has not confirmed this city yet" in response.content.decode()


def test_cities_that_do_not_exist(client):
    assert client.get("/cities/nowhere/").status_code == 404


def test_texts_in_the_readers_language_else_in_another_that_is_named(client, mainz):
    texts = {"economic": {"de": "Hauptstadt", "en": "Capital"}, "wishes": {"zh": "交流"}}
    save_profile(mainz, texts=texts, by=None, at=AT)
    english = page(client)
    assert '<div class="prose" lang="en"><p>Capital</p></div>' in english
    assert '<div class="prose" lang="zh-Hans"><p>交流</p></div>' in english
    assert english.count("it has not been written in your language yet") == 1
    assert "This text stands in Chinese" in english
    assert '<div class="prose" lang="de"><p>Hauptstadt</p></div>' in page(client, "de")
    assert [section.elsewhere != "" for section in get(client, "zh-hans").context["sections"]] == [
        True, False, False, False,
    ]  # fmt: skip


def test_what_officers_write_is_text_and_never_markup(client, mainz):
    save_profile(mainz, texts={"economic": {"en": "<script>alert(1)</script>"}}, by=None, at=AT)
    assert "<script>alert" not in page(client)


def test_no_profile_yet_is_said(client, mainz):
    assert "No profile yet" in page(client)
    assert "Write the profile" not in page(client)
    client.force_login(OfficerFactory(city=mainz).user)
    assert "Write the profile" in page(client)


def test_industries_and_cooperations(client, mainz):
    save_profile(mainz, industries=["23", "J"], cooperations=[DIJON], by=None, at=AT)
    response = get(client)
    assert [industry.code for industry in response.context["industries"]] == ["23", "J"]
    text = response.content.decode()
    assert 'href="/members/?sector=C"' in text
    for said in ["Dijon", "France", "Town twinning", "1958"]:
        assert said in text


def test_figures_are_grouped_as_far_as_they_can_be_compared(client, mainz):
    figures = [
        {**GDP, "year": 2014, "status": "r"},
        GDP,
        {**GDP, "territory": "Rhein-Main"},
        POPULATION,
        {**POPULATION, "concept": "registered"},
        {**GDP, "year": 2013, "currency": "CNY"},
    ]
    save_profile(mainz, figures=figures, by=None, at=AT)
    response = get(client)
    assert [
        (group.label, group.unit, [row.year for row in group.figures]) for group in response.context["groups"]
    ] == [
        ("Gross domestic product", "million yuan", [2013]),
        ("Gross domestic product", "million euro", [2015, 2014]),
        ("Gross domestic product", "million euro · Rhein-Main", [2015]),
        ("Population", "persons · Registered population", [2015]),
        ("Population", "persons · Resident population", [2015]),
    ]
    assert [group.newest.year for group in response.context["courses"]] == [2015]
    assert len(response.context["singles"]) == 4


def test_a_chart_only_where_there_are_several_years(client, mainz):
    save_profile(mainz, figures=[GDP, POPULATION], by=None, at=AT)
    assert '<figure class="chart"' not in page(client)
    save_profile(mainz, figures=[GDP, {**GDP, "year": 2014}, POPULATION], by=None, at=AT)
    assert page(client).count('<figure class="chart"') == 1


def test_status_signs_have_a_legend(client, mainz):
    save_profile(mainz, figures=[GDP], by=None, at=AT)
    text = page(client)
    assert '<abbr title="Provisional">p</abbr>' in text
    for sign, word in [("p", "Provisional"), ("r", "Revised"), ("s", "Estimated")]:
        assert f"<abbr>{sign}</abbr> {word}" in text


def test_one_source_for_all_is_said_once_and_several_by_year(client, mainz):
    save_profile(mainz, figures=[GDP, {**GDP, "year": 2014}], by=None, at=AT)
    assert get(client).context["common_source"] == "Statistisches Landesamt"
    assert page(client).count("Statistisches Landesamt") == 1
    other = {**GDP, "year": 2013, "source": "City Office"}
    save_profile(mainz, figures=[GDP, {**GDP, "year": 2014}, other], by=None, at=AT)
    response = get(client)
    assert response.context["common_source"] == ""
    [group] = response.context["groups"]
    assert group.sources == [("2013", "City Office"), ("2014, 2015", "Statistisches Landesamt")]


def test_notes_of_the_city_with_their_sources(client, mainz):
    note = RegisterNote.objects.create(
        city=mainz, key="name", text_en="Two spellings.", text_de="Zwei Schreibweisen.", text_zh="两种写法。"
    )
    RegisterNoteSource.objects.create(
        note=note, title="Gazette", says_en="Maintz", says_de="Maintz", says_zh="Maintz"
    )
    RegisterNote.objects.create(key="general", text_en="Of all.", text_de="Von allen.", text_zh="全部。")
    text = page(client)
    assert "Two spellings." in text
    assert "Gazette" in text
    assert "Of all." not in text


def test_institutions_with_their_seat_here(client, mainz):
    there = {"kind": "university", "registered_at": AT}
    Institution.objects.create(name_de="Universität Mainz", seat=mainz, **there)
    Institution.objects.create(name_de="Fachschule", seat=mainz, ended_at=AT, **there)
    Institution.objects.create(name_de="TU Chemnitz", seat=CityFactory(name_de="Chemnitz"), **there)
    assert [str(row) for row in get(client).context["institutions"]] == ["Universität Mainz"]


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_one_of_everything_as_for_three(client, mainz, count, django_assert_num_queries):
    numbers = range(count)
    save_profile(
        mainz,
        texts={"wishes": {"en": "Glass"}},
        industries=["20", "21", "23"][:count],
        cooperations=[{**DIJON, "partner": f"Partner {number}"} for number in numbers],
        figures=[{**GDP, "year": 2013 + number} for number in numbers],
        by=None,
        at=AT,
    )
    for number in numbers:
        OfficerFactory(city=mainz, level="deputy")
        place_of(mainz, begins=date(2010 + number, 1, 1), ends=date(2010 + number, 6, 1))
        note = RegisterNote.objects.create(
            city=mainz, key=f"n{number}", text_en="x", text_de="x", text_zh="x"
        )
        RegisterNoteSource.objects.create(note=note, title="T", says_en="x", says_de="x", says_zh="x")
        Institution.objects.create(name_de=f"I{number}", seat=mainz, kind="chamber", registered_at=AT)
    with django_assert_num_queries(11):
        client.get(URL)
    client.force_login(OfficerFactory(city=CityFactory(name_de="Bonn")).user)
    with django_assert_num_queries(20):
        client.get(URL)
