"""Making accounts, and what people set about themselves."""

import logging
from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User, validate_time_zone
from alliance.accounts.permissions import NotPermitted, has_second_factor, require_administrator
from alliance.accounts.states import Language, StaffRole
from alliance.pages.phrases import sentences
from alliance.pages.refusals import Refusal

log = logging.getLogger("alliance.accounts")


class ReasonMissing(Refusal):
    sentence = _("Please give the reason.")


class WeakPassword(Refusal):
    """The password is one that others would guess."""


class UnknownTimeZone(Refusal):
    """The name is not that of a time zone."""

    sentence = _("“%(name)s” is not a time zone such as Europe/Berlin.")


class UnknownLanguage(Refusal):
    """The site does not speak this language."""

    sentence = _("The languages of this site are English, German and Chinese.")


@transaction.atomic
def create_person(
    *,
    email: str,
    name: str,
    password: str,
    language: str = "",
    time_zone: str = "",
    role: str = StaffRole.NONE,
    address_confirmed: bool = False,
    at: datetime | None = None,
) -> User:
    """Make an account; its e-mail address counts as confirmed only if a link sent there was opened."""
    at = at or timezone.now()
    person = User(
        email=email.strip().lower(),
        name=name.strip(),
        language=_known_language(language),
        time_zone=_known_zone(time_zone),
        role=role,
        joined_at=at,
    )
    _refuse_weak(password, person)
    person.set_password(password)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=address_confirmed, primary=True)
    return person


@transaction.atomic
def save_preferences(person: User, *, name: str, language: str, time_zone: str, by: User) -> User:
    """Keep what a person says about themselves: name, language, time zone."""
    if by.pk != person.pk:
        raise NotPermitted(_("Everybody sets their own language and time zone."))
    person = User.objects.select_for_update().get(pk=person.pk)
    person.name = name.strip() or person.name
    person.language, person.time_zone = _known_language(language), _known_zone(time_zone)
    person.save(update_fields=["name", "language", "time_zone"])
    return person


def speak(person: User, language: str) -> None:
    """Keep the language a person chose with the switch on a page."""
    User.objects.filter(pk=person.pk).update(language=_known_language(language))


@transaction.atomic
def take_off_factors(person: User, *, by: User | None, reason: str) -> User:
    """Take lost second factors off an account; the person is told, and sets up a new one before going on.

    Signed in or not, staff reach nothing without one. Nobody takes off their own here.
    """
    require_administrator(by)
    if not reason.strip():
        raise ReasonMissing
    if by is not None and by.pk == person.pk:
        raise NotPermitted(_("Please change your own second factor in your account."))
    if not has_second_factor(person):
        return person
    Authenticator.objects.filter(user=person).delete()
    log.warning("second factors of person %s taken off by %s: %s", person.pk, by and by.pk, reason.strip())
    if allauth_context.request is not None:
        get_adapter().send_notification_mail("mfa/email/factors_taken_off", person)
    return person


def has_confirmed_address(person: User) -> bool:
    """Whether a link sent to the person's address was opened; nobody was asked: it counts as confirmed."""
    asked = EmailAddress.objects.filter(user=person)
    return not asked.exists() or asked.filter(verified=True).exists()


def _refuse_weak(password: str, person: User) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise WeakPassword(sentences(error.messages)) from error


def _known_language(language: str) -> str:
    if language and language not in Language.values:
        raise UnknownLanguage
    return language


def _known_zone(name: str) -> str:
    if name:
        try:
            validate_time_zone(name)
        except ValidationError as error:
            raise UnknownTimeZone(name=name) from error
    return name
