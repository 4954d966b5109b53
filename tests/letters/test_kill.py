"""Nobody can kill it into losing a letter: real workers, mail server and PostgreSQL, and SIGKILL."""

from __future__ import annotations

import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.letters.killer import CERTAIN, MOMENTS, Killer, Run
from tests.letters.nursery import Nursery
from tests.mail_server import DROP, MailServer

LONGEST = 90.0


@pytest.fixture(scope="module")
def nursery():
    with tempfile.TemporaryDirectory(prefix="kill-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        with Nursery(Path(name)) as nursery:
            yield nursery


@pytest.fixture
def run(nursery):
    nursery.ask("empty")
    with MailServer() as server:
        yield Run(nursery, server)
        nursery.kill_all()


def send(run, letters, *, timeout=30.0, until=lambda: True):
    """Two workers send so many letters; gives the record of them when nothing waits any more."""
    run.nursery.ask("mail_server", run.server.port, timeout)
    run.nursery.ask("write", [f"{number}@example.org" for number in range(letters)])
    ends = time.monotonic() + LONGEST
    run.keep_two_workers()
    while not (until() and run.nursery.ask("waiting") == 0):
        assert time.monotonic() < ends, run.nursery.ask("record")
        run.do_next_errand(0.05)
    run.nursery.kill_all()
    return run.nursery.ask("record")


def assert_nothing_lost_and_nothing_silently_doubled(run, record, *, more_at_most):
    copies = Counter(mail.message_id for mail in run.server.received)
    twice = {one for one, number in copies.items() if number > 1}
    marked = {one for one, row in record.items() if row["possibly_twice"]}
    assert {row["state"] for row in record.values()} == {"accepted"}
    assert set(copies) == set(record)
    assert copies.total() <= len(record) + more_at_most
    assert twice <= marked
    assert {record[one]["begun"] >= 2 for one in marked} <= {True}
    assert len({(mail.message_id, mail.text) for mail in run.server.received}) == len(record)
    return marked


def test_workers_are_killed_25_times_over_400_letters(run):
    killer = Killer(run, seed=2016, letters=400)
    record = send(run, 400, until=killer.is_done)
    assert Counter(killer.killed) == MOMENTS
    assert sum(MOMENTS.values()) == 25
    marked = assert_nothing_lost_and_nothing_silently_doubled(run, record, more_at_most=25)
    addresses = {record[one]["address"] for one in marked}
    assert killer.in_hand <= addresses
    others = addresses - killer.in_hand
    assert len(others) <= 25 - sum(MOMENTS[moment] for moment in CERTAIN)


def test_a_server_that_refuses_connections(run):
    refused = iter([DROP, "421 4.3.2 Too busy", DROP, "554 5.3.2 Not now"])
    run.server.answer_to = lambda step, mail: next(refused, None) if step == "connect" else None
    record = send(run, 40)
    assert next(refused, "all used") == "all used"
    assert assert_nothing_lost_and_nothing_silently_doubled(run, record, more_at_most=0) == set()
    assert max(row["attempts"] for row in record.values()) > 1


def test_a_server_that_refuses_for_now(run):
    """Each address is put off once, in turn at its name and after the text."""
    put_off = set()

    def answer_to(step, mail):
        number = int(mail.address.partition("@")[0] or 0)
        if step == ("rcpt", "text")[number % 2] and mail.address not in put_off:
            put_off.add(mail.address)
            return "451 4.7.1 Greylisted"
        return None

    run.server.answer_to = answer_to
    record = send(run, 40)
    assert assert_nothing_lost_and_nothing_silently_doubled(run, record, more_at_most=0) == set()
    assert {row["attempts"] for row in record.values()} == {2}


def test_a_server_that_refuses_for_good(run):
    refused = {f"{number}@example.org": ("rcpt", "text")[number % 2] for number in range(10)}
    run.server.answer_to = lambda step, mail: (
        "550 5.1.1 Unknown" if refused.get(mail.address) == step else None
    )
    record = send(run, 40)
    failed = {row["address"] for row in record.values() if row["state"] == "failed"}
    assert failed == set(refused)
    assert {row["state"] for row in record.values() if row["address"] not in refused} == {"accepted"}
    assert {(row["attempts"], row["possibly_twice"]) for row in record.values()} == {(1, False)}
    assert Counter(mail.address for mail in run.server.received) == {
        row["address"]: 1 for row in record.values() if row["state"] == "accepted"
    }


def test_a_server_that_drops_the_connection_after_the_text(run):
    first_ten = iter([DROP] * 10)
    run.server.answer_to = lambda step, mail: next(first_ten, None) if step == "text" else None
    record = send(run, 40)
    marked = assert_nothing_lost_and_nothing_silently_doubled(run, record, more_at_most=10)
    assert len(marked) == len(run.server.received) - 40 == 10


def test_a_server_that_falls_silent(run):
    """Three times after a text, once after an address: the worker waits no longer than it has patience."""
    end, silent = threading.Event(), iter(["text", "rcpt", "text", "text"])
    awaited = [next(silent)]

    def answer_to(step, mail):
        if awaited == [step]:
            awaited[:] = [next(silent, None)]
            end.wait(LONGEST)
            return DROP
        return None

    run.server.answer_to = answer_to
    try:
        record = send(run, 40, timeout=1.0, until=lambda: awaited == [None])
    finally:
        end.set()
    marked = {one for one, row in record.items() if row["possibly_twice"]}
    assert {row["state"] for row in record.values()} == {"accepted"}
    assert len(marked) == 3
    assert sum(row["attempts"] - 1 for row in record.values()) >= 3


@pytest.mark.parametrize("moment", ["rcpt", "text"])
def test_postgresql_is_killed(run, moment):
    """The workers live, wait for it, write down what they know, and go on."""
    counted, places = [], [10, 25]

    def answer_to(step, mail):
        if step == moment:
            counted.append(mail)
            if places and len(counted) >= places[0]:
                del places[0]
                run.nursery.kill_postgres()

    run.server.answer_to = answer_to
    record = send(run, 60, until=lambda: not places)
    assert_nothing_lost_and_nothing_silently_doubled(run, record, more_at_most=4)
