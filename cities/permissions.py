"""Who may do what with a city and its people."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from alliance.accounts.models import User
from cities.models import City, Institution, Officer

if TYPE_CHECKING:
    from cities.querysets import OfficerQuerySet

Person = User | AnonymousUser


def may_edit(user: Person, city: City) -> bool:
    """Keep the city's profile, figures and application: its confirmed officers, and the secretariat."""
    if not user.is_authenticated:
        return False
    return user.is_secretariat or (user.is_active and _is_confirmed_officer(user, city))


def sees_officers(user: Person, city: City) -> bool:
    """See who acts for the city: staff, its own officers, and confirmed officers of other cities."""
    if not user.is_authenticated:
        return False
    return user.is_staff or user.officers.confirmed().exists() or _is_current_officer(user, city)


def officers_seen_by(user: Person, city: City) -> "OfficerQuerySet":
    """Staff and the city's own officers see all of them; officers of other cities its lead and deputies."""
    if not user.is_authenticated or not sees_officers(user, city):
        return city.officers.none()
    if user.is_staff or _is_current_officer(user, city):
        return city.officers.current()
    return city.officers.speaking()


def may_manage_officers(user: Person, city: City | None = None) -> bool:
    """Invite, confirm, refuse, change and end officers: the secretariat."""
    return user.is_authenticated and user.is_secretariat


def sees_contacts(user: Person, institution: Institution) -> bool:
    """See who reads for an institution: staff, confirmed officers, and the institution's own contacts."""
    if not user.is_authenticated:
        return False
    own = institution.contacts.filter(user=user, ended_at=None)
    return user.is_staff or user.officers.confirmed().exists() or own.exists()


def may_keep_institutions(user: Person) -> bool:
    """Enter, correct and end institutions, invite and end their contacts: the secretariat."""
    return user.is_authenticated and user.is_secretariat


def _is_confirmed_officer(user: User, city: City) -> bool:
    return Officer.objects.confirmed().filter(user=user, city=city).exists()


def _is_current_officer(user: User, city: City) -> bool:
    return Officer.objects.current().filter(user=user, city=city).exists()
