"""By what the list of sheets that firms filled in is narrowed."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from alliance.pages.filters import ListFilters
from cities.models import City
from companies.models.names import NAMES
from companies.states import SubmissionState

DEALT_WITH = [SubmissionState.TAKEN_OVER, SubmissionState.REFUSED, SubmissionState.REPLACED]


class SheetFilters(ListFilters):
    """By a name of the company or its city; by what became of the sheet."""

    state = ChoiceFilter(
        label=_("State"),
        choices=[(state.value, state.label) for state in DEALT_WITH],
        empty_label=SubmissionState.WAITING.label,
    )

    def search(self, rows: QuerySet[Any], q: str) -> QuerySet[Any]:
        """Sheets of companies that have the words in a name, or of cities found."""
        meant = Q(link__company__city__in=City.objects.search(q).values("pk"))
        for field in NAMES:
            meant |= Q(**{f"link__company__{field}__icontains": q.strip()})
        return rows.filter(meant)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Unless asked otherwise, what waits."""
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("state") else rows.waiting()
