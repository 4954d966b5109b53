"""Numbers as people of three languages type them."""

from decimal import Decimal

import pytest
from django import forms
from django.utils.translation import override

from alliance.pages.numbers import NumberField


class NumberForm(forms.Form):
    value = NumberField(max_digits=18, decimal_places=2, min_value=0)


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("en", "209779", "209779"),
        ("en", "209,779", "209779"),
        ("en", "1,209,779.5", "1209779.5"),
        ("en", "11500.5", "11500.5"),
        ("en", "11500,5", "11500.5"),
        ("en", "209 779", "209779"),
        ("de", "209.779", "209779"),
        ("de", "1.209.779,5", "1209779.5"),
        ("de", "11500,5", "11500.5"),
        ("de", "11500.5", "11500.5"),
        ("de", "209\u202f779,25", "209779.25"),
        ("de", "1,209", "1.209"),
        ("zh-hans", "209,779", "209779"),
        ("zh-hans", "4.2", "4.2"),
    ],
)
def test_number_is_understood_as_in_the_language_of_the_page(language, typed, meant):
    with override(language):
        assert NumberField(decimal_places=3, max_digits=18).clean(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["about 200", "1,2,3", "1.2.3", "NaN", "1e", "--1"])
@pytest.mark.parametrize(
    ("language", "example"), [("en", "12,345.6"), ("de", "12.345,6"), ("zh-hans", "12,345.6")]
)
def test_other_things_are_refused_with_an_example(language, example, typed):
    with override(language):
        form = NumberForm({"value": typed})
        [error] = form.errors["value"]
        assert example in error


def test_negative_numbers_are_refused_where_there_are_none():
    assert NumberForm({"value": "-1"}).errors["value"] == ["Ensure this value is greater than or equal to 0."]


@pytest.mark.parametrize(("language", "shown"), [("en", "11,500.5"), ("de", "11.500,5")])
def test_number_is_shown_in_the_readers_notation_and_comes_back_the_same(language, shown):
    with override(language):
        form = NumberForm(initial={"value": Decimal("11500.50")})
        assert f'value="{shown}"' in str(form["value"])
        assert NumberField(decimal_places=2, max_digits=18).clean(shown) == Decimal("11500.50")
        assert 'value="1x' in str(NumberForm({"value": "1x"})["value"])
