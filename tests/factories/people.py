"""People of the standing cast."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from alliance.accounts.models import User
from alliance.accounts.states import StaffRole
from cities.models import Officer
from cities.states import OfficerLevel, OfficerState
from tests.factories.cities import CityFactory

THEN = datetime(2016, 4, 25, 8, 0, tzinfo=UTC)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    joined_at = THEN
    language = "en"

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        self.set_unusable_password() if extracted is None else self.set_password(extracted)
        if create:
            self.save(update_fields=["password"])


class SecretaryFactory(UserFactory):
    role = StaffRole.SECRETARIAT


class ManagerFactory(UserFactory):
    role = StaffRole.MANAGEMENT


class AdministratorFactory(UserFactory):
    role = StaffRole.ADMINISTRATOR


class OfficerFactory(DjangoModelFactory):
    """A confirmed lead by default; `level="editor"` or `state="registered"` for others."""

    class Meta:
        model = Officer

    city = factory.SubFactory(CityFactory)
    user = factory.SubFactory(UserFactory)
    level = OfficerLevel.LEAD
    function = "Head of economic affairs"
    state = OfficerState.CONFIRMED
    registered_at = THEN
    confirmed_at = factory.LazyAttribute(lambda o: THEN if o.state == OfficerState.CONFIRMED else None)
