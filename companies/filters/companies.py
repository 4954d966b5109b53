"""By what the list of companies is searched and narrowed."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliance.pages.filters import LONGEST_SEARCH, ListFilters
from alliance.search import matches
from cities.actions import industry_search
from cities.forms.institutions import names_of
from cities.models import City, Industry
from cities.states import Country
from companies.querysets.wanted import Wanted
from companies.states import CompanyState, CooperationForm, Freshness, InvestmentDirection, SizeBand

MOST_CITIES = 20
NOT_ARCHIVED = tuple(state for state in CompanyState.values if state != CompanyState.ARCHIVED)


def typed(name: str) -> forms.TextInput:
    """A line to type in; with a script what may be meant is offered below it."""
    offered = {
        "hx-get": reverse_lazy(f"companies:{name}_options"),
        "hx-trigger": "focus once, input changed delay:200ms",
        "hx-target": f"#{name}-options",
        "hx-swap": "innerHTML",
        **dict.fromkeys(("hx-select", "hx-select-oob"), "unset"),
        "hx-push-url": "false",
    }
    return forms.TextInput(attrs={"autocomplete": "off", "list": f"{name}-options", **offered})


class CompanyFilters(ListFilters):
    """Everything by which companies are narrowed; the rows themselves are found by the search.

    City and industry are typed, so that no list of hundreds is drawn; what is typed may mean several cities.
    """

    country = django_filters.ChoiceFilter(
        label=_("Country"), choices=Country.choices, empty_label=_("Both countries"), method="keep"
    )
    city = django_filters.CharFilter(
        label=_("City"),
        method="keep",
        max_length=LONGEST_SEARCH,
        widget=typed("city"),
    )
    industry = django_filters.CharFilter(
        label=_("Industry"),
        method="keep",
        max_length=LONGEST_SEARCH,
        widget=typed("industry"),
    )
    size = django_filters.ChoiceFilter(
        label=_("Size"), choices=SizeBand.choices, empty_label=_("All sizes"), method="keep"
    )
    direction = django_filters.ChoiceFilter(
        label=_("Investment interest"),
        choices=InvestmentDirection.choices,
        empty_label=_("Any"),
        method="keep",
    )
    freshness = django_filters.ChoiceFilter(
        label=_("Freshness"), choices=Freshness.choices, empty_label=_("Any"), method="keep"
    )
    cooperation = django_filters.MultipleChoiceFilter(
        label=_("Kinds of cooperation looked for"),
        choices=CooperationForm.choices,
        method="keep",
        widget=forms.CheckboxSelectMultiple,
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=CompanyState.choices, empty_label=_("Not archived"), method="keep"
    )

    def __init__(self, *args: Any, sees_drafts: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notes: list[str] = []
        if not sees_drafts:
            del self.filters["state"]

    def keep(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """The search narrows the rows, see `wanted`."""
        return rows

    def search(self, rows: QuerySet[Any], q: str) -> QuerySet[Any]:
        return rows

    @cached_property
    def asked(self) -> dict[str, Any]:
        """What was understood of the address."""
        self.form.is_valid()
        return self.form.cleaned_data if self.form.is_bound else {}

    @property
    def words(self) -> str:
        return str(self.asked.get("q") or "").strip()

    @cached_property
    def wanted(self) -> Wanted:
        """By what the search narrows."""
        asked = self.asked
        state = asked.get("state")
        return Wanted(
            country=asked.get("country") or "",
            cities=self.meant_cities,
            industry=self.meant_industry.code if self.meant_industry else "",
            sizes=(asked["size"],) if asked.get("size") else (),
            forms=tuple(asked.get("cooperation") or ()),
            direction=asked.get("direction") or "",
            freshness=asked.get("freshness") or "",
            states=(state,) if state else NOT_ARCHIVED,
        )

    @cached_property
    def meant_cities(self) -> tuple[int, ...]:
        """The cities that the typed text means: by short name, else all whose names it begins."""
        text = str(self.asked.get("city") or "").strip()
        if not text:
            return ()
        named = Q(slug=text.casefold()) | matches("search_key", text)
        found = list(City.objects.public().filter(named)[:MOST_CITIES])
        exact = [city for city in found if text.casefold() in names_of(city)] or found
        if not exact:
            said = gettext("No city of the register is called “%(text)s”; companies of all cities are shown.")
            self.notes.append(said % {"text": text})
        return tuple(city.pk for city in exact)

    @cached_property
    def meant_industry(self) -> Industry | None:
        """The industry that the typed text means, by code or by words in any language."""
        text = str(self.asked.get("industry") or "").strip()
        if not text:
            return None
        found = industry_search.meant(text) or next(iter(industry_search.find(text, most=1)), None)
        if found is None:
            said = gettext("No industry is called “%(text)s”; companies of all industries are shown.")
            self.notes.append(said % {"text": text})
        return found

    @property
    def in_line(self) -> list[Any]:
        """The fields that stand beside each other, without the words and the ticks."""
        return [field for field in self.form if field.name not in ("q", "cooperation")]

    def ignored(self) -> list[str]:
        self.wanted  # noqa: B018 - what is typed is understood by looking it up
        return [*super().ignored(), *self.notes]
