"""Two people at once, each race first shown without its lock."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from alliance.letters.states import LetterKind
from cities.states import OfficerLevel
from membership import tasks
from membership.actions import applications, circulars, outcomes
from membership.actions.circular_refusals import Discarded
from membership.models import NumberSeries, Reminder, Statement
from tests.factories import circulars as cast
from tests.factories.applications import submitted
from tests.factories.circulars import DAY, DEADLINE, ISSUED
from tests.factories.cities import CityFactory
from tests.factories.people import SecretaryFactory
from tests.races import at_once, without_locks

pytestmark = pytest.mark.django_db(transaction=True)
SECOND = timedelta(seconds=1)
MEMBERS = ("Foshan", "Aachen", "Köln")


def two_secretaries_issue():
    circular = cast.draft(*MEMBERS)
    one, other = SecretaryFactory(), SecretaryFactory()
    result, waited = at_once(
        lambda: circulars.issue(circular, by=one, at=ISSUED),
        lambda: circulars.issue(circular, by=other, at=ISSUED + SECOND),
    )
    return circular, one, result, waited


def test_two_secretaries_issue_without_the_lock(monkeypatch):
    without_locks(monkeypatch)
    _circular, _one, result, _waited = two_secretaries_issue()
    assert isinstance(result, IntegrityError)


def test_two_secretaries_issue():
    circular, one, result, waited = two_secretaries_issue()
    assert waited
    assert (result.label, result.issued_by, result.issued_at) == ("2017/01", one, ISSUED)
    assert len(cast.letters(circular.__class__.objects.get(), LetterKind.CIRCULAR)) == 1
    assert NumberSeries.objects.get(series="circular").last == 1
    assert result.electors.count() == 3


def two_circulars_are_issued():
    first = cast.draft(*MEMBERS)
    secretary = SecretaryFactory()
    second = applications.pass_on(submitted(CityFactory(name_de="Chemnitz")), by=secretary, at=ISSUED)
    return at_once(
        lambda: circulars.issue(first, by=secretary, at=ISSUED),
        lambda: circulars.issue(second, by=secretary, at=ISSUED),
    )


def test_two_circulars_are_issued_without_the_lock(monkeypatch):
    NumberSeries.objects.create(series="circular", year=2017, last=4)
    without_locks(monkeypatch)
    result, _waited = two_circulars_are_issued()
    assert isinstance(result, IntegrityError)


def test_two_circulars_are_issued():
    NumberSeries.objects.create(series="circular", year=2017, last=4)
    result, waited = two_circulars_are_issued()
    assert (result.label, waited) == ("2017/06", True)


def statement_while_it_closes():
    circular = cast.issued(*MEMBERS)
    cast.say(circular, "Foshan")
    aachen, lead = cast.elector(circular, "Aachen"), cast.lead("Aachen")
    from membership.actions import statements

    statement, waited = at_once(
        lambda: circulars.close(circular, at=DEADLINE),
        lambda: statements.state(circular, elector=aachen, position="consent", by=lead, at=DEADLINE - SECOND),
    )
    return cast.fresh(circular), statement, waited


def test_statement_while_it_closes_without_the_lock(monkeypatch):
    """The close has not counted it, and the record says that it was there before."""
    without_locks(monkeypatch)
    circular, statement, _waited = statement_while_it_closes()
    assert (circular.outcome["consents"], statement.late) == (1, False)
    assert statement.recorded_at < circular.closed_at


def test_statement_while_it_closes_counts_until_the_decision():
    """It was received in time and is recorded after the close, not before it."""
    circular, statement, waited = statement_while_it_closes()
    assert waited
    assert (circular.outcome["consents"], statement.late) == (1, False)
    assert (statement.received_at, statement.recorded_at) == (DEADLINE - SECOND, circular.closed_at)
    assert outcomes.outcome_of(circular, at=DEADLINE).consents == 2


def close_while_a_statement_arrives():
    circular = cast.issued(*MEMBERS)
    closed, waited = at_once(
        lambda: cast.say(circular, "Aachen", at=DEADLINE - SECOND),
        lambda: circulars.close(circular, at=DEADLINE),
    )
    return closed, Statement.objects.get(), waited


def test_close_while_a_statement_arrives_without_the_lock(monkeypatch):
    without_locks(monkeypatch)
    circular, statement, _waited = close_while_a_statement_arrives()
    assert (circular.outcome["consents"], statement.late) == (0, False)


def test_close_while_a_statement_arrives_counts_it():
    circular, statement, waited = close_while_a_statement_arrives()
    assert waited
    assert (circular.outcome["consents"], statement.late) == (1, False)


def lead_and_deputy_answer():
    cast.members(*MEMBERS)
    deputy = cast.officer("Aachen", OfficerLevel.DEPUTY)
    circular = cast.issued()
    _result, waited = at_once(
        lambda: cast.say(circular, "Aachen", "objection", at=ISSUED + DAY),
        lambda: cast.say(circular, "Aachen", "consent", by=deputy, at=ISSUED + DAY + SECOND),
    )
    return circular, cast.letters(circular, LetterKind.CONFIRMATION)[-1], waited


REPLACED = "takes the place of the answer “Objection” that Lead of Aachen gave"


def test_lead_and_deputy_answer_without_the_lock(monkeypatch):
    """Neither learns that the other has answered."""
    without_locks(monkeypatch)
    _circular, letter, _waited = lead_and_deputy_answer()
    assert REPLACED not in letter.body_en


def test_lead_and_deputy_answer():
    circular, letter, waited = lead_and_deputy_answer()
    assert waited
    assert [one.position for one in circular.statements.all()] == ["objection", "consent"]
    assert outcomes.outcome_of(circular, at=ISSUED + 2 * DAY).consents == 1
    assert cast.told(letter) == {"lead@aachen.example"}
    assert REPLACED in letter.body_en


def the_same_answer_twice():
    circular = cast.issued(*MEMBERS)
    at_once(lambda: cast.say(circular, "Aachen"), lambda: cast.say(circular, "Aachen"))
    return Statement.objects.count()


def test_the_same_answer_twice_without_the_lock(monkeypatch):
    without_locks(monkeypatch)
    assert the_same_answer_twice() == 2


def test_the_same_answer_twice():
    assert the_same_answer_twice() == 1


def two_workers_remind():
    circular = cast.issued(*MEMBERS)
    due = DEADLINE - 3 * DAY
    remind = lambda: circulars.remind(circular, days_before=3, at=due)  # noqa: E731
    result, _waited = at_once(remind, remind)
    return circular, result


def test_two_workers_remind_without_the_lock(monkeypatch):
    without_locks(monkeypatch)
    _circular, result = two_workers_remind()
    assert isinstance(result, IntegrityError)


def test_two_workers_remind():
    circular, result = two_workers_remind()
    assert result == Reminder.objects.get()
    assert len(cast.letters(circular, LetterKind.REMINDER)) == 1
    assert tasks.send_due_reminders(at=DEADLINE - 3 * DAY) == 0


def issue_while_it_is_retracted():
    circular = cast.draft(*MEMBERS)
    application, secretary = circular.application, SecretaryFactory()
    result, _waited = at_once(
        lambda: applications.retract(application, by=application.begun_by, at=ISSUED),
        lambda: circulars.issue(circular, by=secretary, at=ISSUED),
    )
    return result


def test_issue_while_the_application_is_retracted_without_the_lock(monkeypatch):
    without_locks(monkeypatch)
    assert not isinstance(issue_while_it_is_retracted(), Discarded)


def test_issue_while_the_application_is_retracted():
    assert isinstance(issue_while_it_is_retracted(), Discarded)


def a_member_leaves_while_it_is_issued():
    from datetime import date

    from membership.actions.memberships import end_place

    circular = cast.draft(*MEMBERS)
    secretary = SecretaryFactory()
    place = cast.city("Köln").places.get()
    _result, waited = at_once(
        lambda: circulars.issue(circular, by=secretary, at=ISSUED),
        lambda: end_place(place, ends=date(2017, 2, 1), ending="withdrawal", by=secretary, at=ISSUED),
    )
    return outcomes.outcome_of(cast.fresh(circular), at=ISSUED + 10 * DAY).size, waited


def test_a_member_leaves_while_it_is_issued_without_the_lock(monkeypatch):
    without_locks(monkeypatch)
    assert a_member_leaves_while_it_is_issued() == (3, False)


def test_a_member_leaves_while_it_is_issued():
    assert a_member_leaves_while_it_is_issued() == (2, True)
