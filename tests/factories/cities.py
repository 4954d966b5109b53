"""Cities of the standing cast."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from cities.models import City
from cities.states import Country

THEN = datetime(2016, 4, 25, 8, 0, tzinfo=UTC)


class CityFactory(DjangoModelFactory):
    """A confirmed German city; `country="CN"` for a Chinese one."""

    class Meta:
        model = City
        django_get_or_create = ("name_de",)

    country = Country.GERMANY
    name_de = factory.Sequence(lambda n: f"Musterstadt {n}")
    name_en = factory.SelfAttribute("name_de")
    name_zh = factory.Sequence(lambda n: f"示范市{n}")
    pinyin = factory.LazyAttribute(lambda o: o.name_en if o.country == Country.CHINA else "")
    registered_at = THEN
    confirmed_at = THEN
