"""Two at once: first what happens without the guard, then with it."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError

from alliance.letters.models import Letter
from companies.actions import companies, merging, reminders
from companies.actions.refusals import ChangedMeanwhile, MergedForGood
from companies.models import Company
from tests.factories.companies import company_of
from tests.races import at_once, without_locks

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2018, 3, 5, 9, 0, tzinfo=UTC)


def both_change(company):
    return at_once(
        lambda: companies.change(company, values={"employees": 1}, revision=1, by=None, at=NOW),
        lambda: companies.change(company, values={"founded": 1900}, revision=1, by=None, at=NOW),
    )


def test_without_a_lock_the_second_change_undoes_the_first(monkeypatch):
    without_locks(monkeypatch)
    company = company_of()
    both_change(company)
    assert (Company.objects.get().employees, Company.objects.get().founded) == (None, 1900)


def test_the_second_change_is_refused_because_somebody_changed_it():
    company = company_of()
    outcome, waited = both_change(company)
    assert waited
    assert isinstance(outcome, ChangedMeanwhile)
    assert (Company.objects.get().employees, Company.objects.get().founded) == (1, None)


def both_merge(one, other):
    return at_once(
        lambda: merging.merge(one, into=other, by=None, at=NOW),
        lambda: merging.merge(other, into=one, by=None, at=NOW),
    )


def test_without_a_lock_only_the_database_keeps_two_from_merging_crosswise(monkeypatch):
    without_locks(monkeypatch)
    outcome, _waited = both_merge(company_of(), company_of())
    assert isinstance(outcome, DatabaseError)
    assert Company.objects.filter(merged_into=None).count() == 1


def test_who_merges_crosswise_finds_it_merged_already():
    outcome, waited = both_merge(company_of(), company_of())
    assert waited
    assert isinstance(outcome, MergedForGood)


def two_remind(city):
    return at_once(lambda: reminders.remind(city, at=NOW), lambda: reminders.remind(city, at=NOW))


def test_without_a_lock_only_the_database_keeps_two_workers_from_reminding_twice(monkeypatch):
    without_locks(monkeypatch)
    outcome, _waited = two_remind(company_of(valid_until=date(2018, 3, 20)).city)
    assert isinstance(outcome, DatabaseError)
    assert Letter.objects.count() == 1


def test_two_workers_remind_once():
    outcome, waited = two_remind(company_of(valid_until=date(2018, 3, 20)).city)
    assert (outcome, waited) == (None, True)
    assert Letter.objects.count() == 1
