"""Files that belong to a company: documents, and its logo."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.pages.files import CheckedFileField
from alliance.pages.forms import FormHelperMixin
from companies.states import CompanyLanguage


class DocumentForm(FormHelperMixin, forms.Form):
    """A document, what it is called, and its language."""

    submit_label = _("Add the document")
    submit_note = _("Whoever sees the entry can read it.")

    file = CheckedFileField(label=_("File"))
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", "–"), *CompanyLanguage.choices], required=False
    )


class LogoForm(FormHelperMixin, forms.Form):
    """The logo as a picture."""

    submit_label = _("Use this logo")

    file = CheckedFileField(label=_("Picture"), help_text=_("PNG or JPEG, up to 2 MB."))
