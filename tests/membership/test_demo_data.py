"""The data of the demonstration fit the register, and say that they are invented."""

import json
from datetime import UTC, datetime

import pytest

from cities.models import City, Cooperation, Industry, KeyFigure
from cities.states import UNITS, Section, TextLanguage
from membership.actions.founding import record_founding
from membership.management.commands.load_founding_members import DATA

AT = datetime(2016, 12, 2, 8, 0, tzinfo=UTC)
FOUNDING_SLUGS = {
    *(
        "foshan",
        "jiangmen",
        "zhuzhou",
        "zhaoqing",
        "jieyang",
        "yunfu",
        "jiaozuo",
        "nanning",
        "taizhou",
        "guiyang",
    ),
    *("liuzhou", "aachen", "koeln", "wuppertal", "ingolstadt", "ruesselsheim", "raunheim", "kelsterbach"),
    "nuernberg",
}


def read(name):
    return json.loads((DATA.parent / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture
def cities(db):
    record_founding(read("founding_members"), at=AT)
    for facts in read("demo_cities"):
        City.objects.create(**facts, registered_at=AT, confirmed_at=AT)
    return {city.slug: city for city in City.objects.all()}


def test_demo_cities_are_mainz_osnabrueck_and_chemnitz(cities):
    added = {slug: cities[slug].official_code for slug in cities.keys() - FOUNDING_SLUGS}
    assert added == {"mainz": "07315000", "osnabrueck": "03404000", "chemnitz": "14511000"}


def test_every_figure_is_valid_and_stands_once(cities):
    for row in read("demo_key_figures"):
        figure = KeyFigure(**{**row, "city": cities[row["city"]], "recorded_at": AT})
        figure.full_clean()
        figure.save()
    assert KeyFigure.objects.count() == len(read("demo_key_figures"))


def test_figures_cover_all_founding_cities_and_mainz_over_four_years():
    years = {}
    for row in read("demo_key_figures"):
        if row["indicator"] == "gdp":
            years.setdefault(row["city"], set()).add(row["year"])
    assert years == {slug: {2013, 2014, 2015, 2016} for slug in {*FOUNDING_SLUGS, "mainz"}}


def test_every_figure_says_that_it_is_invented_and_keeps_the_unit_of_its_indicator():
    rows = read("demo_key_figures")
    assert {row["source"].split(" · ")[0] for row in rows} == {"Demonstration value, invented"}
    assert {(row["indicator"], row["unit"]) for row in rows} <= {(str(k), str(v)) for k, v in UNITS.items()}


def test_money_is_in_the_country_s_currency(cities):
    found = {
        (cities[row["city"]].country, row["currency"]) for row in read("demo_key_figures") if row["currency"]
    }
    assert found == {("CN", "CNY"), ("DE", "EUR")}


def test_towns_without_a_gdp_of_their_own_name_their_county():
    rows = [row for row in read("demo_key_figures") if row["indicator"] == "gdp" and row["territory"]]
    assert {row["city"] for row in rows} == {"ruesselsheim", "raunheim", "kelsterbach"}
    assert {row["territory"].split(" · ")[0] for row in rows} == {"Kreis Groß-Gerau"}


def test_industries_of_the_founding_cities_are_divisions(cities):
    industries = read("demo_industries")
    divisions = set(Industry.objects.filter(level="division").values_list("code", flat=True))
    assert industries.keys() == FOUNDING_SLUGS
    assert {code for codes in industries.values() for code in codes} <= divisions


def test_the_application_of_mainz_has_four_sections_in_three_languages(cities):
    application = read("mainz_application")
    assert application["city"] in cities
    written = {
        (section, language)
        for section, texts in application["texts"].items()
        for language, text in texts.items()
        if text.strip()
    }
    assert written == {(section, language) for section in Section.values for language in TextLanguage.values}
    assert Industry.objects.filter(level="division", code__in=application["industries"]).count() == 6


def test_the_cooperations_of_mainz_are_its_eight_twin_towns(cities):
    rows = read("mainz_application")["cooperations"]
    for row in rows:
        Cooperation(city=cities["mainz"], **row).full_clean()
    assert [(row["partner"], row["since"], row["kind"]) for row in rows] == [
        ("Watford", 1956, "twinning"),
        ("Dijon", 1958, "twinning"),
        ("Longchamp", 1966, "twinning"),
        ("Zagreb", 1967, "twinning"),
        ("Valencia", 1978, "twinning"),
        ("Haifa", 1987, "twinning"),
        ("Erfurt", 1988, "twinning"),
        ("Louisville", 1994, "twinning"),
    ]
