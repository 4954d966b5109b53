"""What is asked about two entries that may be one company."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.pages.forms import ChoiceCards, FormHelperMixin
from alliance.pages.moments import day_text
from companies.models import Company


class ApartForm(FormHelperMixin, forms.Form):
    """That they are two companies, and how one knows."""

    submit_label = _("They are two companies")
    submit_note = _("The question is not asked again.")
    quiet = True

    note = forms.CharField(
        label=_("How do you know?"),
        max_length=300,
        required=False,
        help_text=_("For whoever wonders later. May be left empty."),
    )


class MergeForm(FormHelperMixin, forms.Form):
    """Which of two entries stands for the company from now on."""

    submit_label = _("Merge the two entries")
    submit_note = _("It cannot be undone. The history of both is kept.")
    danger = True

    stays = forms.ChoiceField(label=_("Which entry stays?"), widget=ChoiceCards)

    def __init__(self, *args: Any, companies: tuple[Company, Company], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.companies = companies
        field: Any = self.fields["stays"]
        field.choices = [(str(one.pk), one.registered_name) for one in companies]
        field.widget.hints = {str(one.pk): described(one) for one in companies}

    @property
    def stays_and_goes(self) -> tuple[Company, Company]:
        """The entry that was chosen, and the other one."""
        first, second = self.companies
        return (first, second) if self.cleaned_data["stays"] == str(first.pk) else (second, first)


def described(company: Company) -> str:
    """By what one tells an entry from another of the same name."""
    number = company.register_number
    entered = _("entered on %(day)s") % {"day": day_text(company.entered_at)}
    return " · ".join(filter(None, [company.city.name, number, str(company.get_state_display()), entered]))
