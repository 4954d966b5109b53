"""The processes of one server, recognised by its cluster name, whatever a pid file says."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")


def postmaster(cluster_name: str) -> int | None:
    """The pid of the running server, if there is one."""
    mark = f"cluster_name={cluster_name}"
    return next((pid for pid, words in listed() if mark in words and "-D" in words), None)


def workers(cluster_name: str) -> list[int]:
    """Its other processes; they can outlive a killed server and would keep a new one from starting."""
    title = f"postgres: {cluster_name}: "
    return [pid for pid, words in listed() if words and words[0].startswith(title)]


def runs(pid: int) -> bool:
    """Is there such a process? One that has ended but was not collected by its parent does not count."""
    return any(_words(pid))


def end(pid: int, how: signal.Signals) -> None:
    """Send a signal, unless it has ended already."""
    with suppress(ProcessLookupError):
        os.kill(pid, how)


def wait_until(happened: Callable[[], bool], seconds: float) -> bool:
    """Look again and again until it has happened; False when it has not within `seconds`."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def listed() -> Iterator[tuple[int, list[str]]]:
    """Every process of the machine with the words of its command line."""
    if PROC.joinpath("self").exists():
        pids = [int(entry) for entry in os.listdir(PROC) if entry.isdigit()]
        yield from ((pid, _words(pid)) for pid in pids)
    else:
        for line in _ps("-axww", "-o", "pid=,command=").splitlines():
            pid, _, command = line.strip().partition(" ")
            yield int(pid), _as_words(command)


def _words(pid: int) -> list[str]:
    """The command line of a process; empty when there is none or it has ended."""
    if not PROC.joinpath("self").exists():
        return _as_words(_ps("-ww", "-o", "command=", "-p", str(pid)))
    try:
        line = (PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return []
    return [word.decode(errors="replace") for word in line.rstrip(b"\0").split(b"\0")]


def _as_words(command: str) -> list[str]:
    return [command] if command.startswith("postgres: ") else command.split()


def _ps(*arguments: str) -> str:
    command = ["/bin/ps", *arguments]
    return subprocess.run(command, capture_output=True, text=True, errors="replace").stdout  # noqa: S603
