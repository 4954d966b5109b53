"""Two at once about a withdrawal, each race first shown without its lock."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError

from alliance.letters.models import Letter
from alliance.letters.states import DeliveryState
from membership import tasks
from membership.actions import told, withdrawals
from membership.actions.withdrawal_refusals import TooLateToRevoke, WithdrawalStands
from membership.models import Circular, Told, Withdrawal
from tests.factories import circulars as cast
from tests.factories import withdrawals as leaving
from tests.factories.people import SecretaryFactory
from tests.factories.withdrawals import HOUR, OUT, WAIT, accept, bounce, copies, hand, open_copy
from tests.races import at_once, without_locks

pytestmark = pytest.mark.django_db(transaction=True)
THREE = ("Foshan", "Liuzhou", "Aachen")
SECOND = timedelta(seconds=1)


def two_last_notices():
    """Foshan opens its letter while that for Aachen is handed over: the last two of all."""
    withdrawal = leaving.communicated(members=THREE)
    by = SecretaryFactory()
    _result, waited = at_once(
        lambda: open_copy(withdrawal.circular, "Foshan", at=OUT + HOUR),
        lambda: hand(withdrawal.circular, "Aachen", at=OUT + 3 * leaving.DAY, by=by),
    )
    return leaving.fresh(withdrawal), waited


def test_two_last_notices_miss_each_other_without_the_lock(monkeypatch):
    """Both cities are told, and each transaction has seen the other one missing."""
    without_locks(monkeypatch)
    withdrawal, _waited = two_last_notices()
    assert set(leaving.told(withdrawal.circular)) == {"Foshan", "Aachen"}
    assert withdrawal.state == "communicating"


def test_what_missed_each_other_is_made_up_for_by_the_worker(monkeypatch):
    with monkeypatch.context() as locks:
        without_locks(locks)
        withdrawal, _waited = two_last_notices()
    assert tasks.make_withdrawals_effective(at=OUT + 4 * leaving.DAY) == 1
    assert leaving.fresh(withdrawal).state == "effective"


def test_two_last_notices_make_it_effective_once():
    withdrawal, waited = two_last_notices()
    assert waited
    assert (withdrawal.state, set(leaving.told(withdrawal.circular))) == ("effective", {"Foshan", "Aachen"})
    subjects = [letter.subject_en for letter in cast.letters(withdrawal.reference)]
    assert subjects.count("Liuzhou has left the alliance") == 1
    events = Withdrawal.pgh_event_model.objects.filter(pgh_obj_id=withdrawal.pk, state="effective")
    assert events.count() == 1


def two_workers_record():
    withdrawal = leaving.communicated(members=THREE)
    leaving.accept_all(withdrawal)
    look = lambda: tasks.record_told(at=OUT + WAIT)  # noqa: E731
    result, waited = at_once(look, look)
    return leaving.fresh(withdrawal), result, waited


def test_two_workers_record_the_same_without_the_lock(monkeypatch):
    """Each makes it effective: everybody gets the confirmation twice."""
    without_locks(monkeypatch)
    withdrawal, _result, _waited = two_workers_record()
    subjects = [letter.subject_en for letter in cast.letters(withdrawal.reference)]
    assert subjects.count("Liuzhou has left the alliance") == 2


def test_two_workers_record_the_same_once():
    withdrawal, _result, waited = two_workers_record()
    assert waited
    assert (withdrawal.state, Told.objects.count()) == ("effective", 3)
    assert len(cast.letters(withdrawal.reference)) == 4


def a_copy_comes_back_while_the_worker_looks():
    """It is received at the last moment of the waiting time, and written down while the worker looks."""
    withdrawal = leaving.communicated(members=THREE)
    copy = accept(copies(withdrawal.circular, "Aachen").get())

    def come_back():
        copy.refresh_from_db()
        copy.come_back(words="550", at=OUT + WAIT)
        copy.save()

    _rows, waited = at_once(come_back, lambda: told.record(withdrawal.circular, at=OUT + WAIT))
    return leaving.told(withdrawal.circular), waited


def test_a_copy_comes_back_while_the_worker_looks_without_the_lock(monkeypatch):
    without_locks(monkeypatch)
    found, _waited = a_copy_comes_back_while_the_worker_looks()
    assert set(found) == {"Aachen"}


def test_a_copy_comes_back_while_the_worker_looks():
    found, waited = a_copy_comes_back_while_the_worker_looks()
    assert waited
    assert found == {}


def opened_while_it_is_revoked():
    withdrawal = leaving.communicated(members=THREE)
    leads = {name: cast.lead(name) for name in THREE}
    result, waited = at_once(
        lambda: open_copy(withdrawal.circular, "Foshan", at=OUT + HOUR),
        lambda: withdrawals.revoke(withdrawal, reason="Kept", by=leads["Liuzhou"], at=OUT + HOUR),
    )
    return leaving.fresh(withdrawal), result, waited


def test_opened_while_it_is_revoked_without_the_lock(monkeypatch):
    """Called back although somebody has read it: the database refuses what is left of it, or it stands."""
    without_locks(monkeypatch)
    withdrawal, _result, _waited = opened_while_it_is_revoked()
    read = copies(withdrawal.circular, "Foshan").get()
    assert (read.state, read.opened_at, withdrawal.state) == (
        DeliveryState.CALLED_BACK, OUT + HOUR, "revoked",
    )  # fmt: skip


def test_opened_while_it_is_revoked():
    withdrawal, result, waited = opened_while_it_is_revoked()
    assert waited
    assert isinstance(result, TooLateToRevoke)
    assert withdrawal.state == "communicating"
    assert set(leaving.told(withdrawal.circular)) == {"Foshan"}


def revoked_while_it_is_opened():
    """The other way round, and nobody waits for ever for the other."""
    withdrawal = leaving.communicated(members=THREE)
    lead = cast.lead("Liuzhou")
    result, waited = at_once(
        lambda: withdrawals.revoke(withdrawal, reason="Kept", by=lead, at=OUT),
        lambda: open_copy(withdrawal.circular, "Foshan", at=OUT + HOUR),
    )
    return leaving.fresh(withdrawal), result, waited


def test_revoked_while_it_is_opened():
    withdrawal, result, waited = revoked_while_it_is_opened()
    assert waited
    assert (result.opened_at, result.state) == (None, DeliveryState.CALLED_BACK)
    assert (withdrawal.state, leaving.told(withdrawal.circular)) == ("revoked", {})


def two_secretaries_communicate():
    withdrawal = leaving.filed(members=THREE)
    one, other = SecretaryFactory(), SecretaryFactory()
    result, waited = at_once(
        lambda: withdrawals.communicate(withdrawal, by=one, at=OUT),
        lambda: withdrawals.communicate(withdrawal, by=other, at=OUT + SECOND),
    )
    return one, result, waited


def test_two_secretaries_communicate_without_the_lock(monkeypatch):
    without_locks(monkeypatch)
    _one, result, _waited = two_secretaries_communicate()
    assert isinstance(result, DatabaseError)


def test_two_secretaries_communicate_one_notice():
    one, result, waited = two_secretaries_communicate()
    assert waited
    assert (result.communicated_by, Circular.objects.count()) == (one, 1)
    assert Letter.objects.filter(kind="circular").count() == 1


def filed_by_both():
    """The lead files it while the secretariat enters the letter."""
    cast.members(*THREE)
    secretary = SecretaryFactory()
    return at_once(lambda: leaving.filed(), lambda: leaving.filed(by=secretary))


def test_filed_by_both_without_the_lock(monkeypatch):
    without_locks(monkeypatch)
    result, _waited = filed_by_both()
    assert isinstance(result, IntegrityError)


def test_filed_by_both_stands_once():
    result, waited = filed_by_both()
    assert waited
    assert isinstance(result, WithdrawalStands)
    assert Withdrawal.objects.count() == 1


def revoked_while_it_is_communicated():
    withdrawal = leaving.filed(members=THREE)
    secretary, lead = SecretaryFactory(), cast.lead("Liuzhou")
    result, waited = at_once(
        lambda: withdrawals.communicate(withdrawal, by=secretary, at=OUT),
        lambda: withdrawals.revoke(withdrawal, reason="Kept", by=lead, at=OUT),
    )
    return leaving.fresh(withdrawal), result, waited


def test_revoked_while_it_is_communicated_is_to_be_asked_again():
    """The copies were not held when it looked; a second click calls them back."""
    withdrawal, result, waited = revoked_while_it_is_communicated()
    assert waited
    assert type(result).__name__ == "WithdrawalNotPossibleNow"
    assert withdrawal.state == "communicating"
    withdrawals.revoke(withdrawal, reason="Kept", by=cast.lead("Liuzhou"), at=OUT)
    assert leaving.fresh(withdrawal).state == "revoked"


def test_a_return_is_not_forgotten_between_two_looks():
    withdrawal = leaving.communicated(members=THREE)
    copy = accept(copies(withdrawal.circular, "Aachen").get())
    at_once(lambda: bounce(copy, OUT + 2 * WAIT), lambda: tasks.record_told(at=OUT + 2 * WAIT))
    assert leaving.told(withdrawal.circular) == {"Aachen": (OUT + WAIT, "mail")}
