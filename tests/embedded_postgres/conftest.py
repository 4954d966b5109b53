"""Clusters of these tests' own: folders of their own below /tmp, and no server left behind."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from alliance.embedded_postgres import processes
from alliance.embedded_postgres.launcher import Server

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


@pytest.fixture
def ground() -> Iterator[Path]:
    """A short path that every user may enter, which pytest's own temporary folders are not."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    left = [pid for pid, words in processes.listed() if any(str(folder) in word for word in words)]
    for pid in left:
        processes.end(pid, signal.SIGKILL)
    shutil.rmtree(folder)
    assert left == [], "processes were left behind"


@pytest.fixture
def server_in(ground: Path) -> Iterator[Callable[[Path], Server]]:
    """Makes the launcher of a folder; whatever it started is stopped after the test."""
    made = []

    def make(folder: Path) -> Server:
        made.append(Server(folder, fallback_root=ground / "fallback"))
        return made[-1]

    yield make
    for server in made:
        server.stop()
        assert processes.wait_until(lambda: not processes.workers(server.place.cluster_name), 10)  # noqa: B023


@pytest.fixture
def new_server(ground: Path, server_in: Callable[[Path], Server]) -> Server:
    """The launcher of a folder that is not there yet."""
    return server_in(ground / "var" / "postgres")


@pytest.fixture
def server(new_server: Server, cluster: Path) -> Server:
    """The launcher of a folder with a cluster and its database, not running."""
    new_server.place.folder.parent.mkdir(parents=True)
    subprocess.run(["cp", "-a", cluster, new_server.place.folder], check=True)
    return new_server


@pytest.fixture(scope="session")
def cluster() -> Iterator[Path]:
    """A cluster made once, to be copied: that is quicker than to make it."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    folder.chmod(0o755)
    first = Server(folder / "postgres")
    first.ensure("alliance")
    first.stop()
    yield folder / "postgres"
    shutil.rmtree(folder)


@pytest.fixture
def stranger() -> int:
    """The number of a user who is neither root nor the one PostgreSQL usually runs as."""
    return pwd.getpwnam("nobody").pw_uid
