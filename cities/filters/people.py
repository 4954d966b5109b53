"""By what officers, invitations and cities without a lead are found."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.states import InvitationState
from alliance.pages.filters import ListFilters
from alliance.search import matches
from cities.states import Country, OfficerLevel, OfficerState


class OfficerFilters(ListFilters):
    """Officers: by person, function or city, by state, level and country."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=OfficerState.choices, empty_label=_("All states")
    )
    level = django_filters.ChoiceFilter(
        label=_("Level"), choices=OfficerLevel.choices, empty_label=_("All levels")
    )
    country = django_filters.ChoiceFilter(
        label=_("Country"),
        choices=Country.choices,
        empty_label=_("Both countries"),
        field_name="city__country",
    )

    def search(self, rows: QuerySet[Any], q: str) -> QuerySet[Any]:
        """Each word stands in the person's name, address or function, or finds the city in any script."""
        for word in q.split():
            person = Q(user__name__icontains=word) | Q(user__email__icontains=word)
            rows = rows.filter(person | Q(function__icontains=word) | matches("city__search_key", word))
        return rows


class InvitationFilters(ListFilters):
    """Invitations: by address, name, city or institution, and by how they stand."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=InvitationState.choices,
        empty_label=_("All states"),
        method="in_state",
    )

    def in_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.in_state(value, timezone.now())  # type: ignore[attr-defined]

    def search(self, rows: QuerySet[Any], q: str) -> QuerySet[Any]:
        for word in q.split():
            rows = rows.filter(
                Q(email__icontains=word)
                | Q(name__icontains=word)
                | matches("officer__city__search_key", word)
                | matches("contact__institution__search_key", word)
            )
        return rows


class CityChoice(ListFilters):
    """The city somebody registers for, found in any script."""

    country = django_filters.ChoiceFilter(
        label=_("Country"), choices=Country.choices, empty_label=_("Both countries")
    )

    def search(self, rows: QuerySet[Any], q: str) -> QuerySet[Any]:
        return rows.search(q)  # type: ignore[attr-defined]
