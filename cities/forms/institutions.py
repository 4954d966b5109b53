"""What is asked about an institution and about a contact who is invited."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.pages.forms import FormHelperMixin
from cities.actions.institutions import NAMES, TEXTS
from cities.forms.sections import HTML_LANGUAGE
from cities.models import City, Institution
from cities.states import InstitutionKind


class SeatField(forms.CharField):
    """A city of the register by any of its names or its short name; no list of hundreds to scroll."""

    default_error_messages = {
        "unknown": _("“%(value)s” is not in the register. Try the name in another language."),
        "several": _("“%(value)s” could be several cities: %(cities)s. Please write the name in full."),
    }

    def to_python(self, value: Any) -> Any:
        text = (super().to_python(value) or "").strip()
        if not text:
            return None
        found = list(City.objects.public().search(text)[:6])
        exact = [city for city in found if text.casefold() in names_of(city)] or found
        if len(exact) == 1:
            return exact[0]
        if not exact:
            raise forms.ValidationError(self.error_messages["unknown"], params={"value": text})
        cities = ", ".join(city.name for city in exact)
        raise forms.ValidationError(self.error_messages["several"], params={"value": text, "cities": cities})

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, City) else value


def names_of(city: City) -> set[str]:
    names = (
        city.name_zh,
        city.name_zh.removesuffix("市"),
        city.name_de,
        city.name_en,
        city.pinyin,
        city.slug,
    )
    return {name.casefold() for name in names if name}


class InstitutionForm(FormHelperMixin, forms.Form):
    """Names in at least one language, kind, seat, and what it does."""

    submit_label = _("Save the institution")

    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    name_de = forms.CharField(label=_("Name in German"), max_length=200, required=False)
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "–"), *InstitutionKind.choices])
    seat = SeatField(label=_("Seat"), help_text=_("A city of the register, by any of its names."))
    website = forms.URLField(label=_("Web site"), required=False, assume_scheme="https")
    about_en = forms.CharField(label=_("Description in English"), required=False, widget=forms.Textarea)
    about_de = forms.CharField(label=_("Description in German"), required=False, widget=forms.Textarea)
    about_zh = forms.CharField(label=_("Description in Chinese"), required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for ending, lang in HTML_LANGUAGE.items():
            for part in ("name", "about"):
                self.fields[f"{part}_{ending}"].widget.attrs["lang"] = lang
            self.fields[f"about_{ending}"].widget.attrs["rows"] = 5

    @staticmethod
    def initial_of(institution: Institution) -> dict[str, Any]:
        texts = {field: getattr(institution, field) for field in TEXTS}
        return {**texts, "kind": institution.kind, "seat": institution.seat}

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not any(self.cleaned_data.get(field) for field in NAMES):
            self.add_error("name_en", _("Please give the name in at least one of the three languages."))
        return self.cleaned_data

    def texts(self) -> dict[str, str]:
        return {field: self.cleaned_data[field] for field in TEXTS}

    def get_layout(self) -> Layout:
        return Layout(
            Fieldset(_("Names"), "name_en", "name_de", "name_zh"),
            Fieldset(_("About it"), "kind", "seat", "website", "about_en", "about_de", "about_zh"),
        )
