"""Workers as processes that can be killed, with a PostgreSQL of their own that can be killed, too."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import psutil

from alliance.embedded_postgres import processes
from alliance.embedded_postgres.launcher import Server

ROOT = Path(__file__).resolve().parents[2]


class Nursery:
    """Starts workers, and asks the database they share."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.postgres = folder, Server(folder / "pg")
        self.lock = threading.Lock()
        self.workers: set[int] = set()

    def __enter__(self) -> Nursery:
        base = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
        places = {"POSTGRES_DIR": str(self.folder / "pg"), "FILES_DIR": str(self.folder / "files")}
        self.environment = base | places | {"DJANGO_SETTINGS_MODULE": "tests.letters.kill_settings"}
        self.log = (self.folder / "workers.log").open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.letters.nursery_process"],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        assert self._answer() == "ready"
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill_all()
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(30)
        self.postgres.stop()
        self.log.close()

    def ask(self, command: str, *arguments: Any) -> Any:
        with self.lock:
            assert self.process.stdin
            self.process.stdin.write(json.dumps([command, arguments]) + "\n")
            self.process.stdin.flush()
            return self._answer()

    def _answer(self) -> Any:
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, (self.folder / "workers.log").read_text()[-3000:]
        return json.loads(line)

    def start(self) -> int:
        pid = self.ask("start")
        self.workers.add(pid)
        return pid

    def kill(self, pid: int) -> bool:
        """Whether there was such a worker to kill."""
        found = self.tell(pid, signal.SIGKILL)
        self.workers.discard(pid)
        return found

    def tell(self, pid: int, sign: int) -> bool:
        if pid in self.workers:
            os.kill(pid, sign)
        return pid in self.workers

    def kill_all(self) -> None:
        for pid in list(self.workers):
            self.kill(pid)
            self.ask("bury", pid)

    def kill_postgres(self) -> None:
        pid = processes.postmaster(self.postgres.place.cluster_name)
        assert pid
        os.kill(pid, signal.SIGKILL)

    def worker_at(self, port: int) -> int:
        """The worker whose end of a connection has this port."""
        for pid in list(self.workers):
            try:
                if any(one.laddr.port == port for one in psutil.Process(pid).net_connections("tcp")):
                    return pid
            except psutil.NoSuchProcess:
                continue
        return 0
