"""What people fill in about themselves."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.accounts.states import Language
from alliance.pages.forms import FormHelperMixin
from alliance.pages.phrases import sentences

NEAR = {"Asia/Shanghai": _("China (Asia/Shanghai)"), "Europe/Berlin": _("Germany (Europe/Berlin)")}
ALL_ZONES = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
TIME_ZONES = [
    ("", _("That of the alliance")),
    *NEAR.items(),
    (_("Elsewhere"), [(name, name.replace("_", " ")) for name in ALL_ZONES if name not in NEAR]),
]


def password_rules() -> str:
    return sentences(password_validators_help_texts())


class PasswordFields(forms.Form):
    """A new password, typed twice."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=lazy(password_rules, str)(),
    )
    password_again = forms.CharField(
        label=_("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def person(self) -> User:
        """Whose password it will be: it must not be like name or address."""
        return User(email=self.cleaned_data.get("email") or "", name=self.cleaned_data.get("name") or "")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        password, again = data.get("password"), data.get("password_again")
        if password and again and password != again:
            self.add_error("password_again", _("The two passwords are not the same."))
        elif password:
            try:
                validate_password(password, self.person())
            except ValidationError as error:
                self.add_error("password", error)
        return data


class LanguageFields(forms.Form):
    """The language and time zone a person wants pages and letters in."""

    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=TIME_ZONES,
        required=False,
        help_text=_("Moments are shown in this zone; deadlines always in both."),
    )


class PreferencesForm(FormHelperMixin, LanguageFields):
    """A person's own settings."""

    submit_label = _("Save")
    field_order = ["name", "language", "time_zone"]

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
