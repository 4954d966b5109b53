"""Two officers save the same profile at once."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connections, models, transaction

from cities.actions.profiles import SavedMeanwhile, save_profile
from cities.models import ProfileVersion
from tests.cities.test_invitations_race import PATIENCE, somebody_waits_for_us
from tests.factories.cities import CityFactory

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2017, 4, 24, 8, 0, tzinfo=UTC)


def save_while_saving(city):
    """Save, and before that is committed let somebody else save; what became of the second."""
    outcome, pause = [], threading.Event()

    def second():
        try:
            outcome.append(save_profile(city, texts={"wishes": {"en": "Steel"}}, based_on=0, by=None, at=AT))
        except Exception as error:
            outcome.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        save_profile(city, texts={"wishes": {"en": "Glass"}}, based_on=0, by=None, at=AT)
        thread.start()
        for _attempt in range(PATIENCE * 100):
            if somebody_waits_for_us() or outcome:
                break
            pause.wait(0.01)
        assert not outcome, "the second did not wait"
    thread.join(PATIENCE)
    return outcome[0]


def test_without_the_lock_the_second_overwrites_the_first(monkeypatch):
    monkeypatch.setattr(models.QuerySet, "select_for_update", lambda rows, **options: rows.all())
    outcome = save_while_saving(CityFactory())
    assert not isinstance(outcome, SavedMeanwhile)
    assert isinstance(outcome, IntegrityError | ProfileVersion)


def test_the_second_is_told_who_came_first():
    assert isinstance(save_while_saving(CityFactory()), SavedMeanwhile)
    assert [version.content["texts"]["wishes"]["en"] for version in ProfileVersion.objects.all()] == ["Glass"]
