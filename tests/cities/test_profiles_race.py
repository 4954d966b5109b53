"""Two officers save the same profile at once."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from cities.actions.profiles import SavedMeanwhile, save_profile
from cities.models import ProfileVersion
from tests.factories.cities import CityFactory
from tests.races import at_once, without_locks

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2017, 4, 24, 8, 0, tzinfo=UTC)


def save(city, wishes):
    return save_profile(city, texts={"wishes": {"en": wishes}}, based_on=0, by=None, at=AT)


def save_while_saving(city):
    """Save, and before that is committed let somebody else save; what became of the second."""
    outcome, waited = at_once(lambda: save(city, "Glass"), lambda: save(city, "Steel"))
    assert waited, "the second did not wait"
    return outcome


def test_without_the_lock_the_second_overwrites_the_first(monkeypatch):
    without_locks(monkeypatch)
    outcome = save_while_saving(CityFactory())
    assert not isinstance(outcome, SavedMeanwhile)
    assert isinstance(outcome, IntegrityError | ProfileVersion)


def test_the_second_is_told_who_came_first():
    assert isinstance(save_while_saving(CityFactory()), SavedMeanwhile)
    assert [version.content["texts"]["wishes"]["en"] for version in ProfileVersion.objects.all()] == ["Glass"]
