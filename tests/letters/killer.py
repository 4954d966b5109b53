"""Kills workers at moments chosen by chance."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from queue import Empty, Queue
from random import Random

from tests.letters.nursery import Nursery
from tests.mail_server import Mail, MailServer

MOMENTS = {
    "starting": 3,  # soon after it was started: perhaps before it has connected to the database
    "connect": 3,  # it has claimed, and perhaps begun
    "rcpt": 3,  # the answer to the last mail and the beginning of this one may be written or not
    "midst": 2,  # the text is out but for its end: the server must not take it
    "text": 4,  # the server has the text, and has not answered
    "answered": 6,  # the server has said 250, and the worker has not read it
    "later": 4,  # a few milliseconds after the 250: while it writes down the answer, or after that
}
CERTAIN = {"text", "answered"}
"""Moments at which the mail in hand was begun and its answer not written down."""


class Run:
    """A mail server, and what is to be done in the thread of the test when something happened there."""

    def __init__(self, nursery: Nursery, server: MailServer) -> None:
        self.nursery, self.server = nursery, server
        self.errands: Queue[Callable[[], object]] = Queue()

    def do_next_errand(self, seconds: float) -> None:
        try:
            self.errands.get(timeout=seconds)()
        except Empty:
            return

    def keep_two_workers(self) -> None:
        while len(self.nursery.workers) < 2:
            self.nursery.start()


class Killer:
    """Has a plan: after so many texts, kill a worker at the next such moment."""

    def __init__(self, run: Run, *, seed: int, letters: int) -> None:
        self.run, self.chance, self.lock = run, Random(seed), threading.RLock()
        moments = [moment for moment, number in MOMENTS.items() for _one in range(number)]
        self.chance.shuffle(moments)
        places = sorted(self.chance.sample(range(3, letters - 40), len(moments)))
        self.plan = list(zip(places, moments, strict=True))
        self.killed: list[str] = []
        self.in_hand: set[str] = set()
        self.stopped: dict[int, int] = {}
        self.texts, self.called = 0, False
        run.server.answer_to, run.server.after_answer = self.answer_to, self.after_answer

    def answer_to(self, step: str, mail: Mail) -> None:
        with self.lock:
            self.texts += step == "text"
            if self.takes("starting"):
                self.run.errands.put(self.start_and_kill)
            elif self.is_due("connect") and step != "connect" and not self.called:
                self.called = True
                self.run.errands.put(self.run.nursery.start)
            elif step == "connect" and self.takes("connect"):
                self.called = False
                self.kill(self.worker_of(mail), "connect")
            elif step in {"rcpt", "midst", "text"} and self.takes(step):
                self.kill(self.worker_of(mail), step, mail if step in CERTAIN else None)
            elif step == "text" and self.takes("answered"):
                pid = self.stopped[mail.client] = self.worker_of(mail)
                self.run.nursery.tell(pid, signal.SIGSTOP)

    def after_answer(self, mail: Mail) -> None:
        with self.lock:
            stopped = self.stopped.pop(mail.client, None)
            if stopped is not None:
                self.kill(stopped, "answered", mail)
            elif self.takes("later"):
                self.kill_soon(self.worker_of(mail), "later", 0.01)

    def worker_of(self, mail: Mail) -> int:
        return self.run.nursery.worker_at(mail.client)

    def is_done(self) -> bool:
        return len(self.killed) == sum(MOMENTS.values())

    def is_due(self, moment: str) -> bool:
        return bool(self.plan) and self.plan[0][0] <= self.texts and self.plan[0][1] == moment

    def takes(self, moment: str) -> bool:
        """Whether it is the moment of the plan; then it is crossed out."""
        return self.is_due(moment) and bool(self.plan.pop(0))

    def start_and_kill(self) -> None:
        self.kill_soon(self.run.nursery.start(), "starting", 0.4)

    def kill_soon(self, pid: int, moment: str, seconds: float) -> None:
        threading.Timer(self.chance.uniform(0, seconds), self.kill, [pid, moment]).start()

    def kill(self, pid: int, moment: str, mail: Mail | None = None) -> None:
        with self.lock:
            if self.run.nursery.kill(pid):
                self.killed.append(moment)
                self.in_hand |= {mail.address} if mail else set()
                self.run.errands.put(lambda: (self.run.nursery.ask("bury", pid), self.run.keep_two_workers()))
            else:  # it was killed for another reason before: once more
                self.plan.insert(0, (self.texts, moment))
