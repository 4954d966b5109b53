"""What the list of applications is narrowed by."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from alliance.pages.filters import ListFilters
from cities.models import City
from cities.states import Country
from membership.models import ApplicationCity
from membership.states import ApplicationState


class ApplicationFilters(ListFilters):
    """By the name of a city in any script, the reference number, state and country."""

    state = ChoiceFilter(label=_("State"), choices=ApplicationState.choices, empty_label=_("All states"))
    country = ChoiceFilter(
        label=_("Country"), choices=Country.choices, empty_label=_("Both countries"), field_name="country"
    )

    def search(self, rows: QuerySet[Any], q: str) -> QuerySet[Any]:
        """The rows of cities found, or with this reference number."""
        places = ApplicationCity.objects.filter(city__in=City.objects.search(q))
        return rows.filter(Q(pk__in=places.values("application")) | Q(reference__icontains=q.strip()))
