"""The worker: its turns, its signs of life, its end."""

import logging
import signal
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError, connection

from alliance.letters.actions import Addressee
from alliance.letters.models import WIPED, Delivery, Heartbeat, Letter
from alliance.letters.sending import Answer, Outcome
from alliance.letters.states import LetterKind
from alliance.letters.worker import Worker, late_since, queue, worker_is_late
from alliance.letters.worker.pace import USUAL, Pace
from tests.factories.letters import WRITTEN, letter_to
from tests.letters import sweeps

pytestmark = pytest.mark.django_db
NOW = WRITTEN + timedelta(minutes=1)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
def swept(settings):
    """Two sweeps of which the first always fails; gives what was called."""
    settings.WORKER_SWEEPS = ["tests.letters.sweeps.bad", "tests.letters.sweeps.good"]
    sweeps.calls.clear()
    return sweeps.calls


@pytest.fixture(autouse=True)
def no_sweeps_of_other_apps(settings):
    settings.WORKER_SWEEPS = []


@pytest.mark.parametrize(
    ("attempts", "pause"),
    [
        (1, timedelta(minutes=1)),
        (2, timedelta(minutes=2)),
        (3, timedelta(minutes=4)),
        (12, timedelta(minutes=2048)),
        (13, timedelta(hours=48)),
        (1000, timedelta(hours=48)),
    ],
)
def test_pauses_double_up_to_48_hours_less_up_to_a_quarter(attempts, pause):
    assert USUAL.pause_after(attempts, chance=lambda: 0.0) == pause
    assert USUAL.pause_after(attempts, chance=lambda: 1.0) == pause * 0.75
    assert pause * 0.75 <= USUAL.pause_after(attempts) <= pause


def test_a_claim_is_for_five_minutes_and_for_one_batch():
    letter_to(*(f"{number}@example.org" for number in range(USUAL.batch + 1)))
    claimed = queue.claim(at=NOW)
    assert len(claimed) == USUAL.batch
    taken = Delivery.objects.filter(state="sending")
    assert set(taken.values_list("leased_until", "attempts", "next_attempt_at")) == {
        (NOW + 5 * MINUTE, 1, None)
    }
    assert Delivery.objects.filter(state="queued").count() == 1


def test_nothing_is_claimed_before_its_time():
    letter_to("a@example.org", at=NOW)
    assert queue.claim(at=NOW - SECOND) == []
    assert len(queue.claim(at=NOW)) == 1
    assert queue.claim(at=NOW) == []


def test_what_opens_an_account_goes_before_a_large_circular():
    letter_to(*(f"{number}@example.org" for number in range(3)))
    letter_to("reset@example.org", at=NOW, kind=LetterKind.SIGN_IN, confidential=True)
    assert [one.address for one in queue.claim(at=NOW, pace=Pace(batch=2))] == [
        "reset@example.org",
        "0@example.org",
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_claiming_needs_as_many_queries_for_one_as_for_many(number, django_assert_num_queries):
    letter_to(*(f"{one}@example.org" for one in range(number)))
    with django_assert_num_queries(3 + 2):  # copies, letters, writing; savepoint and its release
        queue.claim(at=NOW)


def test_an_answer_that_comes_after_somebody_else_took_over_is_left_out(caplog):
    letter_to("a@example.org")
    [late] = queue.claim(at=NOW)
    queue.write([queue.beginning(late, at=NOW)])
    queue.give_up_abandoned(at=NOW + 6 * MINUTE)
    [other] = queue.claim(at=NOW + 6 * MINUTE)
    queue.settle(late, Answer(Outcome.FAILED, "550 no"), at=NOW + 7 * MINUTE)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.possibly_twice) == ("sending", 2, True)
    assert "taken over before: 550 no" in caplog.text

    queue.settle(other, Answer(Outcome.ACCEPTED, "250 OK"), at=NOW + 7 * MINUTE)
    assert Delivery.objects.get().state == "accepted"


def test_a_lease_is_renewed_for_what_is_still_ours():
    letter_to("a@example.org", "b@example.org")
    claimed = queue.claim(at=NOW)
    queue.settle(claimed[0], Answer(Outcome.ACCEPTED, "250 OK"), at=NOW)
    assert queue.renew(claimed, at=NOW + 4 * MINUTE) == [claimed[1]]
    assert Delivery.objects.get(state="sending").leased_until == NOW + 9 * MINUTE


def test_a_worker_renews_its_lease_and_gives_signs_of_life_while_a_server_is_slow(sink):
    letter_to("a@example.org", "b@example.org", "c@example.org")
    with time_machine.travel(NOW, tick=False) as clock:
        sink.on_mail = lambda address: clock.shift(180)
        assert Worker("slow").once() == 3
    last = Delivery.objects.get(address="c@example.org")
    trail = Delivery.pgh_event_model.objects.filter(pgh_obj_id=last.pk).order_by("pgh_id")
    leases = [NOW + 5 * MINUTE, NOW + 8 * MINUTE, NOW + 11 * MINUTE]
    assert list(trail.values_list("leased_until", flat=True)) == [None, *leases, None]
    assert Heartbeat.objects.get().beat_at == NOW + 6 * MINUTE
    assert set(Delivery.objects.values_list("state", "possibly_twice")) == {("accepted", False)}


def test_a_mail_that_cannot_be_put_together_waits_and_stops_nothing(caplog):
    letter_to("broken@example.org", "fine@example.org")
    Delivery.objects.filter(address="broken@example.org").update(address="broken\n@example.org")
    Worker("w").once(at=NOW)
    assert [one.to for one in mail.outbox] == [["fine@example.org"]]
    broken = Delivery.objects.get(address__startswith="broken")
    assert broken.state == "deferred"
    assert broken.answer.startswith("The mail could not be put together: BadHeaderError")


def test_a_worker_asked_to_end_puts_back_what_it_has_not_tried(sink):
    letter_to("a@example.org", "b@example.org", "c@example.org")
    worker = Worker("w")
    sink.on_mail = lambda address: worker.stop()
    assert worker.once(at=NOW) == 1
    rows = Delivery.objects.order_by("pk").values_list("address", "state", "attempts", "next_attempt_at")
    assert list(rows) == [
        ("a@example.org", "accepted", 1, None),
        ("b@example.org", "queued", 0, NOW),
        ("c@example.org", "queued", 0, NOW),
    ]
    assert sink.addresses() == ["a@example.org"]


def test_confidential_texts_are_wiped_when_the_last_copy_is_settled():
    letter = letter_to(
        "a@example.org", "b@example.org", confidential=True, path="/accounts/key/", kind=LetterKind.INVITATION
    )
    first, second = queue.claim(at=NOW)
    queue.settle(first, Answer(Outcome.ACCEPTED, "250 OK"), at=NOW)
    letter.refresh_from_db()
    assert (letter.is_wiped, letter.path) == (False, "/accounts/key/")
    queue.settle(second, Answer(Outcome.FAILED, "550 no"), at=NOW)
    letter.refresh_from_db()
    assert [letter.body_en, letter.body_de, letter.body_zh, letter.path] == [WIPED, WIPED, WIPED, ""]
    assert letter.subject_en == "Shall Mainz join the alliance?"


@pytest.mark.parametrize("outcome", [Outcome.DEFERRED, Outcome.UNCERTAIN, Outcome.UNREACHABLE])
def test_confidential_texts_are_kept_while_they_are_still_to_be_sent(outcome):
    letter_to("a@example.org", confidential=True)
    [claimed] = queue.claim(at=NOW)
    queue.settle(claimed, Answer(outcome, ""), at=NOW)
    assert Letter.objects.get().is_wiped is False


def test_other_texts_and_those_of_the_demonstration_are_kept(settings):
    letter_to("a@example.org")
    settings.DEMO = True
    letter_to("a@example.org", confidential=True)
    Worker("w").once(at=NOW)
    assert [letter.is_wiped for letter in Letter.objects.all()] == [False, False]


def test_a_failing_sweep_stops_neither_the_others_nor_the_mail(swept, caplog):
    letter_to("a@example.org")
    with caplog.at_level(logging.ERROR):
        Worker("w").once(at=NOW)
    assert swept == [("bad", NOW), ("good", NOW)]
    assert "The sweep tests.letters.sweeps.bad failed" in caplog.text
    assert "This sweep always fails." in caplog.text
    assert Delivery.objects.get().state == "accepted"


def test_sweeps_run_at_most_every_fifteen_seconds(swept):
    worker = Worker("w")
    for moment in (NOW, NOW + 14 * SECOND, NOW + 15 * SECOND, NOW + 29 * SECOND, NOW + 30 * SECOND):
        worker.turn(at=moment)
    assert [at for name, at in swept if name == "good"] == [NOW, NOW + 15 * SECOND, NOW + 30 * SECOND]


def test_a_clock_set_back_does_not_silence_the_sweeps(swept):
    worker = Worker("w")
    worker.turn(at=NOW)
    worker.turn(at=NOW - timedelta(days=1))
    assert ("good", NOW - timedelta(days=1)) in swept


def test_a_worker_gives_signs_of_life_and_old_workers_are_forgotten():
    Heartbeat.objects.create(worker="long gone", beat_at=NOW - timedelta(days=8))
    Heartbeat.objects.create(worker="neighbour", beat_at=NOW - timedelta(days=6))
    worker = Worker("w")
    worker.turn(at=NOW)
    worker.turn(at=NOW + 3 * SECOND)
    assert dict(Heartbeat.objects.values_list("worker", "beat_at")) == {
        "w": NOW + 3 * SECOND,
        "neighbour": NOW - timedelta(days=6),
    }


def test_a_worker_is_late_after_the_time_of_the_settings(settings):
    settings.WORKER_LATE_AFTER_SECONDS = 90
    Worker("old").beat(at=NOW - MINUTE)
    Worker("w").beat(at=NOW)
    assert (worker_is_late(NOW + 90 * SECOND), late_since(NOW + 90 * SECOND)) == (False, None)
    assert (worker_is_late(NOW + 91 * SECOND), late_since(NOW + 91 * SECOND)) == (True, NOW)


def test_where_no_worker_ever_was_it_is_late_since_the_first_letter_waits():
    assert (worker_is_late(NOW), late_since(NOW)) == (True, None)
    letter_to("a@example.org", at=WRITTEN)
    assert late_since(WRITTEN + SECOND) is None
    assert late_since(WRITTEN + timedelta(hours=1)) == WRITTEN


def test_the_command_does_what_is_due_and_ends(swept):
    letter_to(*(f"{number}@example.org" for number in range(45)), at=datetime(2020, 1, 1, tzinfo=UTC))
    call_command("worker", "--once")
    assert len(mail.outbox) == 45
    assert [name for name, _at in swept] == ["bad", "good"]
    assert Heartbeat.objects.count() == 1


def test_the_command_runs_until_it_is_asked_to_end(settings, capsys):
    settings.WORKER_SWEEPS = ["tests.letters.sweeps.end_the_worker"]
    sweeps.calls.clear()
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    call_command("worker")
    assert [name for name, _at in sweeps.calls] == ["end"]
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before


def test_a_failing_turn_is_logged_and_the_next_one_comes(caplog):
    letter_to("a@example.org", at=WRITTEN)
    worker, claims = Worker("w", Pace(idle=timedelta())), []

    def away_at_first(execute, sql, params, many, context):
        if "FOR UPDATE" in sql:
            claims.append(sql)
            if len(claims) == 1:
                raise OperationalError("The database is away.")
            worker.stop()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(away_at_first):
        worker.run()
    assert "The database is away." in caplog.text
    assert Delivery.objects.get().state == "queued"
    assert len(claims) > 1


def test_two_copies_for_two_cities_are_two_mails():
    letter_to(
        Addressee("a@example.org", "en", on_behalf_of="raunheim"),
        Addressee("a@example.org", "en", on_behalf_of="kelsterbach"),
    )
    Worker("w").once(at=NOW)
    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == 2
