"""Small charts: the drawing says what the figures say."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from alliance.pages import charts

MAINZ = [
    {"year": 2016, "value": 213_528, "status": "p"},
    {"year": 2014, "value": 206_991, "status": ""},
    {"year": 2015, "value": 209_779, "status": "r"},
]


def test_years_stand_in_order_with_their_labels_and_status():
    with translation.override("en"):
        chart = charts.draw(MAINZ)
    assert [(p.year, p.label, p.status, p.open) for p in chart.points] == [
        (2014, "206,991", "", False),
        (2015, "209,779", "r", False),
        (2016, "213,528", "p", True),
    ]
    assert chart.has_open


def test_the_description_names_the_ends_and_the_extremes():
    with translation.override("en"):
        chart = charts.draw([{"year": y, "value": v} for y, v in [(2009, -6), (2010, 4), (2011, 3)]])
    assert chart.description == "From -6 in 2009 to 3 in 2011; highest 4 in 2010, lowest -6 in 2009."


def test_objects_serve_as_well_as_dictionaries():
    figures = [SimpleNamespace(year=row["year"], value=row["value"], status=row["status"]) for row in MAINZ]
    assert charts.draw(figures) == charts.draw(MAINZ)


@pytest.mark.parametrize("figures", [[], MAINZ[:1], [MAINZ[0], {"year": 2014, "value": None}]])
def test_fewer_than_two_figures_are_no_chart(figures):
    assert charts.draw(figures) is None


def test_bars_begin_at_zero_and_grow_in_proportion():
    chart = charts.draw([{"year": 2015, "value": 100}, {"year": 2016, "value": 50}])
    high, low = chart.points
    assert high.height == pytest.approx(2 * low.height, abs=0.2)
    assert high.top + high.height == pytest.approx(chart.baseline)
    assert low.top + low.height == pytest.approx(chart.baseline)


def test_what_is_negative_hangs_below_the_line_and_is_labelled_below():
    chart = charts.draw([{"year": 2009, "value": -6}, {"year": 2010, "value": 4}])
    below, above = chart.points
    assert below.top == chart.baseline
    assert (below.label_shift, above.label_shift) == (charts.LABEL_BELOW, -6)


def test_a_missing_year_leaves_its_gap():
    first, second, third = charts.draw(
        [{"year": 2010, "value": 1}, {"year": 2011, "value": 1}, {"year": 2014, "value": 1}]
    ).points
    assert third.x - second.x == pytest.approx(3 * (second.x - first.x), abs=0.3)


def test_of_many_long_values_only_the_ends_are_written_out():
    figures = [{"year": year, "value": 1_000_000_000 + year} for year in range(2000, 2012)]
    assert [p.year for p in charts.draw(figures).points if p.shown] == [2000, 2011]


@given(
    st.dictionaries(
        st.integers(1949, 2049), st.decimals(-(10**9), 10**12, places=2), min_size=2, max_size=40
    ),
    st.sampled_from(["bar", "line"]),
)
def test_everything_stays_inside_the_drawing(values, kind):
    chart = charts.draw([{"year": y, "value": v} for y, v in values.items()], kind=kind)
    for point in chart.points:
        assert 0 <= point.x <= charts.WIDTH
        assert point.left >= 0
        assert point.left + point.width <= charts.WIDTH
        assert (
            charts.TOP - 0.1 <= point.top <= point.top + point.height <= charts.HEIGHT - charts.BOTTOM + 0.2
        )


@pytest.mark.parametrize(
    ("language", "value", "decimals", "text"),
    [
        ("en", 2059000, None, "2,059,000"),
        ("de", 2059000, None, "2.059.000"),
        ("zh-hans", 2059000, None, "2,059,000"),
        ("de", Decimal("12.50"), None, "12,5"),
        ("de", Decimal("12.50"), 2, "12,50"),
        ("en", Decimal("7.431E+6"), None, "7,431,000"),
        ("en", 0, None, "0"),
        ("en", None, None, ""),
    ],
)
def test_numbers_in_the_readers_notation(language, value, decimals, text):
    with translation.override(language):
        assert charts.number(value, decimals) == text


def test_the_drawing_carries_title_description_and_table():
    template = Template('{% load pages %}{% figure_chart figures title="Inhabitants" unit="persons" %}')
    with translation.override("de"):
        html = template.render(Context({"figures": MAINZ}))
    assert "<title>Inhabitants</title><desc>" in html
    assert html.count('<th scope="row">') == 3
    assert '<td class="number">213.528</td>' in html
    assert "style=" not in html
    # Coordinates keep the point whatever the language.
    assert 'x="2' in html
    assert "," not in html.split("<svg")[1].split("</svg>")[0].split("<desc>")[0]


def test_a_single_figure_draws_nothing():
    html = Template("{% load pages %}{% figure_chart figures %}").render(Context({"figures": MAINZ[:1]}))
    assert html.strip() == ""
