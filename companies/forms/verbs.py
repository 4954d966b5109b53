"""What is asked before an entry is archived, or its sheet is sent to the firm."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.accounts.states import Language
from alliance.pages.forms import ChoiceCards, FormHelperMixin
from companies.states import ArchiveReason

REASONS = (ArchiveReason.CLOSED_DOWN, ArchiveReason.AT_ITS_REQUEST, ArchiveReason.OTHER)


class ArchiveForm(FormHelperMixin, forms.Form):
    """Why an entry is kept for the record only."""

    submit_label = _("Archive the entry")
    submit_note = _("Others do not find it any more. It can be restored.")
    danger = True

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[(reason.value, reason.label) for reason in REASONS],
        widget=ChoiceCards,
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class SendLinkForm(FormHelperMixin, forms.Form):
    """To whom a link to the firm's own sheet is mailed."""

    submit_label = _("Send the link")
    submit_note = _(
        "It opens this one entry for 30 days. What the firm fills in waits until you take it over."
    )

    email = forms.EmailField(label=_("E-mail address at work"))
    language = forms.ChoiceField(label=_("Language of the mail"), choices=Language.choices)
