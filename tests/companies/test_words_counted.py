"""The words of the search are counted again once a day, by the background."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from companies.actions import indexing
from companies.models import SearchWord
from companies.tasks.vocabulary import count_words, have_words_counted
from tests.factories.companies import CompanyFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 6, 1, 9, 0, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def a_queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def swept(moment):
    with time_machine.travel(moment, tick=False):
        return have_words_counted(at=moment)


def counted_by_the_background(moment):
    with time_machine.travel(moment, tick=False):
        for result in asked().ready():
            result.claim("this test")
            result.task.call()
            result.set_successful(None)


def asked():
    return DBTaskResult.objects.filter(task_path=count_words.module_path)


def frequency():
    return SearchWord.objects.get(word="keramik", lexeme="keramik").frequency


def test_words_are_counted_by_the_background_and_not_by_the_sweep():
    firms = [CompanyFactory(registered_name=f"Keramik {number}").pk for number in range(2)]
    indexing.index(firms[:1])
    indexing.index(firms[1:])
    assert swept(NOW) is True
    assert frequency() == 1
    counted_by_the_background(NOW)
    assert frequency() == 2


def test_once_a_day_and_no_more():
    moments = [NOW, NOW + MINUTE, NOW + DAY - MINUTE, NOW + DAY, NOW + DAY + MINUTE, NOW + 2 * DAY]
    due = []
    for moment in moments:
        due.append(swept(moment))
        counted_by_the_background(moment)
    assert due == [True, False, False, True, False, True]
    assert asked().successful().count() == 3


def test_what_is_still_waiting_is_not_asked_for_again():
    assert [swept(NOW), swept(NOW + 3 * DAY)] == [True, False]
    counted_by_the_background(NOW + 3 * DAY)
    assert swept(NOW + 3 * DAY) is True, "it was asked for three days ago"


def test_counting_that_failed_is_asked_for_again_the_next_day():
    swept(NOW)
    asked().update(status="FAILED")
    assert [swept(NOW + MINUTE), swept(NOW + DAY)] == [False, True]


def test_other_work_comes_first():
    swept(NOW)
    import_string("companies.tasks.imports.work").enqueue(987_654_321)
    assert [one.task_path for one in DBTaskResult.objects.ready()] == [
        "companies.tasks.imports.work",
        count_words.module_path,
    ]


def test_the_worker_asks(settings):
    assert "companies.tasks.vocabulary.have_words_counted" in settings.WORKER_SWEEPS
