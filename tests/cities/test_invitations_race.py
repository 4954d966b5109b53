"""Two browsers accept the same invitation at once."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, connections, models, transaction

from alliance.accounts.models import Invitation, User
from cities.actions import invitations
from cities.actions.invitations import UsedLink
from cities.models import Officer
from tests.cities.test_invitations import PASSWORD, invite_officer, newest_token

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2016, 12, 2, 9, 0, tzinfo=UTC)
PATIENCE = 10


def somebody_waits_for_us():
    """Whether another connection is held up by a lock of this one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity"
            " WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
        )
        return cursor.fetchone()[0]


def accept_while_accepting(token):
    """Accept, and before that is committed let a second browser accept; what became of the second."""
    outcome, pause = [], threading.Event()

    def second():
        try:
            outcome.append(invitations.accept(token, password=PASSWORD, at=NOW))
        except Exception as error:
            outcome.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        invitations.accept(token, password=PASSWORD, at=NOW)
        thread.start()
        for _attempt in range(PATIENCE * 100):
            if somebody_waits_for_us() or outcome:
                break
            pause.wait(0.01)
        assert not outcome, "the second browser did not wait"
    thread.join(PATIENCE)
    return outcome[0]


def test_without_the_lock_the_second_one_runs_into_the_database(monkeypatch):
    monkeypatch.setattr(models.QuerySet, "select_for_update", lambda rows, **options: rows.all())
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
