"""Memberships and rules of the standing cast."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from membership.models import Membership, MembershipCity
from membership.models.membership import open_period
from membership.states import Beginning, MembershipKind
from tests.factories.cities import CityFactory

THEN = datetime(2016, 4, 25, 8, 0, tzinfo=UTC)


class MembershipFactory(DjangoModelFactory):
    """A founding full membership; `MembershipFactory(cities=[...])` names its cities."""

    class Meta:
        model = Membership
        skip_postgeneration_save = True

    kind = MembershipKind.FULL
    beginning = Beginning.FOUNDING
    recorded_at = THEN

    @factory.post_generation
    def cities(self, create, extracted, begin=date(2016, 4, 25), **kwargs):
        for city in extracted or [CityFactory()]:
            MembershipCity.objects.create(
                membership=self, city=city, kind=self.kind, period=open_period(begin)
            )
