"""The mails that bring invitations and confirm addresses; their links open accounts."""

from datetime import datetime

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.urls import reverse
from django.utils.translation import gettext as _

from alliance.accounts.models import Invitation, User
from alliance.letters.actions import Addressee, write
from alliance.letters.states import LetterKind
from alliance.pages.moments import moment_text
from cities.models import City


def send(invitation: Invitation, token: str, *, by: User, at: datetime) -> None:
    """Mail the link; nothing else knows it."""

    def compose() -> tuple[str, str]:
        subject, what = what_for(invitation)
        return subject, "\n\n".join([what, how_long(invitation), alone()])

    person = User.objects.filter(email=invitation.email).first()
    language = person.language if person and person.language else invitation.language
    to = Addressee(invitation.email, language, name=invitation.name, user=person)
    path = reverse("cities:invitation", args=[token])
    write(LetterKind.INVITATION, compose, [to], by=by, at=at, path=path, confidential=True)


def what_for(invitation: Invitation) -> tuple[str, str]:
    """Subject and first sentence, in the active language."""
    if office := getattr(invitation, "officer", None):
        values = {"city": office.city.name, "level": office.get_level_display(), "function": office.function}
        return _("Invitation to act for %(city)s") % values, _(
            "The secretariat of the Sino-German Industrial Cities Alliance invites you to act for %(city)s: "
            "%(level)s, %(function)s."
        ) % values
    if contact := getattr(invitation, "contact", None):
        values = {"institution": contact.institution.name}
        return _("Invitation as a contact of %(institution)s") % values, _(
            "The secretariat of the Sino-German Industrial Cities Alliance invites you "
            "as a contact of %(institution)s."
        ) % values
    values = {"role": invitation.get_role_display()}
    return _("Invitation to work for the alliance"), _(
        "You are invited to work for the Sino-German Industrial Cities Alliance. Your role: %(role)s."
    ) % values


def how_long(invitation: Invitation) -> str:
    said = _("With the link below you accept. It works once, until %(moment)s.")
    return said % {"moment": moment_text(invitation.expires_at)}


def alone() -> str:
    return _(
        "Opening the link changes nothing yet. If the invitation is not meant for you, please ignore it."
    )


def ask_for_address(person: User, city: City, *, language: str, at: datetime) -> None:
    """Mail the link that confirms the address of somebody who has just registered."""
    address = EmailAddress.objects.get(user=person, email=person.email)

    def compose() -> tuple[str, str]:
        values = {"city": city.name}
        return _("Confirm your address"), "\n\n".join(
            [
                _("You registered for %(city)s. Please open the link below to confirm your address.")
                % values,
                _("Then the secretariat makes sure who you are, and tells you by mail."),
                _("If it was not you, please ignore this letter."),
            ]
        )

    to = Addressee(person.email, person.language or language, name=person.name, user=person)
    path = reverse("account_confirm_email", args=[EmailConfirmationHMAC(address).key])
    write(LetterKind.SIGN_IN, compose, [to], by=None, at=at, path=path, confidential=True)


def tell_known(person: User, city_name: str, *, language: str, at: datetime) -> None:
    """Tell somebody who registers with a known address; the page does not say that it is known."""

    def compose() -> tuple[str, str]:
        values = {"city": city_name}
        return _("You already have an account"), "\n\n".join(
            [
                _("Somebody, probably you, registered for %(city)s with your address.") % values,
                _("You already have an account. Sign in with the link below, then register for the city."),
                _("If it was not you, please ignore this letter; nothing has changed."),
            ]
        )

    to = Addressee(person.email, person.language or language, name=person.name, user=person)
    write(LetterKind.SIGN_IN, compose, [to], by=None, at=at, path=reverse("cities:register"))
