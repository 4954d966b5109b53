"""A real web server, and a bounded load on it."""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 8
WORKERS = 2
AFRESH = "X-Afresh"  # see tests/bench/afresh.py
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Target:
    """One page as one person reads it."""

    port: int
    path: str
    session: str = ""
    afresh: bool = False

    @property
    def request(self) -> bytes:
        cookie = f"Cookie: sessionid={self.session}\r\n" if self.session else ""
        cookie += f"{AFRESH}: 1\r\n" if self.afresh else ""
        head = f"GET {self.path} HTTP/1.0\r\nHost: 127.0.0.1:{self.port}\r\nAccept-Language: en\r\n{cookie}"
        return f"{head}\r\n".encode()

    def read(self) -> float:
        """Read it once, to the last byte; the seconds it took."""
        began = time.perf_counter()
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            connection.sendall(self.request)
            start = connection.recv(65536)
            while connection.recv(65536):
                pass
        if start[:13].split(b" ")[1:2] != [b"200"]:
            raise RuntimeError(f"{self.path} answered {start[:60]!r}")
        return time.perf_counter() - began


@dataclass
class Round:
    """What came of a short load on one page."""

    seconds: float
    latencies: list[float]

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds

    @property
    def p95(self) -> float:
        """The time within which 95 of 100 requests were answered, in ms."""
        return statistics.quantiles(self.latencies, n=20, method="inclusive")[-1] * 1000


def load(target: Target, *, seconds: float, requests: int) -> Round:
    """Eight readers, one request each at a time, until the time is over or so many have been sent."""
    left = iter(range(requests))
    began = time.perf_counter()

    def read_on(_reader: int) -> list[float]:
        latencies = []
        while time.perf_counter() - began < seconds and next(left, None) is not None:
            latencies.append(target.read())
        return latencies

    with ThreadPoolExecutor(CONNECTIONS) as readers:
        latencies = [one for of_reader in readers.map(read_on, range(CONNECTIONS)) for one in of_reader]
    return Round(time.perf_counter() - began, latencies)


@contextmanager
def serving(database: str, log: Path) -> Iterator[int]:
    """gunicorn with two processes of one thread each on a port of this machine."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "alliance.wsgi", "--bind", f"127.0.0.1:{port}",
        "--workers", str(WORKERS), "--worker-class", "sync", "--log-level", "warning",
    ]  # fmt: skip
    environment = {**os.environ, "BENCH_DATABASE": database}
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
        try:
            wait_until_ready(process, port, log)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def wait_until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            Target(port, "/bench/hello/").read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The web server did not start: {log.read_text(errors='replace')[-2000:]}")
