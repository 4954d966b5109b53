"""Rows of figures and cooperations: numbers as people write them, and what cannot be."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine
from django.utils import translation

from cities.forms.figures import CooperationFormSet, FigureForm, FigureFormSet, plain_number
from cities.forms.rows import bound_rows
from cities.models import KeyFigure

GDP = {"indicator": "gdp", "year": "2015", "value": "11500", "currency": "EUR", "source": "Statistics"}
POPULATION = {
    "indicator": "population",
    "year": "2015",
    "value": "209779",
    "concept": "resident",
    "source": "S",
}
DIJON = {"partner": "Dijon", "kind": "twinning"}


def sent(prefix, *rows, initial=0):
    data = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": str(initial)}
    for place, row in enumerate(rows):
        data |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return data


def kept(formset):
    assert formset.is_valid(), formset.errors
    return formset.rows()


def figure_errors(**changed):
    form = FigureForm({**GDP, **changed})
    return {name: list(errors) for name, errors in form.errors.items()}


@pytest.fixture(autouse=True)
def at_a_day_in_2017():
    with time_machine.travel(datetime(2017, 3, 1, 8, 0, tzinfo=UTC), tick=False):
        yield


@pytest.mark.parametrize(
    ("language", "typed", "value"),
    [
        ("en", "11500", "11500"),
        ("en", "11,500", "11500"),
        ("en", "11,500.5", "11500.5"),
        ("en", "1,234,567.25", "1234567.25"),
        ("en", "11500.5", "11500.5"),
        ("en", "11500,5", "11500.5"),
        ("en", "11 500", "11500"),
        ("en", "11’500", "11500"),
        ("en", "209.779", "209.779"),
        ("de", "11.500", "11500"),
        ("de", "11.500,5", "11500.5"),
        ("de", "1.234.567,25", "1234567.25"),
        ("de", "11500,5", "11500.5"),
        ("de", "4.2", "4.2"),
        ("de", "11\u202f500", "11500"),
        ("zh-hans", "1,234.5", "1234.5"),
        ("de", "1,2,3", "1,2,3"),
        ("de", "12.34.567", "12.34.567"),
        ("en", "about 5", "about5"),
    ],
)
def test_numbers_as_people_write_them(language, typed, value):
    with translation.override(language):
        assert plain_number(typed) == value


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "11500.5"), ("de", "11500,5"), ("zh-hans", "11500.5")]
)
def test_a_kept_value_is_read_back_as_it_is_shown(language, shown):
    with translation.override(language):
        form = FigureForm(initial={"value": Decimal("11500.50")})
        assert form["value"].value() == shown
        assert FigureForm({**GDP, "value": shown}).fields["value"].clean(shown) == Decimal("11500.50")


def test_whole_values_are_shown_without_zeros():
    assert FigureForm(initial={"value": Decimal("868000.00")})["value"].value() == "868000"


def test_a_good_figure_is_content():
    [row] = kept(FigureFormSet(sent("figures", GDP), prefix="figures"))
    assert row == {
        "indicator": "gdp", "year": 2015, "value": Decimal("11500"), "unit": "million", "currency": "EUR",
        "concept": "", "territory": "", "status": "", "source": "Statistics",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({"indicator": ""}, {"indicator": ["This field is required."]}),
        (
            {"indicator": "wealth"},
            {"indicator": ["Select a valid choice. wealth is not one of the available choices."]},
        ),
        ({"year": "2018"}, {"year": ["The year 2018 has not come yet."]}),
        ({"year": "1949"}, {"year": ["Ensure this value is greater than or equal to 1950."]}),
        ({"year": "last"}, {"year": ["Enter a whole number."]}),
        ({"value": "-1"}, {"value": ["Ensure this value is greater than or equal to 0."]}),
        ({"value": "much"}, {"value": ["Enter a number."]}),
        ({"value": "1.234"}, {"value": ["Ensure that there are no more than 2 decimal places."]}),
        ({"value": "1e30"}, {"value": ["Ensure that there are no more than 18 digits in total."]}),
        ({"value": "NaN"}, {"value": ["Enter a number."]}),
        ({"currency": ""}, {"currency": ["Please say in which currency."]}),
        (
            {"currency": "USD"},
            {"currency": ["Select a valid choice. USD is not one of the available choices."]},
        ),
        ({"source": "  "}, {"source": ["This field is required."]}),
        ({"status": "x"}, {"status": ["Select a valid choice. x is not one of the available choices."]}),
        ({"indicator": "population", "currency": ""}, {"concept": ["Please say which population is meant."]}),
        (
            {"indicator": "unemployment_rate", "value": "101", "currency": ""},
            {"value": ["A rate is at most 100 %."]},
        ),
    ],
)
def test_what_cannot_be_a_figure_is_said_beside_its_field(changed, errors):
    assert figure_errors(**changed) == errors


def test_this_year_is_no_future():
    assert figure_errors(year="2017") == {}


def test_currency_and_concept_are_left_out_where_they_do_not_belong():
    form = FigureForm({**GDP, "indicator": "area", "concept": "resident"})
    assert form.is_valid()
    assert (form.cleaned_data["currency"], form.cleaned_data["concept"]) == ("", "")
    assert form.cleaned_data["unit"] == "km2"


def test_same_figure_twice_is_named_beside_the_later_row():
    rows = FigureFormSet(sent("figures", GDP, POPULATION, {**GDP, "value": "7"}), prefix="figures")
    assert not rows.is_valid()
    assert [form.non_field_errors() for form in rows.forms] == [
        [], [], ["Row 1 already states this: Gross domestic product 2015."],
    ]  # fmt: skip
    assert rows.wrong() == [rows.forms[2]]


def test_other_territory_concept_or_year_is_another_figure():
    rows = [
        POPULATION,
        {**POPULATION, "concept": "registered"},
        {**POPULATION, "territory": "Kreis Groß-Gerau"},
        {**POPULATION, "year": "2014"},
    ]
    assert len(kept(FigureFormSet(sent("figures", *rows), prefix="figures"))) == 4


def test_a_removed_row_may_be_said_again_and_may_be_wrong():
    rows = [{**GDP, "DELETE": "on"}, {**GDP, "value": "7"}, {**GDP, "year": "3000", "DELETE": "on"}]
    bound = FigureFormSet(sent("figures", *rows, initial=3), prefix="figures")
    assert [row["value"] for row in kept(bound)] == [Decimal(7)]


def test_empty_rows_at_the_end_are_left_out():
    assert len(kept(FigureFormSet(sent("figures", GDP, {}, {"status": ""}), prefix="figures"))) == 1


def test_a_half_filled_row_is_wrong():
    bound = FigureFormSet(sent("figures", GDP, {"year": "2015"}), prefix="figures")
    assert not bound.is_valid()
    assert set(bound.forms[1].errors) == {"indicator", "value", "source"}


def test_without_its_hidden_fields_a_form_is_refused_and_never_an_empty_list():
    bound = FigureFormSet({}, prefix="figures")
    assert not bound.is_valid()
    assert bound.non_form_errors()


def test_more_rows_are_given_without_complaints_and_with_what_was_typed():
    data = {**sent("figures", {"year": "3000"}), "figures-more": "1"}
    bound = bound_rows(FigureFormSet, data, "figures")
    assert bound.silent
    assert len(bound.forms) == 4
    assert bound.forms[0]["year"].value() == "3000"
    assert [form.errors for form in bound.forms] == [{}, {}, {}, {}]
    assert bound.wrong() == []


@pytest.mark.parametrize("total", ["", "many", "-5", "999999999"])
def test_more_rows_survive_nonsense(total):
    data = {"figures-TOTAL_FORMS": total, "figures-INITIAL_FORMS": "0", "figures-more": "1"}
    assert len(bound_rows(FigureFormSet, data, "figures").forms) <= 400


def test_summary_says_what_a_row_says():
    figure = KeyFigure(**{**GDP, "year": 2015, "value": Decimal("11500.00"), "unit": "million"})
    assert FigureForm(initial=FigureForm.initial_of(figure)).summary() == (
        "Gross domestic product 2015 · 11,500 million euro"
    )
    assert FigureForm({**POPULATION, "value": "209,779"}).summary() == (
        "Population 2015, Resident population · 209,779 persons"
    )
    assert FigureForm({**GDP, "value": "much"}).summary() == "Gross domestic product 2015 · much million euro"
    assert FigureForm({"indicator": "wealth"}).summary() == ""
    assert FigureForm().summary() == ""


def test_cooperations():
    rows = CooperationFormSet(
        sent("c", {**DIJON, "since": "1958"}, {**DIJON, "kind": "network"}, {}), prefix="c"
    )
    assert kept(rows) == [
        {"partner": "Dijon", "partner_country": "", "kind": "twinning", "since": 1958, "description": ""},
        {"partner": "Dijon", "partner_country": "", "kind": "network", "since": None, "description": ""},
    ]


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"partner": ""}, "partner", "This field is required."),
        ({"kind": ""}, "kind", "This field is required."),
        ({"since": "2018"}, "since", "The year 2018 has not come yet."),
        ({"since": "799"}, "since", "Ensure this value is greater than or equal to 800."),
        ({"since": "yes"}, "since", "Enter a whole number."),
    ],
)
def test_what_cannot_be_a_cooperation(changed, field, sentence):
    rows = CooperationFormSet(sent("c", {**DIJON, "since": "1958", **changed}, initial=1), prefix="c")
    assert not rows.is_valid()
    assert dict(rows.forms[0].errors) == {field: [sentence]}


def test_same_cooperation_twice():
    rows = CooperationFormSet(sent("c", DIJON, DIJON), prefix="c")
    assert not rows.is_valid()
    assert rows.forms[1].non_field_errors() == ["Row 1 already states this: Town twinning, Dijon."]
