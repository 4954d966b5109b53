"""Who most pages of companies are asked by."""

import pytest

from tests.factories import circulars as cast
from tests.factories.companies import member_city


@pytest.fixture
def lead(client):
    """The lead of Aachen, reading English and signed in."""
    member_city("Aachen")
    person = cast.lead("Aachen")
    person.language = "en"
    person.save()
    client.force_login(person)
    return person
