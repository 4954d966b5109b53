"""The record of one mail is written while the next one goes out, and lasts before that one has an end."""

from contextlib import contextmanager
from dataclasses import replace

import psycopg2
import pytest
from django.db import connection

from alliance.letters.models import Delivery
from alliance.letters.sending import Answer, Outcome, Pauses, Post, Stencils
from alliance.letters.states import CLAIM_OVER, LOST_IN_TEXT, LetterKind
from alliance.letters.worker import queue
from alliance.letters.worker.record import Record
from tests.factories.letters import WRITTEN as NOW
from tests.factories.letters import letter_to
from tests.mail_server import MailServer

TAKEN = Answer(Outcome.ACCEPTED, "250 OK")


@pytest.fixture
def record(committed):
    record = Record("w")
    yield record
    record.close()


def claimed(*addresses, **letter):
    letter_to(*addresses, **letter)
    return queue.claim(at=NOW)


def begun(delivery):
    return queue.beginning(delivery, at=NOW)


def answered(delivery):
    return queue.answered(delivery, TAKEN, at=NOW)


@contextmanager
def locked(delivery):
    """Another connection holds the row: nobody can write it."""
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT FROM letters_delivery WHERE id = %s FOR UPDATE", [delivery.pk])
        yield
    finally:
        other.rollback()
        other.close()


def states():
    return [
        (one.state, one.begun_at is not None)
        for one in Delivery.objects.order_by("pk").only("state", "begun_at")
    ]


def test_the_worker_goes_on_while_postgresql_writes(record):
    [delivery] = claimed("a@example.org")
    with locked(delivery):
        written = record.write([begun(delivery)])
        assert record.connection.isexecuting()
    assert written() == written() == {delivery.pk}
    assert states() == [("sending", True)]


def test_an_answer_and_the_next_beginning_are_written_in_one_moment_by_the_worker_named(record):
    first, second = claimed("a@example.org", "b@example.org")
    assert record.write([begun(first)])() == {first.pk}
    assert record.write([answered(first), begun(second)])() == {first.pk, second.pk}
    assert states() == [("accepted", False), ("sending", True)]
    last = Delivery.pgh_event_model.objects.order_by("pgh_id").last()
    assert last.pgh_context.metadata == {"worker": "w"}


def test_many_moves_at_once_are_written_as_well(record):
    three = claimed("a@example.org", "b@example.org", "c@example.org")
    assert record.write([begun(one) for one in three])() == {one.pk for one in three}


def test_what_somebody_else_took_over_is_told_and_left(record, caplog):
    [late] = claimed("a@example.org")
    Delivery.objects.filter(pk=late.pk).update(attempts=2)
    assert record.write([begun(late)])() == set()
    assert states() == [("sending", False)]
    assert "was taken over before" in caplog.text


def test_when_the_database_was_away_the_next_one_is_written_over_a_new_connection(record):
    first, second = claimed("a@example.org", "b@example.org")
    beginning = begun(first)
    with locked(first):
        written = record.write([beginning])
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [record.connection.info.backend_pid])
        with pytest.raises(psycopg2.Error):
            written()
    assert states() == [("sending", False), ("sending", False)]
    assert record.write([beginning, begun(second)])() == {first.pk, second.pk}


def test_an_answer_nobody_waited_for_is_let_go(record):
    first, second = claimed("a@example.org", "b@example.org")
    with locked(first):
        record.write([begun(first)])
        assert record.write([begun(second)])() == {second.pk}


def test_what_is_confidential_is_wiped_in_the_same_moment(record):
    [delivery] = claimed("a@example.org", confidential=True, kind=LetterKind.INVITATION)
    record.write([begun(delivery)])()
    assert record.write([answered(delivery)])() == {delivery.pk}
    delivery.letter.refresh_from_db()
    assert delivery.letter.is_wiped


@pytest.mark.parametrize(("may_go_out", "received"), [(True, ["a@example.org"]), (False, [])])
def test_without_its_end_a_server_does_not_take_a_mail(committed, smtp_settings, may_go_out, received):
    mail = Stencils().mail_for(letter_to("a@example.org").deliveries.get())
    seen = []

    def before_end():
        seen.append(list(server.received))
        return may_go_out

    with MailServer() as server:
        smtp_settings.EMAIL_PORT = server.port
        post = Post()
        answer = post.hand_over(mail, Pauses(before_end))
        post.close()
    assert seen == [[]]
    assert answer == (
        Answer(Outcome.ACCEPTED, "250 2.0.0 Taken") if may_go_out else Answer(Outcome.DEFERRED, CLAIM_OVER)
    )
    assert [one.address for one in server.received] == received


def test_a_connection_lost_in_the_midst_of_a_text_leaves_nothing_uncertain(committed, smtp_settings):
    """Other than after the end nothing can have been taken, and the next mail goes out."""
    long, short = (
        Stencils().mail_for(one) for one in letter_to("a@example.org", "b@example.org").deliveries.all()
    )
    long = replace(long, content=long.content + b"x" * 70 * 200_000)  # more than a line holds unread

    def hang_up(step, mail):
        if step == "midst" and mail.address == long.recipient:
            raise OSError("The line is cut.")

    with MailServer(answer_to=hang_up) as server:
        smtp_settings.EMAIL_PORT = server.port
        post = Post()
        answers = [post.hand_over(one) for one in (long, short)]
        post.close()
    assert [answer.outcome for answer in answers] == [Outcome.DEFERRED, Outcome.ACCEPTED]
    assert answers[0].text.startswith(f"{LOST_IN_TEXT}: ")
    assert [one.address for one in server.received] == [short.recipient]
