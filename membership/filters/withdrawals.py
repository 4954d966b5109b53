"""What the list of withdrawals is narrowed by."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, NumberFilter

from alliance.pages.filters import ListFilters
from cities.models import City
from cities.states import Country
from membership.states import WithdrawalState


class WithdrawalFilters(ListFilters):
    """By the name of the city in any script or the reference number; by state, country and year."""

    state = ChoiceFilter(label=_("State"), choices=WithdrawalState.choices, empty_label=_("All states"))
    country = ChoiceFilter(
        label=_("Country"),
        choices=Country.choices,
        empty_label=_("Both countries"),
        field_name="place__city__country",
    )
    year = NumberFilter(
        label=_("Year"), field_name="filed_at", lookup_expr="year", min_value=2000, max_value=9999
    )

    def search(self, rows: QuerySet[Any], q: str) -> QuerySet[Any]:
        """The rows of cities found, or with this reference number."""
        found = City.objects.search(q).values("pk")
        return rows.filter(Q(place__city__in=found) | Q(reference__icontains=q.strip()))
