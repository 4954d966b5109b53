"""The Django side, in a process of its own: other settings, another server, no test database around it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from alliance.embedded_postgres.launcher import Answer, Server
from tests.embedded_postgres.test_launcher import postmasters

SETTINGS = """
import sys
import django
from django.conf import settings
engine, folder = sys.argv[1:3]
settings.configure(
    DATABASES={"default": {"ENGINE": engine, "NAME": "alliance", "DATA_DIR": folder}},
    INSTALLED_APPS=["alliance.embedded_postgres", "django.contrib.contenttypes"],
)
django.setup()
from django.core.management import call_command
from django.db import OperationalError, connection
from alliance.embedded_postgres import server
"""
ROOT = Path(__file__).parents[2]

Python = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def python(server: Server) -> Python:
    def run(code: str, *, engine: str = "alliance.embedded_postgres") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", SETTINGS + code, engine, str(server.place.folder)],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if not name.startswith("PG")},
            capture_output=True,
            text=True,
        )

    return run


def test_setting_up_starts_nothing_and_connecting_does(server: Server, python: Python) -> None:
    assert python("").returncode == 0
    assert server.ask() is Answer.SILENT
    done = python("connection.cursor().execute('SELECT 1')\nprint(server.ensure())")
    assert (done.stdout, done.stderr) == ("False\n", "")
    assert len(postmasters(server)) == 1


def test_a_connection_recovers_when_the_server_went_away(server: Server, python: Python) -> None:
    done = python(
        "print(server.ensure(), server.stop())\n"
        "call_command('migrate', verbosity=0)\n"
        "connection.close()\n"
        "server.stop()\n"
        "from django.contrib.contenttypes.models import ContentType\n"
        "print(ContentType.objects.count())"
    )
    assert (done.stdout, done.stderr) == ("True True\n1\n", "")


def test_the_test_runner_makes_and_drops_its_database_and_connecting_does_not_bring_it_back(
    server: Server, python: Python
) -> None:
    done = python(
        "name = connection.creation.create_test_db(verbosity=0)\n"
        "connection.cursor().execute('SELECT current_database()')\n"
        "connection.creation.destroy_test_db('alliance', verbosity=0)\n"
        "connection.settings_dict['NAME'] = name\n"
        "try:\n"
        "    connection.ensure_connection()\n"
        "except OperationalError as error:\n"
        "    print(name, str(error).split('FATAL:')[1].strip())"
    )
    assert (done.stdout, done.stderr) == (
        'test_alliance database "test_alliance" does not exist\n',
        "",
    )
    assert server.ask("test_alliance") is Answer.NO_SUCH_DATABASE


def test_what_the_launcher_cannot_help_is_djangos_operational_error(server: Server, python: Python) -> None:
    server.place.data.joinpath("PG_VERSION").write_text("99\n")
    done = python(
        "try:\n    connection.ensure_connection()\nexcept OperationalError as error:\n    print(error)"
    )
    assert done.stdout.startswith("PostgreSQL 99, which made the database in ")


def test_the_command_starts_shows_and_stops(server: Server, python: Python) -> None:
    call = "from django.core.management import execute_from_command_line as run\nrun(['manage.py', {}])"
    command = {name: call.format(f"'embedded_postgres', '{name}'") for name in ("start", "status", "stop")}
    assert python(command["status"]).returncode == 3
    assert python(command["start"]).stdout.startswith("Started.\nPostgreSQL ")
    assert python(command["start"]).stdout.startswith("It was running already.\nPostgreSQL ")
    shown = python(command["status"])
    assert (shown.returncode, shown.stderr) == (0, "")
    assert f"runs in {server.place.folder} (process {postmasters(server)[0]})" in shown.stdout
    assert python(command["stop"]).stdout == "Stopped.\n"
    assert python(command["stop"]).stdout == "It was not running.\n"
    assert postmasters(server) == []


def test_with_another_database_there_is_nothing_to_start_or_stop(server: Server, python: Python) -> None:
    code = "print(server.ensure(), server.stop())\ncall_command('embedded_postgres', 'start')"
    done = python(code, engine="django.db.backends.postgresql")
    assert done.stdout == "False False\n"
    assert "DATABASE_URL names another PostgreSQL" in done.stderr
    assert server.ask() is Answer.SILENT


def test_dbshell_uses_its_own_psql(server: Server, python: Python) -> None:
    done = python("call_command('dbshell', '--', '--no-psqlrc', '-Atc', 'SELECT current_database()')")
    assert (done.stdout, done.stderr) == ("alliance\n", "")
