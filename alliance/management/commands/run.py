"""`manage.py run`: everything the demonstration needs, started, watched and stopped together."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from alliance.embedded_postgres import server
from alliance.management.demo import ACCOUNTS
from alliance.management.local import far_host
from alliance.views.demonstration import PASSWORD

READY_WITHIN = 30  # seconds
TABLES = [
    ("Compiling the translations …", ["translations", "compile"]),
    ("Bringing the tables up to date …", ["migrate"]),
]
CONTENT = [
    ("Loading the founding members …", ["load_founding_members"]),
    ("Loading the demonstration …", ["load_demo"]),
]


class Command(BaseCommand):
    help = "Starts database, web server and worker with the demonstration; Ctrl-C stops all of them."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.refuse_what_is_not_local()
        self.ended = threading.Event()
        with self.signals_noted(), self.database():
            self.carry_out(TABLES)
            children = self.start()
            try:
                self.carry_out(CONTENT)
                self.wait_until_ready(children)
                if not self.ended.is_set():
                    self.say_where()
                self.watch(children)
            finally:
                self.stop(children)

    def refuse_what_is_not_local(self) -> None:
        if not settings.DEMO:
            raise CommandError(
                "`manage.py run` starts the demonstration: set DEMO=1, or see README.md for a real site."
            )
        if far := far_host():
            raise CommandError(
                f"DATABASE_URL names the host {far}: the demonstration needs one of this machine."
            )

    @contextmanager
    def signals_noted(self) -> Iterator[None]:
        def note(number: int, frame: FrameType | None) -> None:
            self.ended.set()

        before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def database(self) -> Iterator[None]:
        self.say("Starting the database …")
        ours = server.ensure()
        try:
            yield
        finally:
            connection.close()
            if ours:
                server.stop()

    def carry_out(self, steps: Iterable[tuple[str, list[str]]]) -> None:
        for sentence, command in steps:
            if self.ended.is_set():
                return
            self.say(sentence)
            call_command(*command, verbosity=0, stdout=io.StringIO())

    def start(self) -> list[subprocess.Popen]:
        """All of them load while the demonstration is being written."""
        if self.ended.is_set():
            return []
        self.say("Starting web server and workers …")
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        calm = {"LOG_LEVEL": "WARNING", **os.environ}
        web = [sys.executable, "-m", "gunicorn", "alliance.wsgi", "--bind", f"127.0.0.1:{settings.PORT}"]
        commands = [
            [*web, "--workers", "2", "--preload", "--log-level", "warning", "--no-control-socket"],
            [sys.executable, "manage.py", "worker"],
            [sys.executable, "manage.py", "db_worker", "--verbosity", "0", "--no-reload"],
        ]
        return [
            subprocess.Popen(command, cwd=settings.BASE_DIR, env=calm, start_new_session=True)  # noqa: S603
            for command in commands
        ]

    def wait_until_ready(self, children: list[subprocess.Popen]) -> None:
        until = time.monotonic() + READY_WITHIN
        while not self.ended.is_set() and time.monotonic() < until and not self.answers():
            if any(child.poll() is not None for child in children):
                return
            self.ended.wait(0.1)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{settings.PORT}/healthz", timeout=2):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def watch(self, children: list[subprocess.Popen]) -> None:
        """Until Ctrl-C, or until one of the two ends by itself."""
        while not self.ended.wait(0.5):
            if any(child.poll() is not None for child in children):
                raise CommandError("The web server or a worker has ended; see its message above.")

    def stop(self, children: list[subprocess.Popen]) -> None:
        self.say("Stopping …")
        for child in children:
            child.terminate()
        for child in children:
            try:
                child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()

    def say_where(self) -> None:
        self.say(f"\nReady: http://localhost:{settings.PORT}/\n")
        self.say(f"Sign in with the password “{PASSWORD}” as:")
        for email, what in ACCOUNTS:
            self.say(f"  {email:<44} {what}")
        self.say("\nMails do not leave this machine; read them at /letters/. Ctrl-C stops everything.")
