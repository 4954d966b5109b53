"""What is asked on the way of a file into the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alliance.pages.forms import ChoiceCards, FormHelperMixin
from alliance.pages.sheets.fields import SheetField
from alliance.pages.templatetags.pages import script_language
from cities.models import City
from companies.actions.columns import BY_KEY, COLUMNS, Words
from companies.actions.imports import Shown, texts_of
from companies.forms.publishing import DRAFTS, PUBLISHED, PublishingForm
from companies.models import Import, ImportRow

LONG_TEXTS = {"long_zh", "long_de", "long_en", "short_zh", "short_de", "short_en"}
LONGEST_CELL = 20_000


class UploadForm(FormHelperMixin, forms.Form):
    """A spreadsheet, and whose companies it holds."""

    submit_label = _("Upload the file")
    submit_note = _("Nothing is written yet: first you see what each row means.")

    city = forms.ModelChoiceField(label=_("Companies of"), queryset=City.objects.none(), to_field_name="slug")
    file = SheetField(label=_("Spreadsheet"))

    def __init__(self, *args: Any, cities: QuerySet[City], any_city: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["city"]
        field.queryset = cities
        field.label_from_instance = lambda city: city.name
        if any_city:
            field.required, field.empty_label = False, _("Several cities: the file has a column for it")
        elif len(cities) == 1:
            field.initial, field.empty_label = cities[0].slug, None


class ColumnsForm(forms.Form):
    """Which of our columns each column of the file is."""

    def __init__(self, *args: Any, run: Import, samples: Sequence[Sequence[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("– leave out –")), *((column.key, column.label) for column in COLUMNS)]
        self.run = run
        for place, head in enumerate(run.heads):
            field = forms.ChoiceField(label=head, choices=choices, required=False, initial=run.mapping[place])
            self.fields[f"column_{place}"] = field
        self.samples = samples

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each column of the file with its first values, and the field to say what it is."""
        return [
            {
                "head": head,
                "samples": [row[place] for row in self.samples if place < len(row) and row[place]][:3],
                "field": self[f"column_{place}"],
            }
            for place, head in enumerate(self.run.heads)
        ]

    @property
    def mapping(self) -> list[str]:
        return [self.cleaned_data[f"column_{place}"] for place in range(len(self.run.heads))]


class CarryOutForm(PublishingForm):
    """Whether new companies are drafts, or published at once."""

    submit_label = _("Carry out the import")
    submit_note = _("All of it is written at once, or nothing. It can be undone while nobody has changed it.")
    asked = "new_ones"
    field_order = ("new_ones", "publish_until")

    new_ones = forms.ChoiceField(
        label=_("New companies"),
        choices=[(DRAFTS, _("Enter them as drafts")), (PUBLISHED, _("Publish them at once"))],
        initial=DRAFTS,
        widget=ChoiceCards(
            hints={
                DRAFTS: _("Others do not see them until somebody publishes them one by one."),
                PUBLISHED: _("You say that you have checked what the file says."),
            }
        ),
    )


class RowForm(forms.Form):
    """The cells of one row, to be typed anew; what is wrong with a cell stands beside it."""

    def __init__(
        self, *args: Any, run: Import, row: ImportRow, words: Words, shown: Sequence[Shown], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.wrong = {one.key: one for one in shown if one.key}
        self.general = [one for one in shown if not one.key]
        texts = texts_of(row, words)
        keys = [key for key in BY_KEY if key in run.mapping or key in self.wrong]
        for key in sorted(keys, key=lambda key: key not in self.wrong):
            self.fields[key] = cell(key, texts.get(key, ""))
            if key in self.wrong:
                self.fields[key].help_text = BY_KEY[key].explanation
                self.fields[key].widget.attrs |= {
                    "aria-invalid": "true",
                    "aria-describedby": f"wrong_{key}",
                    "class": "is-invalid",
                }

    @property
    def wrong_lines(self) -> list[dict[str, Any]]:
        """Each cell that is wrong, with what is wrong with it."""
        return [
            {"field": self[key], "wrong": self.wrong[key], "allowed": allowed_in(key)}
            for key in self.fields
            if key in self.wrong
        ]

    @property
    def other_lines(self) -> list[dict[str, Any]]:
        """The cells that are right."""
        return [{"field": self[key]} for key in self.fields if key not in self.wrong]

    @property
    def typed(self) -> dict[str, str]:
        """The cells that were changed."""
        return {key: self.cleaned_data[key] for key in self.changed_data}


def cell(key: str, text: str) -> forms.CharField:
    """One cell, as it stands in the file."""
    lang = {"lang": script_language(text)}
    return forms.CharField(
        label=BY_KEY[key].label,
        required=False,
        strip=False,
        max_length=LONGEST_CELL,
        initial=text,
        widget=forms.Textarea({"rows": 3, **lang}) if key in LONG_TEXTS else forms.TextInput(lang),
    )


def allowed_in(key: str) -> str:
    """The values that a column takes, where it takes only some."""
    return " · ".join(str(label) for _value, label in BY_KEY[key].allowed)
