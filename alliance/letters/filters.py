"""By what letters are found."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alliance.letters import parties
from alliance.letters.models import Delivery
from alliance.letters.states import DeliveryState, LetterKind
from alliance.pages.filters import ListFilters


class LetterFilters(ListFilters):
    """All letters: by words of subject, reference or address, by kind, by city, by how a copy stands."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=LetterKind.choices, empty_label=_("Any"))
    city = django_filters.ChoiceFilter(
        label=_("City"), choices=parties.everybody, empty_label=_("Any"), method="with_copy"
    )
    state = django_filters.ChoiceFilter(
        label=_("With a copy that is"),
        choices=DeliveryState.choices,
        empty_label=_("Any"),
        method="with_copy",
    )

    def search(self, rows: QuerySet[Any], q: str) -> QuerySet[Any]:
        """Each word stands in the subject, the reference, or the name or address of somebody it goes to."""
        for word in q.split():
            to = Delivery.objects.filter(
                Q(address__icontains=word) | Q(name__icontains=word) | Q(on_behalf_of__icontains=word),
                letter=OuterRef("pk"),
            )
            rows = rows.filter(in_subject(word) | Exists(to))
        return rows

    def with_copy(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Letters of which one copy is for this city and in this state, where both are asked for."""
        asked = self.form.cleaned_data
        wanted = {"on_behalf_of": asked.get("city"), "state": asked.get("state")}
        wanted = {field: one for field, one in wanted.items() if one}
        return rows.filter(Exists(Delivery.objects.filter(letter=OuterRef("pk"), **wanted)))


class DeliveryFilters(ListFilters):
    """The copies of one letter; ``cities`` of the view are those it is for."""

    search_fields = ("name", "address", "on_behalf_of")
    city = django_filters.ChoiceFilter(label=_("City"), field_name="on_behalf_of", empty_label=_("Any"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=DeliveryState.choices, empty_label=_("Any"))

    def __init__(self, *args: Any, cities: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["city"].extra["choices"] = sorted(cities.items(), key=lambda one: one[1])


class InboxFilters(ListFilters):
    """One's own letters."""

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=LetterKind.choices, empty_label=_("Any"), field_name="letter__kind"
    )
    unread = django_filters.BooleanFilter(
        label=_("Unread only"), field_name="opened_at", method="only_unread", widget=forms.CheckboxInput
    )

    def search(self, rows: QuerySet[Any], q: str) -> QuerySet[Any]:
        """Each word stands in the subject or the reference."""
        for word in q.split():
            rows = rows.filter(in_subject(word, "letter__"))
        return rows

    def only_unread(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Leave out what was opened."""
        return rows.filter(opened_at__isnull=True) if value else rows


def in_subject(word: str, of: str = "") -> Q:
    """A word in the subject, in any language, or in the reference."""
    fields = ("subject_en", "subject_de", "subject_zh", "reference")
    return Q.create([(f"{of}{field}__icontains", word) for field in fields], connector=Q.OR)
