from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from alliance.embedded_postgres import processes
from alliance.embedded_postgres.binaries import DEBIAN, usable
from alliance.embedded_postgres.errors import CannotStart
from alliance.embedded_postgres.launcher import Answer, Server
from tests.embedded_postgres.other_processes import Child


def query(server: Server, statement: str, database: str = "alliance") -> list[tuple[Any, ...]]:
    connection = psycopg2.connect(dbname=database, **server.connection_settings)
    connection.autocommit = True
    try:
        cursor = connection.cursor()
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def postmasters(server: Server) -> list[int]:
    mark = f"cluster_name={server.place.cluster_name}"
    return [pid for pid, words in processes.listed() if mark in words and "-D" in words]


def test_the_first_call_starts_it_and_the_second_finds_it(new_server: Server) -> None:
    assert new_server.ensure("alliance") is True
    assert new_server.ensure("alliance") is False
    assert len(postmasters(new_server)) == 1


def test_the_database_is_unicode_and_its_trigrams_know_chinese(new_server: Server) -> None:
    new_server.ensure("alliance")
    assert (
        query(new_server, "SELECT pg_encoding_to_char(encoding), datctype FROM pg_database")
        == [("UTF8", "C.UTF-8")] * 4
    )
    query(new_server, "CREATE EXTENSION pg_trgm")
    assert query(new_server, "SELECT similarity('佛山市', '佛山') > 0.3, upper('köln')") == [(True, "KÖLN")]


def test_it_listens_on_its_socket_only_and_keeps_what_was_committed(new_server: Server) -> None:
    new_server.ensure()
    names = ("listen_addresses", "fsync", "full_page_writes", "synchronous_commit")
    assert [query(new_server, f"SHOW {name}", "postgres") for name in names] == [
        [("",)],
        [("on",)],
        [("on",)],
        [("on",)],
    ]


def test_a_second_start_finds_everything_as_it_was(server: Server) -> None:
    server.ensure("alliance")
    query(server, "CREATE TABLE city AS SELECT '美因茨' AS name")
    assert server.stop() is True
    assert server.ensure("alliance") is True
    assert query(server, "SELECT name FROM city") == [("美因茨",)]


def test_a_database_missing_from_a_running_server_is_made(new_server: Server) -> None:
    new_server.ensure()
    assert new_server.ask("alliance") is Answer.NO_SUCH_DATABASE
    assert new_server.ensure("alliance") is False
    assert new_server.ask("alliance") is Answer.READY


def test_stop_ends_every_process_and_says_whether_there_was_one(new_server: Server) -> None:
    assert new_server.stop() is False
    assert not new_server.place.folder.exists()
    new_server.ensure()
    assert new_server.stop() is True
    assert (postmasters(new_server), processes.workers(new_server.place.cluster_name)) == ([], [])
    assert new_server.ask() is Answer.SILENT
    assert new_server.stop() is False


def test_status_tells_process_version_and_folder(server: Server) -> None:
    assert server.status().running is False
    server.ensure()
    status = server.status()
    assert (status.running, [status.pid], status.folder) == (True, postmasters(server), server.place.folder)
    assert int(status.version.split(".")[0]) >= 15


def test_it_outlives_its_starter_in_a_session_of_its_own(server: Server) -> None:
    starter = Child(server.ensure).go()
    assert starter.result() is True
    (pid,) = postmasters(server)
    assert os.getsid(pid) not in (os.getsid(0), starter.pid)
    assert server.ensure() is False


def test_eight_processes_starting_it_at_once_give_one_server(new_server: Server) -> None:
    children = [Child(lambda: new_server.ensure("alliance")) for _ in range(8)]
    for child in children:
        child.go()
    assert sorted(child.result() for child in children) == [False] * 7 + [True]
    assert len(postmasters(new_server)) == 1
    assert query(new_server, "SELECT 1") == [(1,)]


def test_settings_of_the_caller_do_not_reach_it(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PGPORT": "1", "PGDATA": "/nowhere", "PGHOST": "nowhere", "LANG": "xx_YY"}.items():
        monkeypatch.setenv(name, value)
    assert server.ensure("alliance") is True
    assert query(server, "SHOW port") == [("5432",)]


def test_the_folder_can_be_moved_while_it_runs(
    ground: Path, server: Server, server_in: Callable[[Path], Server]
) -> None:
    server.ensure("alliance")
    (ground / "var").rename(ground / "elsewhere")
    moved = server_in(ground / "elsewhere" / "postgres")
    assert moved.ensure("alliance") is False
    assert moved.stop() is True
    assert postmasters(server) == []


def test_a_copy_of_a_running_cluster_is_a_server_of_its_own(
    ground: Path, server: Server, server_in: Callable[[Path], Server]
) -> None:
    server.ensure("alliance")
    copy = server_in(ground / "copy")
    query(server, "CHECKPOINT", "postgres")
    shutil.copytree(server.place.folder, copy.place.folder, ignore=shutil.ignore_patterns(".s.*"))
    for path in [copy.place.folder, *copy.place.folder.rglob("*")]:
        server.place.user.take(path)
    assert copy.ensure("alliance") is True
    assert (len(postmasters(server)), len(postmasters(copy))) == (1, 1)


@pytest.mark.skipif(not list(DEBIAN.glob("*/bin/initdb")), reason="Debian's PostgreSQL is not installed")
def test_debians_programs_serve_without_the_wheel_and_go_on_serving_their_cluster(new_server: Server) -> None:
    def start_without_the_wheel() -> bool:
        import sys

        sys.path[:] = []
        return new_server.ensure("alliance")

    assert Child(start_without_the_wheel).go().result() is True
    assert query(new_server, "SELECT lower('ÄÖ') = 'äö'") == [(True,)]
    new_server.stop()
    assert new_server.ensure() is True
    assert DEBIAN in usable(new_server.place, new_server.place.user)[0].folder.parents


def test_a_cluster_of_a_version_that_is_not_there_is_refused(server: Server) -> None:
    server.ensure()
    server.stop()
    (server.place.data / "PG_VERSION").write_text("99\n")
    with pytest.raises(CannotStart, match="PostgreSQL 99, which made the database"):
        server.ensure()
