"""Two officers begin an application of one city at the same moment: with the constraint, and without."""

import threading
import time

import pytest
from django.db import close_old_connections, connection, transaction

from membership.actions import applications
from membership.actions.applicants import HasOpenApplication
from membership.models import Application, ApplicationCity, NumberSeries
from tests.factories.applications import APPLIED, lead_of
from tests.factories.cities import CityFactory
from tests.factories.people import OfficerFactory

ONE_OPEN = "one_open_application_a_city"
WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


@pytest.fixture
def without_constraint(transactional_db):
    """The database without the constraint that keeps a city to one open application."""
    [constraint] = [one for one in ApplicationCity._meta.constraints if one.name == ONE_OPEN]
    with connection.schema_editor() as editor:
        editor.remove_constraint(ApplicationCity, constraint)
    yield
    ApplicationCity.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(ApplicationCity, constraint)


def at_once(city, officers):
    """Let each begin an application; all have looked for an open one before the first has written its own.

    They wait for the row that gives the numbers, which is held until every one of them stands there.
    """
    answers = []

    def begin(officer):
        try:
            answers.append(applications.begin([city], by=officer, at=APPLIED).state)
        except HasOpenApplication as refusal:
            answers.append(refusal.sentence)
        finally:
            close_old_connections()
            connection.close()

    NumberSeries.objects.create(series="application", year=2016)
    threads = [threading.Thread(target=begin, args=[officer]) for officer in officers]
    with transaction.atomic():
        NumberSeries.objects.select_for_update().get()
        for thread in threads:
            thread.start()
        wait_for(len(threads))
    for thread in threads:
        thread.join(timeout=30)
    return sorted(answers)


def wait_for(number):
    """Until so many others wait for a lock."""
    end = time.monotonic() + 30
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if cursor.fetchone()[0] >= number:
                return
    raise AssertionError("The others never came to wait.")


@pytest.fixture
def race(transactional_db):
    city = CityFactory(name_de="Mainz")
    return city, [lead_of(city), OfficerFactory(city=city, level="deputy").user]


def test_without_the_constraint_a_city_gets_two_applications(without_constraint, race):
    assert at_once(*race) == ["draft", "draft"]
    assert Application.objects.open().count() == 2


def test_one_of_two_is_refused_in_words_and_uses_no_number(race):
    assert at_once(*race) == [
        "Mainz already has an application that still stands. Please continue or retract that one.",
        "draft",
    ]
    assert [one.reference for one in Application.objects.all()] == ["A 2016/001"]
    assert NumberSeries.objects.get().last == 1


def test_one_of_two_who_add_the_same_city_is_refused(race):
    city, (lead, _deputy) = race
    first, second = CityFactory(name_de="Raunheim"), CityFactory(name_de="Kelsterbach")
    begun = [applications.begin([one], by=lead_of(one), at=APPLIED) for one in (first, second)]
    applications.save_cities(begun[0], [first, city], by=lead_of(first), at=APPLIED)
    with pytest.raises(HasOpenApplication):
        applications.save_cities(begun[1], [second, city], by=lead_of(second), at=APPLIED)
    assert [place.application for place in city.application_places.all()] == [begun[0]]
    assert lead_of(city) == lead
