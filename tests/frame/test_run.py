"""`make run`'s command: starts everything, says where, stops everything."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder():
    """A folder that the user PostgreSQL runs as can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="run-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield name


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


@contextmanager
def running(folder, port):
    base = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run"],
        cwd=ROOT,
        env=base
        | {"DEMO": "1", "PORT": str(port), "POSTGRES_DIR": f"{folder}/pg", "FILES_DIR": f"{folder}/files"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()


def said_until(process, sentence):
    lines = []
    for line in process.stdout:
        lines.append(line)
        if sentence in line:
            return "".join(lines)
    raise AssertionError("".join(lines))


def descendants_and_servers(process, folder):
    children = psutil.Process(process.pid).children(recursive=True)
    servers = [
        found
        for found in psutil.process_iter(["cmdline"])
        if str(folder) in " ".join(found.info["cmdline"] or [])
    ]
    return {found.pid for found in [*children, *servers]}


def lives(pid):
    """Whether a process still does something; one that only waits to be collected does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def read(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        return answer.read().decode()


def counted(port):
    return re.findall(r"<h2>(\d+) member cities today", read(port, "/"))


def test_run_starts_everything_says_where_and_stops_everything(folder):
    port = free_port()
    with running(folder, port) as process:
        said = said_until(process, "Ctrl-C stops everything")
        assert f"http://localhost:{port}/" in said
        assert "secretariat@demo.example" in said
        assert counted(port) == ["19"]
        assert json.loads(read(port, "/healthz"))["database"] == "ok"
        started = descendants_and_servers(process, folder)
        assert len(started) >= 5  # gunicorn and its workers, both workers, PostgreSQL
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0
        assert {pid for pid in started if lives(pid)} == set()
    with running(folder, port) as process:
        said_until(process, "Ctrl-C stops everything")
        assert counted(port) == ["19"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
