"""Members of both countries in any number, with their officers and figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateRange

from alliance.accounts.models import User
from alliance.search import search_key
from cities.models import City, KeyFigure, Officer
from cities.states import Concept, Country, Indicator, OfficerLevel, OfficerState, Unit
from membership.models import Membership, MembershipCity
from membership.states import Beginning, MembershipKind
from tests.factories.cities import CityFactory

FOUNDED = datetime(2016, 4, 25, 8, 0, tzinfo=UTC)
JOINT_EVERY = 10  # every tenth member is two cities with one voice
LANGUAGES = {Country.CHINA: "zh-hans", Country.GERMANY: "de"}


def populate(members: int) -> dict[int, User]:
    """So many full members since the founding; the person who speaks for each, by membership."""
    memberships = add_memberships(members)
    cities = add_cities(memberships)
    add_places(cities)
    add_population_figures(cities)
    leads = add_officers(cities)
    return {holder.pk: leads[city.pk] for city, holder in cities.items()}


def add_memberships(members: int) -> list[Membership]:
    return Membership.objects.bulk_create(membership(number) for number in range(members))


def membership(number: int) -> Membership:
    joint = f"Region {number}" if number % JOINT_EVERY == JOINT_EVERY - 1 else ""
    return Membership(
        kind=MembershipKind.FULL,
        name_zh=joint,
        name_de=joint,
        name_en=joint,
        beginning=Beginning.FOUNDING,
        recorded_at=FOUNDED,
    )


def add_cities(memberships: Sequence[Membership]) -> dict[City, Membership]:
    """A city for each member, two for a joint one; the countries take turns."""
    holders = [holder for row in memberships for holder in ([row, row] if row.name_en else [row])]
    countries = [(Country.CHINA, Country.GERMANY)[row.pk % 2] for row in holders]
    cities = City.objects.bulk_create(city(number, country) for number, country in enumerate(countries))
    return dict(zip(cities, holders, strict=True))


def city(number: int, country: Country) -> City:
    """An invented city, complete enough for the register and its search."""
    chinese = country == Country.CHINA
    latin = f"Shifan {number}" if chinese else f"Musterstadt {number}"
    name_zh = f"示范{number}市" if chinese else f"穆斯特{number}"
    row: City = CityFactory.build(country=country, name_de=latin, name_en=latin, name_zh=name_zh)
    row.slug = latin.lower().replace(" ", "-")
    row.region_zh, row.region_de = ("广东省", "Guangdong") if chinese else ("黑森州", "Hessen")
    row.region_en = row.region_de
    row.search_key = search_key(row.name_zh, row.name_de, row.name_en, row.pinyin)
    return row


def add_places(cities: dict[City, Membership]) -> None:
    since = DateRange(date(2016, 4, 25), None, "[)")
    MembershipCity.objects.bulk_create(
        MembershipCity(membership=holder, city=city, kind=holder.kind, period=since)
        for city, holder in cities.items()
    )


def add_population_figures(cities: Iterable[City]) -> None:
    """Two years for each city; the list of members shows the newer one."""
    KeyFigure.objects.bulk_create(
        KeyFigure(
            city=city,
            indicator=Indicator.POPULATION,
            unit=Unit.PERSONS,
            year=year,
            value=Decimal(100_000 + city.pk),
            concept=Concept.RESIDENT,
            source="Invented",
            recorded_at=FOUNDED,
        )
        for city in cities
        for year in (2023, 2024)
    )


def add_officers(cities: Iterable[City]) -> dict[int, User]:
    """A lead and a deputy for every city; the leads by city."""
    offices = [(city, level) for city in cities for level in (OfficerLevel.LEAD, OfficerLevel.DEPUTY)]
    nobody_signs_in = make_password(None)
    users = User.objects.bulk_create(
        User(
            email=f"{level}@{city.slug}.example",
            name=f"{level.title()} of {city.name_en}",
            language=LANGUAGES[Country(city.country)],
            joined_at=FOUNDED,
            password=nobody_signs_in,
        )
        for city, level in offices
    )
    Officer.objects.bulk_create(
        officer(city, level, user) for (city, level), user in zip(offices, users, strict=True)
    )
    held = zip(offices, users, strict=True)
    return {city.pk: user for (city, level), user in held if level == OfficerLevel.LEAD}


def officer(city: City, level: OfficerLevel, user: User) -> Officer:
    return Officer(
        city=city,
        user=user,
        level=level,
        function="Head of economic affairs",
        state=OfficerState.CONFIRMED,
        registered_at=FOUNDED,
        confirmed_at=FOUNDED,
    )
