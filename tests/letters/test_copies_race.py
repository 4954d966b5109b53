"""Two people, or a person and a mail server, at one copy at once."""

from datetime import timedelta

import pytest

from alliance.letters import actions
from alliance.letters.bounces import Result, Taken, record
from alliance.letters.models import Delivery, Letter, ReturnedMail
from alliance.letters.worker import queue
from alliance.letters.worker.pace import Pace
from tests.factories.bounces import BACK, accepted, mail
from tests.factories.letters import WRITTEN, for_aachen, handed
from tests.factories.people import SecretaryFactory
from tests.races import at_once, without_locks

pytestmark = pytest.mark.django_db(transaction=True)
LATER = WRITTEN + timedelta(hours=1)


def states(letter):
    return sorted(letter.deliveries.values_list("state", flat=True))


@pytest.mark.parametrize("first", ["call back", "redirect"])
def test_a_letter_that_is_called_back_gets_no_further_copy_meanwhile(first):
    letter, secretary = for_aachen(), SecretaryFactory()
    copy = letter.deliveries.get()

    def redirect():
        return actions.redirect(copy, address="b@aachen.example", note="x", by=secretary, at=LATER)

    def call_back():
        return actions.call_back(Letter.objects.get(pk=letter.pk), by=secretary, at=LATER)

    ways = (call_back, redirect) if first == "call back" else (redirect, call_back)
    outcome, waited = at_once(*ways)
    assert waited
    if first == "call back":
        assert isinstance(outcome, actions.CalledBack)
        assert states(letter) == ["called_back"]
    else:
        assert states(letter) == ["called_back", "called_back"]


def test_a_letter_that_is_handed_over_meanwhile_is_not_called_back():
    letter, secretary = for_aachen(), SecretaryFactory()
    outcome, waited = at_once(
        lambda: handed(letter, by=secretary), lambda: actions.call_back(letter, by=secretary, at=LATER)
    )
    assert waited
    assert isinstance(outcome, actions.AlreadyOut)
    assert states(letter) == ["handed_over", "queued"]


def test_what_a_worker_takes_up_meanwhile_is_not_called_back():
    letter, secretary = for_aachen(), SecretaryFactory()
    outcome, waited = at_once(
        lambda: queue.claim(at=LATER, pace=Pace()), lambda: actions.call_back(letter, by=secretary, at=LATER)
    )
    assert waited
    assert isinstance(outcome, actions.AlreadyOut)
    assert states(letter) == ["sending"]


def test_the_same_handing_over_entered_twice_at_once_is_one():
    letter, secretary = for_aachen(), SecretaryFactory()
    made, waited = at_once(lambda: handed(letter, by=secretary), lambda: handed(letter, by=secretary))
    assert waited
    assert letter.deliveries.get(state="handed_over") == made


def test_the_same_bounce_read_twice_at_once_is_one():
    delivery = accepted()
    raw = mail("postfix_failed", delivery.message_id)
    taken, waited = at_once(lambda: record(raw, at=BACK), lambda: record(raw, at=BACK))
    assert waited
    assert isinstance(taken, Taken)
    assert (taken.result, ReturnedMail.objects.count()) == (Result.KNOWN, 1)
    assert Delivery.objects.get().state == "bounced"


def test_without_locks_the_race_is_there(monkeypatch):
    letter, secretary = for_aachen(), SecretaryFactory()
    copy = letter.deliveries.get()
    without_locks(monkeypatch)
    at_once(
        lambda: actions.call_back(letter, by=secretary, at=LATER),
        lambda: actions.redirect(copy, address="b@aachen.example", note="x", by=secretary, at=LATER),
    )
    assert states(letter) == ["called_back", "queued"]
