"""Two at once: two files of one city, and somebody who changes an entry while a file is carried out."""

import threading

import pytest
from django.db import connections, transaction

from companies.actions import companies, imports, indexing
from companies.actions.imports import carrying_out, writing
from companies.actions.refusals import ChangedMeanwhile
from companies.models import Company, ImportRow
from tests.factories import circulars as cast
from tests.factories.companies import company_of
from tests.factories.imports import NOW, checked
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(settings):
    """What is asked for waits until somebody does it."""

    def ask(run):
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
        return imports.carry_out(run, by=cast.lead("Aachen"), at=NOW)

    return ask


def two_files():
    return [
        checked(["Firma", "Mitarbeiter"], ["Nadel GmbH", size], ["Faden GmbH", size]) for size in ("10", "20")
    ]


def test_two_files_of_one_city_are_carried_out_one_after_the_other(asked):
    first, second = map(asked, two_files())
    _outcome, waited = at_once(lambda: imports.work(first.pk), lambda: imports.work(second.pk))
    first.refresh_from_db(), second.refresh_from_db()
    assert (waited, first.state, second.state) == (True, "done", "checked")
    assert second.report["meanwhile"] == [2, 3]
    assert [row.differences for row in ImportRow.objects.filter(run=second)] == [{"employees": [10, 20]}] * 2
    assert list(Company.objects.values_list("employees", flat=True)) == [10, 10]


def test_without_the_lock_every_company_would_be_entered_twice(asked, monkeypatch):
    monkeypatch.setattr(carrying_out, "hold_cities", lambda run: None)
    first, second = map(asked, two_files())
    _outcome, waited = at_once(lambda: imports.work(first.pk), lambda: imports.work(second.pk))
    assert (waited, Company.objects.count()) == (False, 4)


def edited(entry):
    with transaction.atomic():
        companies.change(entry, values={"employees": 99}, by=cast.lead("Aachen"), at=NOW)


@pytest.fixture
def entry():
    return company_of(registered_name="Nadel GmbH", employees=1)


def test_an_edit_that_is_not_written_yet_is_not_overwritten(asked, entry):
    run = asked(checked(["Firma", "Mitarbeiter"], ["Nadel GmbH", "10"], ["Faden GmbH", "20"]))
    _outcome, waited = at_once(lambda: edited(entry), lambda: imports.work(run.pk))
    run.refresh_from_db(), entry.refresh_from_db()
    assert (waited, run.state, run.report["meanwhile"], entry.employees) == (True, "checked", [2], 99)
    assert Company.objects.count() == 1


def test_without_looking_at_the_revision_it_would_be(asked, entry, monkeypatch):
    monkeypatch.setattr(writing, "UPDATE", writing.UPDATE.replace("AND company.revision = r.revision", ""))
    run = asked(checked(["Firma", "Mitarbeiter"], ["Nadel GmbH", "10"]))
    at_once(lambda: edited(entry), lambda: imports.work(run.pk))
    entry.refresh_from_db()
    assert entry.employees == 10


def test_who_edits_while_a_file_is_carried_out_hears_of_it(asked, entry):
    run = asked(checked(["Firma", "Mitarbeiter"], ["Nadel GmbH", "10"]))

    def edit():
        return companies.change(entry, values={"employees": 99}, revision=1, by=cast.lead("Aachen"), at=NOW)

    outcome, waited = at_once(lambda: imports.work(run.pk), edit)
    entry.refresh_from_db()
    assert (type(outcome), waited, entry.employees) == (ChangedMeanwhile, True, 10)


def test_the_same_number_entered_at_the_same_moment_stops_the_import(asked):
    heads = ["Firma", "Handelsregisternummer"]
    run = asked(checked(heads, ["Nadel GmbH", "Aachen HRB 1"], ["Faden GmbH", ""]))
    values = {
        "registered_name": "Öse KG",
        "register_kind": "handelsregister",
        "register_number": "Aachen HRB 1",
    }

    def enter():
        companies.enter(cast.city("Aachen"), values=values, by=cast.lead("Aachen"), at=NOW)

    _outcome, waited = at_once(enter, lambda: imports.work(run.pk))
    run.refresh_from_db()
    assert (waited, run.state, run.report["meanwhile"], Company.objects.count()) == (True, "checked", [2], 1)


def in_a_thread(act):
    def run():
        try:
            act()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(10)


def test_cancelled_before_the_end_nothing_is_written(asked, monkeypatch):
    run = asked(checked(["Firma"], ["Nadel GmbH"], ["Faden GmbH"]))
    index = indexing.index

    def index_and_cancel(ids):
        index(ids)
        in_a_thread(lambda: imports.cancel(run, by=cast.lead("Aachen"), at=NOW))

    monkeypatch.setattr(indexing, "index", index_and_cancel)
    imports.work(run.pk)
    run.refresh_from_db()
    assert (run.state, Company.objects.count()) == ("cancelled", 0)


def test_two_workers_do_not_carry_out_one_import_twice(asked):
    run = asked(checked(["Firma"], ["Nadel GmbH"]))
    at_once(lambda: imports.work(run.pk), lambda: imports.work(run.pk))
    run.refresh_from_db()
    assert (run.state, Company.objects.count()) == ("done", 1)
