"""What a firm fills in about itself, and what is asked of the officer who compares it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.pages.forms import FormHelperMixin
from alliance.pages.templatetags.pages import script_language
from companies.actions.sheets import SHEET_FIELDS
from companies.forms.companies import (
    INTEREST,
    LISTS,
    NAMES,
    REGISTER,
    SIZE,
    CompanyForm,
    Part,
    halves,
    thirds,
)

ENDINGS = ("zh", "de", "en")


class SheetForm(CompanyForm):
    """The entry as the firm says it. Who sees it, and what is a translation, is for the city to say."""

    submit_label = _("Send the sheet")
    submit_note = _("The city compares it with the entry before anything is taken over.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(SHEET_FIELDS):
            del self.fields[name]
        for name in LISTS:
            said = " ".join(self.initial.get(name) or [])
            self.fields[name].widget.attrs["lang"] = script_language(said)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in SHEET_FIELDS}

    @property
    def parts(self) -> list[Part]:
        """The parts of the form in their order, without what only the city says."""
        texts = [f"{field}_{ending}" for ending in ENDINGS for field in ("short", "long")]
        one_is_enough = _("One language is enough.")
        return [
            Part("names", _("Names"), halves(NAMES)),
            Part("register", _("Seat and register"), halves(REGISTER)),
            Part("industry", _("Industry"), ["industry", *halves(("national_scheme", "national_code"))]),
            Part("size", _("Size"), thirds(SIZE)),
            Part("offer", _("What you offer"), ["products", *halves(LISTS[1:]), "languages"]),
            Part("interest", _("What you look for"), [*halves(INTEREST), "cooperation_forms"]),
            Part("texts", _("Texts"), [*texts], one_is_enough),
            Part("release", _("Passing on"), ["released"]),
        ]

    def get_layout(self) -> Any:
        layout = super().get_layout()
        layout.fields.remove("revision")
        return layout


class TakeOverForm(forms.Form):
    """Which of the values are taken over."""

    fields_chosen = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=_("Values to take over")
    )

    def __init__(self, *args: Any, differing: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["fields_chosen"]
        field.choices = [(name, name) for name in differing]

    @property
    def ticked(self) -> set[str]:
        """What is ticked when the page is shown: everything at first, then as it was sent."""
        every = {name for name, _label in self.fields["fields_chosen"].choices}  # type: ignore[attr-defined]
        return set(self.data.getlist("fields_chosen")) if self.is_bound else every  # type: ignore[attr-defined]


class RefuseForm(FormHelperMixin, forms.Form):
    """Why a sheet is not taken over; the firm reads it."""

    submit_label = _("Do not take the sheet over")
    submit_note = _("The firm gets a mail with the reason. The entry stays as it is.")
    quiet = True

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
