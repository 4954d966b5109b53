"""By what circulars and their statements are searched and narrowed."""

from __future__ import annotations

import re
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alliance.pages.filters import ListFilters
from alliance.search import matches
from membership.models import Application
from membership.states import Channel, CircularKind, CircularState, Position

SUBJECTS = ("subject_en", "subject_de", "subject_zh")
NUMBER = re.compile(r"(\d{4})[/-](\d{1,6})", re.ASCII)
YEAR = re.compile(r"\d{4}", re.ASCII)


class CircularFilters(ListFilters):
    """Circulars by words of the subject, number or applying city; by kind, state and year."""

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=CircularKind.choices, empty_label=_("All kinds")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=CircularState.choices, empty_label=_("All states")
    )
    year = django_filters.NumberFilter(label=_("Year"), field_name="year", min_value=2000, max_value=9999)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request is None or not self.request.user.is_staff:
            issued = [choice for choice in CircularState.choices if choice[0] != CircularState.DRAFT]
            self.filters["state"].extra["choices"] = issued

    def search(self, rows: QuerySet[Any], q: str) -> QuerySet[Any]:
        for word in q.split():
            rows = rows.filter(word_found(word))
        return rows


def word_found(word: str) -> Q:
    """A word of the subject, a number such as 2016/01, a year, or a name of an applying city."""
    found = Q()
    for subject in SUBJECTS:
        found |= Q(**{f"{subject}__icontains": word})
    if number := NUMBER.fullmatch(word):
        found |= Q(year=int(number[1]), number=int(number[2]))
    if YEAR.fullmatch(word):
        found |= Q(year=int(word))
    applying = Application.objects.filter(matches("cities__search_key", word))
    return found | Q(application__in=applying.values("pk"))


class StatementFilters(ListFilters):
    """Statements to one circular by member, words, position and channel."""

    search_fields = ("elector__name_en", "elector__name_de", "elector__name_zh", "text")

    position = django_filters.ChoiceFilter(
        label=_("Answer"), choices=Position.choices, empty_label=_("All answers")
    )
    channel = django_filters.ChoiceFilter(
        label=_("Channel"), choices=Channel.choices, empty_label=_("All channels")
    )


class RuleFilters(ListFilters):
    """Consent rules by name; the current versions only, or those that were superseded."""

    search_fields = ("key", "name_en", "name_de", "name_zh")

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("current", _("Current")), ("superseded", _("Superseded"))],
        empty_label=_("All versions"),
        method="of_state",
    )

    def of_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(superseded_at__isnull=value == "current")
