"""Counting what is asked of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import Client


@contextmanager
def counting_queries() -> Iterator[list[str]]:
    """The statements sent to the database inside, in order."""
    sent: list[str] = []

    def note(execute: Any, sql: str, *arguments: Any) -> Any:
        sent.append(sql)
        return execute(sql, *arguments)

    with connection.execute_wrapper(note):
        yield sent


def queries_of(client: Client, path: str) -> list[str]:
    """What a page asks of the database when it is read for the second time."""
    assert client.get(path).status_code == 200, path
    with counting_queries() as sent:
        client.get(path)
    return sent
