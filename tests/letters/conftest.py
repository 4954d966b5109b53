"""A real mail server on loopback, and rows that other connections see."""

import socket

import pgtrigger
import pytest
from aiosmtpd.controller import Controller

from alliance.letters.models import Delivery, Heartbeat, Letter


class Sink:
    """Takes mails in, or does with certain addresses what bad servers do."""

    def __init__(self):
        self.received = []
        self.connections = 0
        self.refused_at_rcpt = {}
        self.refused_after_text = {}
        self.dropped_after_text = set()
        self.on_mail = None

    def addresses(self):
        return sorted(address for address, _mail in self.received)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address in self.refused_at_rcpt:
            return self.refused_at_rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        address = envelope.rcpt_tos[0]
        if self.on_mail:
            self.on_mail(address)
        if address in self.refused_after_text:
            return self.refused_after_text[address]
        self.received.append((address, envelope.content))
        if address in self.dropped_after_text:
            server.transport.abort()
        return "250 Taken, thank you"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def smtp_settings(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_TIMEOUT = 10
    return settings


@pytest.fixture
def sink(smtp_settings):
    """A mail server, running while the test does."""
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=smtp_settings.EMAIL_PORT)
    controller.start()
    yield sink
    controller.stop()


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """Everything is committed at once, so that other connections see it, and taken away afterwards."""
    with django_db_blocker.unblock():
        yield
        with pgtrigger.ignore():
            for model in (Delivery, Letter):
                model.objects.all().delete()
                model.pgh_event_model.objects.all().delete()
        Heartbeat.objects.all().delete()
