"""People who register themselves and their city; nothing counts before the secretariat has confirmed it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from alliance.accounts.actions import create_person
from alliance.accounts.models import User
from cities.actions import cities, invitation_letters, officers
from cities.models import City, Officer
from cities.states import OfficerLevel


@dataclass(frozen=True)
class NewPerson:
    """What a visitor says about themselves."""

    email: str
    name: str
    password: str
    language: str
    time_zone: str = ""


@dataclass(frozen=True)
class Wanted:
    """For which city a person registers: one of the register, or one to be added to it."""

    city: City | None = None
    new: dict[str, Any] | None = None

    @property
    def name(self) -> str:
        if self.city is not None:
            return self.city.name
        new = self.new or {}
        return next((new[field] for field in ("name_en", "name_de", "name_zh") if new.get(field)), "")


@transaction.atomic
def register_visitor(
    person: NewPerson, wanted: Wanted, *, function: str, phone: str = "", at: datetime | None = None
) -> Officer | None:
    """Register a visitor for a city; an address that is known is told by mail and changes nothing else.

    Whoever asks learns the same either way: a mail is on its way.
    """
    at = at or timezone.now()
    user = _new_account(person, at)
    if user is None:
        known = User.objects.get(email=person.email.strip().lower())
        invitation_letters.tell_known(known, wanted.name, language=person.language, at=at)
        return None
    officer = register_person(user, wanted, function=function, phone=phone, at=at)
    invitation_letters.ask_for_address(user, officer.city, language=person.language, at=at)
    return officer


@transaction.atomic
def register_person(
    user: User, wanted: Wanted, *, function: str, phone: str = "", at: datetime | None = None
) -> Officer:
    """Register somebody who has an account for one more city."""
    at = at or timezone.now()
    city = wanted.city or _entered(wanted.new or {}, at)
    return officers.register(user, city, level=level_for(city), function=function, phone=phone, at=at)


def level_for(city: City) -> str:
    """The first officer of a city is meant to lead; the secretariat may confirm another level."""
    return OfficerLevel.DEPUTY if city.officers.leads().exists() else OfficerLevel.LEAD


def _new_account(person: NewPerson, at: datetime) -> User | None:
    if User.objects.filter(email=person.email.strip().lower()).exists():
        make_password(person.password)  # takes as long as for a new account
        return None
    try:
        with transaction.atomic():
            return create_person(
                email=person.email,
                name=person.name,
                password=person.password,
                language=person.language,
                time_zone=person.time_zone,
                at=at,
            )
    except IntegrityError:
        return None


def _entered(new: dict[str, Any], at: datetime) -> City:
    """The city is entered once: two people may register for the same new city before it is confirmed."""
    code = new.get("official_code", "").replace(" ", "")
    waiting = City.objects.filter(country=new["country"], official_code=code, confirmed_at=None)
    return (waiting.first() if code else None) or cities.add(**new, at=at)
