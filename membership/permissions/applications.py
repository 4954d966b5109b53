"""Who may do what with an application."""

from enum import Enum

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.accounts.permissions import NotPermitted
from cities.models import City, Officer
from cities.states import OfficerLevel, OfficerState
from membership.models import Application

SPEAKING = (OfficerLevel.LEAD, OfficerLevel.DEPUTY)


class NotYetConfirmed(NotPermitted):
    """Who the officer is has not been made sure yet."""

    sentence = _(
        "The secretariat first confirms who you are; then this counts. Your draft is kept until then."
    )


class NotTheCitysVoice(NotPermitted):
    """Editors keep data; leads and deputies speak for the city."""

    sentence = _("Only the lead or a deputy of an applying city can do this.")


class NotTheApplicant(NotPermitted):
    """Somebody else's application."""

    sentence = _("Only officers of an applying city can do this.")


class Reader(Enum):
    """As what a person reads an application."""

    APPLICANT = "applicant"
    STAFF = "staff"
    MEMBER = "member"


def reader_of(user: User, application: Application) -> Reader:
    """As what a person reads an application they can see."""
    if works_on(user, application):
        return Reader.APPLICANT
    return Reader.STAFF if user.is_staff else Reader.MEMBER


def works_on(user: User, application: Application) -> bool:
    """Whether the person may edit the application, and see it as its applicant."""
    return user.is_active and Application.objects.of(user).filter(pk=application.pk).exists()


def speaks_for_applicant(user: User, application: Application) -> bool:
    """Whether the person, confirmed by the secretariat, is lead or deputy of an applying city."""
    cities = application.places.values("city")
    return user.is_active and user.officers.speaking().filter(city__in=cities).exists()


def may_retract(user: User, application: Application) -> bool:
    """The cities' voices; of a draft nobody has seen yet, also who began it."""
    own_draft = application.submitted_at is None and application.begun_by_id == user.pk
    return speaks_for_applicant(user, application) or (own_draft and works_on(user, application))


def cities_to_apply_for(user: User) -> list[City]:
    """Cities for which the person may begin an application, confirmed or still to be confirmed."""
    return [officer.city for officer in speaking_offices(user).select_related("city")]


def require_beginner(by: User, cities: list[City]) -> None:
    """One of the cities is the person's own; others may be named by those who are confirmed."""
    offices = {officer.city_id: officer for officer in speaking_offices(by)}
    own = [offices[city.pk] for city in cities if city.pk in offices]
    if not (by.is_active and own):
        raise NotTheCitysVoice(_("You can apply only for a city of which you are the lead or a deputy."))
    if len(own) < len(cities) and not any(officer.state == OfficerState.CONFIRMED for officer in own):
        raise NotYetConfirmed(_("Other cities can be added once the secretariat has confirmed who you are."))


def speaking_offices(user: User) -> QuerySet[Officer]:
    """The cities for which the person is lead or deputy, confirmed or still to be confirmed."""
    return user.officers.current().filter(level__in=SPEAKING)


def require_editor(by: User, application: Application) -> None:
    if not works_on(by, application):
        raise NotTheApplicant


def require_voice(by: User, application: Application) -> None:
    """Refuse whoever is not a confirmed lead or deputy, saying which of the two is lacking."""
    if speaks_for_applicant(by, application):
        return
    require_editor(by, application)
    cities = application.places.values("city")
    raise NotYetConfirmed if speaking_offices(by).filter(city__in=cities).exists() else NotTheCitysVoice


def require_retractor(by: User, application: Application) -> None:
    if not may_retract(by, application):
        require_voice(by, application)
