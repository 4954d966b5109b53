"""What it finds after an accident, and that it helps itself."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import psycopg2.extras
import pytest

from alliance.embedded_postgres import processes
from alliance.embedded_postgres.errors import CannotStart
from alliance.embedded_postgres.launcher import Answer, Server
from tests.embedded_postgres.other_processes import Child
from tests.embedded_postgres.test_launcher import postmasters, query


def kill(server: Server) -> None:
    (pid,) = postmasters(server)
    os.kill(pid, signal.SIGKILL)
    assert processes.wait_until(lambda: not processes.runs(pid), 10)


@pytest.fixture
def somebody_else(server: Server) -> Iterator[int]:
    """A living process of the user that the server runs as, and nothing to do with it."""
    user = None if server.place.user.is_me else server.place.user.uid
    process = subprocess.Popen(["sleep", "600"], user=user)
    yield process.pid
    process.kill()
    process.wait()


def pid_of_an_ended_process() -> int:
    ended = subprocess.Popen(["true"])
    ended.wait()
    return ended.pid


def put_pid(server: Server, pid: int) -> None:
    """Make the pid file and the socket's lock name this process, as after a crash or a reboot."""
    for path in (server.place.data / "postmaster.pid", server.place.socket.with_suffix(".5432.lock")):
        lines = path.read_text().splitlines()
        path.write_text("\n".join([str(pid), *lines[1:]]) + "\n")


def test_a_killed_server_is_started_again_with_all_that_was_committed(server: Server) -> None:
    server.ensure("alliance")
    query(server, "CREATE TABLE city AS SELECT 'Mainz' AS name")
    kill(server)
    assert server.ask() is Answer.SILENT
    assert server.ensure("alliance") is True
    assert query(server, "SELECT name FROM city") == [("Mainz",)]


def test_a_worker_that_outlives_the_killed_server_does_not_stand_in_the_way(server: Server) -> None:
    server.ensure("alliance")
    busy = psycopg2.connect(dbname="alliance", async_=True, **server.connection_settings)
    psycopg2.extras.wait_select(busy)
    busy.cursor().execute("SELECT count(*) FROM generate_series(1, 1000000000000) AS n WHERE n % 7 = 8")
    worker = busy.info.backend_pid
    kill(server)
    assert worker in processes.workers(server.place.cluster_name)
    assert server.ensure("alliance") is True
    assert not processes.runs(worker)
    busy.close()


def test_a_stale_pid_file_is_no_hindrance(server: Server) -> None:
    server.ensure()
    kill(server)
    put_pid(server, pid_of_an_ended_process())
    assert server.ensure() is True


def test_a_pid_that_belongs_to_somebody_else_now_is_no_hindrance(server: Server, somebody_else: int) -> None:
    server.ensure()
    kill(server)
    put_pid(server, somebody_else)
    assert server.ensure() is True
    assert processes.runs(somebody_else)


def test_stop_does_not_touch_somebody_else_with_the_old_pid(server: Server, somebody_else: int) -> None:
    server.ensure()
    kill(server)
    put_pid(server, somebody_else)
    assert server.stop() is False
    assert processes.runs(somebody_else)


@pytest.mark.parametrize("content", ["", "nonsense\n"])
def test_a_broken_pid_file_is_no_hindrance(server: Server, content: str) -> None:
    server.ensure()
    kill(server)
    (server.place.data / "postmaster.pid").write_text(content)
    assert server.ensure() is True


@pytest.mark.parametrize("killed", ["initdb", "starter", "both"])
def test_a_killed_initdb_leaves_nothing_behind(new_server: Server, killed: str) -> None:
    starter = Child(new_server.ensure).go()
    initdb = wait_for_initdb(new_server)
    if killed in ("starter", "both"):
        os.kill(starter.pid, signal.SIGKILL)
    if killed in ("initdb", "both"):
        os.kill(initdb, signal.SIGKILL)
    outcome = starter.result()
    assert isinstance(outcome, CannotStart) if killed == "initdb" else outcome is None
    assert not new_server.place.has_cluster
    assert new_server.ensure("alliance") is True
    assert not processes.runs(initdb)
    assert [path.name for path in new_server.place.folder.glob("data*")] == ["data"]
    assert query(new_server, "SELECT 1") == [(1,)]


def wait_for_initdb(new_server: Server) -> int:
    """Its process; one that it is just starting bears its name for a moment."""
    found: list[int] = []

    def begun() -> bool:
        found[:] = [
            pid
            for pid, words in processes.listed()
            if words and Path(words[0]).name == "initdb" and str(new_server.place.folder) in " ".join(words)
        ]
        return bool(found) and any(new_server.place.folder.glob("data.new-*/PG_VERSION"))

    assert processes.wait_until(begun, 20)
    return min(found)


def test_a_leftover_socket_is_no_hindrance(server: Server, somebody_else: int) -> None:
    server.ensure()
    server.stop()
    with socket.socket(socket.AF_UNIX) as leftover:
        leftover.bind(str(server.place.socket))
    assert server.place.socket.is_socket()
    server.place.socket.with_suffix(".5432.lock").write_text(f"{somebody_else}\n")
    assert server.ensure() is True


def test_a_running_server_whose_socket_was_removed_is_started_again(server: Server) -> None:
    server.ensure("alliance")
    (old,) = postmasters(server)
    server.place.socket.unlink()
    assert server.ensure("alliance") is True
    assert not processes.runs(old)
    assert len(postmasters(server)) == 1


def test_a_server_that_is_still_recovering_is_waited_for(server: Server) -> None:
    """Seven find it neither down nor ready yet: they must not start a second one."""
    server.ensure("alliance")
    query(server, "CREATE TABLE many AS SELECT n FROM generate_series(1, 300000) AS n")
    kill(server)
    children = [Child(lambda: server.ensure("alliance")) for _ in range(8)]
    for child in children:
        child.go()
    assert sorted(child.result() for child in children) == [False] * 7 + [True]
    assert query(server, "SELECT count(*) FROM many") == [(300000,)]


def test_when_it_cannot_start_the_end_of_its_log_is_told(server: Server) -> None:
    server.ensure()
    server.stop()
    (server.place.data / "global" / "pg_control").unlink()
    with pytest.raises(CannotStart, match="pg_control"):
        server.ensure()
