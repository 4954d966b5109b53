"""Refusals by person, and who counts as what."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.pages.refusals import Refusal

FACTORS = frozenset({Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN})


class NotPermitted(Refusal):
    """The person's role does not allow this."""

    sentence = _("Your role does not allow this. Please ask the secretariat.")


def require_secretariat(by: User | None) -> None:
    if by is not None and not by.is_secretariat:
        raise NotPermitted(_("Only the secretariat can do this."))


def require_management(by: User | None) -> None:
    if by is not None and not by.is_management:
        raise NotPermitted(_("Only the management can do this."))


def require_administrator(by: User | None) -> None:
    if by is not None and not by.is_administrator:
        raise NotPermitted(_("Only administrators can do this."))


def needs_second_factor(user: User) -> bool:
    """Staff sign in with a second factor; the demonstration does without."""
    return bool(settings.SECOND_FACTOR_REQUIRED) and user.is_staff


def has_second_factor(user: User) -> bool:
    """Whether an authenticator app or a passkey is set up; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()
