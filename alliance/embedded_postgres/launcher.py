"""Makes sure that one PostgreSQL server runs for one folder, and ends it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2 import errors, sql

from alliance.embedded_postgres import processes
from alliance.embedded_postgres.binaries import Binaries, usable
from alliance.embedded_postgres.errors import CannotStart
from alliance.embedded_postgres.memory import shared_buffers
from alliance.embedded_postgres.places import PORT, Place, choose
from alliance.embedded_postgres.system_users import SystemUser

SUPERUSER = "postgres"
MAINTENANCE = "postgres"
STARTING = 60.0
SILENT_BUT_ALIVE = 3.0
STOPPING = 30.0
LARGEST_LOG = 10_000_000

# Durability stays as PostgreSQL ships it; the rest is for one small machine and no replication.
SERVER_SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_wal_size": "1GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}


class Answer(Enum):
    """What came of an attempt to connect."""

    READY = "ready"
    NO_SUCH_DATABASE = "no such database"
    NOT_YET = "starting up or shutting down"
    SILENT = "nobody listens"


@dataclass(frozen=True)
class Status:
    """What `manage.py embedded_postgres status` tells."""

    running: bool
    pid: int | None
    version: str
    folder: Path
    why_not_as_wanted: str


class Server:
    """The server of one folder."""

    def __init__(self, folder: Path | str, *, fallback_root: Path | None = None) -> None:
        self.place: Place = choose(Path(folder), fallback_root)

    @property
    def connection_settings(self) -> dict[str, Any]:
        """What a client needs to reach it, besides the name of a database."""
        return {"host": str(self.place.folder), "port": PORT, "user": SUPERUSER}

    def ensure(self, database: str = MAINTENANCE) -> bool:
        """Make sure that it runs and has this database; True if it was this call that started it."""
        if self.ask(database) is Answer.READY:
            return False
        try:
            with self.place.locked() as lock:
                started = self._start_unless_running(lock)
                if self.ask(database) is Answer.NO_SUCH_DATABASE:
                    self._create_database(database)
        except (OSError, subprocess.SubprocessError) as error:
            raise CannotStart(f"The embedded PostgreSQL did not start: {error}") from error
        return started

    def stop(self) -> bool:
        """End it and wait until it has ended; False if it was not running."""
        if not self.place.folder.is_dir():
            return False
        with self.place.locked():
            pid = self._pid()
            if pid is not None:
                self._shut_down(pid)
        return pid is not None

    def status(self) -> Status:
        pid = self._pid()
        running = self.ask() is Answer.READY
        version = self._version() if running else ""
        return Status(running, pid, version, self.place.folder, self.place.why_not_as_wanted)

    def ask(self, database: str = MAINTENANCE) -> Answer:
        """Try to connect. Refusals that a start would not cure (too many clients, …) are passed on."""
        try:
            self._connect(database).close()
        except psycopg2.OperationalError as error:
            said = str(error)
            if "FATAL:" not in said:
                return Answer.SILENT
            if f'database "{database}" does not exist' in said:
                return Answer.NO_SUCH_DATABASE
            if "the database system is" in said:
                return Answer.NOT_YET
            raise
        return Answer.READY

    def _connect(self, database: str) -> Any:
        return psycopg2.connect(dbname=database, connect_timeout=10, **self.connection_settings)

    def _version(self) -> str:
        connection = self._connect(MAINTENANCE)
        try:
            return str(connection.info.parameter_status("server_version"))
        finally:
            connection.close()

    def _create_database(self, database: str) -> None:
        connection = self._connect(MAINTENANCE)
        connection.autocommit = True
        try:
            connection.cursor().execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        except errors.DuplicateDatabase:
            pass
        finally:
            connection.close()

    def _start_unless_running(self, lock: int) -> bool:
        if self._settled_and_running():
            return False
        user = self.place.user.created()
        binaries, note = usable(self.place, user)
        self._say_where(note)
        if not self.place.has_cluster:
            self._initialise(binaries, user, lock)
        self._clear_leftovers()
        self._launch(binaries, user)
        return True

    def _settled_and_running(self) -> bool:
        """Wait while it is starting or stopping, then say whether it runs."""
        begun = time.monotonic()
        while (answer := self.ask()) is not Answer.READY:
            pid = self._pid()
            waited = time.monotonic() - begun
            if pid is None and answer is Answer.SILENT:
                return False
            if pid is not None and answer is Answer.SILENT and waited > SILENT_BUT_ALIVE:
                self._shut_down(pid)  # its socket was removed: nobody can reach it any more
                return False
            if waited > STARTING:
                raise CannotStart(f"PostgreSQL is still {answer.value}. Its log is {self.place.log}.")
            time.sleep(0.02)
        return True

    def _shut_down(self, pid: int) -> None:
        for how, seconds in ((signal.SIGINT, STOPPING), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            processes.end(pid, how)
            if processes.wait_until(lambda: not processes.runs(pid), seconds):
                return

    def _pid(self) -> int | None:
        """The running server's pid; a folder that was moved while it ran is recognised by its socket."""
        found = processes.postmaster(self.place.cluster_name)
        if found is None and self.ask() is not Answer.SILENT:
            return self._pid_in_file()
        return found

    def _pid_in_file(self) -> int | None:
        try:
            return int((self.place.data / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None

    def _say_where(self, note: str) -> None:
        if self.place.why_not_as_wanted:
            where, why = self.place.folder, self.place.why_not_as_wanted
            sys.stderr.write(f"The database is kept in {where}, {why}.\n")
        if note:
            sys.stderr.write(f"{note}\n")

    def _initialise(self, binaries: Binaries, user: SystemUser, lock: int) -> None:
        """Make the cluster beside its place and move it there whole.

        initdb keeps the lock open: if we are killed, whoever comes next waits until it has ended, too.
        """
        for unfinished in self.place.folder.glob("data.new-*"):
            shutil.rmtree(unfinished, ignore_errors=True)
        fresh = self.place.folder / f"data.new-{os.getpid()}"
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if binaries.major >= 17 else []
        how = ["-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", *builtin]
        made = user.run([binaries.program("initdb"), "-D", fresh, *how], keep_open=(lock,))
        if made.returncode != 0:
            raise CannotStart(f"PostgreSQL's initdb failed in {self.place.folder}: {made.stderr.strip()}")
        fresh.rename(self.place.data)

    def _clear_leftovers(self) -> None:
        """Take away what a killed server left behind. The caller knows that no server runs."""
        name = self.place.cluster_name
        for how in (signal.SIGQUIT, signal.SIGKILL):
            for pid in processes.workers(name):
                processes.end(pid, how)
            if processes.wait_until(lambda: not processes.workers(name), seconds=5):
                break
        for leftover in (self.place.socket, self.place.folder / f"{self.place.socket.name}.lock"):
            leftover.unlink(missing_ok=True)
        if self._pid_in_file() is None:
            (self.place.data / "postmaster.pid").unlink(missing_ok=True)
        if self.place.log.exists() and self.place.log.stat().st_size > LARGEST_LOG:
            self.place.log.rename(self.place.log.with_suffix(".log.1"))

    def _launch(self, binaries: Binaries, user: SystemUser) -> None:
        """Start it in a session of its own, so that it outlives us, and wait until it answers."""
        in_background = '"$@" </dev/null >>"$0" 2>&1 & echo $!'
        server: list[str | Path] = [binaries.program("postgres"), "-D", self.place.data, *self._settings()]
        shell = user.run(
            ["/bin/sh", "-c", in_background, self.place.log, *server],
            environment=self._disregarding_reused_pid(),
            detached=True,
        )
        pid = int(shell.stdout)
        answered = processes.wait_until(
            lambda: self.ask() is Answer.READY or not processes.runs(pid), seconds=STARTING
        )
        if not answered or self.ask() is not Answer.READY:
            raise CannotStart(f"PostgreSQL did not start. The end of {self.place.log}:\n{self._end_of_log()}")

    def _settings(self) -> list[str]:
        own = {
            "unix_socket_directories": str(self.place.folder),
            "cluster_name": self.place.cluster_name,
            "shared_buffers": shared_buffers(),
        }
        return [part for name, value in (SERVER_SETTINGS | own).items() for part in ("-c", f"{name}={value}")]

    def _disregarding_reused_pid(self) -> dict[str, str]:
        """PostgreSQL will not start while the pid in its old pid file belongs to a process, whichever it is.

        It excepts the pid of its starter's starter, given in this variable. We know that no server runs, so
        we name the old pid there; all its other safeguards (memory still in use) stay as they are.
        """
        old = self._pid_in_file()
        return {} if old is None else {"PG_GRANDPARENT_PID": str(old)}

    def _end_of_log(self) -> str:
        try:
            return "\n".join(self.place.log.read_text(errors="replace").splitlines()[-15:])
        except OSError as error:
            return str(error)
