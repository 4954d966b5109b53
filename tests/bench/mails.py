"""Mails of a circular with a file, handed to a mail server on loopback; and the same bytes without us."""

from __future__ import annotations

import multiprocessing
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.connection import Connection
from random import Random
from statistics import median
from time import perf_counter

from django.conf import settings
from django.db import connection
from django.utils import timezone

from alliance.accounts.models import User
from alliance.letters.actions import Addressee, Enclosure, write
from alliance.letters.models import Letter
from alliance.letters.sending import Stencils
from alliance.letters.states import DeliveryState, LetterKind
from alliance.letters.worker import Worker, heartbeats
from tests.mail_server import MailServer

MAILS = 2000
ROUNDS = 3
SIZE_OF_PDF = 60_000
AIM = 0.6
LANGUAGES = ("zh-hans", "de", "en")
TEXT = (
    "Shall Mainz join the alliance?",
    "Dear colleagues,\n\nplease give your statement. 请发表意见。\n\n" * 12,
)
forked = multiprocessing.get_context("fork")


@dataclass
class Sent:
    """What so many workers took for mails that went out without us in the same round."""

    workers: int
    mails: int
    size: int = 0
    writes: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)

    @property
    def ms_a_write(self) -> float:
        """What it takes to write one small row so that it lasts: each mail needs one such write."""
        return median(self.writes) * 1000

    @property
    def rate(self) -> float:
        return self.mails / median(self.ours)

    @property
    def bare_rate(self) -> float:
        return self.mails / median(self.bare)

    @property
    def ratio(self) -> float:
        """Of the bare loop's rate in the same round; the median over the rounds."""
        return median(bare / ours for bare, ours in zip(self.bare, self.ours, strict=True))


def measure_mails(mails: int = MAILS, rounds: int = ROUNDS) -> list[Sent]:
    """One worker and two workers in turn, each beside the bare loop with the same bytes."""
    people = make_people(mails)
    found = [Sent(1, mails), Sent(2, mails)]
    with mail_server() as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        for _round in range(rounds):
            for one in found:
                letter = circular_to(people, at=timezone.now())
                one.size, seconds = by_bare_loop(letter, port)
                one.bare.append(seconds)
                one.writes.append(one_lasting_write())
                one.ours.append(by_workers(one.workers))
                assert not letter.deliveries.exclude(state=DeliveryState.ACCEPTED).exists()
    return found


def make_people(number: int) -> list[User]:
    return User.objects.bulk_create(
        User(email=f"{one}@city{one}.example", name=f"王伟 {one}", language=LANGUAGES[one % 3])
        for one in range(number)
    )


def circular_to(people: list[User], *, at: datetime) -> Letter:
    """A circular with a file that does not get smaller, and a page of each addressee's own."""
    file = Enclosure("2016-03.pdf", "application/pdf", Random(2016).randbytes(SIZE_OF_PDF))
    to = [Addressee.of(one, "mainz") for one in people]
    return write(
        LetterKind.CIRCULAR,
        lambda: TEXT,
        to,
        by=None,
        at=at,
        reference="2016/03",
        path="/circulars/2016-03/",
        personal_path="/answers/{token}/",
        enclosures=[file],
    )


def by_bare_loop(letter: Letter, port: int) -> tuple[int, float]:
    """The size of a mail, and the seconds that smtplib takes for all of them over one connection."""
    stencils, seconds, size = Stencils(), 0.0, 0
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.ehlo()
        for delivery in letter.deliveries.prefetch_related("letter"):
            mail = stencils.mail_for(delivery)
            size, began = len(mail.content), perf_counter()
            server.sendmail(mail.sender, [mail.recipient], mail.content)
            seconds += perf_counter() - began
    return size, seconds


def by_workers(number: int) -> float:
    """Seconds until so many worker processes have nothing more to do."""
    connection.close()
    workers = [forked.Process(target=work) for _one in range(number)]
    began = perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return perf_counter() - began


def work() -> None:
    Worker().once()
    connection.close()


def one_lasting_write(times: int = 200) -> float:
    """Seconds for the smallest thing that PostgreSQL puts on the disk before it answers."""
    began = perf_counter()
    for _time in range(times):
        heartbeats.beat("bench", at=timezone.now())
    return (perf_counter() - began) / times


@contextmanager
def mail_server() -> Iterator[int]:
    """A mail server in a process of its own, and its port."""
    ours, theirs = forked.Pipe()
    process = forked.Process(target=serve, args=[theirs])
    connection.close()
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send("end")
        process.join()


def serve(pipe: Connection) -> None:
    with MailServer(keep_text=False) as server:
        pipe.send(server.port)
        pipe.recv()
