"""What a worker may still do with what it claimed, and that nothing is written over somebody else's word."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from alliance.letters.models import Delivery, Heartbeat
from alliance.letters.sending import Answer, Outcome, Pauses, Post, Stencils
from alliance.letters.states import CLAIM_OVER
from alliance.letters.worker import Worker, late_since, queue
from alliance.letters.worker.moves import HOLD, WRITTEN, Move, write_down
from alliance.letters.worker.pace import USUAL, Pace
from tests.factories.letters import WRITTEN as LONG_AGO
from tests.factories.letters import letter_to
from tests.letters import sweeps

pytestmark = pytest.mark.django_db
NOW = LONG_AGO + timedelta(minutes=1)
MINUTE = timedelta(minutes=1)
LEASE = USUAL.lease
MOVES = {
    "claim": ([], {"until": NOW}),
    "begin": (["claim"], {"at": NOW, "until": NOW + MINUTE}),
    "put_back": (["claim"], {"at": NOW}),
    "accept": (["claim", "begin"], {"answer": "250 OK", "at": NOW}),
    "defer": (["claim", "begin"], {"answer": "451 later", "until": NOW}),
    "fail": (["claim", "begin"], {"answer": "550 no", "at": NOW}),
    "lose": (["claim", "begin"], {"answer": "", "until": NOW}),
}


@pytest.fixture(autouse=True)
def no_sweeps_of_other_apps(settings):
    settings.WORKER_SWEEPS = []


def columns(delivery):
    return {field.attname: getattr(delivery, field.attname) for field in Delivery._meta.concrete_fields}


@pytest.mark.parametrize("move", MOVES)
def test_what_a_move_leaves_in_memory_is_what_is_written(move):
    """The model alone says what a move does; the statement carries all of it."""
    before, given = MOVES[move]
    letter_to("a@example.org")
    delivery = Delivery.objects.get()
    for earlier in before:
        step = Move(delivery)
        getattr(delivery, earlier)(**MOVES[earlier][1])
        write_down([step])
    was, step = columns(delivery), Move(delivery)
    getattr(delivery, move)(**given)
    assert write_down([step]) == {delivery.pk}
    assert columns(Delivery.objects.get()) == columns(delivery)
    assert {name for name, value in columns(delivery).items() if value != was[name]} <= set(WRITTEN)


def test_what_somebody_else_moved_is_not_written_over():
    letter_to("a@example.org", "b@example.org")
    mine, also_mine = queue.claim(at=NOW)
    Delivery.objects.filter(pk=mine.pk).update(leased_until=NOW + timedelta(hours=1))
    moves = [queue.answered(one, Answer(Outcome.ACCEPTED, "250 OK"), at=NOW) for one in (mine, also_mine)]
    assert queue.write(moves) == {also_mine.pk}
    assert dict(Delivery.objects.values_list("address", "state")) == {
        "a@example.org": "sending",
        "b@example.org": "accepted",
    }
    assert "leased_until" in HOLD


def test_who_lost_the_claim_may_not_begin_though_the_attempts_are_the_same():
    letter_to("a@example.org")
    [late] = queue.claim(at=NOW)
    queue.give_up_abandoned(at=NOW + LEASE)
    [other] = queue.claim(at=NOW + LEASE)
    assert late.attempts == other.attempts == 1
    assert queue.write([queue.beginning(late, at=NOW + LEASE)]) == set()
    assert queue.write([queue.beginning(other, at=NOW + LEASE)]) == {other.pk}


def test_no_text_goes_out_when_the_claim_ran_out_on_the_way(sink):
    letter_to("late@example.org", "b@example.org")
    late, other = (Stencils().mail_for(one) for one in Delivery.objects.order_by("pk"))
    post = Post()
    answer = post.hand_over(late, Pauses(before_end=lambda: False))
    assert answer == Answer(Outcome.DEFERRED, CLAIM_OVER)
    assert post.hand_over(other).outcome == Outcome.ACCEPTED
    post.close()
    assert (sink.addresses(), sink.connections) == (["b@example.org"], 2)


def test_an_answer_that_could_not_be_written_is_written_at_the_next_turn(sink):
    """The database was away when the answer came: nothing is sent again, and the rest goes out."""
    letter_to("a@example.org", "b@example.org", "c@example.org")
    worker, updates = Worker("w"), []

    def away(execute, sql, params, many, context):
        if "UPDATE letters_delivery" in sql:
            updates.append(sql)
            if len(updates) == 3:  # claimed, a begun; now a answered and b begun
                raise OperationalError("The database is away.")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(away), pytest.raises(OperationalError):
        worker.turn(at=NOW)
    assert Delivery.objects.get(address="a@example.org").state == "sending"
    assert worker.once(at=NOW) == 1
    assert sink.addresses() == ["a@example.org", "c@example.org"]
    assert worker.once(at=NOW + LEASE) == 1
    rows = Delivery.objects.order_by("pk").values_list("state", "attempts", "possibly_twice")
    assert list(rows) == [("accepted", 1, False)] * 3
    assert sink.addresses() == ["a@example.org", "b@example.org", "c@example.org"]


def test_only_the_mail_in_hand_is_possibly_twice_when_a_worker_dies():
    letter_to("a@example.org", "b@example.org", "c@example.org")
    first, second, _third = queue.claim(at=NOW)
    queue.write([queue.beginning(first, at=NOW)])
    answered = queue.answered(first, Answer(Outcome.ACCEPTED, "250 OK"), at=NOW)
    assert queue.write([answered, queue.beginning(second, at=NOW)]) == {first.pk, second.pk}
    queue.give_up_abandoned(at=NOW + LEASE)
    rows = Delivery.objects.order_by("pk").values_list("state", "attempts", "possibly_twice")
    assert list(rows) == [("accepted", 1, False), ("uncertain", 1, True), ("queued", 0, False)]


def test_on_the_return_of_a_worker_everything_due_is_done_once(settings, sink):
    settings.WORKER_SWEEPS = ["tests.letters.sweeps.good"]
    sweeps.calls.clear()
    Heartbeat.objects.create(worker="dead", beat_at=NOW - timedelta(days=1))
    letter_to("a@example.org", at=NOW - timedelta(hours=20))
    letter_to("b@example.org", at=NOW - timedelta(hours=2))
    letter_to("tomorrow@example.org", at=NOW + timedelta(days=1))
    assert late_since(NOW) == NOW - timedelta(days=1)
    worker = Worker("back again")
    assert worker.once(at=NOW) == 2
    assert late_since(NOW) is None
    assert worker.once(at=NOW + timedelta(seconds=5)) == 0
    assert sink.addresses() == ["a@example.org", "b@example.org"]
    assert sweeps.calls == [("good", NOW)]


def test_the_command_takes_its_pace(monkeypatch):
    seen = []
    monkeypatch.setattr(Worker, "once", lambda worker: seen.append(worker.pace))
    call_command("worker", "--once", "--batch=7", "--lease=60", "--first-pause=5", "--idle=0.5")
    call_command("worker", "--once")
    assert seen == [Pace(7, MINUTE, timedelta(seconds=5), timedelta(seconds=0.5)), USUAL]
