"""What management decides on an application after its circular has closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.accounts.permissions import NotPermitted, require_management
from alliance.letters.actions import Addressee
from alliance.pages.moments import day_text
from alliance.pages.refusals import Refusal
from cities.actions import cities as register
from cities.actions.profiles import content_of, save_profile
from cities.models import City
from membership import consent
from membership.actions import decision_letters as letters
from membership.actions.addressees import applicants_of, members_on
from membership.actions.memberships import begin, end_place
from membership.actions.outcomes import as_content, outcome_of
from membership.models import Application, Circular, Decision, Membership, MembershipCity, NumberSeries
from membership.models.membership import alliance_day
from membership.states import (
    ApplicationState,
    Beginning,
    CircularState,
    DecisionKind,
    Ending,
    MembershipKind,
)

CERTIFICATES = "certificate"
FIGURE_KEY = ("indicator", "year", "concept", "territory")


class NotToDecide(Refusal):
    """The application is at another stage."""

    sentence = _("The application %(reference)s is not to be decided now: it is “%(state)s”.")


class NoClosedCircular(Refusal):
    """The members have not been asked, or their time is not over."""

    sentence = _(
        "The members are asked first: management decides after the circular on %(reference)s has closed."
    )


class StillWithMembers(Refusal):
    """They can still answer."""

    sentence = _(
        "The circular %(number)s is still with the member cities; management decides after its close."
    )


class NotCarried(Refusal):
    """The paper demands the members' consent, without exception."""

    sentence = _(
        "The application cannot be accepted: the circular %(number)s was not carried. %(reasons)s "
        "A new circular is the way."
    )


class MemberFromInThePast(Refusal):
    """Nobody was a member before the decision."""

    sentence = _("The membership cannot begin before the day of the decision, %(day)s.")


class ReasonOfDecisionMissing(Refusal):
    """The applicant is told why."""

    sentence = _("Please give the reason: the applicant is told it.")


@transaction.atomic
def accept(
    application: Application,
    *,
    member_from: date | None = None,
    occasion: str = "",
    by: User | None,
    at: datetime | None = None,
) -> Decision:
    """Accept an application that the members have consented to; a second time changes nothing.

    The membership begins on the day named, the city's profile is filled from the application, an
    observership ends, and the certificate gets its number.
    """
    at = at or timezone.now()
    by = require_manager(by)
    application = locked(application)
    if there := same_acceptance(application, member_from):
        return there
    circular, outcome = decided_on(application, at=at)
    if not outcome.carried:
        raise NotCarried(number=circular.label, reasons=outcome.text())
    member_from = first_day(member_from, at)
    membership = admit(application, circular, member_from, by=by, at=at)
    application.accept(at=at)
    application.save()
    decision = keep(
        application,
        circular,
        outcome,
        DecisionKind.ACCEPTED,
        {"member_from": member_from, "occasion": occasion.strip(), "membership": membership},
        by=by,
        at=at,
    )
    discard_drafts(application)
    letters.tell_accepted(decision, everybody_concerned(application, at), by=by, at=at)
    return decision


def first_day(member_from: date | None, at: datetime) -> date:
    """From when the city is a member: the day named, else the day of the decision."""
    today = alliance_day(at)
    if member_from is not None and member_from < today:
        raise MemberFromInThePast(day=day_text(today))
    return member_from or today


def same_acceptance(application: Application, member_from: date | None) -> Decision | None:
    """The acceptance that was made already when the form is sent a second time."""
    if application.state != ApplicationState.ACCEPTED:
        return None
    made = application.decisions.get(kind=DecisionKind.ACCEPTED)
    return made if member_from in (None, made.member_from) else None


def require_manager(by: User | None) -> User:
    """A person of the management: a decision bears a name."""
    require_management(by)
    if by is None:
        raise NotPermitted
    return by


def locked(application: Application) -> Application:
    return Application.objects.select_for_update().get(pk=application.pk)


def decided_on(application: Application, *, at: datetime) -> tuple[Circular, consent.Outcome]:
    """The closed circular a decision rests on, held, and its outcome on the record as it stands now."""
    if application.state != ApplicationState.IN_CONSULTATION:
        raise NotToDecide(reference=application.reference, state=application.get_state_display())
    issued = application.circulars.filter(state__in=[CircularState.ISSUED, CircularState.CLOSED])
    latest = issued.order_by("pk").select_for_update().last()
    if latest is None:
        raise NoClosedCircular(reference=application.reference)
    if latest.state == CircularState.ISSUED:
        raise StillWithMembers(number=latest.label)
    return latest, outcome_of(latest, at=at)


def admit(
    application: Application, circular: Circular, member_from: date, *, by: User, at: datetime
) -> Membership:
    """Begin the full membership with its certificate, and fill the register from the application."""
    cities = [place.city for place in application.places.select_related("city")]
    for place in watching(cities, member_from):
        end_place(place, ends=member_from, ending=Ending.ACCESSION, by=by, at=at)
    membership = begin(
        MembershipKind.FULL, cities, beginning=Beginning.APPLICATION, begins=member_from, by=by, at=at
    )
    year = alliance_day(at).year
    membership.certificate_number = f"{year}/{NumberSeries.next(CERTIFICATES, year):02d}"
    membership.save(update_fields=["certificate_number"])
    version = circular.application_version
    for city in cities:
        register.confirm(city, by=None, at=at)
        write_profile(city, version.content if version else {}, by=by, at=at)
    return membership


def watching(cities: list[City], member_from: date) -> list[MembershipCity]:
    """The observerships and visits that an accession ends."""
    kinds = [MembershipKind.OBSERVER, MembershipKind.GUEST]
    return list(MembershipCity.objects.on(member_from).filter(city__in=cities, kind__in=kinds))


def write_profile(city: City, content: Mapping[str, Any], *, by: User, at: datetime) -> None:
    """Make the four sections the city's profile; figures that the register has besides stay."""
    stated = content["figures"].get(city.slug, [])
    figures = {tuple(row[key] for key in FIGURE_KEY): row for row in [*content_of(city)["figures"], *stated]}
    save_profile(
        city,
        texts=content["texts"],
        industries=content["industries"],
        cooperations=content["cooperations"].get(city.slug, []),
        figures=list(figures.values()),
        by=by,
        at=at,
    )


def keep(
    application: Application,
    circular: Circular,
    outcome: consent.Outcome,
    kind: DecisionKind,
    rest: Mapping[str, Any],
    *,
    by: User,
    at: datetime,
) -> Decision:
    """The decision with the outcome it rests on."""
    return Decision.objects.create(
        application=application,
        circular=circular,
        kind=kind,
        result=outcome.result.value,
        outcome=as_content(outcome),
        decided_at=at,
        decided_by=by,
        **rest,
    )


def discard_drafts(application: Application) -> None:
    """Drafts of circulars on a decided application; nobody was told about them."""
    for draft in application.circulars.filter(state=CircularState.DRAFT):
        draft.delete()


def everybody_concerned(application: Application, at: datetime) -> Iterator[Addressee]:
    """The applicant, and all members on the day."""
    yield from applicants_of(application)
    yield from members_on(alliance_day(at))


@transaction.atomic
def decline(
    application: Application, *, reason: str, by: User | None, at: datetime | None = None
) -> Decision:
    """Decline an application, even one that was carried, with a reason that the applicant is told."""
    at = at or timezone.now()
    by = require_manager(by)
    application = locked(application)
    if there := same_decision(application, ApplicationState.DECLINED, reason):
        return there
    circular, outcome = decided_on(application, at=at)
    application.decline(at=at)
    decision = refuse_or_postpone(application, circular, outcome, DecisionKind.DECLINED, reason, by=by, at=at)
    discard_drafts(application)
    return decision


@transaction.atomic
def postpone(
    application: Application, *, reason: str, by: User | None, at: datetime | None = None
) -> Decision:
    """Put the decision off, with a reason that the applicant is told; it can be taken up again."""
    at = at or timezone.now()
    by = require_manager(by)
    application = locked(application)
    if there := same_decision(application, ApplicationState.POSTPONED, reason):
        return there
    circular, outcome = decided_on(application, at=at)
    application.postpone(at=at)
    return refuse_or_postpone(application, circular, outcome, DecisionKind.POSTPONED, reason, by=by, at=at)


def same_decision(application: Application, state: ApplicationState, reason: str) -> Decision | None:
    """The decision that was made already when the form is sent a second time."""
    if application.state != state:
        return None
    last = application.decisions.order_by("pk").last()
    return last if last and last.reason == reason.strip() else None


def refuse_or_postpone(
    application: Application,
    circular: Circular,
    outcome: consent.Outcome,
    kind: DecisionKind,
    reason: str,
    *,
    by: User,
    at: datetime,
) -> Decision:
    """Keep a decision with a reason and tell the applicant."""
    if not reason.strip():
        raise ReasonOfDecisionMissing
    application.save()
    decision = keep(application, circular, outcome, kind, {"reason": reason.strip()}, by=by, at=at)
    letters.tell_reason(decision, applicants_of(application), by=by, at=at)
    return decision


@transaction.atomic
def take_up_again(application: Application, *, by: User | None, at: datetime | None = None) -> Application:
    """Bring a postponed application back to where it can be decided; a second time changes nothing."""
    at = at or timezone.now()
    by = require_manager(by)
    application = locked(application)
    if application.state == ApplicationState.IN_CONSULTATION:
        return application
    if application.state != ApplicationState.POSTPONED:
        raise NotToDecide(reference=application.reference, state=application.get_state_display())
    application.take_up_again(at=at)
    application.save()
    letters.tell_taken_up(application, applicants_of(application), by=by, at=at)
    return application
