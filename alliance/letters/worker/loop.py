"""What a worker does, over and over, until it is asked to end."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Event

import pghistory
from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone
from django.utils.module_loading import import_string

from alliance.letters.models import Delivery
from alliance.letters.sending import Answer, Outcome, Post, message_of
from alliance.letters.states import NOT_MADE
from alliance.letters.worker import heartbeats, queue

log = logging.getLogger("alliance.letters")


SWEEP_EVERY = timedelta(seconds=15)
BEAT_EVERY = timedelta(seconds=10)
RENEW_BEFORE = queue.LEASE / 2


class Worker:
    """Sends what is queued and does what is due; any number of them, on any number of machines.

    ``at`` stands for the moment where tests give one; otherwise each step reads the clock.
    """

    def __init__(self, name: str = "") -> None:
        self.name = name or f"{socket.gethostname()}:{os.getpid()}"[:100]
        self.pause_seconds = 2.0
        self.post = Post()
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
                self.post.close()
                self.stopping.wait(self.pause_seconds)
        self.post.close()

    def once(self, *, at: datetime | None = None) -> int:
        """Do everything that is due now; gives the number of deliveries tried."""
        total = sent = self.turn(at=at)
        while sent and not self.stopping.is_set():
            with pghistory.context(worker=self.name):
                sent = self.send(at=at)
            total += sent
        self.post.close()
        return total

    def stop(self) -> None:
        """End after the mail in hand."""
        self.stopping.set()

    def turn(self, *, at: datetime | None = None) -> int:
        """A sign of life, the sweeps, one batch of mail; gives the number of deliveries tried."""
        with pghistory.context(worker=self.name):
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
        """Claim a batch, hand it over mail by mail, and write down each answer at once."""
        waiting = queue.claim(at=at or timezone.now())
        tried, unreachable = 0, None
        while waiting:
            waiting = self._still_ours(waiting, at)
            if self.stopping.is_set():
                queue.put_back(waiting, at=at or timezone.now())
                break
            if not waiting:
                break
            delivery, *waiting = waiting
            answer = unreachable or self._hand_over(delivery)
            queue.settle(delivery, answer, at=at or timezone.now())
            tried += 1
            # One refused connection is enough: the rest of the batch waits without a try of its own.
            unreachable = answer if answer.outcome == Outcome.UNREACHABLE else None
        return tried

    def _hand_over(self, delivery: Delivery) -> Answer:
        try:
            return self.post.hand_over(message_of(delivery))
        except Exception as error:
            log.exception("Delivery %s cannot be put together", delivery.pk)
            return Answer(Outcome.DEFERRED, f"{NOT_MADE}: {error!r}")

    def _still_ours(self, waiting: Sequence[Delivery], at: datetime | None) -> list[Delivery]:
        """Between two mails: give a sign of life, and prolong the lease in time when a server is slow."""
        moment = at or timezone.now()
        if self.beat_at is None or moment - self.beat_at > BEAT_EVERY:
            self.beat(at=moment)
        if all(one.leased_until and one.leased_until - moment > RENEW_BEFORE for one in waiting):
            return list(waiting)
        return queue.renew(waiting, at=moment)
