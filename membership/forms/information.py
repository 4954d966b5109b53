"""The form of a circular that informs and asks for no consent."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from alliance.pages.forms import ChoiceCards, FormHelperMixin
from cities.states import Country
from membership.actions.deadlines import end_of_day
from membership.forms.circulars import (
    LANGUAGES,
    TEXT_FIELDS,
    body_field,
    date_input,
    deadline_help,
    initial_of,
    subject_field,
)
from membership.models import Circular

ALL = "all"
SIDES = [
    (ALL, _("To all members")),
    (Country.CHINA.value, _("To the Chinese side")),
    (Country.GERMANY.value, _("To the German side")),
]


class InformationForm(FormHelperMixin, forms.Form):
    """The texts in three languages, whom they go to, and by when they are to be acknowledged."""

    submit_label = _("Save the draft")
    submit_note = _("Nothing is sent yet.")

    side = forms.ChoiceField(label=_("Whom does it go to?"), choices=SIDES, widget=ChoiceCards)
    deadline = forms.DateField(
        label=_("Please acknowledge by"),
        required=False,
        widget=date_input(),
        help_text=_("May stay empty: then the circular is open until the secretariat closes it."),
    )

    def __init__(self, *args: Any, circular: Circular | None = None, **kwargs: Any) -> None:
        known = {**initial_of(circular), "side": circular.side or ALL} if circular else {"side": ALL}
        kwargs["initial"] = {**known, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for language, (tag, name) in LANGUAGES.items():
            self.fields[f"subject_{language}"] = subject_field(name, tag)
            self.fields[f"body_{language}"] = body_field(name, tag)
        if circular and circular.deadline:
            self.fields["deadline"].help_text = deadline_help(circular.deadline)

    def values(self) -> dict[str, Any]:
        """As the action takes it: the deadline is the end of the day, in the alliance's zone."""
        data = self.cleaned_data
        day = data["deadline"]
        return {
            "texts": {name: data[name] for name in TEXT_FIELDS},
            "side": "" if data["side"] == ALL else data["side"],
            "deadline": end_of_day(day, settings.ALLIANCE_TIME_ZONE) if day else None,
        }

    def get_layout(self) -> Layout:
        texts = [
            Fieldset(
                format_html('<span lang="{}">{}</span>', tag, name), f"subject_{language}", f"body_{language}"
            )
            for language, (tag, name) in LANGUAGES.items()
        ]
        return Layout("side", Div("deadline", css_class="field-short"), *texts)
