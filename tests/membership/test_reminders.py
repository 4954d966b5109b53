"""Reminding members that have not answered."""

from datetime import UTC, datetime, timedelta

import pytest

from alliance.accounts.permissions import NotPermitted
from alliance.letters.states import LetterKind
from membership import tasks
from membership.actions import circulars, statements
from membership.actions.circular_refusals import (
    AlreadyClosed,
    DeadlinePassed,
    NobodyToRemind,
    NotDueYet,
    NotIssued,
)
from membership.models import Reminder
from membership.states import CircularState
from tests.factories import circulars as cast
from tests.factories.circulars import AFTER, CAST, DAY, DEADLINE, ISSUED
from tests.factories.people import ManagerFactory, SecretaryFactory

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def secretary():
    return SecretaryFactory()


def reminded(reminder):
    return {elector.name_en for elector in reminder.electors.all()}


def test_exactly_the_silent_are_reminded(secretary):
    circular = cast.issued()
    cast.say(circular, "Foshan")
    cast.say(circular, "Liuzhou", "objection")
    cast.say(circular, "Nanning", "abstention")
    contested = cast.enter(circular, "Aachen")
    statements.contest(contested, reason="Not ours", by=cast.lead("Aachen"), at=ISSUED + 2 * DAY)
    reminder = circulars.remind(circular, by=secretary, at=ISSUED + 3 * DAY)
    assert reminded(reminder) == {"Aachen", "Köln", "Wuppertal"}
    assert (reminder.days_before, reminder.sent_by, reminder.sent_at) == (None, secretary, ISSUED + 3 * DAY)
    assert reminder.letter == cast.letters(circular, LetterKind.REMINDER)[0]
    assert cast.told(reminder.letter) == {
        "lead@aachen.example",
        "lead@koeln.example",
        "lead@wuppertal.example",
    }
    assert "12 March 2017, 23:59 Foshan time" in reminder.letter.body_en


def test_member_that_left_is_not_reminded(secretary):
    from datetime import date

    from membership.actions.memberships import end_place

    circular = cast.issued()
    place = cast.city("Köln").places.get()
    end_place(place, ends=date(2017, 2, 1), ending="withdrawal", by=secretary, at=ISSUED)
    reminder = circulars.remind(circular, by=secretary, at=ISSUED + 10 * DAY)
    assert reminded(reminder) == set(CAST) - {"Köln"}


def test_by_hand_once_a_day(secretary):
    circular = cast.issued()
    first = circulars.remind(circular, by=secretary, at=ISSUED + DAY)
    assert circulars.remind(circular, by=secretary, at=ISSUED + DAY + SECOND) == first
    assert circulars.remind(circular, by=secretary, at=ISSUED + 2 * DAY) != first
    assert len(cast.letters(circular, LetterKind.REMINDER)) == 2


def test_nobody_to_remind(secretary):
    circular = cast.issued()
    for name in CAST:
        cast.say(circular, name)
    with pytest.raises(NobodyToRemind):
        circulars.remind(circular, by=secretary, at=ISSUED + 2 * DAY)
    assert not Reminder.objects.exists()


def test_no_reminder_after_the_deadline(secretary):
    with pytest.raises(DeadlinePassed):
        circulars.remind(cast.issued(), by=secretary, at=AFTER)


@pytest.mark.parametrize(
    ("state", "refusal"), [(CircularState.DRAFT, NotIssued), (CircularState.CLOSED, AlreadyClosed)]
)
def test_only_an_open_circular_is_reminded_of(state, refusal, secretary):
    with pytest.raises(refusal):
        circulars.remind(cast.in_state(state), by=secretary, at=ISSUED)


def test_only_the_secretariat_reminds():
    with pytest.raises(NotPermitted):
        circulars.remind(cast.issued(), by=ManagerFactory(), at=ISSUED)


def test_the_worker_reminds_at_the_moments_of_the_rule():
    circular = cast.issued()
    fourteen, three = DEADLINE - 14 * DAY, DEADLINE - 3 * DAY
    assert tasks.send_due_reminders(at=fourteen - SECOND) == 0
    assert tasks.send_due_reminders(at=fourteen) == 1
    assert tasks.send_due_reminders(at=fourteen + DAY) == 0
    cast.say(circular, "Foshan", at=fourteen + DAY)
    assert tasks.send_due_reminders(at=three + SECOND) == 1
    assert tasks.send_due_reminders(at=DEADLINE) == 0
    rows = [(one.days_before, one.due_at, one.sent_by, reminded(one)) for one in Reminder.objects.all()]
    assert rows == [(14, fourteen, None, set(CAST)), (3, three, None, set(CAST) - {"Foshan"})]


def test_a_worker_that_was_away_sends_the_last_missed_reminder_only():
    cast.issued()
    assert tasks.send_due_reminders(at=DEADLINE - 2 * DAY) == 1
    assert tasks.send_due_reminders(at=DEADLINE - DAY) == 0
    assert [one.days_before for one in Reminder.objects.all()] == [3]


def test_moments_before_the_issue_are_skipped():
    cast.issued(rule=cast.rule("two-thirds", period_days=10))
    assert tasks.send_due_reminders(at=ISSUED + DAY) == 0
    assert tasks.send_due_reminders(at=ISSUED + 8 * DAY) == 1
    assert [one.days_before for one in Reminder.objects.all()] == [3]


def test_a_moment_at_which_all_had_answered_is_kept_without_a_letter():
    circular = cast.issued()
    for name in CAST:
        cast.say(circular, name)
    assert tasks.send_due_reminders(at=DEADLINE - 3 * DAY) == 1
    assert tasks.send_due_reminders(at=DEADLINE - 2 * DAY) == 0
    reminder = Reminder.objects.get()
    assert (reminded(reminder), reminder.letter) == (set(), None)


def test_an_extended_deadline_has_its_own_moments(secretary):
    circular = cast.issued()
    assert tasks.send_due_reminders(at=DEADLINE - 3 * DAY) == 1
    circulars.extend(circular, new_deadline=DEADLINE + 20 * DAY, reason="Holidays", by=secretary, at=DEADLINE)
    assert tasks.send_due_reminders(at=DEADLINE + SECOND) == 0
    assert tasks.send_due_reminders(at=DEADLINE + 6 * DAY) == 1
    assert tasks.send_due_reminders(at=DEADLINE + 17 * DAY) == 1
    assert [one.days_before for one in Reminder.objects.all()] == [3, 14, 3]


def test_moments_before_an_extension_are_skipped(secretary):
    circular = cast.issued()
    circulars.extend(circular, new_deadline=DEADLINE + DAY, reason="Holidays", by=secretary, at=DEADLINE)
    assert tasks.send_due_reminders(at=DEADLINE + SECOND) == 0
    assert not Reminder.objects.exists()


def test_reminder_of_a_rule_is_not_sent_before_its_moment():
    circular = cast.issued()
    with pytest.raises(NotDueYet):
        circulars.remind(circular, days_before=3, at=ISSUED + DAY)


def test_moments_are_reckoned_by_the_clocks_of_the_zone():
    """Between reminder and deadline the clocks go forward: both are at the end of a day in Berlin."""
    rule = cast.rule("two-thirds", zone="Europe/Berlin", period_days=57, reminder_days=[3])
    circular = cast.issued(rule=rule)
    assert circular.deadline == datetime(2017, 3, 27, 21, 59, 59, tzinfo=UTC)
    due = datetime(2017, 3, 24, 22, 59, 59, tzinfo=UTC)
    assert tasks.send_due_reminders(at=due - SECOND) == 0
    assert tasks.send_due_reminders(at=due) == 1


def test_one_circular_that_fails_does_not_keep_others_waiting(caplog):
    circular = cast.issued()

    def broken(circular, at):
        raise RuntimeError("broken")

    assert tasks.tried(broken, circular, AFTER) is False
    assert "2017/01" in caplog.text
