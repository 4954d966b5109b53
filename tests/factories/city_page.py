"""Mainz as the register knows it, its page as a reader gets it, and its places in the alliance."""

from datetime import UTC, date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from membership.models import MembershipCity
from membership.states import MembershipKind
from tests.factories.cities import CityFactory
from tests.factories.membership import MembershipFactory

AT = datetime(2017, 4, 24, 8, 0, tzinfo=UTC)
URL = "/cities/mainz/"


def mainz_of_the_register():
    """The city with everything that can be said of a city."""
    return CityFactory(
        name_de="Mainz", name_zh="美因茨", region_en="Rhineland-Palatinate", official_code="07315000",
        latitude="49.9929", longitude="8.2473", website="https://www.mainz.de/",
        mailbox="post@mainz.example", postal_address="Jockel-Fuchs-Platz 1\n55116 Mainz",
    )  # fmt: skip


def get(client, language="en"):
    """The page, in a language."""
    response = client.get(URL, headers={"Accept-Language": language})
    assert response.status_code == 200
    return response


def page(client, language="en"):
    return get(client, language).content.decode()


def place_of(city, kind=MembershipKind.FULL, begins=date(2016, 4, 25), ends=None, **fields):
    """The place of a city in a membership of its own, from one day to another."""
    place = MembershipFactory(kind=kind, cities=[city], cities__begin=begins, **fields).places.get()
    MembershipCity.objects.filter(pk=place.pk).update(period=DateRange(begins, ends, "[)"))
    return place
