"""Forms: what is wrong is said on top and beside its field, and what is optional in words."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from alliance.pages.forms import ChoiceCards, FormHelperMixin


class AnswerForm(FormHelperMixin, forms.Form):
    submit_label = "Send the answer"
    submit_note = "Everybody gets a copy."
    secondary_submit = ("draft", "Keep as a draft")
    cancel_url = "/circulars/"

    position = forms.ChoiceField(
        choices=[("yes", "Yes"), ("no", "No")], widget=ChoiceCards(hints={"no": "Please say why."})
    )
    email = forms.EmailField(label="Work e-mail", help_text="Of the office.")
    comment = forms.CharField(required=False)

    def clean(self):
        if self.cleaned_data.get("comment") == "late":
            raise forms.ValidationError("The circular is closed.")
        return self.cleaned_data


class PartForm(FormHelperMixin, forms.Form):
    form_tag = False
    name = forms.CharField()


def shown(form):
    with translation.override("en"):
        return Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": form}))


def test_the_button_says_what_it_does_and_the_line_what_follows():
    html = shown(AnswerForm())
    assert '<button type="submit" class="button">Send the answer</button>' in html
    assert 'name="draft" value="1">Keep as a draft</button>' in html
    assert '<a class="button button-link" href="/circulars/">Cancel</a>' in html
    assert "Everybody gets a copy." in html


def test_optional_fields_say_so_and_required_ones_have_no_asterisk():
    html = shown(AnswerForm())
    assert html.count("(optional)") == 1
    assert "*" not in html
    assert re.search(r"<form[^>]* novalidate", html)


def test_what_is_wrong_stands_on_top_with_links_to_the_fields():
    html = shown(AnswerForm({"email": "nobody", "comment": "late"}))
    summary = html.split('class="alert alert-error error-summary"')[1].split("</ul>")[0]
    assert "The circular is closed." in summary
    assert '<a href="#id_email">Work e-mail: Enter a valid email address.</a>' in summary
    assert '<a href="#id_position_0">Position: This field is required.</a>' in summary
    assert 'id="id_position_0"' in html


def test_the_error_stands_beside_its_field_and_is_told_to_it():
    html = shown(AnswerForm({"position": "yes", "email": "nobody"}))
    field = re.search(r'<input[^>]*name="email"[^>]*>', html).group()
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="id_email_helptext id_email_error"' in field
    assert 'value="nobody"' in field
    assert 'id="id_email_error"' in html
    assert 'id="id_email_helptext"' in html


def test_ids_are_unique():
    ids = re.findall(r' id="([^"]+)"', shown(AnswerForm({"email": "nobody"})))
    assert sorted(ids) == sorted(set(ids))


def test_a_form_may_be_sent_elsewhere():
    form = AnswerForm()
    assert " action=" not in shown(form)
    form.form_action = "/circulars/2016-01/answer/"
    assert ' action="/circulars/2016-01/answer/"' in shown(form)


def test_a_form_in_order_has_no_summary():
    assert "error-summary" not in shown(AnswerForm({"position": "yes", "email": "a@b.example"}))
    assert "error-summary" not in shown(AnswerForm())


def test_choices_are_cards_with_their_hints():
    html = shown(AnswerForm({"position": "no"}))
    assert html.count('class="choice-card"') == 2
    assert '<span class="choice-hint">Please say why.</span>' in html
    assert re.search(r'value="no"[^>]* checked', html)
    assert not re.search(r'value="yes"[^>]* checked', html)


def test_a_part_of_a_form_has_neither_tag_nor_buttons():
    html = shown(PartForm())
    assert "<form" not in html
    assert "<button" not in html
    assert 'name="name"' in html


@pytest.mark.parametrize("danger", [True, False])
def test_what_cannot_be_undone_has_the_warning_colour(danger):
    form = PartForm()
    form.form_tag, form.danger = True, danger
    assert ("button-danger" in shown(form)) is danger
