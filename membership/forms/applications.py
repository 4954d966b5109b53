"""The steps of an application as forms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from alliance.pages.files import CheckedFileField
from alliance.pages.forms import FormHelperMixin
from cities.forms.sections import IndustriesField
from cities.models import City
from cities.states import Section
from membership.models import Application, Attachment
from membership.models.contents import CONTACT_FIELDS


class CitiesForm(FormHelperMixin, forms.Form):
    """Which cities apply: the person's own, and others of the same country that join in."""

    cities = forms.ModelMultipleChoiceField(
        queryset=City.objects.none(),
        label=_("Your cities"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one of your cities.")},
    )
    others = forms.ModelMultipleChoiceField(
        queryset=City.objects.none(),
        label=_("Other cities that apply together with yours"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    form_tag = False

    def __init__(self, *args: Any, own: QuerySet[City], others: QuerySet[City], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cities"].queryset = own  # type: ignore[attr-defined]
        self.fields["others"].queryset = others  # type: ignore[attr-defined]
        if not others.exists():
            del self.fields["others"]

    @property
    def chosen(self) -> list[City]:
        """All cities chosen, one's own first."""
        return [*self.cleaned_data["cities"], *self.cleaned_data.get("others", [])]


class IndustriesForm(forms.Form):
    """The industries that characterise the cities."""

    industries = IndustriesField()


class ContactForm(FormHelperMixin, forms.ModelForm):  # type: ignore[type-arg]
    """The contact, who signs, and the resolution behind the application."""

    form_tag = False

    class Meta:
        model = Application
        fields = [f"{group}_{name}" for group, names in CONTACT_FIELDS.items() for name in names]
        labels = {
            "contact_name": _("Name"),
            "contact_function": _("Function"),
            "contact_email": _("Work e-mail address"),
            "contact_phone": _("Work telephone"),
            "signatory_name": _("Name"),
            "signatory_function": _("Function"),
            "resolution_body": _("Body that resolved"),
            "resolution_number": _("Number"),
            "resolution_date": _("Date"),
        }
        help_texts = {
            "resolution_body": _("For example the city council or its committee for economic affairs."),
        }
        widgets = {
            "resolution_date": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_resolution_date(self) -> Any:
        """A resolution lies behind the application, not before it."""
        day = self.cleaned_data["resolution_date"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(
                _("This day is still to come. Please give the day of the resolution.")
            )
        return day

    def get_layout(self) -> Layout:
        hint = _("The signed file itself is added in the step “Attachments”.")
        return Layout(
            Fieldset(
                _("Whom may we ask?"),
                columns("contact_name", "contact_function"),
                columns("contact_email", "contact_phone"),
            ),
            Fieldset(_("Who signs for the city?"), columns("signatory_name", "signatory_function")),
            Fieldset(
                _("What was resolved?"),
                shown("resolution_body"),
                columns("resolution_number", "resolution_date"),
            ),
            HTML(format_html('<p class="small">{}</p>', hint)),
        )


OPTIONAL = {"contact_function", "contact_phone", "signatory_function"}


def shown(name: str) -> Field:
    """A field; those needed before the application is submitted are not called optional."""
    return Field(name) if name in OPTIONAL else Field(name, template="cities/row_field.html")


def columns(*names: str) -> Div:
    """Fields beside each other."""
    return Div(*(shown(name) for name in names), css_class="form-columns")


class AttachmentForm(FormHelperMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A file and what it is."""

    form_tag = False
    file = CheckedFileField(label=_("File"))

    class Meta:
        model = Attachment
        fields = ["file", "kind", "language", "date", "reference"]
        help_texts = {"reference": _("A number it bears, for example.")}
        labels = {"date": _("Date it bears")}
        widgets = {"date": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}

    def get_layout(self) -> Layout:
        return Layout("file", Div("kind", "language", "date", "reference", css_class="form-columns"))


class ReturnForm(FormHelperMixin, forms.Form):
    """What is to be corrected, section by section."""

    submit_label = _("Return the application")
    submit_note = _("The applicant gets a letter with these comments, corrects and submits again.")
    danger = True

    def __init__(self, *args: Any, sections: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for section, label in sections:
            self.fields[section or "general"] = forms.CharField(
                label=label,
                required=False,
                max_length=5000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def clean(self) -> dict[str, Any]:
        """At least one comment."""
        data = super().clean() or {}
        if not any(text.strip() for text in data.values()):
            raise forms.ValidationError(
                _("Please write at least one comment that says what is to be corrected.")
            )
        return data

    @property
    def comments(self) -> dict[str, str]:
        """The comments by section."""
        return {"" if name == "general" else name: text for name, text in self.cleaned_data.items()}


class RetractForm(FormHelperMixin, forms.Form):
    """Why an application is taken back, if the applicant wants to say."""

    submit_label = _("Retract the application")
    danger = True
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


def sections_to_comment() -> list[tuple[str, Any]]:
    """What a comment can be about."""
    return [
        *Section.choices,
        ("contact", _("Contact and resolution")),
        ("attachments", _("Attachments")),
        ("", _("In general")),
    ]
