"""Staff of these tests sign in without a second factor, as in the demonstration."""

import pytest
from django.test import Client

from tests.factories.people import AdministratorFactory, ManagerFactory, OfficerFactory, SecretaryFactory


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


def signed_in(person):
    client = Client()
    client.force_login(person)
    client.person = person
    return client


@pytest.fixture
def administrator(db):
    return signed_in(AdministratorFactory(name="Ada Admin", email="ada@alliance.example"))


@pytest.fixture
def secretariat(db):
    return signed_in(SecretaryFactory(name="Sun Li", email="sun@alliance.example"))


@pytest.fixture
def management(db):
    return signed_in(ManagerFactory(name="Max Manager", email="max@alliance.example"))


@pytest.fixture
def officer(db):
    return signed_in(OfficerFactory().user)


@pytest.fixture
def visitor(db):
    return Client()
