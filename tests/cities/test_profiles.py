"""Saving a profile: what is written, what is kept as a version, who may, and who came first."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from alliance.accounts.permissions import NotPermitted
from cities.actions.profiles import SavedMeanwhile, UnknownIndustry, content_of, save_profile
from cities.models import Cooperation, KeyFigure, Profile, ProfileVersion
from tests.factories.cities import CityFactory
from tests.factories.people import (
    AdministratorFactory,
    ManagerFactory,
    OfficerFactory,
    SecretaryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

AT = datetime(2017, 4, 24, 8, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)
GDP = {
    "indicator": "gdp",
    "year": 2015,
    "value": "11500.00",
    "unit": "million",
    "currency": "EUR",
    "territory": "",
    "concept": "",
    "status": "p",
    "source": "Statistisches Landesamt",
}
POPULATION = {
    **GDP, "indicator": "population", "value": "209779.00", "unit": "persons", "currency": "",
    "concept": "resident", "status": "",
}  # fmt: skip
DIJON = {
    "partner": "Dijon",
    "partner_country": "France",
    "kind": "twinning",
    "since": 1958,
    "description": "",
}
HAIFA = {**DIJON, "partner": "Haifa", "partner_country": "Israel", "since": 1987}
EMPTY = dict.fromkeys(("zh", "de", "en"), "")


def texts(**sections):
    return {section: {"de": text} for section, text in sections.items()}


@pytest.fixture
def mainz():
    return CityFactory(name_de="Mainz")


@pytest.fixture
def officer(mainz):
    return OfficerFactory(city=mainz).user


def test_everything_is_written_and_kept_as_the_first_version(mainz, officer):
    version = save_profile(
        mainz,
        texts=texts(economic="Hauptstadt"),
        industries=["23", "20"],
        cooperations=[DIJON],
        figures=[POPULATION, GDP],
        by=officer,
        at=AT,
    )
    assert (version.number, version.made_at, version.made_by) == (1, AT, officer)
    assert version.content == {
        "texts": {
            "economic": {**EMPTY, "de": "Hauptstadt"},
            "industrial": EMPTY,
            "cooperations": EMPTY,
            "wishes": EMPTY,
        },
        "figures": [GDP, POPULATION],
        "cooperations": [DIJON],
        "industries": ["20", "23"],
    }
    assert version.content == content_of(mainz)
    profile = Profile.objects.get(city=mainz)
    assert (profile.edited_at, profile.edited_by) == (AT, officer)
    assert set(KeyFigure.objects.values_list("indicator", "value", "recorded_at", "recorded_by")) == {
        ("gdp", Decimal("11500.00"), AT, officer.pk),
        ("population", Decimal("209779.00"), AT, officer.pk),
    }


def test_nothing_changed_makes_no_version(mainz, officer):
    given = {
        "texts": texts(wishes="Austausch"),
        "industries": ["20"],
        "cooperations": [DIJON],
        "figures": [GDP],
    }
    save_profile(mainz, **given, by=officer, at=AT)
    assert save_profile(mainz, **given, by=officer, at=LATER) is None
    assert ProfileVersion.objects.count() == 1
    assert Profile.objects.get().edited_at == AT
    assert KeyFigure.objects.get().recorded_at == AT


def test_saying_nothing_at_first_makes_no_version(mainz, officer):
    assert save_profile(mainz, texts=texts(economic=" \r\n "), figures=[], by=officer, at=AT) is None
    assert not ProfileVersion.objects.exists()


def test_parts_that_are_not_given_stay(mainz, officer):
    save_profile(mainz, texts=texts(economic="Eins"), cooperations=[DIJON], figures=[GDP], by=officer, at=AT)
    version = save_profile(mainz, texts=texts(wishes="Zwei"), by=officer, at=LATER)
    assert version.number == 2
    assert version.content["texts"]["economic"]["de"] == "Eins"
    assert version.content["texts"]["wishes"]["de"] == "Zwei"
    assert version.content["figures"] == [GDP]
    assert version.content["cooperations"] == [DIJON]


def test_a_text_can_be_taken_out_again(mainz, officer):
    save_profile(mainz, texts=texts(economic="Eins"), by=officer, at=AT)
    version = save_profile(mainz, texts=texts(economic=""), by=officer, at=LATER)
    assert (version.number, version.content["texts"]["economic"]) == (2, EMPTY)


def test_line_ends_of_browsers_are_no_change(mainz, officer):
    save_profile(mainz, texts=texts(economic="Eins\n\nZwei"), by=officer, at=AT)
    assert save_profile(mainz, texts=texts(economic="Eins\r\n\r\nZwei\r\n"), by=officer, at=LATER) is None


def test_figures_that_stay_keep_when_and_by_whom_they_came(mainz, officer):
    save_profile(mainz, figures=[GDP, POPULATION], by=officer, at=AT)
    secretary = SecretaryFactory()
    changed = {**POPULATION, "value": "213528", "status": "r"}
    version = save_profile(mainz, figures=[GDP, changed], by=secretary, at=LATER)
    assert version.number == 2
    assert set(
        KeyFigure.objects.values_list("indicator", "value", "status", "recorded_at", "recorded_by")
    ) == {
        ("gdp", Decimal("11500.00"), "p", AT, officer.pk),
        ("population", Decimal("213528.00"), "r", LATER, secretary.pk),
    }


def test_rows_left_out_are_taken_out_and_stay_in_the_old_version(mainz, officer):
    first = save_profile(mainz, figures=[GDP, POPULATION], cooperations=[DIJON, HAIFA], by=officer, at=AT)
    save_profile(mainz, figures=[GDP], cooperations=[HAIFA], by=officer, at=LATER)
    assert list(KeyFigure.objects.values_list("indicator", flat=True)) == ["gdp"]
    assert list(Cooperation.objects.values_list("partner", flat=True)) == ["Haifa"]
    first.refresh_from_db()
    assert first.content["figures"] == [GDP, POPULATION]
    assert first.content["cooperations"] == [DIJON, HAIFA]


def test_other_cities_stay_untouched(mainz, officer):
    foshan = CityFactory(name_de="Foshan", country="CN")
    save_profile(foshan, figures=[POPULATION], texts=texts(wishes="Glas"), by=None, at=AT)
    before = content_of(foshan)
    save_profile(mainz, figures=[GDP], texts=texts(wishes="Keramik"), by=officer, at=AT)
    assert content_of(foshan) == before


def test_unknown_industry_is_refused_and_nothing_half_written(mainz, officer):
    with pytest.raises(UnknownIndustry, match="There is no industry with the code 2x"):
        save_profile(mainz, texts=texts(wishes="Glas"), industries=["20", "2x"], by=officer, at=AT)
    assert not Profile.objects.exists()


@pytest.mark.parametrize(
    "person",
    [
        lambda mainz: OfficerFactory(city=mainz, level="editor").user,
        lambda mainz: OfficerFactory(city=mainz, level="deputy").user,
        lambda mainz: SecretaryFactory(),
        lambda mainz: ManagerFactory(),
        lambda mainz: None,
    ],
)
def test_own_officers_secretariat_and_an_acceptance_may(mainz, person):
    by = person(mainz)
    assert save_profile(mainz, texts=texts(wishes="Glas"), by=by, at=AT).made_by == by


@pytest.mark.parametrize(
    "person",
    [
        lambda mainz: OfficerFactory(city=CityFactory(name_de="Köln")).user,
        lambda mainz: OfficerFactory(city=mainz, state="registered").user,
        lambda mainz: AdministratorFactory(),
        lambda mainz: UserFactory(),
    ],
)
def test_others_may_not(mainz, person):
    with pytest.raises(NotPermitted, match="Only the officers of this city and the secretariat"):
        save_profile(mainz, texts=texts(wishes="Glas"), by=person(mainz), at=AT)
    assert not Profile.objects.exists()


def test_who_saves_over_somebody_else_is_told(mainz, officer):
    save_profile(mainz, texts=texts(wishes="Glas"), based_on=0, by=officer, at=AT)
    other = SecretaryFactory(name="Chen Li")
    save_profile(mainz, texts=texts(wishes="Keramik"), based_on=1, by=other, at=LATER)
    with pytest.raises(SavedMeanwhile, match="Chen Li has saved this since you opened it \\(version 2\\)"):
        save_profile(mainz, texts=texts(wishes="Stahl"), based_on=1, by=officer, at=LATER)
    assert content_of(mainz)["texts"]["wishes"]["de"] == "Keramik"
    assert save_profile(mainz, texts=texts(wishes="Stahl"), based_on=2, by=officer, at=LATER).number == 3


def test_two_first_versions_at_once(mainz, officer):
    save_profile(mainz, texts=texts(wishes="Glas"), based_on=0, by=officer, at=AT)
    with pytest.raises(SavedMeanwhile):
        save_profile(mainz, texts=texts(wishes="Stahl"), based_on=0, by=officer, at=AT)


def test_another_part_saved_meanwhile_is_no_conflict(mainz, officer):
    save_profile(mainz, texts=texts(wishes="Glas"), figures=[GDP], by=officer, at=AT)
    save_profile(mainz, figures=[POPULATION], based_on=1, by=SecretaryFactory(), at=LATER)
    version = save_profile(mainz, texts=texts(wishes="Stahl"), based_on=1, by=officer, at=LATER)
    assert version.number == 3
    assert version.content["figures"] == [POPULATION]


def test_saved_and_put_back_meanwhile_is_no_conflict(mainz, officer):
    for place, text in enumerate(["Glas", "Keramik", "Glas"]):
        save_profile(mainz, texts=texts(wishes=text), based_on=place, by=officer, at=AT)
    assert save_profile(mainz, texts=texts(wishes="Stahl"), based_on=1, by=officer, at=LATER).number == 4
