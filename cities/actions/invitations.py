"""Invitations by mail: to act for a city, to read for an institution, to work for the alliance."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.actions import create_person
from alliance.accounts.models import INVITATION_VALID, Invitation, User, digest_of
from alliance.accounts.permissions import require_administrator, require_secretariat
from alliance.accounts.states import InvitationState, StaffRole
from alliance.pages.refusals import Refusal
from cities.actions import invitation_letters, officers
from cities.models import City, ContactInvitation, Institution, InstitutionContact, OfficerInvitation


class AlreadyInvited(Refusal):
    sentence = _(
        "%(email)s has an open invitation to this already. Send it again or take it back at “Invitations”."
    )


class AlreadyContact(Refusal):
    sentence = _("%(person)s is already a contact of %(institution)s.")


class AlreadyStaff(Refusal):
    sentence = _("%(person)s already works for the alliance as %(role)s.")


class LinkRefused(Refusal):
    """The link of an invitation does not lead anywhere; the page says why and what to do."""

    status: ClassVar[int] = 410


class UnknownLink(LinkRefused):
    status = 404
    sentence = _(
        "This link does not belong to any invitation. Perhaps the mail program broke it in two: "
        "please copy the whole link, or ask the secretariat for a new one."
    )


class UsedLink(LinkRefused):
    sentence = _("This invitation was already accepted; it works once. Please sign in.")


class ExpiredLink(LinkRefused):
    sentence = _(
        "This invitation has expired: a link is valid for 14 days. Please ask the secretariat for a new one."
    )


class RevokedLink(LinkRefused):
    sentence = _(
        "This invitation was taken back, or replaced by a newer one. "
        "Please look for a newer mail or ask the secretariat."
    )


class SignInFirst(Refusal):
    sentence = _(
        "There is already an account with the address %(email)s. Sign in with it, then accept the invitation."
    )


@transaction.atomic
def invite_officer(
    city: City,
    *,
    email: str,
    name: str,
    level: str,
    function: str,
    language: str,
    by: User,
    at: datetime | None = None,
) -> Invitation:
    """Invite somebody to act for a city; who accepts is confirmed at once."""
    at = at or timezone.now()
    require_secretariat(by)
    city = City.objects.select_for_update().get(pk=city.pk)
    email = email.strip().lower()
    if city.officers.confirmed().filter(user__email=email).exists():
        raise officers.AlreadyOfficer(person=email, city=city.name)
    _refuse_second(Invitation.objects.filter(officer__city=city), email, at)
    invitation, token = _make(email=email, name=name, language=language, by=by, at=at)
    OfficerInvitation.objects.create(invitation=invitation, city=city, level=level, function=function.strip())
    invitation_letters.send(invitation, token, by=by, at=at)
    return invitation


@transaction.atomic
def invite_contact(
    institution: Institution,
    *,
    email: str,
    name: str,
    function: str,
    language: str,
    by: User,
    at: datetime | None = None,
) -> Invitation:
    """Invite somebody to read for an institution what is released to it."""
    at = at or timezone.now()
    require_secretariat(by)
    institution = Institution.objects.select_for_update().get(pk=institution.pk)
    email = email.strip().lower()
    if institution.contacts.filter(user__email=email, ended_at=None).exists():
        raise AlreadyContact(person=email, institution=institution.name)
    _refuse_second(Invitation.objects.filter(contact__institution=institution), email, at)
    invitation, token = _make(email=email, name=name, language=language, by=by, at=at)
    ContactInvitation.objects.create(
        invitation=invitation, institution=institution, function=function.strip()
    )
    invitation_letters.send(invitation, token, by=by, at=at)
    return invitation


@transaction.atomic
def invite_staff(
    *, email: str, name: str, role: str, language: str, by: User, at: datetime | None = None
) -> Invitation:
    """Invite somebody to work for the alliance itself; only administrators do."""
    at = at or timezone.now()
    require_administrator(by)
    email = email.strip().lower()
    person = User.objects.filter(email=email, role=role).first()
    if person is not None:
        raise AlreadyStaff(person=person, role=person.get_role_display())
    _refuse_second(Invitation.objects.exclude(role=StaffRole.NONE), email, at)
    invitation, token = _make(email=email, name=name, language=language, role=StaffRole(role), by=by, at=at)
    invitation_letters.send(invitation, token, by=by, at=at)
    return invitation


@transaction.atomic
def resend(invitation: Invitation, *, by: User, at: datetime | None = None) -> Invitation:
    """Send a new link, valid for 14 days from now; the old one no longer works."""
    at = at or timezone.now()
    invitation = _locked(invitation)
    require_may_invite(invitation, by)
    _refuse_settled(invitation, at)
    token = _new_token(invitation)
    invitation.expires_at = at + INVITATION_VALID
    invitation.save(update_fields=["token_digest", "expires_at"])
    invitation_letters.send(invitation, token, by=by, at=at)
    return invitation


@transaction.atomic
def revoke(invitation: Invitation, *, by: User, at: datetime | None = None) -> Invitation:
    """Take an invitation back; its link no longer works."""
    at = at or timezone.now()
    invitation = _locked(invitation)
    require_may_invite(invitation, by)
    if invitation.state(at) == InvitationState.REVOKED:
        return invitation
    _refuse_settled(invitation, at)
    invitation.revoked_at, invitation.revoked_by = at, by
    invitation.save(update_fields=["revoked_at", "revoked_by"])
    return invitation


def open_invitation(token: str, *, at: datetime | None = None) -> Invitation:
    """The invitation behind a link, if it can still be accepted; reading it changes nothing."""
    return _open(Invitation.objects, token, at or timezone.now())


@transaction.atomic
def accept(
    token: str,
    *,
    password: str = "",
    name: str | None = None,
    language: str = "",
    time_zone: str = "",
    by: User | None = None,
    at: datetime | None = None,
) -> User:
    """Take up an invitation: with a new account, or as the person who is signed in with that address."""
    at = at or timezone.now()
    invitation = _open(Invitation.objects.select_for_update(), token, at)
    person = User.objects.filter(email=invitation.email).first()
    if person is None:
        person = create_person(
            email=invitation.email,
            name=name or invitation.name,
            password=password,
            language=language or invitation.language,
            time_zone=time_zone,
            address_confirmed=True,
            at=at,
        )
    elif by is None or by.pk != person.pk:
        raise SignInFirst(email=invitation.email)
    invitation.accepted_at, invitation.accepted_by = at, person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    for take_up in (_as_officer, _as_contact, _as_staff):
        take_up(invitation, person, at)
    return person


def _as_officer(invitation: Invitation, person: User, at: datetime) -> None:
    wanted = OfficerInvitation.objects.filter(invitation=invitation).select_related("city").first()
    if wanted is not None:
        officers.appoint(
            person,
            wanted.city,
            level=wanted.level,
            function=wanted.function,
            by=invitation.invited_by,
            at=at,
        )


def _as_contact(invitation: Invitation, person: User, at: datetime) -> None:
    wanted = ContactInvitation.objects.filter(invitation=invitation).select_related("institution").first()
    if wanted is not None:
        InstitutionContact.objects.get_or_create(
            institution=wanted.institution,
            user=person,
            ended_at=None,
            defaults={"function": wanted.function, "since": at},
        )


def _as_staff(invitation: Invitation, person: User, at: datetime) -> None:
    if invitation.role:
        person.role = invitation.role
        person.save(update_fields=["role"])


def require_may_invite(invitation: Invitation, by: User) -> None:
    """Who invites for the alliance itself is an administrator; else it is the secretariat."""
    require: Callable[[User | None], None] = require_administrator if invitation.role else require_secretariat
    require(by)


def _make(
    *, email: str, name: str, language: str, by: User, at: datetime, role: str = StaffRole.NONE
) -> tuple[Invitation, str]:
    invitation = Invitation(
        email=email,
        name=name.strip(),
        language=language,
        role=role,
        invited_at=at,
        invited_by=by,
        expires_at=at + INVITATION_VALID,
    )
    token = _new_token(invitation)
    invitation.save()
    return invitation, token


def _new_token(invitation: Invitation) -> str:
    """The token goes into the mail only; what is kept of it recognises it."""
    token = secrets.token_urlsafe(32)
    invitation.token_digest = digest_of(token)
    return token


def _locked(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_for_update().get(pk=invitation.pk)


def _refuse_second(invitations: "object", email: str, at: datetime) -> None:
    if invitations.filter(email=email).in_state(InvitationState.OPEN, at).exists():  # type: ignore[attr-defined]
        raise AlreadyInvited(email=email)


def _refuse_settled(invitation: Invitation, at: datetime) -> None:
    state = invitation.state(at)
    if state == InvitationState.ACCEPTED:
        raise Refusal(_("%(email)s has already accepted this invitation."), email=invitation.email)
    if state == InvitationState.REVOKED:
        raise Refusal(_("This invitation was taken back. Please invite again."))


def _open(invitations: "object", token: str, at: datetime) -> Invitation:
    found = invitations.filter(token_digest=digest_of(token)).first()  # type: ignore[attr-defined]
    if found is None:
        raise UnknownLink
    state = found.state(at)
    if state != InvitationState.OPEN:
        raise {
            InvitationState.ACCEPTED: UsedLink,
            InvitationState.EXPIRED: ExpiredLink,
            InvitationState.REVOKED: RevokedLink,
        }[state]
    return found
