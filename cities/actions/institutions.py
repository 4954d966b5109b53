"""Entering an institution in the register, correcting it, ending it and its contacts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import Invitation, User
from alliance.accounts.permissions import require_secretariat
from alliance.pages.refusals import Refusal
from cities.actions import invitations
from cities.models import City, Institution, InstitutionContact

NAMES = ("name_zh", "name_de", "name_en")
TEXTS = (*NAMES, "website", "about_zh", "about_de", "about_en")


class NameMissing(Refusal):
    sentence = _("Please give the institution's name in at least one of the three languages.")


class AlreadyThere(Refusal):
    sentence = _("%(name)s in %(seat)s is already in the register.")


class SeatNotConfirmed(Refusal):
    sentence = _("%(city)s is not confirmed yet. Confirm the city first.")


class Ended(Refusal):
    sentence = _("%(name)s has ended. Enter it anew if it works with the alliance again.")


@transaction.atomic
def add(
    *, kind: str, seat: City, texts: Mapping[str, str], by: User | None, at: datetime | None = None
) -> Institution:
    """Enter an institution; `texts` are its names, web site and descriptions by field."""
    at = at or timezone.now()
    require_secretariat(by)
    seat = City.objects.select_for_update(no_key=True).get(pk=seat.pk)
    institution = Institution(registered_at=at)
    _describe(institution, kind=kind, seat=seat, texts=texts)
    institution.save()
    return institution


@transaction.atomic
def edit(
    institution: Institution,
    *,
    kind: str,
    seat: City,
    texts: Mapping[str, str],
    by: User | None,
    at: datetime | None = None,
) -> Institution:
    """Correct what the register says about an institution."""
    require_secretariat(by)
    institution = _locked(institution)
    if institution.ended_at is not None:
        raise Ended(name=institution.name)
    _describe(institution, kind=kind, seat=seat, texts=texts)
    institution.save()
    return institution


@transaction.atomic
def end(institution: Institution, *, by: User, at: datetime | None = None) -> Institution:
    """It works with the alliance no longer: it stays in the register with its end, and so do its contacts."""
    at = at or timezone.now()
    require_secretariat(by)
    institution = _locked(institution)
    if institution.ended_at is not None:
        return institution
    for contact in institution.contacts.filter(ended_at=None):
        end_contact(contact, by=by, at=at)
    for invitation in Invitation.objects.filter(
        contact__institution=institution, accepted_at=None, revoked_at=None
    ):
        invitations.revoke(invitation, by=by, at=at)
    institution.ended_at = at
    institution.save(update_fields=["ended_at"])
    return institution


@transaction.atomic
def end_contact(contact: InstitutionContact, *, by: User, at: datetime | None = None) -> InstitutionContact:
    """The person reads for the institution no longer."""
    at = at or timezone.now()
    require_secretariat(by)
    contact = InstitutionContact.objects.select_for_update().get(pk=contact.pk)
    if contact.ended_at is None:
        contact.ended_at, contact.ended_by = at, by
        contact.save(update_fields=["ended_at", "ended_by"])
    return contact


def _locked(institution: Institution) -> Institution:
    return Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)


def _describe(institution: Institution, *, kind: str, seat: City, texts: Mapping[str, str]) -> None:
    institution.kind, institution.seat = kind, seat
    for field in TEXTS:
        setattr(institution, field, texts.get(field, "").replace("\r\n", "\n").strip())
    if not any(getattr(institution, field) for field in NAMES):
        raise NameMissing
    if not seat.is_public:
        raise SeatNotConfirmed(city=seat.name)
    _refuse_second(institution)


def _refuse_second(institution: Institution) -> None:
    """The same name in the same city is the same institution."""
    others = Institution.objects.current().filter(seat=institution.seat).exclude(pk=institution.pk)
    for field in NAMES:
        name = getattr(institution, field)
        if name and others.filter(**{f"{field}__iexact": name}).exists():
            raise AlreadyThere(name=name, seat=institution.seat.name)
