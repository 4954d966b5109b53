"""Which of a city's entries are taken up again after a new accession, and as what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from alliance.pages.forms import ChoiceCards
from alliance.pages.templatetags.pages import script_language
from companies.forms.publishing import DRAFTS, PUBLISHED, PublishingForm
from companies.models import Company

MOST = 50


class RestoreForm(PublishingForm):
    """Some of the entries that were archived because the membership had ended."""

    submit_label = _("Restore what is ticked")
    submit_note = _("Each company by itself: one that cannot be restored is named, and stays as it is.")
    asked = "restored_as"
    field_order = ("companies", "restored_as", "publish_until")

    companies = forms.ModelMultipleChoiceField(
        label=_("Companies"),
        queryset=Company.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please tick at least one company.")},
    )
    restored_as = forms.ChoiceField(
        label=_("What becomes of them?"),
        choices=[(DRAFTS, _("Restore")), (PUBLISHED, _("Restore and publish"))],
        initial=DRAFTS,
        widget=ChoiceCards(
            hints={
                DRAFTS: _("They are drafts; others do not see them until somebody publishes them."),
                PUBLISHED: _("You say that you have looked at each of them and that it still holds."),
            }
        ),
    )

    def __init__(
        self, *args: Any, rows: QuerySet[Company], offered: Iterable[Company], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["companies"]
        field.queryset = rows
        field.choices = [(company.pk, described(company)) for company in offered]

    def clean_companies(self) -> QuerySet[Company]:
        chosen: QuerySet[Company] = self.cleaned_data["companies"]
        if chosen.count() > MOST:
            raise forms.ValidationError(_("Please tick %(most)s at most at once."), params={"most": MOST})
        return chosen


def described(company: Company) -> SafeString:
    """By what an officer knows it again after a long time."""
    known = [company.industry.name if company.industry else "", company.register_number]
    look = format_html('<a href="{}">{}</a>', company.get_absolute_url(), _("Look at the entry"))
    return format_html(
        '<span lang="{}">{}</span> <span class="small">{}</span>',
        script_language(company.name),
        company.name,
        format_html_join(" · ", "{}", ([one] for one in [*filter(None, known), look])),
    )
