"""By what institutions are searched and narrowed."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alliance.pages.filters import LONGEST_SEARCH, ListFilters
from alliance.search import matches
from cities.states import Country, InstitutionKind


class InstitutionFilters(ListFilters):
    """Institutions by name, kind, country and seat; a seat is found by any of its names."""

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=InstitutionKind.choices, empty_label=_("All kinds")
    )
    country = django_filters.ChoiceFilter(
        label=_("Country"),
        field_name="seat__country",
        choices=Country.choices,
        empty_label=_("Both"),
    )
    seat = django_filters.CharFilter(label=_("Seat"), method="with_seat", max_length=LONGEST_SEARCH)

    def search(self, rows: QuerySet[Any], q: str) -> QuerySet[Any]:
        return rows.filter(matches("search_key", q))

    def with_seat(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(matches("seat__search_key", value))
