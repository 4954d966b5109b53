"""By what the queue of possible duplicates is narrowed."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from alliance.pages.filters import ListFilters
from cities.models import City
from companies.models.names import NAMES
from companies.states import DuplicateReason, DuplicateState


class DuplicateFilters(ListFilters):
    """By a name, number or city of either entry; by what speaks for it; by what was decided."""

    reason = ChoiceFilter(
        label=_("What speaks for it"), choices=DuplicateReason.choices, empty_label=_("Anything"), method="of"
    )
    state = ChoiceFilter(
        label=_("State"),
        choices=[(DuplicateState.DIFFERENT, DuplicateState.DIFFERENT.label)],
        empty_label=DuplicateState.OPEN.label,
    )

    def of(self, rows: QuerySet[Any], name: str, reason: str) -> QuerySet[Any]:
        return rows.filter(reasons__contains=[reason])

    def search(self, rows: QuerySet[Any], q: str) -> QuerySet[Any]:
        """Pairs of which one entry has the words in a name, or is in a city found."""
        found = City.objects.search(q).values("pk")
        meant = Q(first__city__in=found) | Q(second__city__in=found)
        for side in ("first", "second"):
            for field in (*NAMES, "register_number"):
                meant |= Q(**{f"{side}__{field}__icontains": q.strip()})
        return rows.filter(meant)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Unless asked otherwise, what is still to be decided."""
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("state") else rows.filter(state=DuplicateState.OPEN)
