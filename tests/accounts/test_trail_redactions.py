"""Names leave the trail, and the proof stays."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from alliance.accounts import trails
from alliance.accounts.models import TrailMark, TrailRedaction, User
from alliance.accounts.permissions import NotPermitted
from alliance.accounts.trails.redacting import ReasonMissing
from tests.accounts.trail import AFTERWARDS, MONDAY, USERS, ask, behind, write, write_three_days
from tests.factories.people import AdministratorFactory, ManagerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = AFTERWARDS + timedelta(days=1)


def findings():
    return {str(finding) for finding in trails.verify(at=AFTERWARDS)}


def redact(row, *columns, **options):
    given = {"reason": "Anna Schmidt asked for it", "by": AdministratorFactory(), "at": TODAY}
    return trails.redact(User, row, columns=columns, **{**given, **options})


@pytest.fixture
def anna():
    """Anna, whose one entry and those of others are sealed."""
    write_three_days()
    trails.seal_days(at=AFTERWARDS)
    return User.objects.get(name="Anna Schmidt")


def test_names_are_gone_and_the_trail_stays_provable(anna):
    entry = anna.events.get().pgh_id

    done = redact(anna.pk, "name", "email")

    assert ask(f"SELECT name, email, joined_at IS NOT NULL FROM {USERS} WHERE pgh_id = %s", entry) == [
        ("", "", True)
    ]
    assert (done.table_name, done.entries, done.columns) == (USERS, [entry], ["email", "name"])
    assert done.redacted_at == TODAY
    assert findings() == set()


def test_nothing_is_left_by_which_a_guess_of_the_name_could_be_checked(anna):
    entry = anna.events.get().pgh_id
    redact(anna.pk, "name")

    mark = TrailMark.objects.get(entry=entry)

    assert mark.salt is None
    assert "name" not in mark.parts["salts"]
    assert {*mark.parts["digests"]} == {"name"}
    assert len({*mark.parts["salts"].values()}) == len(mark.parts["salts"])


def test_other_words_can_be_redacted_later(anna):
    redact(anna.pk, "name")
    redact(anna.pk, "email", "time_zone")
    redact(anna.pk, "name")

    assert findings() == set()
    assert anna.events.get().email == ""


@pytest.mark.parametrize(
    "change",
    [
        "is_active = false",
        "language = 'de'",
        "email = ''",
        "name = 'Anna'",
        "pgh_created_at = pgh_created_at + interval '1 hour'",
    ],
)
def test_behind_a_redaction_nothing_else_can_be_changed(anna, change):
    entry = anna.events.get().pgh_id
    redact(anna.pk, "name")

    behind(f"UPDATE {USERS} SET {change} WHERE pgh_id = %s", entry)

    assert findings() == {f"2016-03-07, {USERS}, entry {entry}: the entry was changed"}


def test_a_silent_change_is_no_redaction(anna):
    entry = anna.events.get().pgh_id
    behind(f"UPDATE {USERS} SET name = '' WHERE pgh_id = %s", entry)

    assert findings() == {f"2016-03-07, {USERS}, entry {entry}: the entry was changed"}


def test_words_that_went_without_a_record_are_named(anna):
    entry = anna.events.get().pgh_id
    redact(anna.pk, "name")
    behind("DELETE FROM accounts_trailredaction")

    assert findings() == {
        f"2016-03-07, {USERS}, entry {entry}: words were taken out without a redaction on record"
    }


def test_a_redaction_is_itself_an_entry_of_the_trail(anna):
    done = redact(anna.pk, "name")
    event = done.events.get()
    assert (event.reason, event.redacted_by) == ("Anna Schmidt asked for it", done.redacted_by)

    behind("UPDATE accounts_trailredactionevent SET pgh_created_at = %s", AFTERWARDS)
    for table in ("accounts_userevent",):
        behind(f"DELETE FROM {table} WHERE pgh_created_at > '2016-04-01'")
    trails.seal_days(at=AFTERWARDS + timedelta(days=1))
    assert findings() == set()
    behind("UPDATE accounts_trailredactionevent SET reason = 'Another'")

    assert findings() == {
        f"2016-03-10, accounts_trailredactionevent, entry {event.pgh_id}: the entry was changed"
    }


def test_redactions_are_kept(anna):
    redact(anna.pk, "name")

    for act in (TrailRedaction.objects.all().delete, lambda: TrailRedaction.objects.update(reason="x")):
        with pytest.raises(DatabaseError, match=r"Cannot (delete|update)"), transaction.atomic():
            act()


def test_what_is_not_sealed_yet_is_sealed_without_the_words():
    entry = write(MONDAY, name="Anna Schmidt")
    redact(User.objects.get(name="Anna Schmidt").pk, "name")
    trails.seal_days(at=AFTERWARDS)

    assert findings() == set()
    assert TrailMark.objects.get(entry=entry).salt is not None


def test_the_trail_is_still_append_only_afterwards(anna):
    redact(anna.pk, "name")

    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        anna.events.update(name="Somebody")


@pytest.mark.parametrize("factory", [UserFactory, SecretaryFactory, ManagerFactory])
def test_only_administrators_redact(anna, factory):
    with pytest.raises(NotPermitted):
        redact(anna.pk, "name", by=factory())

    assert anna.events.get().name == "Anna Schmidt"


@pytest.mark.parametrize("column", ["role", "is_active", "joined_at", "pgh_label", "no_such_column"])
def test_states_and_moments_are_not_redacted(anna, column):
    with pytest.raises(trails.NotRedactable, match=f"“{column}” cannot be redacted"):
        redact(anna.pk, column)


def test_a_reason_and_a_row_are_needed(anna):
    with pytest.raises(ReasonMissing):
        redact(anna.pk, "name", reason=" ")
    with pytest.raises(trails.NothingToRedact):
        redact(0, "name")


def test_the_command_redacts(anna, capsys):
    AdministratorFactory(email="ada@alliance.example")
    options = ["--reason", "Asked for", "--by", "Ada@alliance.example"]

    call_command("redact_trail", "accounts.User", str(anna.pk), "name", "email", *options)

    assert capsys.readouterr().out == "Entries redacted: 1.\n"
    assert findings() == set()
    with pytest.raises(CommandError, match="“role” cannot be redacted"):
        call_command("redact_trail", "accounts.User", str(anna.pk), "role", *options)
    with pytest.raises(CommandError, match=r"Nobody has the address nobody@x\.example"):
        call_command(
            "redact_trail", "accounts.User", "1", "name", "--reason", "x", "--by", "nobody@x.example"
        )
    with pytest.raises(CommandError, match="Nonsense"):
        call_command("redact_trail", "accounts.Nonsense", "1", "name", *options)
