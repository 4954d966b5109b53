"""Two at once: sealers, and somebody who is still writing when the day ends."""

from datetime import timedelta

import pytest
from django.db import connection

from alliance.accounts import trails
from alliance.accounts.models import TrailSeal, User
from alliance.accounts.trails import digests
from tests.accounts.trail import AFTERWARDS, MONDAY, TUESDAY, USERS, WEDNESDAY, write_three_days
from tests.factories.people import AdministratorFactory, UserFactory
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def seal():
    return [seal.day for seal in trails.seal_days(at=AFTERWARDS)]


def write_late():
    """An entry of Wednesday that is written, and not committed."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {USERS} (pgh_created_at, pgh_label, id, email, name, role, language, time_zone,"
            " is_active, joined_at, pgh_obj_id) SELECT '2016-03-09 23:59:59Z', pgh_label, id, email, 'Late',"
            " role, language, time_zone, is_active, joined_at, pgh_obj_id FROM accounts_userevent LIMIT 1"
        )


def findings():
    return [str(finding) for finding in trails.verify(at=AFTERWARDS)]


def test_of_two_sealers_one_seals():
    write_three_days()
    first = []

    second, waited = at_once(lambda: first.extend(seal()), seal)

    assert (first, second, waited) == ([MONDAY, TUESDAY, WEDNESDAY], [], True)
    assert findings() == []


def test_without_the_lock_two_sealers_would_meet(monkeypatch):
    monkeypatch.setattr(digests, "wait_for_sealers", lambda: None)
    write_three_days()

    second, _waited = at_once(seal, seal)

    assert isinstance(second, Exception)


def test_a_day_waits_for_a_transaction_that_is_open_over_midnight():
    write_three_days()

    sealed, waited = at_once(write_late, seal)

    assert (sealed, waited) == ([], False)
    assert not TrailSeal.objects.exists()
    assert seal() == [MONDAY, TUESDAY, WEDNESDAY]
    assert TrailSeal.objects.get(day=WEDNESDAY).entries == 2
    assert findings() == []


def test_without_waiting_the_late_entry_would_look_inserted(monkeypatch):
    monkeypatch.setattr(trails.sealing, "is_quiet", lambda tables: True)
    write_three_days()

    sealed, _waited = at_once(write_late, seal)

    assert sealed == [MONDAY, TUESDAY, WEDNESDAY]
    assert [finding.split(": ")[1] for finding in findings()] == [
        "the entry was inserted after the day was sealed"
    ]


def test_who_writes_does_not_wait_for_the_sealer():
    write_three_days()

    person, waited = at_once(seal, UserFactory)

    assert (person.name[:6], waited) == ("Person", False)


def test_a_redaction_waits_for_the_sealer():
    write_three_days()
    anna, by = User.objects.get(name="Anna Schmidt"), AdministratorFactory()

    def redact():
        return trails.redact(
            User, anna.pk, columns=["name"], reason="Asked for", by=by, at=AFTERWARDS + timedelta(days=1)
        )

    done, waited = at_once(seal, redact)

    assert waited
    assert done.columns == ["name"]
    assert findings() == []
