"""Two browsers accept the same invitation at once."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from alliance.accounts.models import Invitation, User
from cities.actions import invitations
from cities.actions.invitations import UsedLink
from cities.models import Officer
from tests.cities.test_invitations import PASSWORD, invite_officer, newest_token
from tests.races import at_once, without_locks

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2016, 12, 2, 9, 0, tzinfo=UTC)


def accept_while_accepting(token):
    """Accept, and before that is committed let a second browser accept; what became of the second."""
    outcome, waited = at_once(*[lambda: invitations.accept(token, password=PASSWORD, at=NOW)] * 2)
    assert waited, "the second browser did not wait"
    return outcome


def test_without_the_lock_the_second_one_runs_into_the_database(monkeypatch):
    without_locks(monkeypatch)
    invite_officer()
    assert isinstance(accept_while_accepting(newest_token()), IntegrityError)


def test_with_the_lock_the_second_one_reads_that_it_was_used():
    invite_officer()
    outcome = accept_while_accepting(newest_token())
    assert isinstance(outcome, UsedLink)
    assert outcome.sentence == "This invitation was already accepted; it works once. Please sign in."
    assert Officer.objects.count() == 1
    assert User.objects.filter(email="li.na@foshan.example").count() == 1
    assert Invitation.objects.get().accepted_at == NOW
