"""The answer on a personal link: filled in, looked at once more, recorded."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django.utils.translation import gettext_lazy as _

from membership.forms.statements import OwnAnswer


class PersonalAnswerForm(OwnAnswer):
    """The statement of a member, given by personal link; nothing is recorded before it is confirmed."""

    submit_label = _("Check the statement")
    submit_note = _("Nothing is recorded yet: you confirm it on the next page.")

    @property
    def helper(self) -> FormHelper:
        """No token against forged requests: the address itself is the secret, and no cookie is used."""
        helper = super().helper
        helper.disable_csrf = True
        return helper
