"""Forms about officers and invitations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.accounts.forms import LanguageFields, PasswordFields
from alliance.accounts.models import User
from alliance.accounts.states import Language, StaffRole
from alliance.pages.forms import ChoiceCards, FormHelperMixin
from cities.states import OfficerLevel

LEVEL_HINTS = {
    OfficerLevel.LEAD.value: _("Gives the city's voice; gets its letters. A present lead becomes deputy."),
    OfficerLevel.DEPUTY.value: _("Gives the city's voice as well; gets its letters."),
    OfficerLevel.EDITOR.value: _("Keeps profile and key figures; does not speak for the city."),
}


def level_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Level"), choices=OfficerLevel.choices, widget=ChoiceCards(hints=LEVEL_HINTS)
    )


class ConfirmForm(FormHelperMixin, forms.Form):
    """The secretariat knows who the person is."""

    submit_label = _("Confirm")
    submit_note = _("The person and the city's lead and deputies are told by mail.")

    level = level_field()


class LevelForm(ConfirmForm):
    submit_label = _("Change the level")


class ReasonForm(FormHelperMixin, forms.Form):
    """An end or a refusal has a reason, which the person is told."""

    danger = True

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The person is told."),
    )


class RefuseForm(ReasonForm):
    submit_label = _("Refuse")


class EndForm(ReasonForm):
    submit_label = _("End the office")


class InviteForm(FormHelperMixin, forms.Form):
    """Who is invited, and in which language the mail is written."""

    submit_label = _("Send the invitation")
    submit_note = _("The link in the mail is valid for 14 days and works once.")

    email = forms.EmailField(label=_("Work e-mail address"))
    name = forms.CharField(label=_("Name"), max_length=200)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=Language.choices)

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class InviteOfficerForm(InviteForm):
    field_order = ["email", "name", "function", "level", "language"]

    function = forms.CharField(label=_("Function in the city's administration"), max_length=200)
    level = level_field()


class InviteContactForm(InviteForm):
    field_order = ["email", "name", "function", "language"]

    function = forms.CharField(label=_("Function in the institution"), max_length=200)


class InviteStaffForm(InviteForm):
    field_order = ["email", "name", "role", "language"]
    submit_note = _("The link works once, for 14 days. A second factor is asked for at the first sign-in.")

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[choice for choice in StaffRole.choices if choice[0]],
        widget=ChoiceCards(
            hints={
                StaffRole.SECRETARIAT.value: _("Runs everything day to day: officers, circulars, letters."),
                StaffRole.MANAGEMENT.value: _("Decides on accessions."),
                StaffRole.ADMINISTRATOR.value: _("Corrects data in the admin, invites staff."),
            }
        ),
    )


class AcceptForm(FormHelperMixin, PasswordFields, LanguageFields):
    """The account somebody makes by accepting an invitation."""

    submit_label = _("Accept and sign in")
    field_order = ["name", "password", "password_again", "language", "time_zone"]

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        self.email = email
        super().__init__(*args, **kwargs)

    def person(self) -> User:
        return User(email=self.email, name=self.cleaned_data.get("name") or "")


class JustAccept(FormHelperMixin, forms.Form):
    """Somebody with an account accepts: nothing to fill in."""

    submit_label = _("Accept the invitation")
