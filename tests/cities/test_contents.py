"""How two kept versions differ, in words."""

import pytest
from django.utils.translation import override

from cities.models.contents import Difference, cooperation_words, differences, figure_label, figure_words

FIGURE = {
    "indicator": "population", "year": 2015, "value": "209779.00", "unit": "persons", "currency": "",
    "territory": "", "concept": "resident", "status": "", "source": "Statistisches Landesamt",
}  # fmt: skip
GDP = {
    **FIGURE, "indicator": "gdp", "value": "11500.50", "unit": "million", "currency": "EUR", "concept": "",
    "status": "p", "territory": "Kreis Groß-Gerau",
}  # fmt: skip
DIJON = {
    "partner": "Dijon",
    "partner_country": "France",
    "kind": "twinning",
    "since": 1958,
    "description": "",
}
PROFILE = {
    "texts": {"economic": {"zh": "", "de": "Mainz am Rhein", "en": ""}, "wishes": {"de": "Austausch"}},
    "figures": [FIGURE],
    "cooperations": [DIJON],
    "industries": ["20", "23"],
}


def test_equal_versions_do_not_differ():
    assert differences(PROFILE, PROFILE) == []
    assert differences({}, {}) == []


def test_texts_and_figures_and_industries_and_cooperations_in_the_order_of_the_sections():
    after = {
        "texts": {
            "economic": {"de": "Mainz am Rhein", "en": "Mainz on the Rhine"},
            "wishes": {"de": "Mehr Austausch"},
        },
        "figures": [{**FIGURE, "value": "210000", "status": "r"}, GDP],
        "cooperations": [],
        "industries": ["23", "72"],
    }
    assert differences(PROFILE, after, industry_names={"20": "Chemicals", "23": "Glass"}) == [
        Difference("economic", "Economic key data, in English", "", "Mainz on the Rhine"),
        Difference(
            "economic",
            "Gross domestic product 2015, Kreis Groß-Gerau",
            "",
            "11,500.5 million euro · Provisional · Statistisches Landesamt",
        ),
        Difference(
            "economic",
            "Population 2015, Resident population",
            "209,779 persons · Statistisches Landesamt",
            "210,000 persons · Revised · Statistisches Landesamt",
        ),
        Difference("industrial", "Industries", "Chemicals\nGlass", "Glass\n72"),
        Difference("cooperations", "Dijon (France)", "Town twinning · since 1958", ""),
        Difference("wishes", "Cooperation wishes, in German", "Austausch", "Mehr Austausch"),
    ]


def test_figures_of_several_cities_stand_by_city():
    before = {"figures": {"raunheim": [FIGURE], "kelsterbach": [FIGURE]}}
    after = {"figures": {"raunheim": [FIGURE], "kelsterbach": [{**FIGURE, "value": "16000"}]}}
    [row] = differences(before, after, city_names={"kelsterbach": "Kelsterbach"})
    assert row.label == "Population 2015, Resident population · Kelsterbach"


@pytest.mark.parametrize(
    ("language", "label", "words"),
    [
        ("en", "Gross domestic product 2015, Kreis Groß-Gerau", "11,500.5 million euro"),
        ("de", None, "11.500,5"),
    ],
)
def test_words_are_those_of_the_reader(language, label, words):
    with override(language):
        assert words in figure_words(GDP)
        assert label is None or figure_label(GDP) == label


def test_cooperation_without_a_year():
    assert cooperation_words({**DIJON, "since": None, "description": "Wine"}) == "Town twinning · Wine"
