"""Whom a letter about a circular goes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from alliance.accounts.models import User
from alliance.accounts.states import Language
from alliance.letters.actions import Addressee
from cities.models import City, Officer
from cities.states import Country, OfficerLevel
from membership.actions.application_letters import applicants
from membership.models import Application, Circular, Elector, MembershipCity
from membership.models.membership import alliance_day

OFFICIAL_LANGUAGE: dict[str, Language] = {
    Country.CHINA: Language.CHINESE,
    Country.GERMANY: Language.GERMAN,
}


def voices_of(cities: Iterable[City]) -> list[Addressee]:
    """The leads and deputies of cities; a city without a lead is also written to at its official mailbox."""
    cities = list(cities)
    officers = list(Officer.objects.speaking().filter(city__in=cities).select_related("user", "city"))
    led = {officer.city_id for officer in officers if officer.level == OfficerLevel.LEAD}
    return [
        *(Addressee.of(officer.user, officer.city.slug) for officer in officers),
        *(mailbox_of(city) for city in cities if city.pk not in led and city.mailbox),
    ]


def mailbox_of(city: City) -> Addressee:
    """The city itself, in its country's language."""
    name = city.name_zh if city.country == Country.CHINA else city.name_de
    return Addressee(city.mailbox, OFFICIAL_LANGUAGE[city.country], name=name, on_behalf_of=city.slug)


def everybody_asked(circular: Circular) -> list[Addressee]:
    """All cities that the circular went to, observers included."""
    return voices_of(City.objects.filter(pk__in=circular.addressees.values("city")))


def electors_voices(circular: Circular, electors: Iterable[int] | None = None) -> list[Addressee]:
    """The cities of all members asked, or of some of them."""
    asked = circular.addressees.filter(elector__isnull=False)
    if electors is not None:
        asked = asked.filter(elector__in=list(electors))
    return voices_of(City.objects.filter(pk__in=asked.values("city")))


def observers_told(circular: Circular) -> list[Addressee]:
    """The cities to which the circular went for information."""
    told = circular.addressees.filter(elector__isnull=True)
    return voices_of(City.objects.filter(pk__in=told.values("city")))


def members_on(day: date) -> list[Addressee]:
    """The cities of all full members on a day."""
    places = MembershipCity.objects.full().on(day)
    return voices_of(City.objects.filter(pk__in=places.values("city")))


def officers_of(elector: Elector, *, at: datetime, without: User | None = None) -> Iterator[Addressee]:
    """All confirmed officers of a member's cities, editors included, except the one who acts."""
    places = MembershipCity.objects.on(alliance_day(at)).filter(membership=elector.membership_id)
    officers = Officer.objects.confirmed().filter(city__in=places.values("city"), user__is_active=True)
    for officer in officers.select_related("user", "city"):
        if officer.user != without:
            yield Addressee.of(officer.user, officer.city.slug)


def voices_of_elector(elector: Elector, *, at: datetime) -> list[Addressee]:
    """The leads and deputies of all cities that a member holds."""
    places = MembershipCity.objects.on(alliance_day(at)).filter(membership=elector.membership_id)
    return voices_of(City.objects.filter(pk__in=places.values("city")))


def applicants_of(application: Application) -> Iterator[Addressee]:
    """The applying cities' voices, and the contact named in the application."""
    reached = list(applicants(application))
    yield from reached
    known = {one.address.lower() for one in reached}
    if application.contact_email and application.contact_email.lower() not in known:
        city = application.cities.all()[0]
        yield Addressee(
            application.contact_email,
            OFFICIAL_LANGUAGE[city.country],
            name=application.contact_name,
            on_behalf_of=city.slug,
        )
