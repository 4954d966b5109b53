"""A PostgreSQL of the benchmark's own, with one database for each size of alliance."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from alliance.embedded_postgres import server


@contextmanager
def running_postgres() -> Iterator[None]:
    """The server with all tables made once, in a database that the others are copied from."""
    server.ensure()
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        connection.close()
        server.stop()


def name_of(members: int) -> str:
    return f"bench_{members}"


@contextmanager
def database_of(members: int, *, new: bool = False) -> Iterator[None]:
    """Everything inside goes to the database of an alliance of this size."""
    origin = settings.DATABASES["default"]["NAME"]
    if new:
        connect_to("postgres")
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE {name_of(members)} TEMPLATE "{origin}"')
    connect_to(name_of(members))
    try:
        yield
    finally:
        connect_to(origin)


def connect_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def tidy() -> None:
    """What PostgreSQL does by itself sooner or later, now and not while something is measured."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
