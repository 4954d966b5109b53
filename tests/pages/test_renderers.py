"""Fields drawn by hand look as Django's own templates draw them."""

from datetime import date

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.test.html import parse_html
from django.utils.safestring import mark_safe

from alliance.pages.renderers import BY_HAND, QuickRenderer

GROUPED = [("", "Both"), ("Sides", [("CN", mark_safe("<i>China</i>")), ("DE", "Germany & <Austria>")])]


class Everything(forms.Form):
    q = forms.CharField(widget=forms.TextInput(attrs={"type": "search", "data-x": 'a"b', "hidden": False}))
    plain = forms.CharField(max_length=10, required=False)
    years = forms.IntegerField(min_value=1, max_value=9)
    on = forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    email = forms.EmailField()
    side = forms.ChoiceField(choices=[("", "Both"), ("CN", "China"), ("DE", "Germany")])
    grouped = forms.ChoiceField(choices=GROUPED)
    many = forms.MultipleChoiceField(choices=[(1, "one"), (2, "two"), (3, "three")])
    locked = forms.ChoiceField(choices=[("a", "A")], disabled=True)


TYPED = {
    "q": "<script>&\"'",
    "plain": "",
    "years": "7",
    "on": "2017-05-01",
    "email": "a@b.example",
    "side": "DE",
    "grouped": "DE",
    "many": ["1", "3"],
}


@pytest.mark.parametrize("name", list(Everything.base_fields))
@pytest.mark.parametrize("data", [None, TYPED], ids=["empty", "typed"])
def test_a_field_is_drawn_as_by_django(name, data):
    initial = {"on": date(2016, 4, 25), "side": "CN", "years": 3}
    quick = str(Everything(data, initial=initial, renderer=QuickRenderer())[name])
    django = str(Everything(data, initial=initial, renderer=TemplatesSetting())[name])
    assert parse_html(quick) == parse_html(django)


def test_each_kind_drawn_by_hand_is_among_those_compared():
    drawn = {field.widget.template_name for field in Everything.base_fields.values()}
    assert drawn == set(BY_HAND)


def test_what_is_typed_is_escaped():
    assert "<script>" not in str(Everything(TYPED, renderer=QuickRenderer())["q"])


def test_other_fields_are_drawn_by_template():
    class Long(forms.Form):
        text = forms.CharField(widget=forms.Textarea)

    assert "<textarea" in str(Long(renderer=QuickRenderer())["text"])
