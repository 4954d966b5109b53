"""By what the list of members is searched and narrowed: first of all by a day."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.pages.filters import ListFilters
from alliance.search import matches
from cities.models import Industry, Profile
from cities.states import Country, IndustryLevel
from membership.models.membership import alliance_day
from membership.states import MembershipKind

JOINT_NAMES = ("membership__name_en", "membership__name_de", "membership__name_zh")


class MemberFilters(ListFilters):
    """Members on a day (today in the alliance's zone), by side, kind and sector of industry."""

    on = django_filters.DateFilter(
        label=_("On (empty: today)"),
        method="keep",
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    country = django_filters.ChoiceFilter(
        label=_("Country"),
        field_name="city__country",
        choices=Country.choices,
        empty_label=_("Both"),
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=MembershipKind.choices, empty_label=_("All kinds")
    )
    sector = django_filters.ChoiceFilter(
        label=_("Sector of industry"), method="in_sector", empty_label=_("All sectors")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = Industry.objects.filter(level=IndustryLevel.SECTION)
        self.filters["sector"].extra["choices"] = [(row.code, str(row)) for row in sections]

    @cached_property
    def day(self) -> date:
        """The day asked for; what is no date means today."""
        understood = self.form.cleaned_data if self.form.is_bound and self.form.errors is not None else {}
        return understood.get("on") or alliance_day(timezone.now())

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return super().filter_queryset(queryset).on(self.day)  # type: ignore[attr-defined]

    def keep(self, rows: QuerySet[Any], name: str, value: date) -> QuerySet[Any]:
        """The day narrows the list whether it was asked for or not, see `filter_queryset`."""
        return rows

    def in_sector(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Cities whose profile names the section or one of its divisions."""
        named = Profile.objects.filter(Q(industries__code=value) | Q(industries__parent__code=value))
        return rows.filter(city__in=named.values("city"))

    def search(self, rows: QuerySet[Any], q: str) -> QuerySet[Any]:
        """By any name of the city in any script, or by the joint name of the membership."""
        joint = Q()
        for field in JOINT_NAMES:
            joint |= Q(**{f"{field}__icontains": q.strip()})
        return rows.filter(matches("city__search_key", q) | joint)
