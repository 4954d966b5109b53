"""What the secretariat fills in when a copy needs another way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.accounts.states import Language
from alliance.letters.states import DeliveryChannel
from alliance.pages.files import CheckedFileField
from alliance.pages.forms import FormHelperMixin

LONGEST_NOTE = 5000


class RedirectForm(FormHelperMixin, forms.Form):
    """Another address for a copy."""

    submit_label = _("Send to this address")
    submit_note = _("The first copy stays in the record as it is.")

    address = forms.EmailField(label=_("Other e-mail address"), max_length=254)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    note = forms.CharField(
        label=_("Note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Why, and who gave the address."),
    )


class HandOverForm(FormHelperMixin, forms.Form):
    """That a city got the letter otherwise than by e-mail."""

    submit_label = _("Enter the handing over")
    submit_note = _("The city sees it beside the letter, with the proof. It cannot be changed afterwards.")

    on_behalf_of = forms.ChoiceField(label=_("City"))
    channel = forms.ChoiceField(
        label=_("How it was handed over"),
        choices=[(one.value, one.label) for one in DeliveryChannel if one != DeliveryChannel.MAIL],
    )
    on = forms.DateField(
        label=_("Handed over on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("To whom it was handed over, and by whom; the number of the registered letter."),
    )
    proof = CheckedFileField(
        label=_("Proof"),
        help_text=_(
            "The receipt, the sent fax, a picture of the message or the signed confirmation: "
            "PDF, PNG, JPEG, DOCX or XLSX, up to 20 MB."
        ),
    )

    def __init__(self, *args: Any, cities: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = sorted(cities.items(), key=lambda one: one[1])
        self.fields["on_behalf_of"].choices = [("", _("Choose a city")), *choices]  # type: ignore[attr-defined]

    def get_layout(self) -> Layout:
        return Layout(
            Div("on_behalf_of", "channel", css_class="form-columns"),
            Div("on", css_class="form-columns"),
            "note",
            "proof",
        )
