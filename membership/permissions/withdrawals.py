"""Who may do what with a withdrawal."""

from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.accounts.permissions import NotPermitted
from cities.models import City
from cities.states import OfficerLevel
from membership.models import Withdrawal


class NotTheLead(NotPermitted):
    """Leaving is for the one who leads to say."""

    sentence = _(
        "Only the lead officer of the city can do this, or the secretariat from a letter of the city."
    )


def leads(user: User | None, city: City) -> bool:
    """Whether the person, confirmed by the secretariat, is the lead officer of the city."""
    if user is None or not (user.is_authenticated and user.is_active):
        return False
    return user.officers.speaking().filter(city=city, level=OfficerLevel.LEAD).exists()


def may_file(user: User | None, city: City) -> bool:
    """The lead of the city, and the secretariat on its behalf."""
    return leads(user, city) or (user is not None and user.is_authenticated and user.is_secretariat)


def may_communicate(user: User | None) -> bool:
    """The secretariat."""
    return user is not None and user.is_authenticated and user.is_secretariat


def may_revoke(user: User | None, withdrawal: Withdrawal) -> bool:
    """Who may file it may revoke it."""
    return may_file(user, withdrawal.city)


def sees_request(user: User, withdrawal: Withdrawal) -> bool:
    """The signed request is for staff and for the city itself; the members get the notice."""
    own = user.officers.confirmed().filter(city=withdrawal.place.city_id)
    return user.is_staff or own.exists()


def require_filer(by: User | None, city: City) -> User:
    """A person: a withdrawal bears a name."""
    if by is None or not may_file(by, city):
        raise NotTheLead
    return by
