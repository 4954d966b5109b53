"""Forms of several rows, without any script: empty rows wait at the end, a button asks for more."""

from collections.abc import Hashable
from typing import Any

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME, TOTAL_FORM_COUNT
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

ROWS_TO_ADD = 3
MOST_ROWS = 400


class RowForm(forms.Form):
    """One row; the same thing said in two rows is refused."""

    use_required_attribute = False
    row_label = ""
    silent = False

    @property
    def errors(self) -> ErrorDict:
        """Nothing is wrong yet while somebody only asks for more rows."""
        return ErrorDict() if self.silent else super().errors

    def key(self) -> tuple[Hashable, ...]:
        """What a row is about; no two rows may be about the same."""
        raise NotImplementedError

    def subject(self) -> str:
        """What the row is about, in words."""
        raise NotImplementedError

    def summary(self) -> str:
        """What the row says, in one line; empty when it does not say enough yet."""
        raise NotImplementedError

    @property
    def is_empty(self) -> bool:
        """Whether this is one of the empty rows at the end."""
        return self.empty_permitted and not self.has_changed()

    @property
    def is_removed(self) -> bool:
        return bool(getattr(self, "cleaned_data", {}).get(DELETION_FIELD_NAME))


class RowFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows of one kind; `rows()` is what they say, without the empty and the removed ones."""

    row_name: str | Promise = ""
    silent = False

    def rows(self) -> list[dict[str, Any]]:
        """The rows to keep, each as its form has cleaned it."""
        return [self._row(form) for form in self.filled()]

    def filled(self) -> list[Any]:
        return [form for form in self.forms if not form.is_empty and not form.is_removed]

    def wrong(self) -> list[Any]:
        """The forms with errors, for the summary above them."""
        if not self.is_bound or self.silent:
            return []
        return [form for form in self.forms if form.errors and not form.is_removed]

    def full_clean(self) -> None:
        """Nothing is looked at while somebody only asks for more rows."""
        if not self.silent:
            super().full_clean()
            return
        self._errors: list[Any] = []
        self._non_form_errors = self.error_class()

    def clean(self) -> None:
        """Name every row that says again what an earlier one says, beside the later row."""
        seen: dict[tuple[Hashable, ...], int] = {}
        for place, form in enumerate(self.forms, start=1):
            if form.errors or form.is_empty or form.is_removed:
                continue
            first = seen.setdefault(form.key(), place)
            if first != place:
                form.add_error(None, self.same_again(first, form))

    def same_again(self, first: int, form: Any) -> str:
        """The sentence beside a row that repeats another."""
        return _("Row %(row)s already states this: %(subject)s.") % {"row": first, "subject": form.subject()}

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.silent = self.silent
        form.row_label = f"{self.row_name} {(index or 0) + 1}"
        if DELETION_FIELD_NAME in form.fields:
            form.fields[DELETION_FIELD_NAME].label = _("Remove this row")
            form.fields[DELETION_FIELD_NAME].widget.attrs["class"] = "form-check-input"

    @property
    def more_rows_name(self) -> str:
        return f"{self.prefix}-more"

    @staticmethod
    def _row(form: Any) -> dict[str, Any]:
        return {name: value for name, value in form.cleaned_data.items() if name != DELETION_FIELD_NAME}


def with_more_rows(data: QueryDict, prefix: str) -> QueryDict:
    """What was typed, with further empty rows."""
    more = data.copy()
    name = f"{prefix}-{TOTAL_FORM_COUNT}"
    rows = str(more.get(name, ""))
    more[name] = str(min(int(rows) + ROWS_TO_ADD, MOST_ROWS) if rows.isdecimal() else ROWS_TO_ADD)
    return more


def bound_rows(formset: Any, data: QueryDict, prefix: str, **kwargs: Any) -> Any:
    """The rows that were sent; with more empty ones, and no errors yet, when the button asked for them."""
    asked = f"{prefix}-more" in data
    bound = formset(with_more_rows(data, prefix) if asked else data, prefix=prefix, **kwargs)
    bound.silent = asked
    return bound


def row_formset(form: type[RowForm], formset: type[RowFormSet]) -> Any:
    """A formset of these rows, three empty ones at the end."""
    return forms.formset_factory(
        form, formset, extra=ROWS_TO_ADD, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )
