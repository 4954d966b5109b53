"""What is written to applicants and staff about an application."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from alliance.accounts.models import User
from alliance.accounts.states import StaffRole
from alliance.letters.actions import Addressee, write
from alliance.letters.states import LetterKind
from alliance.pages.phrases import labelled
from cities.models import Officer
from cities.states import Section
from membership.models import Application

Compose = Callable[[], tuple[str, str]]


def applicants(application: Application) -> Iterator[Addressee]:
    """The leads and deputies of all cities that apply; of a city that has none yet, who began."""
    cities = application.places.values("city")
    speaking = Officer.objects.speaking().filter(city__in=cities).select_related("user", "city")
    officers = list(speaking.order_by("pk"))
    for officer in officers:
        yield Addressee.of(officer.user, officer.city.slug)
    if not officers:
        yield Addressee.of(application.begun_by)


def staff(*roles: StaffRole) -> Iterator[Addressee]:
    """Everybody in these staff roles."""
    for role in roles:
        for user in User.objects.with_role(role):
            yield Addressee.of(user)


def tell_submitted(application: Application, number: int, *, by: User, at: datetime) -> None:
    """The secretariat learns that there is something to check, the applicant that it has arrived."""

    def to_secretariat() -> tuple[str, str]:
        subject = _("Application %(reference)s: %(cities)s") % _names(application)
        text = (
            _("%(cities)s has submitted its application %(reference)s.")
            if number == 1
            else _("%(cities)s has corrected its application %(reference)s and submitted it again.")
        )
        return subject, _paragraphs(
            text % _names(application), _("Please check it: return it with comments, or pass it on.")
        )

    def to_applicant() -> tuple[str, str]:
        names = {**_names(application), "version": number}
        return _("Your application %(reference)s has arrived") % names, _paragraphs(
            _("The secretariat has received the application of %(cities)s, version %(version)s.") % names,
            _("It checks whether everything is there, and then asks the member cities for their consent."),
            _("You can follow each step on the application's page, and retract it until the decision."),
        )

    _notify(application, LetterKind.NOTICE, to_secretariat, staff(StaffRole.SECRETARIAT), by=by, at=at)
    _notify(application, LetterKind.CONFIRMATION, to_applicant, applicants(application), by=by, at=at)


def tell_returned(
    application: Application, comments: Mapping[str, str], *, by: User | None, at: datetime
) -> None:
    """The applicant learns what to correct, section by section."""

    def compose() -> tuple[str, str]:
        remarks = [labelled(section_label(section), text) for section, text in comments.items()]
        return _("Please correct your application %(reference)s") % _names(application), _paragraphs(
            _("The secretariat has read the application of %(cities)s and asks for corrections.")
            % _names(application),
            *remarks,
            _("Please correct it and submit it again; everything else stays as it is."),
        )

    _notify(application, LetterKind.NOTICE, compose, applicants(application), by=by, at=at)


def tell_passed_on(application: Application, *, by: User | None, at: datetime) -> None:
    """The applicant learns that the application is complete."""

    def compose() -> tuple[str, str]:
        return _("Your application %(reference)s is complete") % _names(application), _paragraphs(
            _("The secretariat has found the application of %(cities)s complete.") % _names(application),
            _("It now prepares the circular that asks all member cities for their consent."),
        )

    _notify(application, LetterKind.NOTICE, compose, applicants(application), by=by, at=at)


def tell_retracted(application: Application, *, by: User, at: datetime) -> None:
    """Staff learn that the application no longer stands, and the applicant that this has arrived."""

    def to_staff() -> tuple[str, str]:
        return _("Application %(reference)s was retracted") % _names(application), _paragraphs(
            _("%(cities)s has retracted its application %(reference)s.") % _names(application),
            application.retraction_reason,
        )

    def to_applicant() -> tuple[str, str]:
        return _("Your application %(reference)s is retracted") % _names(application), _paragraphs(
            _("The application of %(cities)s no longer stands. You may apply again at any time.")
            % _names(application)
        )

    roles = [StaffRole.SECRETARIAT, *([StaffRole.MANAGEMENT] if application.passed_on_at else [])]
    _notify(application, LetterKind.NOTICE, to_staff, staff(*roles), by=by, at=at)
    _notify(application, LetterKind.CONFIRMATION, to_applicant, applicants(application), by=by, at=at)


def section_label(section: str) -> str:
    """The heading of a section as comments name it."""
    others = {
        "contact": _("Contact and resolution"),
        "attachments": _("Attachments"),
        "": _("In general"),
    }
    labels = {**dict(Section.choices), **others}
    return str(labels[section])


def _notify(
    application: Application,
    kind: LetterKind,
    compose: Compose,
    to: Iterator[Addressee],
    *,
    by: User | None,
    at: datetime,
) -> None:
    path = application.get_absolute_url()
    write(kind, compose, to, by=by, at=at, reference=application.reference, path=path)


def _names(application: Application) -> dict[str, str]:
    return {"reference": application.reference, "cities": application.name}


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)
