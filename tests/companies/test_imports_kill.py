"""A worker is killed again and again while it checks, carries out and undoes: done once, and whole."""

import os
import signal
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from companies.actions import imports, indexing
from companies.actions.imports import carrying_out, checking, staging, undoing, working, writing
from companies.models import Company, CompanyEvent, CompanySearch, ImportRow
from tests.factories import circulars as cast
from tests.factories.companies import company_of
from tests.factories.imports import NOW, begun

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 12
IN_CHECK = [(staging, "copy_in", 1), (working.Lease, "renew", 2), (checking, "compare_rows", 1)]
IN_CARRYING_OUT = [
    (carrying_out, "hold_cities", 1),
    (writing.Writer, "write", 1),
    (indexing, "index", 2),
    (working.Lease, "renew", 3),
    (carrying_out, "finish", 1),
]
IN_UNDOING = [(undoing, "take_out", 1), (undoing, "finish", 1)]


@pytest.fixture(autouse=True)
def small_steps(settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(working, "LEASE", timedelta(0))
    for module, name in ((checking, "CHUNK"), (carrying_out, "BATCH"), (undoing, "BATCH")):
        monkeypatch.setattr(module, name, 3)


def worker(killed_at=None):
    """A worker of its own process, perhaps killed when it comes to a place; how it ended."""
    connections.close_all()
    pid = os.fork()
    if not pid:
        try:
            if killed_at:
                kill_at(*killed_at)
            call_command("db_worker", "--batch", "--no-startup-delay", "--no-reload", verbosity=0)
        finally:
            os._exit(0)
    return os.waitpid(pid, 0)[1]


def kill_at(owner, name, time):
    """The so many-th call does its work, and then the process is no more."""
    act, calls = getattr(owner, name), []

    def act_and_die(*args, **options):
        result = act(*args, **options)
        calls.append(name)
        if len(calls) == time:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, act_and_die)


def kill_all_along(run, places):
    """A worker is killed at every place; the sweep asks again, and the last one comes to the end."""
    for place in places:
        state = run.state
        assert worker(place) == signal.SIGKILL
        run.refresh_from_db()
        assert run.state == state
        assert DBTaskResult.objects.ready().count() == 0
        assert imports.take_up_abandoned(at=timezone.now() + timedelta(minutes=2)) == 1
        assert imports.take_up_abandoned(at=timezone.now() + timedelta(minutes=2)) == 0
    assert worker() == 0
    run.refresh_from_db()


def test_ten_kills_and_done_once_and_whole():
    known = company_of(registered_name="Firma 0 GmbH", employees=7)
    run = begun(["Firma", "Mitarbeiter"], *([f"Firma {number} GmbH", "5"] for number in range(ROWS)))
    by = cast.lead("Aachen")
    run = imports.set_columns(run, run.mapping, by=by, at=NOW)
    kill_all_along(run, IN_CHECK)
    assert (run.state, run.counts) == ("checked", {"new": ROWS - 1, "changed": 1})
    assert ImportRow.objects.count() == ROWS
    run = imports.carry_out(run, by=by, at=NOW)
    kill_all_along(run, IN_CARRYING_OUT)
    assert (run.state, Company.objects.filter(employees=5).count()) == ("done", ROWS)
    assert CompanyEvent.objects.filter(pgh_label="insert").count() == ROWS
    assert CompanySearch.objects.count() == ROWS
    run = imports.undo(run, by=by, at=NOW)
    kill_all_along(run, IN_UNDOING)
    known.refresh_from_db()
    assert (run.state, Company.objects.get(), known.employees) == ("undone", known, 7)
    assert len([*IN_CHECK, *IN_CARRYING_OUT, *IN_UNDOING]) == 10


def test_work_that_was_done_is_not_done_again():
    run = begun(["Firma"], ["Nadel GmbH"])
    run = imports.set_columns(run, run.mapping, by=cast.lead("Aachen"), at=NOW)
    assert worker() == 0
    run = imports.carry_out(run, by=cast.lead("Aachen"), at=NOW)
    assert (worker(), imports.work(run.pk), Company.objects.count()) == (0, None, 1)
    assert imports.take_up_abandoned() == 0
