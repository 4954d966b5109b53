"""The base of all filter forms of lists: ``?q=`` and readable parameters, plain HTML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, FilterSet

from alliance.pages.renderers import QuickRenderer

LONGEST_SEARCH = 200
WIDGET_CLASSES = {
    forms.CheckboxInput: "form-check-input",
    forms.CheckboxSelectMultiple: "form-check-input",
    forms.RadioSelect: "form-check-input",
    forms.Select: "form-select",
    forms.Widget: "form-control",
}


class FilterForm(forms.Form):
    """A filter form whose fields carry the classes of our style sheet."""

    default_renderer = QuickRenderer

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", _class_of(field.widget))


class ListFilters(FilterSet):
    """What a list can be narrowed by. Values that mean nothing are left out and named in ``ignored``.

    Searching looks for every word of ``?q=`` in any of ``search_fields``; a list with a better
    search overrides ``search``.
    """

    search_fields: Sequence[str] = ()

    q = CharFilter(
        method="search_rows",
        label=_("Search"),
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    class Meta:
        form = FilterForm

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.search_fields and type(self).search is ListFilters.search:
            del self.filters["q"]

    def get_form_class(self) -> type[forms.Form]:
        form = super().get_form_class()
        return form if issubclass(form, FilterForm) else type(form.__name__, (FilterForm, form), {})

    def search(self, rows: QuerySet[Any], q: str) -> QuerySet[Any]:
        """The rows in which each word of q is found."""
        for word in q.split():
            anywhere = Q()
            for field in self.search_fields:
                anywhere |= Q(**{f"{field}__icontains": word})
            rows = rows.filter(anywhere)
        return rows

    def search_rows(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The filter ``q`` as django-filter calls it."""
        return self.search(rows, value)

    def ignored(self) -> list[str]:
        """A sentence for each parameter that was given and meant nothing."""
        return [_not_understood(self.filters[name].label or name, self._given(name)) for name in self.errors]

    def narrowed(self) -> bool:
        """Whether anything but the whole list was asked for."""
        return any(name in self.form.cleaned_data and self._given(name) for name in self.filters)

    @property
    def first_folded(self) -> str:
        """The field from which on they are folded away on a phone; none where there are too few for that."""
        besides = [field.name for field in self.form.visible_fields() if field.name != "q"]
        return besides[0] if len(besides) > 1 else ""

    @property
    def unfolded(self) -> bool:
        """Whether one of the fields that are folded away has been asked for."""
        return any(self._given(name) for name in self.filters if name != "q")

    def _given(self, name: str) -> str:
        if hasattr(self.data, "getlist"):
            return ", ".join(one for one in self.data.getlist(name) if one)
        return str(self.data.get(name) or "")


def _class_of(widget: forms.Widget) -> str:
    return next(name for kind, name in WIDGET_CLASSES.items() if isinstance(widget, kind))


def _not_understood(label: Any, given: str) -> str:
    return gettext("“%(value)s” means nothing for “%(field)s” and was left out.") % {
        "value": given[:LONGEST_SEARCH],
        "field": label,
    }
