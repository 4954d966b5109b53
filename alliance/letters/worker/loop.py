"""What a worker does, over and over, until it is asked to end."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event

import pghistory
from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone
from django.utils.module_loading import import_string

from alliance.letters.models import Delivery
from alliance.letters.sending import Answer, Mail, Outcome, Pauses, Post, Stencils
from alliance.letters.states import NOT_MADE
from alliance.letters.worker import heartbeats, queue
from alliance.letters.worker.moves import Move
from alliance.letters.worker.pace import USUAL, Pace
from alliance.letters.worker.record import Record

log = logging.getLogger("alliance.letters")


SWEEP_EVERY = timedelta(seconds=15)
BEAT_EVERY = timedelta(seconds=10)


class Worker:
    """Sends what is queued and does what is due; any number of them, on any number of machines.

    ``at`` stands for the moment where tests give one; otherwise each step reads the clock.
    """

    def __init__(self, name: str = "", pace: Pace = USUAL) -> None:
        self.name = name or f"{socket.gethostname()}:{os.getpid()}"[:100]
        self.pace = pace
        self.post, self.stencils, self.record = Post(), Stencils(), Record(self.name)
        self.waiting: list[Delivery] = []
        self.moves: list[Move] = []
        self.stopping = Event()
        self.beat_at: datetime | None = None
        self.swept_at: dict[str, datetime] = {}

    def run(self) -> None:
        """Work until asked to end; whatever goes wrong in one turn, the next one comes."""
        while not self.stopping.is_set():
            sent = 0
            try:
                # Inside a transaction, as tests run it, there is but the one connection.
                if not connection.in_atomic_block:
                    close_old_connections()
                sent = self.turn()
            except Exception:
                log.exception("A turn of the worker failed")
            if not sent:
                self.rest()
                self.stopping.wait(self.pace.idle.total_seconds())
        self.rest()

    def once(self, *, at: datetime | None = None) -> int:
        """Do everything that is due now; gives the number of deliveries tried."""
        total = sent = self.turn(at=at)
        while sent and not self.stopping.is_set():
            with pghistory.context(worker=self.name):
                sent = self.send(at=at)
            total += sent
        self.rest()
        return total

    def rest(self) -> None:
        """Nothing is to be done: take leave of the server, and keep no texts of letters."""
        self.post.close()
        self.stencils.clear()
        self.record.close()

    def stop(self) -> None:
        """End after the mail in hand."""
        self.stopping.set()

    def turn(self, *, at: datetime | None = None) -> int:
        """A sign of life, the sweeps, one batch of mail; gives the number of deliveries tried."""
        with pghistory.context(worker=self.name):
            self.catch_up(at=at)
            self.beat(at=at)
            self.sweep(at=at)
            queue.give_up_abandoned(at=at or timezone.now())
            return self.send(at=at)

    def beat(self, *, at: datetime | None = None) -> None:
        """Say that this worker is alive."""
        at = at or timezone.now()
        if self.beat_at is None:
            heartbeats.forget_old(at=at)
        heartbeats.beat(self.name, at=at)
        self.beat_at = at

    def sweep(self, *, at: datetime | None = None) -> None:
        """Call what other apps want looked after; one that fails stops nothing."""
        for path in settings.WORKER_SWEEPS:
            moment = at or timezone.now()
            last = self.swept_at.get(path)
            if last is not None and timedelta() <= moment - last < SWEEP_EVERY:
                continue
            self.swept_at[path] = moment
            try:
                import_string(path)(at=moment)
            except Exception:
                log.exception("The sweep %s failed", path)

    def send(self, *, at: datetime | None = None) -> int:
        """Claim a batch and hand it over mail by mail; gives the number of deliveries tried."""
        self.waiting = queue.claim(at=at or timezone.now(), pace=self.pace)
        claimed = len(self.waiting)
        refused = self.post.refused() if claimed else None
        while self.waiting and not refused and not self.stopping.is_set():
            refused = self._hand_over_next(at)
        if refused:
            # One refused connection is enough: the rest of the batch waits without a try of its own.
            self.moves += [self._answered(delivery, refused, at) for delivery in self.waiting]
            self.waiting = []
        tried = claimed - len(self.waiting)
        self.catch_up(at=at)
        return tried

    def catch_up(self, *, at: datetime | None = None) -> None:
        """Write down what is still to be written, also of a turn that failed, and give back the rest."""
        self.moves += [queue.untried(delivery, at=at or timezone.now()) for delivery in self.waiting]
        self.waiting = []
        queue.write(self.moves)
        self.moves = []

    def _hand_over_next(self, at: datetime | None) -> Answer | None:
        """Hand over one mail, while the answer to the last one and its own beginning are written down.

        Only then does its text get an end. Gives the server's answer when it is not to be spoken to.
        """
        delivery, *rest = self.waiting
        self.waiting = self._still_ours(rest, at)
        mail = self._made(delivery)
        if isinstance(mail, Answer):
            self.moves.append(self._answered(delivery, mail, at))
            return None
        begun = self._beginning(delivery, at)
        answer = self.post.hand_over(
            mail, Pauses(lambda: begun() and _in_time(delivery, at), self._make_next)
        )
        self.moves = [self._answered(delivery, answer, at)] if begun() else []
        return answer if answer.outcome == Outcome.UNREACHABLE else None

    def _beginning(self, delivery: Delivery, at: datetime | None) -> Callable[[], bool]:
        """Have it written down; the function given waits until that lasts, and tells if it is still ours.

        Until then the moves before it are kept: they are written again where the database went away.
        """
        beginning = queue.beginning(delivery, at=at or timezone.now(), pace=self.pace)
        written = self.record.write([*self.moves, beginning])
        return lambda: delivery.pk in written()

    def _answered(self, delivery: Delivery, answer: Answer, at: datetime | None) -> Move:
        return queue.answered(delivery, answer, at=at or timezone.now(), pace=self.pace)

    def _make_next(self) -> None:
        if self.waiting:
            self.stencils.make_ahead(self.waiting[0])

    def _made(self, delivery: Delivery) -> Mail | Answer:
        try:
            return self.stencils.mail_for(delivery)
        except Exception as error:
            log.exception("Delivery %s cannot be put together", delivery.pk)
            return Answer(Outcome.DEFERRED, f"{NOT_MADE}: {error!r}")

    def _still_ours(self, waiting: list[Delivery], at: datetime | None) -> list[Delivery]:
        """Between two mails: give a sign of life, and prolong the lease in time when a server is slow."""
        moment = at or timezone.now()
        if self.beat_at is None or moment - self.beat_at > BEAT_EVERY:
            self.beat(at=moment)
        # What was claimed together has one lease.
        if not waiting or _left(waiting[0], moment) > self.pace.renew_before:
            return waiting
        return queue.renew(waiting, at=moment, pace=self.pace)


def _in_time(delivery: Delivery, at: datetime | None) -> bool:
    """Whether it is certain that no other worker has taken the delivery over."""
    return _left(delivery, at or timezone.now()) > timedelta()


def _left(delivery: Delivery, moment: datetime) -> timedelta:
    return delivery.leased_until - moment if delivery.leased_until else timedelta()
