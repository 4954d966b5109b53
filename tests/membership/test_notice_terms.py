"""Waiting time and notice period: dated rows, which hold for what is issued later."""

from datetime import timedelta

import pytest

from membership.actions import notice_terms
from membership.actions.notice_terms import MayNotSetTerms, TermsOutOfBounds
from membership.models import NoticeTerms
from tests.factories import circulars as cast
from tests.factories.circulars import DAY, ISSUED
from tests.factories.people import AdministratorFactory, ManagerFactory, SecretaryFactory

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)


def values(moment):
    terms = NoticeTerms.objects.at(moment)
    return terms.waiting_hours, terms.notice_days


@pytest.mark.parametrize("factory", [SecretaryFactory, ManagerFactory])
def test_secretariat_and_management_set_them(factory):
    by = factory()
    terms = notice_terms.set_terms(waiting_hours=48, notice_days=30, by=by, at=ISSUED)
    assert (terms.valid_from, terms.set_by) == (ISSUED, by)
    assert [values(ISSUED - INSTANT), values(ISSUED)] == [(24, 0), (48, 30)]


def test_others_do_not():
    with pytest.raises(MayNotSetTerms):
        notice_terms.set_terms(waiting_hours=48, notice_days=30, by=AdministratorFactory(), at=ISSUED)


@pytest.mark.parametrize(("hours", "days"), [(-1, 0), (721, 0), (24, -1), (24, 731)])
def test_they_have_bounds(hours, days):
    with pytest.raises(TermsOutOfBounds, match="between 0 and 720 hours"):
        notice_terms.set_terms(waiting_hours=hours, notice_days=days, by=None, at=ISSUED)


@pytest.mark.parametrize(("hours", "days"), [(0, 0), (720, 730)])
def test_the_bounds_themselves_are_possible(hours, days):
    notice_terms.set_terms(waiting_hours=hours, notice_days=days, by=None, at=ISSUED)
    assert values(ISSUED) == (hours, days)


def test_the_same_terms_again_are_one_row():
    first = notice_terms.set_terms(waiting_hours=48, notice_days=0, by=None, at=ISSUED)
    again = notice_terms.set_terms(waiting_hours=48, notice_days=0, by=None, at=ISSUED + DAY)
    assert (first, NoticeTerms.objects.count()) == (again, 1)


def test_what_is_issued_keeps_its_terms_whatever_the_clock_says():
    """Set at the very moment of an issue, or by a clock that runs behind: they hold for what comes later."""
    circular = cast.issued()
    first = notice_terms.set_terms(waiting_hours=48, notice_days=0, by=None, at=ISSUED)
    second = notice_terms.set_terms(waiting_hours=72, notice_days=0, by=None, at=ISSUED - DAY)
    assert [first.valid_from, second.valid_from] == [ISSUED + INSTANT, ISSUED + 2 * INSTANT]
    assert notice_terms.terms_of(circular).waiting_hours == 24
    assert notice_terms.waiting_time(circular) == DAY
    assert notice_terms.notice_period(circular) == timedelta()
