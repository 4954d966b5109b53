"""The chained trail: what is sealed, and that every change behind the triggers is named."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from alliance.accounts import tasks, trails
from alliance.accounts.models import TrailMark, TrailSeal, User
from alliance.accounts.trails import digests
from alliance.letters.worker import Worker
from tests.accounts.trail import (
    AFTERWARDS,
    MONDAY,
    THURSDAY,
    TUESDAY,
    USERS,
    WEDNESDAY,
    behind,
    write,
    write_three_days,
)

pytestmark = pytest.mark.django_db
LONG_AFTER = AFTERWARDS + timedelta(days=400)


def findings(at=AFTERWARDS, **options):
    return {str(finding) for finding in trails.verify(at=at, **options)}


@pytest.fixture
def entries():
    """Three entries on three sealed days."""
    entries = write_three_days()
    trails.seal_days(at=AFTERWARDS)
    assert findings() == set()
    return entries


# What is sealed


def test_every_finished_day_is_sealed_also_one_on_which_nothing_was_written():
    write_three_days()

    seals = trails.seal_days(at=AFTERWARDS)

    assert [(seal.day, seal.entries) for seal in seals] == [(MONDAY, 2), (TUESDAY, 0), (WEDNESDAY, 1)]
    assert [seal.previous for seal in seals] == ["", seals[0].hash, seals[1].hash]
    assert trails.newest_hash() == seals[2].hash
    assert {*seals[0].tables} == {USERS}
    assert TrailMark.objects.count() == 3


def test_a_day_is_sealed_once():
    write_three_days()
    trails.seal_days(at=AFTERWARDS)

    assert trails.seal_days(at=AFTERWARDS) == []
    assert [seal.day for seal in trails.seal_days(at=AFTERWARDS + timedelta(days=1))] == [THURSDAY]


def test_a_day_is_left_alone_for_an_hour():
    write(MONDAY)
    midnight = datetime(2016, 3, 8, tzinfo=UTC)

    assert trails.seal_days(at=midnight + timedelta(minutes=59)) == []
    assert [seal.day for seal in trails.seal_days(at=midnight + timedelta(hours=1))] == [MONDAY]


def test_days_are_those_of_utc():
    write(MONDAY, hour=23.5)  # Tuesday in Foshan, and in Mainz

    assert trails.seal_days(at=AFTERWARDS)[0].day == MONDAY


def test_without_a_trail_nothing_is_sealed_and_nothing_printed():
    assert trails.seal_days(at=AFTERWARDS) == []
    assert trails.newest_hash() == ""
    assert findings() == set()


def test_each_table_of_events_belongs_to_the_trail():
    assert len(digests.event_models()) > 45
    assert set(digests.present_shapes()) == set(digests.event_models())


def test_the_same_statements_seal_one_day_and_a_hundred():
    write(MONDAY)
    with CaptureQueriesContext(connection) as for_one:
        trails.seal_days(at=datetime(2016, 3, 8, 2, tzinfo=UTC))
    write(WEDNESDAY)
    with CaptureQueriesContext(connection) as for_many:
        assert len(trails.seal_days(at=AFTERWARDS + timedelta(days=98))) == 100

    assert len(for_many) <= len(for_one)
    with CaptureQueriesContext(connection) as for_none:
        assert tasks.seal_trail(at=AFTERWARDS) == 0
    assert len(for_none) <= 3  # with the savepoint of the test


def test_the_worker_seals(settings):
    write_three_days()

    assert "alliance.accounts.tasks.seal_trail" in settings.WORKER_SWEEPS
    settings.WORKER_SWEEPS = ["alliance.accounts.tasks.seal_trail"]
    Worker("at night").turn(at=AFTERWARDS)

    assert TrailSeal.objects.count() == 3
    assert findings() == set()


def test_the_spelling_of_the_session_does_not_matter(entries):
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL TimeZone = 'Asia/Shanghai'; SET LOCAL DateStyle = 'German';"
            " SET LOCAL bytea_output = 'escape'; SET LOCAL extra_float_digits = 0"
        )

    assert findings() == set()


# What is found, with all triggers off


@pytest.mark.parametrize(
    "change",
    [
        "name = 'Anna Schmitt'",
        "name = ''",
        "email = 'anna@mainz.exampl3'",
        "is_active = false",
        "pgh_obj_id = pgh_obj_id + 1",
        "pgh_label = 'update'",
        "pgh_created_at = pgh_created_at + interval '1 microsecond'",
        "pgh_created_at = pgh_created_at + interval '1 day'",
        "pgh_created_at = pgh_created_at + interval '1 year'",
        "pgh_context_id = gen_random_uuid(), role = 'management'",
    ],
)
def test_a_changed_entry_is_named(entries, change):
    assert behind(f"UPDATE {USERS} SET {change} WHERE pgh_id = %s", entries[0]) == 1

    assert findings() == {f"2016-03-07, {USERS}, entry {entries[0]}: the entry was changed"}


def test_who_acted_and_why_is_sealed_with_the_entry():
    entry = write(MONDAY)
    context = "10000000-0000-0000-0000-000000000001"
    behind(
        "INSERT INTO pghistory_context (id, created_at, updated_at, metadata) VALUES (%s, now(), now(), %s)",
        context,
        json.dumps({"user": 1}),
    )
    behind(f"UPDATE {USERS} SET pgh_context_id = %s WHERE pgh_id = %s", context, entry)
    trails.seal_days(at=AFTERWARDS)
    assert findings() == set()

    behind("UPDATE pghistory_context SET metadata = %s", json.dumps({"user": 2}))

    assert findings() == {f"2016-03-07, {USERS}, entry {entry}: the entry was changed"}


def test_a_missing_entry_is_named(entries):
    behind(f"DELETE FROM {USERS} WHERE pgh_id = %s", entries[2])

    assert findings() == {f"2016-03-09, {USERS}, entry {entries[2]}: the entry is missing"}


@pytest.mark.parametrize("day", [MONDAY - timedelta(days=30), MONDAY, TUESDAY, WEDNESDAY])
def test_an_entry_inserted_with_an_old_date_is_named(entries, day):
    entry = write(day)

    assert findings() == {f"{day}, {USERS}, entry {entry}: the entry was inserted after the day was sealed"}


def test_an_entry_of_a_day_that_is_not_sealed_yet_is_in_order(entries):
    write(THURSDAY)

    assert findings() == set()


def test_a_changed_entry_whose_mark_was_changed_too_is_found_by_day_and_table(entries):
    behind(f"UPDATE {USERS} SET is_active = false WHERE pgh_id = %s", entries[0])
    shape = digests.present_shapes()[USERS]
    digest = digests.digest_sql(shape, salt="m.salt", parts="m.parts")
    behind(
        f"UPDATE accounts_trailmark AS m SET digest = {digest} FROM {USERS} AS e {digests.WITH_CONTEXT}"
        " WHERE e.pgh_id = m.entry AND m.table_name = %s",
        USERS,
    )

    assert findings() == {f"2016-03-07, {USERS}: the marks are not those that were sealed (2 sealed, 2 now)"}


def test_an_entry_that_is_gone_with_its_mark_is_found_by_day_and_table(entries):
    behind(f"DELETE FROM {USERS} WHERE pgh_id = %s", entries[0])
    behind("DELETE FROM accounts_trailmark WHERE entry = %s", entries[0])

    assert findings() == {f"2016-03-07, {USERS}: the marks are not those that were sealed (2 sealed, 1 now)"}


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (
            MONDAY,
            {
                "2016-03-07: the day has marks but no seal: its seal was removed",
                "2016-03-08: the seal does not continue the one before: one was removed or replaced",
            },
        ),
        (
            TUESDAY,
            {
                "2016-03-09: days before this one have no seal: seals were removed",
                "2016-03-09: the seal does not continue the one before: one was removed or replaced",
            },
        ),
        (WEDNESDAY, {"2016-03-09: the day has marks but no seal: its seal was removed"}),
    ],
)
def test_a_removed_seal_is_found(entries, day, found):
    behind("DELETE FROM accounts_trailseal WHERE day = %s", day)

    named = {finding for finding in findings() if USERS not in finding}
    assert named == found


def test_all_seals_removed_are_found(entries):
    behind("DELETE FROM accounts_trailseal")

    assert findings() >= {"2016-03-07: the day has marks but no seal: its seal was removed"}


def test_nothing_is_sealed_onto_a_chain_that_was_cut(entries):
    behind("DELETE FROM accounts_trailseal WHERE day = %s", WEDNESDAY)

    with pytest.raises(trails.TrailBroken, match="2016-03-09 or later"):
        trails.seal_days(at=AFTERWARDS)


def test_an_end_of_the_chain_that_was_cut_off_with_all_its_marks_is_overdue_and_missed_on_paper(entries):
    printed = trails.newest_hash()
    behind("DELETE FROM accounts_trailseal WHERE day > %s", MONDAY)
    behind("DELETE FROM accounts_trailmark WHERE day > %s", MONDAY)

    assert findings(at=AFTERWARDS + timedelta(days=1)) == {
        "2016-03-08: no day since then is sealed (2 are due): does the worker run?"
    }
    assert f"Circular 2016/03 bears the hash {printed}, which no seal has" in findings(
        printed=[("Circular 2016/03", printed)]
    )
    trails.seal_days(at=AFTERWARDS + timedelta(minutes=5))
    assert findings(printed=[("The paper", printed)]) == {
        f"The paper bears the hash {printed}, which no seal has"
    }


@pytest.mark.parametrize(
    "change",
    [
        "entries = entries + 1",
        "sealed_at = sealed_at + interval '1 second'",
        "tables = '{}'",
        "digest = repeat('0', 64)",
        "hash = repeat('0', 64)",
        "previous = repeat('0', 64)",
    ],
)
def test_a_changed_seal_is_found(entries, change):
    behind(f"UPDATE accounts_trailseal SET {change} WHERE day = %s", MONDAY)

    assert "2016-03-07: the seal was changed: its hash is not that of its content" in findings()


def test_a_seal_made_again_breaks_the_chain(entries):
    seal = TrailSeal.objects.get(day=MONDAY)
    said = {"entries": 2, "digest": seal.digest, "previous": "", "sealed_at": LONG_AFTER}
    behind(
        "UPDATE accounts_trailseal SET hash = %s, sealed_at = %s WHERE day = %s",
        digests.hash_of_seal(day=MONDAY, **said),
        LONG_AFTER,
        MONDAY,
    )

    assert findings() == {
        "2016-03-08: the seal does not continue the one before: one was removed or replaced"
    }


def test_a_table_that_was_emptied_is_found(entries):
    behind(f"TRUNCATE {USERS}")

    assert len(findings()) == 3


# What the triggers refuse


@pytest.mark.parametrize("model", [TrailSeal, TrailMark])
def test_seals_and_marks_are_kept(entries, model):
    for act in (model.objects.all().delete, lambda: model.objects.update(day=THURSDAY)):
        with pytest.raises(DatabaseError, match=r"Cannot (delete|update)"), transaction.atomic():
            act()
    assert findings() == set()


def test_a_mark_keeps_its_digest_and_gets_no_other_salt(entries):
    for change in ({"digest": b"0"}, {"salt": b"0"}, {"entry": 999, "salt": None, "parts": {}}):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            TrailMark.objects.filter(entry=entries[0]).update(**change)


# Tables that change


def test_a_column_that_comes_later_breaks_no_seal(entries):
    behind(f"ALTER TABLE {USERS} ADD COLUMN shoe_size text NOT NULL DEFAULT 'unknown'")
    later = write(THURSDAY)
    seals = trails.seal_days(at=AFTERWARDS + timedelta(days=1))

    assert findings() == set()
    assert "shoe_size" in seals[0].tables[USERS]["words"]
    behind(f"UPDATE {USERS} SET shoe_size = '43'")
    assert findings() == {f"2016-03-10, {USERS}, entry {later}: the entry was changed"}


def test_a_sealed_column_that_is_gone_is_named(entries):
    behind(f"ALTER TABLE {USERS} DROP COLUMN time_zone")

    assert findings() == {f"2016-03-07, {USERS}: columns that were sealed are gone: time_zone"}


def test_a_table_that_is_gone_is_named(entries):
    behind(f"ALTER TABLE {USERS} RENAME TO elsewhere")

    assert findings() == {f"2016-03-07, {USERS}: the table is gone"}


# The commands


@time_machine.travel(AFTERWARDS, tick=False)
def test_the_commands_seal_and_verify(capsys):
    call_command("verify_trail")
    assert capsys.readouterr().out == "No day of the trail has been sealed yet.\n"
    write_three_days()

    call_command("seal_trail")
    newest = trails.newest_hash()
    out = capsys.readouterr().out
    assert "2016-03-08: 0 entries, " in out
    assert f"Newest hash: {newest}" in out
    call_command("verify_trail", "--hash", newest)
    assert newest in capsys.readouterr().out


@time_machine.travel(AFTERWARDS, tick=False)
def test_the_command_names_what_it_finds_and_ends_with_1(capsys):
    entry, *_others = write_three_days()
    call_command("seal_trail")
    behind(f"DELETE FROM {USERS} WHERE pgh_id = %s", entry)

    with pytest.raises(CommandError, match="2 findings") as refused:
        call_command("verify_trail", "--hash", "0" * 64)

    assert refused.value.returncode == 1
    out = capsys.readouterr().out
    assert f"2016-03-07, {USERS}, entry {entry}: the entry is missing" in out
    assert "The paper bears the hash 0000" in out
    assert User.objects.count() == 3


def test_the_command_does_not_seal_a_chain_that_was_cut():
    write_three_days()
    trails.seal_days(at=AFTERWARDS)
    behind("DELETE FROM accounts_trailseal")

    with pytest.raises(CommandError, match="verify_trail"):
        call_command("seal_trail")
