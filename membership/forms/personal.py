"""The answer on a personal link: filled in, looked at once more, recorded."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.pages.forms import ChoiceCards, FormHelperMixin
from membership.forms.statements import (
    ANSWERS,
    ANY_LANGUAGE,
    HINTS,
    LONGEST_TEXT,
    WordsForPosition,
    text_area,
)


class PersonalAnswerForm(FormHelperMixin, WordsForPosition):
    """The statement of a member, given by personal link; nothing is recorded before it is confirmed."""

    submit_label = _("Check the statement")
    submit_note = _("Nothing is recorded yet: you confirm it on the next page.")

    position = forms.ChoiceField(
        label=_("Your answer"), choices=list(ANSWERS.items()), widget=ChoiceCards(hints=HINTS)
    )
    text = forms.CharField(
        label=_("Comment or reason"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=text_area(3, ANY_LANGUAGE),
    )

    @property
    def helper(self) -> FormHelper:
        """No token against forged requests: the address itself is the secret, and no cookie is used."""
        helper = super().helper
        helper.disable_csrf = True
        return helper
