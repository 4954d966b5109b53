"""What becomes of deliveries at a real mail server."""

from collections import Counter
from datetime import timedelta
from email import message_from_bytes
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connection

from alliance.letters.models import Delivery
from alliance.letters.sending import Stencils
from alliance.letters.worker import Worker, queue
from alliance.letters.worker.pace import USUAL, Pace
from tests.factories.letters import WRITTEN, letter_to
from tests.mail_server import MailServer

NOW = WRITTEN + timedelta(minutes=1)
MINUTE = timedelta(minutes=1)
LEASE = USUAL.lease


def message_ids(sink):
    return [message_from_bytes(content)["Message-ID"] for _address, content in sink.received]


@pytest.mark.django_db
def test_mails_go_out_over_one_connection_and_are_accepted(sink):
    letter_to("a@aachen.example", "b@bonn.example", "c@foshan.example")
    assert Worker("w").once(at=NOW) == 3
    assert sink.addresses() == ["a@aachen.example", "b@bonn.example", "c@foshan.example"]
    assert sink.connections == 1
    rows = Delivery.objects.values_list("state", "attempts", "answer", "settled_at", "leased_until")
    assert set(rows) == {("accepted", 1, "250 Taken, thank you", NOW, None)}
    assert sorted(message_ids(sink)) == sorted(f"<{one.message_id}>" for one in Delivery.objects.all())


@pytest.mark.django_db
def test_what_arrives_is_what_was_written(sink):
    delivery = letter_to("a@aachen.example", compose=lambda: ("s", ".\n..dots\n\n.")).deliveries.get()
    Worker("w").once(at=NOW)
    [(_address, arrived)] = sink.received
    written = Stencils().mail_for(delivery)
    parts = [part.get_payload(decode=True).decode() for part in message_from_bytes(arrived).get_payload()]
    assert [part.replace("\r\n", "\n") for part in parts] == [written.plain, written.html]


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["refused_at_rcpt", "refused_after_text"])
def test_a_refusal_for_now_is_tried_again_later_and_others_are_not_held_up(sink, step):
    letter_to("full@aachen.example", "b@bonn.example")
    getattr(sink, step)["full@aachen.example"] = "452 4.2.2 Mailbox full"
    Worker("w").once(at=NOW)
    assert sink.addresses() == ["b@bonn.example"]
    assert sink.connections == 1
    put_off = Delivery.objects.get(address="full@aachen.example")
    assert (put_off.state, put_off.attempts, put_off.answer) == ("deferred", 1, "452 4.2.2 Mailbox full")
    assert NOW + 0.75 * MINUTE <= put_off.next_attempt_at <= NOW + MINUTE
    assert put_off.possibly_twice is False

    assert Worker("w").once(at=NOW) == 0
    getattr(sink, step).clear()
    assert Worker("w").once(at=NOW + MINUTE) == 1
    put_off.refresh_from_db()
    assert (put_off.state, put_off.attempts, put_off.answer) == ("accepted", 2, "250 Taken, thank you")


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["refused_at_rcpt", "refused_after_text"])
def test_a_refusal_for_good_is_not_deliverable_and_others_are_not_held_up(sink, step):
    letter_to("gone@aachen.example", "b@bonn.example")
    getattr(sink, step)["gone@aachen.example"] = "550 5.1.1 No such user"
    Worker("w").once(at=NOW)
    assert sink.addresses() == ["b@bonn.example"]
    gone = Delivery.objects.get(address="gone@aachen.example")
    assert (gone.state, gone.answer, gone.settled_at) == ("failed", "550 5.1.1 No such user", NOW)
    assert gone.next_attempt_at is None
    assert Worker("w").once(at=NOW + timedelta(days=30)) == 0


@pytest.mark.django_db
def test_a_server_that_takes_its_leave_is_asked_again_on_a_new_connection(sink):
    letter_to("a@aachen.example", "b@bonn.example")
    sink.refused_at_rcpt["b@bonn.example"] = "421 4.7.0 Too many mails on this connection"
    Worker("w").once(at=NOW)
    put_off = Delivery.objects.get(address="b@bonn.example")
    assert sink.connections == 2
    assert (put_off.state, put_off.answer) == ("deferred", "421 4.7.0 Too many mails on this connection")


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["rcpt", "text"])
def test_a_server_that_takes_commands_at_once_may_refuse_each_of_them(smtp_settings, step):
    letter_to("full@aachen.example", "gone@aachen.example", "b@bonn.example")
    answers = {
        "full@aachen.example": "452 4.2.2 Mailbox full",
        "gone@aachen.example": "550 5.1.1 No such user",
    }
    with MailServer(answer_to=lambda at, mail: answers.get(mail.address) if at == step else None) as server:
        smtp_settings.EMAIL_PORT = server.port
        Worker("w").once(at=NOW)
    assert dict(Delivery.objects.values_list("address", "state")) == {
        "full@aachen.example": "deferred",
        "gone@aachen.example": "failed",
        "b@bonn.example": "accepted",
    }
    assert set(Delivery.objects.exclude(address="b@bonn.example").values_list("answer", flat=True)) == {
        "452 4.2.2 Mailbox full",
        "550 5.1.1 No such user",
    }
    assert ([mail.address for mail in server.received], server.connections) == (["b@bonn.example"], 1)


@pytest.mark.django_db
def test_a_server_that_takes_its_leave_in_the_midst_of_commands_gets_everything_later(smtp_settings):
    letter_to("a@aachen.example", "b@bonn.example")
    with MailServer(answer_to=lambda at, mail: "421 4.3.2 Closing" if at == "rcpt" else None) as server:
        smtp_settings.EMAIL_PORT = server.port
        Worker("w").once(at=NOW)
    rows = Delivery.objects.values_list("state", "answer", "possibly_twice")
    assert set(rows) == {("deferred", "421 4.3.2 Closing", False)}
    assert server.received == []


@pytest.mark.django_db
def test_without_a_server_everything_waits(smtp_settings):
    letter_to("a@aachen.example", "b@bonn.example")
    Worker("w").once(at=NOW)
    for delivery in Delivery.objects.all():
        assert (delivery.state, delivery.attempts, delivery.settled_at) == ("deferred", 1, None)
        assert delivery.answer.startswith("No connection to the mail server: ")
        assert NOW < delivery.next_attempt_at <= NOW + MINUTE
        assert delivery.possibly_twice is False


@pytest.mark.django_db
def test_a_connection_lost_after_the_text_leaves_it_uncertain_and_sends_the_same_mail_again(sink):
    delivery = letter_to("a@aachen.example").deliveries.get()
    sink.dropped_after_text.add("a@aachen.example")
    Worker("w").once(at=NOW)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.possibly_twice) == ("uncertain", 1, True)
    assert delivery.answer.startswith("The connection broke after the text was handed over")
    assert NOW < delivery.next_attempt_at <= NOW + MINUTE

    sink.dropped_after_text.clear()
    Worker("w").once(at=NOW + MINUTE)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.possibly_twice) == ("accepted", 2, True)
    assert message_ids(sink) == [f"<{delivery.message_id}>"] * 2
    first, second = (content for _address, content in sink.received)
    assert message_from_bytes(first)["Date"] == message_from_bytes(second)["Date"]


@pytest.mark.django_db
def test_a_worker_that_died_while_sending_leaves_it_uncertain_when_its_lease_ends(sink):
    delivery = letter_to("a@aachen.example").deliveries.get()
    [claimed] = queue.claim(at=NOW)
    assert queue.write([queue.beginning(claimed, at=NOW)])
    assert Worker("w").once(at=NOW + LEASE - timedelta(seconds=1)) == 0
    assert Worker("w").once(at=NOW + LEASE) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.possibly_twice) == ("accepted", 2, True)
    assert message_ids(sink) == [f"<{delivery.message_id}>"]
    trail = Delivery.pgh_event_model.objects.filter(pgh_obj_id=delivery.pk).order_by("pgh_id")
    assert list(trail.values_list("state", flat=True)) == [
        "queued",
        "sending",
        "sending",
        "uncertain",
        "sending",
        "sending",
        "accepted",
    ]
    begun = trail.filter(begun_at__isnull=False)
    assert list(begun.values_list("begun_at", "leased_until")) == [
        (NOW, NOW + LEASE),
        (NOW + LEASE, NOW + 2 * LEASE),
    ]


@pytest.mark.django_db
def test_what_a_worker_had_claimed_and_not_begun_goes_back_as_if_untouched(sink):
    delivery = letter_to("a@aachen.example").deliveries.get()
    queue.claim(at=NOW)
    assert queue.give_up_abandoned(at=NOW + LEASE) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.possibly_twice) == ("queued", 0, False)
    assert delivery.next_attempt_at == NOW + LEASE
    assert Worker("w").once(at=NOW + LEASE) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.possibly_twice) == ("accepted", 1, False)


@pytest.mark.django_db
def test_in_the_demonstration_nothing_leaves_the_machine(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    letter_to("a@aachen.example")
    Worker("w").once(at=NOW)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.answer, delivery.settled_at) == ("accepted", "kept on this machine", NOW)
    assert mail.outbox == []


def in_another_thread(act):
    """Act over a database connection of its own."""

    def run():
        try:
            act()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def test_a_worker_that_lives_and_lost_its_claim_sends_nothing_of_it(committed, smtp_settings):
    """While the server thinks about the first mail, another worker takes over the others."""
    letter_to("a@aachen.example", "b@bonn.example", "c@foshan.example")

    def take_over(step, mail):
        if step == "text" and not others:
            assert queue.give_up_abandoned(at=NOW + LEASE - MINUTE) == 0
            Delivery.objects.filter(begun_at=None).update(leased_until=NOW + MINUTE)  # as if long ago
            assert queue.give_up_abandoned(at=NOW + MINUTE) == 2
            others.extend(one.address for one in queue.claim(at=NOW + MINUTE))
            connection.close()

    others = []
    with MailServer(answer_to=take_over) as server:
        smtp_settings.EMAIL_PORT = server.port
        Worker("slow").once(at=NOW)
    assert others == ["b@bonn.example", "c@foshan.example"]
    assert [mail.address for mail in server.received] == ["a@aachen.example"]
    rows = Delivery.objects.order_by("pk").values_list("state", "attempts", "leased_until", "possibly_twice")
    held = ("sending", 1, NOW + MINUTE + LEASE, False)
    assert list(rows) == [("accepted", 1, None, False), held, held]


def test_two_workers_at_once_send_each_mail_once(committed, sink):
    letter_to(*(f"{number}@example.org" for number in range(60)))
    workers = [in_another_thread(lambda name=name: Worker(name).once(at=NOW)) for name in ("one", "two")]
    for worker in workers:
        worker.join()
    assert len(sink.received) == 60
    assert Counter(message_ids(sink)) == Counter(f"<{one.message_id}>" for one in Delivery.objects.all())
    assert set(Delivery.objects.values_list("state", "attempts", "possibly_twice")) == {
        ("accepted", 1, False)
    }


@pytest.mark.parametrize(("locked", "each"), [(False, 2), (True, 1)])
def test_two_claims_at_the_same_moment_take_up_each_once_thanks_to_the_lock(
    committed, monkeypatch, locked, each
):
    """Both have read what is due before either writes: without the lock both take up everything."""
    letter_to(*(f"{number}@example.org" for number in range(8)))
    if not locked:
        monkeypatch.setattr(type(Delivery.objects.all()), "select_for_update", lambda rows, **options: rows)
    both_have_read, claimed = Barrier(2, timeout=10), []

    def wait_after_reading(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if sql.startswith("SELECT") and "letters_delivery" in sql:
            both_have_read.wait()
        return result

    def claim():
        with connection.execute_wrapper(wait_after_reading):
            claimed.extend(one.pk for one in queue.claim(at=NOW, pace=Pace(batch=8)))

    for thread in [in_another_thread(claim) for _ in range(2)]:
        thread.join()
    assert Counter(claimed) == {one.pk: each for one in Delivery.objects.all()}
