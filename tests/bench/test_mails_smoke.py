"""What `make bench` sends is the same with and without us, and each mail takes one write."""

import pytest
from django.utils import timezone

from alliance.letters.models import Delivery
from alliance.letters.worker import Worker
from tests.bench.counting import counting_queries
from tests.bench.mails import Sent, by_bare_loop, circular_to, make_people
from tests.mail_server import MailServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.WORKER_SWEEPS = []
    with MailServer() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def sent_to(number):
    """The statements that a worker needs for so many copies."""
    circular_to(make_people(number), at=timezone.now())
    worker = Worker("w")
    with counting_queries() as queries:
        assert worker.once() == number
    return queries


def test_the_bare_loop_sends_the_same_bytes(server):
    letter = circular_to(make_people(3), at=timezone.now())
    size, seconds = by_bare_loop(letter, server.port)
    bare = [(mail.address, mail.text) for mail in server.received]
    server.received.clear()
    Worker("w").once()
    assert sorted((mail.address, mail.text) for mail in server.received) == sorted(bare)
    assert size > 80_000
    assert seconds > 0
    assert set(Delivery.objects.values_list("state", flat=True)) == {"accepted"}


@pytest.mark.parametrize("number", [3, 6])
def test_each_mail_takes_one_statement(server, number, django_assert_max_num_queries):
    queries = sent_to(number)
    writes = [sql for sql in queries if "UPDATE letters_delivery" in sql]
    assert len(writes) == number + 2  # the claim before, the last answer after
    assert server.connections == 1
    assert len(queries) - number <= 30


def test_ratios_are_of_the_same_round():
    sent = Sent(1, 100, bare=[1.0, 2.0, 1.0], ours=[2.0, 2.5, 4.0], writes=[0.001, 0.002, 0.004])
    assert (sent.ratio, sent.rate, sent.bare_rate, sent.ms_a_write) == (0.5, 40, 100, 2)
