"""An hour after the notice of a withdrawal went out."""

import pytest
import time_machine

from tests.factories.people import SecretaryFactory
from tests.factories.withdrawals import HOUR, OUT


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(OUT + HOUR, tick=False):
        yield


@pytest.fixture
def secretary():
    return SecretaryFactory()
