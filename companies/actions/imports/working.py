"""Work in the background: who is at it, how far it is, and what becomes of it when the worker is killed.

A worker holds a lease on the import and prolongs it as it goes on, over a connection of its own, so that the
progress is seen while everything else is one transaction. A lease that has run out is for anybody to take.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pghistory
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from alliance.accounts.models import User
from alliance.pages.refusals import Refusal
from companies.actions.imports.access import require_importer
from companies.actions.imports.refusals import not_possible
from companies.models import Import
from companies.states import IN_THE_WORKS, ImportState

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
RENEWED_EVERY = timedelta(seconds=1)
TASK = "companies.tasks.imports.work"
TABLE = Import._meta.db_table
TAKE = f"""
    UPDATE {TABLE} SET leased_by = %s, leased_until = %s
    WHERE id = %s AND state = ANY(%s) AND (leased_until IS NULL OR leased_until < %s)
"""
RENEW = (
    f"UPDATE {TABLE} SET leased_until = %s, progress = %s, progress_of = %s WHERE id = %s AND leased_by = %s"
)


class LostLease(Exception):
    """Somebody has cancelled the import, or another worker has taken it over."""


@dataclass(frozen=True)
class Progress:
    """How far an import is: `waiting` while no worker is at it."""

    state: str
    done: int
    total: int
    waiting: bool

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0


def progress(run: Import, *, at: datetime | None = None) -> Progress:
    """How far the import is now."""
    at = at or timezone.now()
    run.refresh_from_db()
    return Progress(run.state, run.progress, run.progress_of, run.is_waiting(at))


def ask(run: Import) -> None:
    """Have the background do what the import's state says; written with it, in the same transaction."""
    import_string(TASK).enqueue(run.pk)


def to_be_asked(
    run: Import, *, by: User | None, at: datetime, already: Collection[str], possible: Collection[str]
) -> tuple[Import, bool]:
    """The import, held, and whether there is still something to ask for; refused where it cannot be asked."""
    run = locked(run.pk)
    require_importer(by, run.city, at=at)
    if run.state in already:
        return run, False
    if run.state not in possible:
        raise not_possible(run)
    return run, True


def set_to_work(run: Import) -> Import:
    """Keep what was asked for, and have the background do it."""
    run.save()
    ask(run)
    run.refresh_from_db()
    return run


class Lease:
    """One worker's right to an import."""

    def __init__(self, pk: int) -> None:
        self.pk = pk
        self.holder = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"[:100]
        # Inside a transaction, as tests run it, there is but the one connection.
        inside = connection.in_atomic_block
        self.beside = connection if inside else connections.create_connection(DEFAULT_DB_ALIAS)
        self.renewed = timezone.now()

    def take(self) -> bool:
        """Whether the import is ours now."""
        now = timezone.now()
        states = [str(state) for state in IN_THE_WORKS]
        return self.write(TAKE, [self.holder, now + LEASE, self.pk, states, now])

    def renew(self, done: int, total: int) -> None:
        """Say how far we are, once a second; raises when the import is not ours any more."""
        now = timezone.now()
        if now - self.renewed < RENEWED_EVERY:
            return
        self.renewed = now
        if not self.write(RENEW, [now + LEASE, done, max(done, total), self.pk, self.holder]):
            raise LostLease

    def write(self, sql: str, params: list[Any]) -> bool:
        with self.beside.cursor() as cursor:
            cursor.execute(sql, params)
            return bool(cursor.rowcount)

    def let_go(self) -> None:
        if self.beside is not connection:
            self.beside.close()


@contextmanager
def leased(pk: int) -> Iterator[Lease | None]:
    """The lease on an import; None when somebody else is at it, or nothing is to be done."""
    lease = Lease(pk)
    try:
        yield lease if lease.take() else None
    finally:
        lease.let_go()


def work(pk: int) -> None:
    """Do for the import whatever its state says: check it, carry it out, undo it. Any number of times."""
    with leased(pk) as lease:
        if lease is None:
            return
        run = Import.objects.select_related("city", "asked_by").get(pk=pk)
        with pghistory.context(user=run.asked_by_id, company_import=run.pk):
            try:
                doing(run.state)(run, lease)
            except LostLease:
                log.info("Import %s was cancelled or taken over", pk)
            except Refusal as refusal:
                fail(pk, refusal)
            except Exception as error:
                log.exception("Import %s has failed", pk)
                fail(pk, error)


def doing(state: str) -> Callable[[Import, Lease], None]:
    """The work that a state stands for."""
    from companies.actions.imports import carrying_out, checking, undoing

    return {
        ImportState.CHECKING: checking.do_check,
        ImportState.CARRYING_OUT: carrying_out.do_carry_out,
        ImportState.UNDOING: undoing.do_undo,
    }[ImportState(state)]


@transaction.atomic
def fail(pk: int, error: Exception) -> None:
    """Nothing was written; say why. What cannot be undone stays carried out."""
    run = locked(pk)
    run.report = {**run.report, "failure": str(error) if isinstance(error, Refusal) else ""}
    if run.state == ImportState.UNDOING:
        run.keep()
    elif run.state in IN_THE_WORKS:
        run.fail(at=timezone.now())
    run.save()


def locked(pk: int) -> Import:
    """As it stands now, held until the end of the transaction."""
    return Import.objects.select_for_update(of=("self",)).select_related("city").get(pk=pk)


def take_up_abandoned(*, at: datetime | None = None) -> int:
    """Ask again for work that nobody is at, unless it is still waiting for a worker."""
    at = at or timezone.now()
    asked = 0
    for run in Import.objects.abandoned(at):
        if not is_queued(run):
            ask(run)
            asked += 1
    return asked


def is_queued(run: Import) -> bool:
    """Whether a worker will come to it by itself."""
    waiting = DBTaskResult.objects.ready().filter(task_path=TASK)
    return waiting.filter(args_kwargs__args=[run.pk]).exists()
