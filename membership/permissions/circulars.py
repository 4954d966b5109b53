"""Who may do, and see, what about a circular."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.accounts.permissions import NotPermitted, require_secretariat
from cities.models import City
from membership.models import Addressee, Circular, Elector, MembershipCity, Question, Statement
from membership.models.membership import alliance_day
from membership.permissions.applications import speaks_for_applicant
from membership.states import ApplicationState, CircularState, Visibility


class NotAVoice(NotPermitted):
    """Only leads and deputies give a city's voice."""

    sentence = _("Only the lead or a deputy of a member city that was asked can do this.")


class NotTheCitysVoice(NotPermitted):
    """Only leads and deputies speak for a city."""

    sentence = _("Only the lead or a deputy of the city can do this.")


class NotTheApplicantsVoice(NotPermitted):
    """Questions go to the applicant."""

    sentence = _("Only the applicant can answer a question to the applicant.")


def electors_of(user: User, circular: Circular, *, at: datetime | None = None) -> QuerySet[Elector]:
    """The members for which the person may speak: as lead or deputy of any of their cities."""
    return _electors(circular, user.officers.speaking().values("city"), at)


def own_electors(user: User, circular: Circular, *, at: datetime | None = None) -> QuerySet[Elector]:
    """The members among whose officers the person is, editors included."""
    return _electors(circular, user.officers.confirmed().values("city"), at)


def _electors(circular: Circular, cities: QuerySet, at: datetime | None) -> QuerySet[Elector]:
    places = MembershipCity.objects.on(alliance_day(at or timezone.now())).filter(city__in=cities)
    return circular.electors.filter(membership__in=places.values("membership"))


def may_state(user: User | None, elector: Elector, *, at: datetime | None = None) -> bool:
    """Whether the person may give this member's answer, ask for it, or contest what was entered for it."""
    if user is None or not (user.is_authenticated and user.is_active):
        return False
    return electors_of(user, elector.circular, at=at).filter(pk=elector.pk).exists()


def require_voice(by: User | None, elector: Elector, *, at: datetime) -> User:
    if by is None or not may_state(by, elector, at=at):
        raise NotAVoice
    return by


def speaks_for_city(user: User | None, city: City) -> bool:
    """Whether the person is the lead or a deputy of this very city."""
    if user is None or not (user.is_authenticated and user.is_active):
        return False
    return user.officers.speaking().filter(city=city).exists()


def require_voice_of_city(by: User | None, city: City) -> User:
    if by is None or not speaks_for_city(by, city):
        raise NotTheCitysVoice
    return by


def may_answer(user: User | None, question: Question) -> bool:
    """Confirmed officers of the applying cities answer: leads and deputies, and who began the application."""
    application = question.circular.application
    if user is None or application is None or not (user.is_authenticated and user.is_active):
        return False
    confirmed = user.officers.confirmed().filter(city__in=application.places.values("city"))
    began = application.begun_by_id == user.pk and confirmed.exists()
    return began or speaks_for_applicant(user, application)


def require_applicant(by: User | None, question: Question) -> None:
    if not may_answer(by, question):
        raise NotTheApplicantsVoice


def require_secretary(by: User | None) -> User:
    """A person of the secretariat: what bears a name is not done by the system."""
    require_secretariat(by)
    if by is None:
        raise NotPermitted
    return by


def require_canceller(by: User | None, circular: Circular) -> None:
    """The secretariat; and whoever retracts the application cancels its circular by that."""
    application = circular.application
    retracts = (
        application is not None
        and application.state == ApplicationState.RETRACTED
        and by is not None
        and application.retracted_by_id == by.pk
    )
    if not retracts:
        require_secretariat(by)


def sees_answers(
    user: User, circular: Circular, *, at: datetime | None = None, is_asked: bool | None = None
) -> bool:
    """Whether the person may see who has answered how, if the person may see the circular at all.

    Staff always; after the close everybody whom it was sent to or whom it is about; before, officers of
    the members asked, where the rule lets all members see. One's own answer one always sees. Whoever
    knows already whether the person is such an officer says so (`is_asked`).
    """
    if user.is_staff or circular.state == CircularState.CLOSED:
        return True
    visible = (circular.rule_content or {}).get("visibility") == Visibility.MEMBERS
    if is_asked is None:
        return visible and own_electors(user, circular, at=at).exists()
    return visible and is_asked


def sees_proof(user: User, statement: Statement, *, at: datetime | None = None) -> bool:
    """The proof of an answer entered for a member is for staff and for that member.

    A city that was asked keeps reading it also when it left the alliance.
    """
    if user.is_staff:
        return True
    own = own_electors(user, statement.circular, at=at).filter(pk=statement.elector_id)
    asked = Addressee.objects.filter(
        elector=statement.elector_id, city__in=user.officers.confirmed().values("city")
    )
    return own.exists() or asked.exists()


def sees_who_was_told(user: User) -> bool:
    """Addresses and deliveries are the secretariat's business."""
    return user.is_staff


def may_read_dossier(user: User) -> bool:
    """Dossiers hold proofs, addresses and every answer: they are for those who work for the alliance."""
    return user.is_staff


def require_dossier_reader(by: User | None) -> None:
    if by is not None and not may_read_dossier(by):
        raise NotPermitted
