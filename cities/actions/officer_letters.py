"""What officers are told about their offices, and their colleagues with them."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from alliance.accounts.models import User
from alliance.accounts.states import StaffRole
from alliance.letters.actions import Addressee, Compose, write
from alliance.letters.states import LetterKind
from cities.models import Officer
from cities.states import OfficerLevel


def tell_confirmed(officer: Officer, *, former_lead: Officer | None, by: User | None, at: datetime) -> None:
    def compose() -> tuple[str, str]:
        subject = _("%(person)s acts for %(city)s") % values(officer)
        said = _(
            "The secretariat has confirmed %(person)s, %(function)s, as an officer of %(city)s: %(level)s."
        )
        return subject, paragraphs(said % values(officer), duties(officer), handed_over(officer, former_lead))

    send(compose, concerned(officer), officer, by=by, at=at)


def tell_level(officer: Officer, *, former_lead: Officer | None, by: User | None, at: datetime) -> None:
    def compose() -> tuple[str, str]:
        subject = _("%(person)s is now %(level)s of %(city)s") % values(officer)
        said = _("The secretariat has changed what %(person)s, %(function)s, does for %(city)s: %(level)s.")
        return subject, paragraphs(said % values(officer), duties(officer), handed_over(officer, former_lead))

    send(compose, concerned(officer), officer, by=by, at=at)


def tell_refused(officer: Officer, *, by: User | None, at: datetime) -> None:
    def compose() -> tuple[str, str]:
        subject = _("Your registration for %(city)s was not confirmed") % values(officer)
        said = _("The secretariat has not confirmed you as an officer of %(city)s.") % values(officer)
        reason = _("The reason: %(reason)s") % {"reason": officer.end_reason}
        return subject, paragraphs(said, reason, _("If this is a mistake, please write to the secretariat."))

    send(compose, [officer.user], officer, by=by, at=at)


def tell_ended(officer: Officer, *, by: User | None, at: datetime) -> None:
    def compose() -> tuple[str, str]:
        subject = _("%(person)s no longer acts for %(city)s") % values(officer)
        said = _("The office of %(person)s, %(function)s, for %(city)s has ended.") % values(officer)
        return subject, paragraphs(said, _("The reason: %(reason)s") % {"reason": officer.end_reason})

    send(compose, concerned(officer), officer, by=by, at=at)


def tell_changed_address(officer: Officer, *, before: str, at: datetime) -> None:
    """The secretariat looks whether it is still the same person."""

    def compose() -> tuple[str, str]:
        subject = _("%(person)s of %(city)s has another e-mail address") % values(officer)
        said = _(
            "%(person)s, %(function)s of %(city)s, is reached at %(after)s from now on; before at %(before)s."
        )
        addresses = {"after": officer.user.email, "before": before}
        return subject, paragraphs(
            said % {**values(officer), **addresses},
            _("The new address was confirmed by its link. What the person said for the city stays as it is."),
            _("If in doubt, ask the city at its official mailbox or telephone, and end the office."),
        )

    secretariat = User.objects.filter(role=StaffRole.SECRETARIAT, is_active=True).order_by("pk")
    to = [Addressee.of(person) for person in secretariat]
    write(LetterKind.NOTICE, compose, to, by=officer.user, at=at, path=officer.get_absolute_url())


def concerned(officer: Officer) -> list[User]:
    """The person, and the lead and deputies of the city."""
    colleagues = officer.city.officers.speaking().select_related("user").order_by("pk")
    return [officer.user, *(other.user for other in colleagues if other.user_id != officer.user_id)]


def send(
    compose: Compose, people: Iterable[User], officer: Officer, *, by: User | None, at: datetime
) -> None:
    to = [Addressee.of(person, on_behalf_of=officer.city.slug) for person in people]
    path = officer.city.get_absolute_url()
    write(LetterKind.NOTICE, compose, to, by=by, at=at, path=path)


def values(officer: Officer) -> dict[str, str]:
    return {
        "person": str(officer.user),
        "city": officer.city.name,
        "function": officer.function,
        "level": str(officer.get_level_display()),
    }


def duties(officer: Officer) -> str:
    if officer.level == OfficerLevel.EDITOR:
        return _("Editors keep the city's profile and key figures. They do not speak for the city.")
    return _("Leads and deputies give the city's statements, and letters to the city go to them.")


def handed_over(officer: Officer, former_lead: Officer | None) -> str:
    if former_lead is None:
        return ""
    return _("%(former)s, the lead until now, is deputy from today on.") % {"former": str(former_lead.user)}


def paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)
