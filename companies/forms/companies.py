"""What is asked about a company, on one page with headings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout
from django import forms
from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from alliance.pages.forms import FormHelperMixin
from cities.forms.industries import IndustryChoice
from cities.forms.institutions import SeatField
from cities.forms.sections import HTML_LANGUAGE
from cities.models import City
from companies.actions import numbers
from companies.forms.fields import LinesField, ScriptSelect
from companies.models import Company
from companies.states import CompanyLanguage, CooperationForm

NAMES = ("registered_name", "latin_name", "name_zh", "name_de", "name_en", "legal_form")
REGISTER = ("register_kind", "register_number", "founded", "ownership", "address", "website")
SIZE = ("employees", "employees_year", "turnover_band", "turnover_currency", "turnover_year", "export_share")
INTEREST = ("investment_direction", "investment_band", "experience", "experience_note")
TEXTS = tuple(f"{field}_{ending}" for ending in HTML_LANGUAGE for field in ("short", "long", "translation"))
CODES = ("industry", "national_scheme", "national_code")
LISTS = ("products", "certificates", "sites_abroad")
TICKED = ("cooperation_forms", "languages")
RELEASE = ("visibility", "released")
KEPT = (*NAMES, *REGISTER, *SIZE, *INTEREST, *TEXTS, *CODES, *LISTS, *TICKED, *RELEASE)


@dataclass(frozen=True)
class Part:
    """One part of the form under its heading."""

    id: str
    title: Any
    fields: list[Any]
    hint: Any = ""

    def laid_out(self) -> Fieldset:
        said = [HTML(f'<p class="hint">{escape(self.hint)}</p>')] if self.hint else []
        return Fieldset(self.title, *said, Div(*self.fields, css_class="fields"), css_id=self.id)


class CompanyForm(FormHelperMixin, forms.ModelForm):
    """An entry as its city keeps it. What is kept in the end is decided by the action."""

    submit_label = _("Save the entry")
    form_tag = False

    industry = IndustryChoice(label=_("Industry"), required=False)
    products = LinesField(label=_("Products and services"), help_text=_("One to a line."), rows=5)
    certificates = LinesField(label=_("Certificates"), help_text=_("One to a line, such as ISO 9001."))
    sites_abroad = LinesField(label=_("Sites abroad"), help_text=_("One to a line."))
    languages = forms.MultipleChoiceField(
        label=_("Can be written to in"),
        choices=CompanyLanguage.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    cooperation_forms = forms.MultipleChoiceField(
        label=_("Kinds of cooperation looked for"),
        choices=CooperationForm.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    website = forms.URLField(
        label=_("Web site"),
        max_length=300,
        required=False,
        assume_scheme="https",
        error_messages={
            "invalid": _("This is not the address of a web site. It looks like https://firm.example.")
        },
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Company
        fields = KEPT
        widgets = {"legal_form": ScriptSelect}

    def __init__(self, *args: Any, cities: QuerySet[City] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if cities is not None:
            self.fields["city"] = forms.ModelChoiceField(cities, label=_("Seat"), empty_label=None)
        for ending, lang in HTML_LANGUAGE.items():
            for field in ("name", "short", "long"):
                self.fields[f"{field}_{ending}"].widget.attrs["lang"] = lang
            self.fields[f"short_{ending}"].widget = forms.Textarea(
                attrs={"rows": 2, "lang": lang, "maxlength": 300}
            )
            self.fields[f"long_{ending}"].widget.attrs["rows"] = 6
        for choice in self.fields.values():
            if isinstance(choice, forms.TypedChoiceField):
                offered: Any = choice.choices
                choice.choices = [(value, label if value else "–") for value, label in offered]
        for name in ("founded", "employees_year", "turnover_year"):
            self.fields[name].widget.attrs.update({"min": 1000, "max": 2100})

    def _post_clean(self) -> None:
        """The row itself is left alone: the action looks at it again, locked, before it changes it."""

    def clean(self) -> dict[str, Any]:
        """A register number that cannot be right is said beside it; in another order the same is ticked."""
        data = self.cleaned_data
        for name in TICKED:
            before = self.initial.get(name) or []
            if sorted(before) == sorted(data.get(name, [])):
                data[name] = [*before]
        if {"register_kind", "register_number"} <= set(data):
            self.check_number(data)
        return data

    def check_number(self, data: dict[str, Any]) -> None:
        try:
            data["register_number"] = numbers.checked(data["register_kind"], data["register_number"])
        except numbers.NumberRefused as refusal:
            self.add_error("register_number", str(refusal.sentence))

    def values(self) -> dict[str, Any]:
        """What was filled in, as the actions take it."""
        return {name: self.cleaned_data[name] for name in KEPT}

    @property
    def parts(self) -> list[Part]:
        """The parts of the form in their order."""
        seat = ["city"] if "city" in self.fields else []
        one_is_enough = _("One language is enough; a reader of another one is told which it is.")
        return [
            Part("names", _("Names"), halves(NAMES)),
            Part("register", _("Seat and register"), [*halves(seat), *halves(REGISTER)]),
            Part("industry", _("Industry"), ["industry", *halves(CODES[1:])]),
            Part("size", _("Size"), thirds(SIZE)),
            Part("offer", _("What it offers"), ["products", *halves(LISTS[1:]), "languages"]),
            Part("interest", _("What it looks for"), [*halves(INTEREST), "cooperation_forms"]),
            Part("texts", _("Texts"), [*map(in_language, HTML_LANGUAGE)], one_is_enough),
            Part("release", _("Who sees it"), [*RELEASE]),
        ]

    def get_layout(self) -> Layout:
        return Layout("revision", *(part.laid_out() for part in self.parts))


class CompanyEntryForm(CompanyForm):
    """A new entry; who is told of entries that look alike says whether it is another company."""

    submit_label = _("Enter the company")
    submit_note = _("It is a draft at first, seen by your city and the secretariat only.")

    different = forms.BooleanField(label=_("It is another company"), required=False)


class SecretariatEntryForm(CompanyEntryForm):
    """The secretariat enters companies of any city."""

    city = SeatField(label=_("Seat"), help_text=_("A city of the register, by any of its names."))


def in_language(ending: str) -> Div:
    """The texts of one language beside where they come from."""
    names = (f"short_{ending}", f"long_{ending}")
    return Div(*names, Field(f"translation_{ending}", wrapper_class="half"), css_class="in-language")


def halves(names: Iterable[str]) -> list[Field]:
    return [Field(name, wrapper_class="half") for name in names]


def thirds(names: Iterable[str]) -> list[Field]:
    return [Field(name, wrapper_class="third") for name in names]
