"""What management decides on an application."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.pages.forms import FormHelperMixin
from membership.forms.circulars import date_input
from membership.forms.statements import ANY_LANGUAGE, LONGEST_TEXT, text_area


class AcceptForm(FormHelperMixin, forms.Form):
    """The day on which the membership begins, and the occasion at which the certificate is handed over."""

    submit_label = _("Accept the accession")
    submit_note = _("The applicant and all members are told; the certificate gets its number.")

    member_from = forms.DateField(
        label=_("Member from"),
        widget=date_input(),
        help_text=_("The day of the decision, or a later one such as the next plenary."),
    )
    occasion = forms.CharField(
        label=_("Occasion"), required=False, max_length=200, help_text=_("For example: plenary in Hannover.")
    )


class ReasonForm(FormHelperMixin, forms.Form):
    """A decision that needs a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_TEXT, widget=text_area(3, ANY_LANGUAGE))


class DeclineForm(ReasonForm):
    submit_label = _("Decline the application")
    submit_note = _("The applicant is told the reason.")
    danger = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "decline-%s")
        super().__init__(*args, **kwargs)


class PostponeForm(ReasonForm):
    submit_label = _("Postpone the decision")
    quiet = True
    submit_note = _("The applicant is told the reason. The application can be taken up again.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "postpone-%s")
        super().__init__(*args, **kwargs)
