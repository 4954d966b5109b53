"""The way of an application: begun, submitted, returned, passed on, retracted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django_fsm import can_proceed

from alliance.accounts.models import User
from alliance.accounts.permissions import require_secretariat
from alliance.accounts.states import Language
from alliance.pages.refusals import Refusal
from cities.models import City
from cities.states import Section
from membership.actions import application_letters as letters
from membership.actions import circulars
from membership.actions.applicants import (
    AlreadyMember,
    is_full_member,
    place_cities,
    refuse_cities,
)
from membership.actions.application_sections import (
    SavedMeanwhile,
    digest_of_step,
    save_cities,
    save_contact,
    save_section,
)
from membership.actions.attachments import attach, remove_attachment
from membership.actions.completeness import Missing, missing
from membership.models import Application, ApplicationVersion, Circular, NumberSeries, ReturnComment
from membership.models.contents import content_of
from membership.models.membership import alliance_day
from membership.permissions import applications as permissions
from membership.states import ApplicationState as S
from membership.states import CircularState

__all__ = [
    "Missing",
    "SavedMeanwhile",
    "attach",
    "begin",
    "digest_of_step",
    "missing",
    "pass_on",
    "remove_attachment",
    "retract",
    "save_cities",
    "save_contact",
    "save_section",
    "send_back",
    "submit",
]

SERIES = "application"
COMMENTED = (*Section.values, "contact", "attachments", "")


class NotPossibleNow(Refusal):
    """The application is in another state than this move starts from."""

    sentence = _("This is not possible: the application %(reference)s is “%(state)s”.")


class Incomplete(Refusal):
    """Something is missing."""

    sentence = _("The application is not complete yet. The summary lists what is missing.")


class NothingToCorrect(Refusal):
    """An application is returned with a comment, or not at all."""

    sentence = _("Please write at least one comment that says what is to be corrected.")


@transaction.atomic
def begin(cities: Sequence[City], *, by: User, at: datetime | None = None) -> Application:
    """Begin the application of one or several cities as one membership."""
    at = at or timezone.now()
    cities = list(dict.fromkeys(cities))
    refuse_cities(cities, at=at)
    permissions.require_beginner(by, cities)
    year = alliance_day(at).year
    number = NumberSeries.next(SERIES, year)
    application = Application.objects.create(
        reference=f"A {year}/{number:03d}", begun_at=at, begun_by=by, edited_at=at
    )
    place_cities(application, cities)
    return application


@transaction.atomic
def submit(application: Application, *, by: User, at: datetime | None = None) -> Application:
    """Hand a complete application to the secretariat; what it says is kept as a version.

    The same person's second click changes nothing, here and in the other moves.
    """
    at = at or timezone.now()
    application = _locked(application)
    permissions.require_voice(by, application)
    if application.state == S.SUBMITTED and application.submitted_by_id == by.pk:
        return application
    _require_possible(application, application.submit)
    if missing(application):
        raise Incomplete
    _refuse_members(application, at)
    application.submit(by=by, at=at)
    application.save()
    version = _keep_version(application, by=by, at=at)
    letters.tell_submitted(application, version.number, by=by, at=at)
    return application


@transaction.atomic
def send_back(
    application: Application, *, comments: Mapping[str, str], by: User | None, at: datetime | None = None
) -> Application:
    """Return an application for correction, with a comment to each section that needs one."""
    at = at or timezone.now()
    require_secretariat(by)
    application = _locked(application)
    given = {section: text for section in COMMENTED if (text := comments.get(section, "").strip())}
    if application.state == S.RETURNED and given == _last_comments(application):
        return application
    _require_possible(application, application.send_back)
    if not given:
        raise NothingToCorrect
    application.send_back(by=by, at=at)
    application.save()
    version = application.versions.latest("number")
    for section, text in given.items():
        ReturnComment.objects.create(version=version, section=section, text=text)
    letters.tell_returned(application, given, by=by, at=at)
    return application


@transaction.atomic
def pass_on(application: Application, *, by: User, at: datetime | None = None) -> Circular:
    """Find an application complete; a draft of the circular to the member cities follows from it."""
    at = at or timezone.now()
    require_secretariat(by)
    application = _locked(application)
    if application.state == S.IN_CONSULTATION and application.passed_on_by_id == by.pk:
        return circulars.draft_for(application, by=by, at=at)
    _require_possible(application, application.pass_on)
    _refuse_members(application, at)
    application.pass_on(by=by, at=at)
    application.save()
    letters.tell_passed_on(application, by=by, at=at)
    return circulars.draft_for(application, by=by, at=at)


@transaction.atomic
def retract(
    application: Application, *, by: User, reason: str = "", at: datetime | None = None
) -> Application:
    """Take an application back before it is decided; a circular about it ends with it."""
    at = at or timezone.now()
    application = _locked(application)
    permissions.require_retractor(by, application)
    if application.state == S.RETRACTED and application.retracted_by_id == by.pk:
        return application
    _require_possible(application, application.retract)
    application.retract(by=by, at=at, reason=reason.strip())
    application.save()
    _end_circulars(application, by=by, at=at)
    if application.submitted_at is not None:
        letters.tell_retracted(application, by=by, at=at)
    return application


def _locked(application: Application) -> Application:
    return Application.objects.select_for_update().get(pk=application.pk)


def _require_possible(application: Application, move: Callable[..., Any]) -> None:
    if not can_proceed(move):
        raise NotPossibleNow(reference=application.reference, state=application.get_state_display())


def _refuse_members(application: Application, at: datetime) -> None:
    for city in application.cities.all():
        if is_full_member(city, day=alliance_day(at)):
            raise AlreadyMember(city=city.name)


def _last_comments(application: Application) -> dict[str, str]:
    """What the version submitted last was returned with."""
    return dict(application.versions.latest("number").comments.values_list("section", "text"))


def _keep_version(application: Application, *, by: User, at: datetime) -> ApplicationVersion:
    last = application.versions.order_by("number").last()
    return ApplicationVersion.objects.create(
        application=application,
        number=last.number + 1 if last else 1,
        content=content_of(application),
        submitted_at=at,
        submitted_by=by,
    )


def _end_circulars(application: Application, *, by: User, at: datetime) -> None:
    """A draft nobody has seen is thrown away; an issued circular is cancelled, and those asked are told."""
    for circular in application.circulars.filter(state=CircularState.DRAFT):
        circular.delete()
    for circular in application.circulars.filter(state=CircularState.ISSUED):
        circulars.cancel(circular, reason=_reason_in_all_languages(application), by=by, at=at)


def _reason_in_all_languages(application: Application) -> str:
    sentences = []
    for language in Language.values:
        with override(language):
            sentences.append(gettext("The applicant has retracted the application."))
    return "\n".join([*dict.fromkeys(sentences), application.retraction_reason]).strip()
