"""Corrections of data by administrators: each has a reason, and the database has the last word."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.translation import gettext_lazy as _

REASON = "correction_reason"


class CorrectionForm(forms.ModelForm):
    """The form of a row, with the reason of the correction below it."""

    refused: ClassVar[str] = ""

    correction_reason = forms.CharField(
        label=_("Reason of the correction"),
        max_length=2000,
        widget=AdminTextareaWidget({"rows": 3}),
        help_text=_("Goes into the trail of the row, beside your name and what it said before."),
    )

    def clean(self) -> dict[str, Any]:
        """What the database has refused stands above the form, and what was typed is kept."""
        cleaned = super().clean() or self.cleaned_data
        if self.refused:
            raise forms.ValidationError(self.refused)
        return cleaned


def write_reason(reason: str) -> None:
    """Let the trail of everything that this request still changes carry the reason."""
    pghistory.context(reason=reason)
