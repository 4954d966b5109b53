"""The record of one mail is written down while the next one is on its way."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

import psycopg2
from django.db import connection
from psycopg2.extras import wait_select

from alliance.letters.worker import queue
from alliance.letters.worker.moves import Move, prepared_statement, statement

SETTING = "set_config('pghistory.context_{}', %s, false)"
CONTEXT = f"SELECT {SETTING.format('id')}, {SETTING.format('metadata')}"
PREPARED = (1, 2)
"""So many moves are mostly written at once: the answer to one mail, and the beginning of the next."""


class Record:
    """A connection to the database beside Django's: a statement is sent now, its answer read later.

    No thread: while PostgreSQL writes, the worker speaks with the mail server.
    """

    def __init__(self, worker: str) -> None:
        self.worker = worker
        self.connection: Any = None

    def write(self, moves: Sequence[Move]) -> Callable[[], set[int]]:
        """Have moves written down; the function given waits until that lasts, and tells which are still ours.

        Inside a transaction, as tests run the worker, there is but the one connection; and what is
        confidential takes more than one statement.
        """
        if connection.in_atomic_block or queue.are_secret(moves):
            written = queue.write(moves)
            return lambda: written
        if self.connection is not None and self.connection.isexecuting():
            self.close()  # somebody did not wait for the last answer: it is not known any more
        return _Answer(self._sent(moves), moves)

    def close(self) -> None:
        """Take leave of the database."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _sent(self, moves: Sequence[Move]) -> Any:
        number, values = len(moves), [value for move in moves for value in move.row()]
        try:
            cursor = self._connected().cursor()
            if number in PREPARED:
                cursor.execute(f"EXECUTE moves_{number} ({', '.join(['%s'] * len(values))})", values)
            else:
                cursor.execute(statement(number), values)
        except psycopg2.Error:
            self.close()
            raise
        return cursor

    def _connected(self) -> Any:
        if self.connection is None or self.connection.closed:
            given = connection.get_connection_params()
            del given["cursor_factory"]
            self.connection = psycopg2.connect(**given, async_=True)
            wait_select(self.connection)
            self._now(CONTEXT, [str(uuid4()), json.dumps({"worker": self.worker})])
            for number in PREPARED:
                self._now(f"PREPARE moves_{number} AS {prepared_statement(number)}")
        return self.connection

    def _now(self, sql: str, values: Sequence[Any] | None = None) -> None:
        cursor = self.connection.cursor()
        cursor.execute(sql, values)
        wait_select(self.connection)


class _Answer:
    """What PostgreSQL says to a statement; asked once, known ever after."""

    def __init__(self, cursor: Any, moves: Sequence[Move]) -> None:
        self.cursor, self.moves = cursor, moves
        self.written: set[int] | None = None

    def __call__(self) -> set[int]:
        if self.written is None:
            wait_select(self.cursor.connection)
            self.written = {key for (key,) in self.cursor.fetchall()}
            queue.tell_of_lost(self.moves, self.written)
        return self.written
