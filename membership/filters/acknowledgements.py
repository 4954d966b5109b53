"""By what the list of acknowledgements is searched and narrowed."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alliance.pages.filters import ListFilters
from alliance.search import matches
from cities.states import Country


class AcknowledgementFilters(ListFilters):
    """Cities by name, country, and whether they have acknowledged."""

    country = django_filters.ChoiceFilter(
        label=_("Country"), field_name="city__country", choices=Country.choices, empty_label=_("Both")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("acknowledged", _("Acknowledged")), ("missing", _("Not yet"))],
        empty_label=_("All"),
        method="in_state",
    )

    def search(self, rows: QuerySet, q: str) -> QuerySet:
        found = Q()
        for word in q.split():
            found &= matches("city__search_key", word)
        return rows.filter(found)

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(made_at__isnull=value == "missing")
