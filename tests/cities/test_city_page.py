"""A city's page: what everybody reads, what the people of the alliance see besides."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db.backends.postgresql.psycopg_any import DateRange

from alliance.views.cities import chinese_name, latin_names, position
from cities.actions.profiles import save_profile
from cities.models import City, Institution, RegisterNote, RegisterNoteSource
from membership.models import MembershipCity
from membership.states import Ending, MembershipKind
from tests.cities.test_profiles import DIJON, GDP, POPULATION
from tests.factories import circulars as cast
from tests.factories import withdrawals as leaving
from tests.factories.cities import CityFactory
from tests.factories.membership import MembershipFactory
from tests.factories.pages import look
from tests.factories.people import (
    AdministratorFactory,
    ManagerFactory,
    OfficerFactory,
    SecretaryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

AT = datetime(2017, 4, 24, 8, 0, tzinfo=UTC)
URL = "/cities/mainz/"


@pytest.fixture(autouse=True)
def at_a_day_in_2017():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def mainz():
    return CityFactory(
        name_de="Mainz", name_zh="美因茨", region_en="Rhineland-Palatinate", official_code="07315000",
        latitude="49.9929", longitude="8.2473", website="https://www.mainz.de/",
        mailbox="post@mainz.example", postal_address="Jockel-Fuchs-Platz 1\n55116 Mainz",
    )  # fmt: skip


def get(client, language="en"):
    response = client.get(URL, headers={"Accept-Language": language})
    assert response.status_code == 200
    return response


def page(client, language="en"):
    return get(client, language).content.decode()


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


def place_of(city, kind=MembershipKind.FULL, begins=date(2016, 4, 25), ends=None, **fields):
    place = MembershipFactory(kind=kind, cities=[city], cities__begin=begins, **fields).places.get()
    MembershipCity.objects.filter(pk=place.pk).update(period=DateRange(begins, ends, "[)"))
    return place


def history(client):
    return [(entry["at"], entry["text"]) for entry in get(client).context["history"]]


def test_history_of_membership_newest_first(client, mainz):
    place_of(
        mainz, MembershipKind.OBSERVER, date(2016, 9, 1), date(2017, 4, 24),
        beginning="invitation", ending=Ending.ACCESSION,
    )  # fmt: skip
    place_of(mainz, begins=date(2017, 4, 24), beginning="application")
    assert history(client) == [
        (date(2017, 4, 24), "Full member from this day on (Application)"),
        (date(2017, 4, 24), "Observer: no longer from this day on (Accession as a full member)"),
        (date(2016, 9, 1), "Observer from this day on (Invitation)"),
    ]
    assert "Full member since 24 April 2017" in page(client)


@pytest.mark.parametrize(
    ("ends", "lead"),
    [
        (date(2017, 4, 24), "Not a member of the alliance today."),
        (date(2017, 4, 25), "Full member since 25 April 2016"),
    ],
)
def test_on_its_end_day_a_city_is_no_member_any_more(client, mainz, ends, lead):
    place_of(mainz, ends=ends)
    assert lead in page(client)


def test_a_city_that_will_be_a_member_says_from_when(client, mainz):
    place_of(mainz, begins=date(2017, 5, 1), beginning="application")
    text = page(client)
    assert "Full member from 1 May 2017 on" in text
    assert "Not a member of the alliance today." not in text
    place_of(mainz, MembershipKind.OBSERVER, date(2016, 9, 1), date(2017, 5, 1), beginning="invitation")
    assert "Observer since 1 September 2016 · Full member from 1 May 2017 on" in page(client)


def test_a_joint_membership_is_named(client, mainz):
    MembershipFactory(cities=[mainz, CityFactory(name_de="Wiesbaden")])
    assert "One membership with one voice: Mainz · Wiesbaden" in page(client)


def test_never_a_member_is_said(client, mainz):
    assert "This city has not been a member, observer or guest." in page(client)


@pytest.mark.parametrize(
    ("kind", "person", "offered"),
    [
        (MembershipKind.OBSERVER, SecretaryFactory, True),
        (MembershipKind.GUEST, SecretaryFactory, True),
        (MembershipKind.FULL, SecretaryFactory, False),
        (MembershipKind.OBSERVER, ManagerFactory, False),
        (MembershipKind.OBSERVER, UserFactory, False),
    ],
)
def test_the_secretariat_may_end_observers_and_guests(client, mainz, kind, person, offered):
    place = place_of(mainz, kind)
    client.force_login(person())
    assert (f"/memberships/places/{place.pk}/end/" in page(client)) is offered


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


def test_a_city_that_left_by_withdrawal_says_so_also_where_it_shared_its_place(client):
    cast.members()
    for name in ("Bonn", "Trier"):
        cast.officer(name)
    MembershipFactory(cities=[cast.city("Bonn"), cast.city("Trier")])
    leaving.effective("Bonn")
    leaving.effective("Liuzhou", at=leaving.OUT + leaving.DAY)
    with time_machine.travel(leaving.OUT + 5 * leaving.DAY, tick=False):
        for name, day in (("bonn", "9 May 2018"), ("liuzhou", "10 May 2018")):
            found = look(client, SecretaryFactory(), f"/cities/{name}/").context["history"][0]
            assert (str(found["text"]), f"{found['at']:%-d %B %Y}") == (
                "Full member: no longer from this day on (Withdrawal)",
                day,
            )
        trier = look(client, SecretaryFactory(), "/cities/trier/").context["history"]
        assert [str(entry["text"]) for entry in trier] == ["Full member from this day on (Founding)"]
