"""Personal links: the way from a mail to an answer without signing in.

A link is taken while its circular is open and its deadline ahead, while the person still speaks for the
city it was made for, and until it is revoked. It says who may answer, and gives no other access.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.accounts.permissions import NotPermitted
from alliance.letters.models import Delivery
from alliance.letters.personal import Claim, read
from alliance.pages.refusals import Refusal
from cities.models import City
from membership.actions import acknowledgements, statements
from membership.actions.circular_refusals import NotIssued
from membership.models import (
    Acknowledgement,
    Addressee,
    Circular,
    Elector,
    ElectorateExit,
    RevokedLink,
    Statement,
)
from membership.states import Channel, CircularState


class UnknownLink(Refusal):
    """Forged, cut off, or made for another circular."""

    sentence = _("This link is cut off or not known. Please open it from the mail once more, or sign in.")


class LinkOver(Refusal):
    """The circular takes no answers this way any more."""

    sentence = _("The time for answers by this link is over. Signed in you can still read the circular.")


class LinkNotTaken(Refusal):
    """Revoked, or the person does not speak for the city any more."""

    sentence = _("This link is no longer taken. If you speak for your city, please sign in.")


@dataclass(frozen=True)
class PersonalLink:
    """A link that is taken: who opened which circular, for which city, with which voice."""

    circular: Circular
    person: User
    city: City
    elector: Elector | None

    @property
    def is_observers(self) -> bool:
        return self.elector is None


def opened(token: str, number: str, *, at: datetime) -> PersonalLink:
    """What a link opens, by the number of its circular (2016/01); nothing is changed by looking."""
    claim = read(token)
    if claim is None or claim.reference != number:
        raise UnknownLink
    circular = circular_of(claim)
    if is_over(circular, at):
        raise LinkOver
    return taken(circular, claim, at)


def circular_of(claim: Claim) -> Circular:
    year, _slash, number = claim.reference.partition("/")
    if not (year.isdecimal() and number.isdecimal()):
        raise UnknownLink
    found = (
        Circular.objects.issued()
        .select_related("application", "extension")
        .filter(year=int(year), number=int(number))
        .first()
    )
    if found is None:
        raise UnknownLink
    return found


def is_over(circular: Circular, at: datetime) -> bool:
    deadline = circular.current_deadline
    return circular.state != CircularState.ISSUED or (deadline is not None and at > deadline)


def taken(circular: Circular, claim: Claim, at: datetime) -> PersonalLink:
    """The link, if the person still speaks for the city and has not revoked it."""
    person = User.objects.filter(pk=claim.recipient_id, is_active=True).first()
    if person is None or RevokedLink.objects.filter(circular=circular, user=person).exists():
        raise LinkNotTaken
    speaks = person.officers.speaking().filter(city__slug=claim.on_behalf_of)
    told = circular.addressees.filter(city__slug=claim.on_behalf_of, city__in=speaks.values("city"))
    addressee = told.select_related("city", "elector").first()
    if addressee is None or has_left(addressee, at):
        raise LinkNotTaken
    return PersonalLink(circular, person, addressee.city, addressee.elector)


def has_left(addressee: Addressee, at: datetime) -> bool:
    return ElectorateExit.objects.filter(elector=addressee.elector_id, left_at__lte=at).exists()


@transaction.atomic
def state(token: str, number: str, *, position: str, text: str = "", at: datetime | None = None) -> Statement:
    """Give the city's answer by the link, in the name of the person it was made for."""
    at = at or timezone.now()
    link = locked(token, number, at=at)
    if link.elector is None:
        raise LinkNotTaken
    return statements.state(
        link.circular,
        elector=link.elector,
        position=position,
        text=text,
        channel=Channel.PERSONAL_LINK,
        by=link.person,
        at=at,
    )


@transaction.atomic
def acknowledge(token: str, number: str, *, at: datetime | None = None) -> Acknowledgement:
    """Take note of an information circular by the link."""
    at = at or timezone.now()
    link = locked(token, number, at=at)
    return acknowledgements.acknowledge(
        link.circular, city=link.city, channel=Channel.PERSONAL_LINK, by=link.person, at=at
    )


def locked(token: str, number: str, *, at: datetime) -> PersonalLink:
    """The link as it is with its circular held, so that nobody closes or revokes meanwhile."""
    link = opened(token, number, at=at)
    Circular.objects.select_for_update().get(pk=link.circular.pk)
    return opened(token, number, at=at)


@transaction.atomic
def revoke(circular: Circular, user: User, *, by: User | None, at: datetime | None = None) -> RevokedLink:
    """Take a person's link to a circular back: the person, or the secretariat. It stays revoked."""
    at = at or timezone.now()
    if by is None or not (by == user or by.is_secretariat):
        raise NotPermitted
    Circular.objects.select_for_update().get(pk=circular.pk)
    if circular.state == CircularState.DRAFT:
        raise NotIssued
    return RevokedLink.objects.get_or_create(
        circular=circular, user=user, defaults={"revoked_at": at, "revoked_by": by}
    )[0]


def people_sent(circular: Circular) -> QuerySet[User]:
    """Everybody to whom a link went."""
    sent = Delivery.objects.filter(letter__reference=circular.label, recipient=OuterRef("pk"))
    return User.objects.filter(Exists(sent.exclude(letter__personal_path=""))).order_by("name", "pk")


def people_with_link(circular: Circular) -> QuerySet[User]:
    """Everybody to whom a link went that was not revoked."""
    revoked = RevokedLink.objects.filter(circular=circular, user=OuterRef("pk"))
    return people_sent(circular).filter(~Exists(revoked))


def has_link(circular: Circular, user: User, *, at: datetime) -> bool:
    """Whether a link of the person to this circular is out and taken."""
    return not is_over(circular, at) and people_with_link(circular).filter(pk=user.pk).exists()
