"""Rows of key figures and of present cooperations, as profile and application ask for them."""

import re
from collections.abc import Hashable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from alliance.pages.charts import number
from cities.forms.rows import RowForm, RowFormSet, row_formset
from cities.models.contents import comma, figure_label
from cities.models.figures import MONEY, FigureFields, unit_words
from cities.states import UNITS, Concept, CooperationKind, Currency, FigureStatus, Indicator, Unit

FIRST_FIGURE, FIRST_COOPERATION = 1950, 800
SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’]")
NOTHING_CHOSEN = ("", "–")
FIGURE_KEY = ("indicator", "year", "concept", "territory")


def this_year() -> int:
    return timezone.localdate().year


class AmountField(forms.DecimalField):
    """A number as people write it: 1,234.5 or 1.234,5 by language; a lone mark before other than three
    digits is the decimal point in either language."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """A kept figure as the reader writes numbers, without zeros at its end."""
        if not isinstance(value, Decimal):
            return value
        text = f"{value:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text.replace(".", get_format("DECIMAL_SEPARATOR"))


def plain_number(text: str) -> str:
    """The number with a point and without marks between thousands."""
    text = SPACES.sub("", text)
    point = get_format("DECIMAL_SEPARATOR")
    comma = "." if point == "," else ","
    if re.fullmatch(rf"-?\d{{1,3}}(\{comma}\d{{3}})+(\{point}\d*)?", text):
        text = text.replace(comma, "")
    return text.replace(",", ".") if text.count(",") + text.count(".") == 1 else text


def as_written(value: Any) -> str:
    """A value as the reader writes it, thousands apart; what is no number stays as it was typed."""
    try:
        return number(Decimal(plain_number(str(value))))
    except InvalidOperation:
        return str(value)


class FigureForm(RowForm):
    """A key figure with everything that makes it comparable; the unit follows from the indicator."""

    indicator = forms.ChoiceField(label=_("Indicator"), choices=[NOTHING_CHOSEN, *Indicator.choices])
    year = forms.IntegerField(
        label=_("Year"),
        min_value=FIRST_FIGURE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
    )
    value = AmountField(
        label=_("Value"),
        max_digits=18,
        decimal_places=2,
        min_value=Decimal(0),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[NOTHING_CHOSEN, *Currency.choices], required=False
    )
    concept = forms.ChoiceField(
        label=_("Who is counted"),
        choices=[NOTHING_CHOSEN, *[choice for choice in Concept.choices if choice[0]]],
        required=False,
    )
    territory = forms.CharField(label=_("Territory, if not the city's own"), max_length=200, required=False)
    status = forms.ChoiceField(label=_("Status"), choices=FigureStatus.choices, required=False)
    source = forms.CharField(label=_("Source"), max_length=300)

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if year > this_year():
            raise forms.ValidationError(_("The year %(year)s has not come yet."), params={"year": year})
        return year

    def clean(self) -> dict[str, Any]:
        """Currency only and always for sums of money, the concept only and always for population."""
        super().clean()
        data = self.cleaned_data
        indicator = data.get("indicator")
        if not indicator:
            return data
        data["unit"] = UNITS[indicator]
        self._belongs("currency", indicator in MONEY, _("Please say in which currency."))
        self._belongs(
            "concept", indicator == Indicator.POPULATION, _("Please say which population is meant.")
        )
        if indicator == Indicator.UNEMPLOYMENT_RATE and (data.get("value") or 0) > 100:
            self.add_error("value", _("A rate is at most 100 %."))
        return data

    def _belongs(self, name: str, needed: bool, sentence: Any) -> None:
        if not needed:
            self.cleaned_data[name] = ""
        elif not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, sentence)

    def key(self) -> tuple[Hashable, ...]:
        return tuple(self.cleaned_data[name] for name in FIGURE_KEY)

    def subject(self) -> str:
        return figure_label(self.cleaned_data)

    @staticmethod
    def initial_of(figure: FigureFields) -> dict[str, Any]:
        """What stands in the row of a kept figure."""
        return {**figure.as_content(), "value": figure.value}

    def summary(self) -> str:
        figure = {name: self[name].value() or "" for name in (*FIGURE_KEY, "value", "currency")}
        if figure["indicator"] not in UNITS or figure["concept"] not in Concept.values:
            return ""
        unit = UNITS[figure["indicator"]]
        currency = figure["currency"] if figure["currency"] in Currency.values else ""
        words = [as_written(figure["value"]), "" if unit == Unit.COUNT else unit_words(unit, currency)]
        return f"{figure_label(figure)} · {' '.join(words)}".strip()


class FigureRows(RowFormSet):
    row_name = _("Figure")


FigureFormSet = row_formset(FigureForm, FigureRows)
"""`FigureFormSet(data, initial=[FigureForm.initial_of(figure) …], prefix="figures")`; see `rows()`."""


class CooperationForm(RowForm):
    """A present cooperation: with whom, of what kind, since when."""

    partner = forms.CharField(label=_("Partner"), max_length=200)
    partner_country = forms.CharField(label=_("Country of the partner"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[NOTHING_CHOSEN, *CooperationKind.choices])
    since = forms.IntegerField(
        label=_("Since (year)"),
        min_value=FIRST_COOPERATION,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
    )
    description = forms.CharField(label=_("Description"), max_length=500, required=False)

    def clean_since(self) -> int | None:
        year = self.cleaned_data["since"]
        if year and year > this_year():
            raise forms.ValidationError(_("The year %(year)s has not come yet."), params={"year": year})
        return year

    def key(self) -> tuple[Hashable, ...]:
        return (self.cleaned_data["partner"], self.cleaned_data["kind"])

    def subject(self) -> str:
        return comma().join(
            [str(CooperationKind(self.cleaned_data["kind"]).label), self.cleaned_data["partner"]]
        )

    def summary(self) -> str:
        partner, country, kind, since = (
            str(self[name].value() or "") for name in ("partner", "partner_country", "kind", "since")
        )
        if not partner or kind not in CooperationKind.values:
            return ""
        return " · ".join(filter(None, [partner, country, str(CooperationKind(kind).label), since]))


class CooperationRows(RowFormSet):
    row_name = _("Cooperation")


CooperationFormSet = row_formset(CooperationForm, CooperationRows)
"""`CooperationFormSet(data, initial=[row.as_content() …], prefix="cooperations")`; see `rows()`."""
