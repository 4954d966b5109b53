"""The day after a letter was written, and a secretary signed in."""

from datetime import timedelta

import pytest
import time_machine

from tests.factories.cities import CityFactory
from tests.factories.letters import WRITTEN
from tests.factories.people import SecretaryFactory

NEXT_DAY = WRITTEN + timedelta(days=1)


@pytest.fixture(autouse=True)
def one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture(autouse=True)
def the_day_after():
    with time_machine.travel(NEXT_DAY, tick=False):
        yield


@pytest.fixture
def secretary(client):
    """A secretary signed in."""
    user = SecretaryFactory(name="Mei Lin")
    client.force_login(user)
    return user


@pytest.fixture
def aachen():
    return CityFactory(name_de="Aachen")
