"""Officers: registered, confirmed or refused, given another level, ended."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.actions import has_confirmed_address
from alliance.accounts.models import User
from alliance.accounts.permissions import require_secretariat
from alliance.pages.refusals import Refusal
from cities.actions import cities, officer_letters
from cities.models import City, Officer
from cities.states import OfficerLevel, OfficerState


class AlreadyOfficer(Refusal):
    sentence = _("%(person)s is already registered as an officer of %(city)s.")


class WrongState(Refusal):
    """The officer's state does not allow this move."""


class AddressNotConfirmed(Refusal):
    sentence = _(
        "%(person)s has not yet opened the link that was sent to %(address)s. "
        "Until then nobody knows whose address it is."
    )


class LeadExists(Refusal):
    sentence = _(
        "%(city)s already has a lead: %(person)s. Confirm as deputy or editor, "
        "or choose the level lead expressly; the present lead then becomes deputy."
    )


class LeadNeeded(Refusal):
    sentence = _(
        "Once a city has a lead it keeps one, and %(person)s is the lead of %(city)s. "
        "Please make another officer the lead first."
    )


class ReasonMissing(Refusal):
    sentence = _("Please give the reason; the person is told.")


@transaction.atomic
def note_changed_address(user: User, *, before: str, at: datetime | None = None) -> list[Officer]:
    """An officer is reached at another address: the secretariat is told, the offices stay as they are."""
    at = at or timezone.now()
    offices = list(user.officers.current().select_for_update().order_by("pk"))
    for officer in offices:
        officer.address_changed_at = at
        officer.save(update_fields=["address_changed_at"])
        officer_letters.tell_changed_address(officer, before=before, at=at)
    return offices


@transaction.atomic
def register(
    user: User, city: City, *, level: str, function: str, phone: str = "", at: datetime | None = None
) -> Officer:
    """A person says to act for a city; it counts once the secretariat has confirmed it."""
    at = at or timezone.now()
    city = _locked(city)
    if city.officers.current().filter(user=user).exists():
        raise AlreadyOfficer(person=user, city=city.name)
    return Officer.objects.create(
        user=user, city=city, level=level, function=function.strip(), phone=phone.strip(), registered_at=at
    )


@transaction.atomic
def confirm(
    officer: Officer, *, level: str | None = None, by: User | None, at: datetime | None = None
) -> Officer:
    """The secretariat has made sure who the person is; with the officer the city is confirmed too.

    Without a level the officer gets the one registered for; a present lead gives way only to a level
    that was chosen expressly.
    """
    at = at or timezone.now()
    city, officer = _locked_both(officer)
    require_secretariat(by)
    if officer.state == OfficerState.CONFIRMED and level in (None, officer.level):
        return officer
    _require_state(officer, OfficerState.REGISTERED)
    _require_own_address(officer)
    lead = city.officers.leads().select_related("user").first()
    if lead and level is None and officer.level == OfficerLevel.LEAD:
        raise LeadExists(city=city.name, person=lead.user)
    return _confirm(city, officer, level or officer.level, by=by, at=at)


@transaction.atomic
def appoint(
    user: User, city: City, *, level: str, function: str, by: User | None, at: datetime | None = None
) -> Officer:
    """Make somebody an officer whom the secretariat has invited: confirmed at once."""
    at = at or timezone.now()
    city = _locked(city)
    officer = city.officers.current().filter(user=user).first()
    if officer is None:
        officer = register(user, city, level=level, function=function, at=at)
    if officer.state == OfficerState.CONFIRMED:
        return officer
    officer.function = function.strip()
    return _confirm(city, officer, level, by=by, at=at)


def _confirm(city: City, officer: Officer, level: str, *, by: User | None, at: datetime) -> Officer:
    former = _make_way(city, officer) if level == OfficerLevel.LEAD else None
    officer.level = level
    officer.confirm(by=by, at=at)
    officer.save()
    if city.confirmed_at is None:
        cities.confirm(city, by=None if by is None or not by.is_secretariat else by, at=at)
    officer_letters.tell_confirmed(officer, former_lead=former, by=by, at=at)
    return officer


@transaction.atomic
def refuse(officer: Officer, *, by: User | None, reason: str, at: datetime | None = None) -> Officer:
    """The secretariat does not take the person for an officer of the city; the person is told why."""
    at = at or timezone.now()
    _city, officer = _locked_both(officer)
    require_secretariat(by)
    if officer.state == OfficerState.REFUSED:
        return officer
    _require_state(officer, OfficerState.REGISTERED)
    officer.refuse(by=by, at=at, reason=_given(reason))
    officer.save()
    officer_letters.tell_refused(officer, by=by, at=at)
    return officer


@transaction.atomic
def end(officer: Officer, *, by: User | None, reason: str, at: datetime | None = None) -> Officer:
    """The person no longer acts for the city; the row stays."""
    at = at or timezone.now()
    city, officer = _locked_both(officer)
    require_secretariat(by)
    if officer.state == OfficerState.ENDED:
        return officer
    _require_state(officer, OfficerState.CONFIRMED)
    _require_not_lead(city, officer)
    officer.end(by=by, at=at, reason=_given(reason))
    officer.save()
    officer_letters.tell_ended(officer, by=by, at=at)
    return officer


@transaction.atomic
def change_level(officer: Officer, level: str, *, by: User | None, at: datetime | None = None) -> Officer:
    """Lead, deputy or editor; whoever was lead before a new lead becomes deputy."""
    at = at or timezone.now()
    city, officer = _locked_both(officer)
    require_secretariat(by)
    _require_state(officer, OfficerState.CONFIRMED)
    if officer.level == level:
        return officer
    _require_not_lead(city, officer)
    former = _make_way(city, officer) if level == OfficerLevel.LEAD else None
    officer.level = level
    officer.save()
    officer_letters.tell_level(officer, former_lead=former, by=by, at=at)
    return officer


def _locked(city: City) -> City:
    """The city's row is the lock for all moves among its officers."""
    return City.objects.select_for_update().get(pk=city.pk)


def _locked_both(officer: Officer) -> tuple[City, Officer]:
    city = City.objects.select_for_update().get(pk=officer.city_id)
    officer = Officer.objects.select_for_update(of=("self",)).select_related("user").get(pk=officer.pk)
    officer.city = city
    return city, officer


def _make_way(city: City, officer: Officer) -> Officer | None:
    """A city has one lead: the present one becomes deputy."""
    former = city.officers.leads().exclude(pk=officer.pk).select_related("user").first()
    if former is not None:
        former.level = OfficerLevel.DEPUTY
        former.save(update_fields=["level"])
    return former


def _require_state(officer: Officer, state: OfficerState) -> None:
    if officer.state == state:
        return
    sentence = {
        OfficerState.REGISTERED: _("%(person)s is not confirmed yet. Please confirm or refuse first."),
        OfficerState.CONFIRMED: _("%(person)s is already confirmed. End the office instead, with a reason."),
        OfficerState.REFUSED: _("%(person)s was refused. A new registration or an invitation is the way."),
        OfficerState.ENDED: _("The office of %(person)s has ended. A new invitation is the way."),
    }[OfficerState(officer.state)]
    raise WrongState(sentence, person=officer.user)


def _require_own_address(officer: Officer) -> None:
    if not has_confirmed_address(officer.user):
        raise AddressNotConfirmed(person=officer.user, address=officer.user.email)


def _require_not_lead(city: City, officer: Officer) -> None:
    if officer.level == OfficerLevel.LEAD:
        raise LeadNeeded(person=officer.user, city=city.name)


def _given(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing
    return reason.strip()[:500]
