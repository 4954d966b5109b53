import pytest

from tests.factories.membership import MembershipFactory
from tests.factories.people import OfficerFactory


@pytest.mark.django_db
def test_cast():
    membership = MembershipFactory()
    officer = OfficerFactory(city=membership.cities.get())
    assert officer.speaks
