"""Moves: buttons in the admin that lead to the same actions as the pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_fsm import can_proceed

Text = str | Promise


class MoveForm(forms.Form):
    """What an action is told besides the object: nothing, unless a subclass asks."""

    use_required_attribute = False

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        self.row = row
        super().__init__(*args, **kwargs)

    def arguments(self) -> Mapping[str, Any]:
        """The keyword arguments of the action."""
        return self.cleaned_data


class ReasonForm(MoveForm):
    """An action that needs a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=AdminTextareaWidget({"rows": 4}))


def everybody(user: Any, row: Any) -> bool:
    """Whoever works in the admin."""
    return True


def secretariat(user: Any, row: Any) -> bool:
    """The secretariat."""
    return bool(user.is_secretariat)


def management(user: Any, row: Any) -> bool:
    """The management."""
    return bool(user.is_management)


@dataclass(frozen=True)
class Move:
    """A button on the page of a row: it asks, and then calls the action with lock, letters and trail.

    ``name`` is that of the transition on the model, which says when the move is possible; an action that
    is no transition brings its own ``possible``. ``may`` hides the button from others: who really may,
    and whether it is possible, the action itself decides.
    """

    name: str
    label: Text
    action: Callable[..., Any]
    note: Text = ""
    form: type[MoveForm] = MoveForm
    may: Callable[[Any, Any], bool] = everybody
    possible: Callable[[Any], bool] | None = None

    def is_open(self, user: Any, row: Any) -> bool:
        """Whether the person is offered this move now."""
        return self.is_possible(row) and self.may(user, row)

    def is_possible(self, row: Any) -> bool:
        """Whether the row is in a state from which the move starts."""
        return self.possible(row) if self.possible else can_proceed(getattr(row, self.name))
