"""What is asked about several entries at once: drafts, or published until a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.pages.forms import FormHelperMixin

DRAFTS, PUBLISHED = "drafts", "published"


class PublishingForm(FormHelperMixin, forms.Form):
    """Drafts, or published at once and until which day; `asked` is the field that says which."""

    asked: str

    publish_until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("For published ones: a year from today at most."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        unsaid = not data.get("publish_until") and "publish_until" not in self.errors
        if data.get(self.asked) == PUBLISHED and unsaid:
            self.add_error("publish_until", _("Please say until when they are valid."))
        return data

    @property
    def until(self) -> date | None:
        """The day until which they are valid; none where they are drafts."""
        published = self.cleaned_data[self.asked] == PUBLISHED
        return self.cleaned_data["publish_until"] if published else None
