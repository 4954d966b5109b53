"""What is asked about a person through whom a company is reached."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div, Field, Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.pages.forms import FormHelperMixin
from companies.actions.contacts import FIELDS
from companies.models import Contact


class ContactForm(FormHelperMixin, forms.ModelForm):
    """Work channels only; a legal basis, and for whom the person is released."""

    submit_label = _("Save the contact")
    submit_note = _("Without a release only your city and the alliance’s staff see the person.")

    class Meta:
        model = Contact
        fields = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["legal_basis"]
        field.choices = [("", _("Please choose")), *(one for one in field.choices if one[0])]

    def _post_clean(self) -> None:
        """The row itself is left alone: the action looks at it again, locked, before it changes it."""

    def values(self) -> dict[str, Any]:
        """What was filled in, as the actions take it."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    def get_layout(self) -> Layout:
        half = [Field(name, wrapper_class="half") for name in ("name", "function", "email", "phone")]
        return Layout(
            Fieldset(_("Person"), Div(*half, "stated_as_work", css_class="fields")),
            Fieldset(_("Legal basis"), "legal_basis", "basis_note"),
            Fieldset(_("Released to"), "for_members", "for_passing_on", "for_public"),
        )
