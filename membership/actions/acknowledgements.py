"""Taking note of an information circular, city by city."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.pages.refusals import Refusal
from cities.models import City
from membership.actions.circular_refusals import NotIssued
from membership.actions.closing import refuse_unless_open
from membership.actions.drafts import lock
from membership.actions.statement_refusals import NoMemberAnyMore, NotAsked
from membership.models import Acknowledgement, Addressee, Circular, ElectorateExit
from membership.permissions.circulars import require_voice_of_city
from membership.states import Channel, CircularKind, CircularState


class AsksForNoAcknowledgement(Refusal):
    """Only what is for information is acknowledged."""

    sentence = _("This circular asks for a statement, or for nothing; it is not acknowledged.")


@transaction.atomic
def acknowledge(
    circular: Circular,
    *,
    city: City,
    channel: Channel = Channel.SIGNED_IN,
    by: User | None,
    at: datetime | None = None,
) -> Acknowledgement:
    """Confirm for a city, as its lead or deputy, that it took note. The first time counts."""
    at = at or timezone.now()
    circular = lock(circular)
    if circular.state == CircularState.DRAFT:
        raise NotIssued
    by = require_voice_of_city(by, city)
    if circular.kind != CircularKind.INFORMATION:
        raise AsksForNoAcknowledgement
    if there := circular.acknowledgements.filter(city=city).first():
        return there
    refuse_unless_open(circular)
    refuse_unless_told(circular, city, at)
    return Acknowledgement.objects.create(
        circular=circular, city=city, channel=channel, made_at=at, made_by=by
    )


def refuse_unless_told(circular: Circular, city: City, at: datetime) -> None:
    told = circular.addressees.filter(city=city, elector__isnull=False).first()
    if told is None:
        raise NotAsked(member=city.name, number=circular.label)
    if ElectorateExit.objects.filter(elector=told.elector_id, left_at__lte=at).exists():
        raise NoMemberAnyMore(member=city.name)


def cities_asked(circular: Circular, *, at: datetime) -> QuerySet[Addressee]:
    """The members' cities that are to take note; those that have left since are not waited for."""
    left = ElectorateExit.objects.filter(elector__circular=circular, left_at__lte=at)
    asked = Addressee.objects.filter(circular=circular, elector__isnull=False)
    return asked.exclude(elector__in=left.values("elector"))


def cities_missing(circular: Circular, *, at: datetime) -> QuerySet[Addressee]:
    """Those of them that have not acknowledged."""
    made = Acknowledgement.objects.filter(circular=OuterRef("circular"), city=OuterRef("city"))
    return cities_asked(circular, at=at).filter(~Exists(made))
