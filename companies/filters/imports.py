"""What the lists of imports and of their rows are narrowed by."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from alliance.pages.filters import ListFilters
from cities.models import City
from companies.states import ImportState, Verdict

OPEN, LEFT_OUT, MEANWHILE = "open", "left_out", "meanwhile"


class ImportFilters(ListFilters):
    """By the name of the file or of the city in any script; by state."""

    state = ChoiceFilter(label=_("State"), choices=ImportState.choices, empty_label=_("All states"))

    def search(self, rows: QuerySet[Any], q: str) -> QuerySet[Any]:
        """Files of this name, and those of cities found."""
        found = City.objects.search(q).values("pk")
        return rows.filter(Q(city__in=found) | Q(filename__icontains=q.strip()))


class ImportRowFilters(ListFilters):
    """By what a row means; by a word of it, or its number."""

    kind = ChoiceFilter(
        label=_("Rows"),
        choices=[
            (OPEN, _("That need you")),
            *Verdict.choices,
            (MEANWHILE, _("Changed by others meanwhile")),
            (LEFT_OUT, _("Left out")),
        ],
        empty_label=_("All rows"),
        method="of_kind",
    )

    def of_kind(self, rows: QuerySet[Any], name: str, kind: str) -> QuerySet[Any]:
        if kind == OPEN:
            return rows.filter(left_out=False, verdict__in=[Verdict.MISTAKE, Verdict.DUPLICATE])
        if kind == LEFT_OUT:
            return rows.filter(left_out=True)
        if kind == MEANWHILE:
            return rows.filter(changed_meanwhile=True)
        return rows.filter(left_out=False, verdict=kind)

    def search(self, rows: QuerySet[Any], q: str) -> QuerySet[Any]:
        """The row of this number, or rows whose cells hold the words."""
        words = q.strip()
        held = Q(texts__icontains=words) | Q(values__registered_name__icontains=words)
        return rows.filter(held | Q(number=int(words)) if words.isdecimal() and len(words) < 9 else held)
