"""By what letters are found."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alliance.letters.models import Delivery
from alliance.letters.states import DeliveryState, LetterKind
from alliance.pages.filters import ListFilters


class LetterFilters(ListFilters):
    """All letters: by words of subject, reference or address, by kind, by how a copy of them stands."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=LetterKind.choices, empty_label=_("Any"))
    state = django_filters.ChoiceFilter(
        label=_("With a copy that is"),
        choices=DeliveryState.choices,
        empty_label=_("Any"),
        method="with_state",
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

    def with_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Letters of which at least one copy is in this state."""
        return rows.filter(Exists(Delivery.objects.filter(letter=OuterRef("pk"), state=value)))


class DeliveryFilters(ListFilters):
    """The copies of one letter."""

    search_fields = ("name", "address", "on_behalf_of")
    state = django_filters.ChoiceFilter(label=_("State"), choices=DeliveryState.choices, empty_label=_("Any"))


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
