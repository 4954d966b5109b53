"""Entries that were changed beside an import, and an import taken back."""

from datetime import timedelta

import pytest
import time_machine

from companies.actions import companies, imports
from companies.actions.imports import refusals
from companies.actions.imports.working import Lease, LostLease
from companies.models import Company
from tests.factories import circulars as cast
from tests.factories.companies import ContactFactory, company_of
from tests.factories.imports import NOW, begun, checked, done, row_of, verdicts

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HEADS = ["Firma", "Rechtsform", "Handelsregisternummer", "Mitarbeiter"]


def lead(name="Aachen"):
    return cast.lead(name)


def test_an_entry_that_was_changed_meanwhile_is_named_and_not_overwritten():
    first, second = (
        company_of(registered_name="Eins GmbH", employees=1),
        company_of(registered_name="Zwei GmbH"),
    )
    run = checked(
        ["Firma", "Mitarbeiter", "Website"],
        ["Eins GmbH", "10", ""],
        ["Zwei GmbH", "20", ""],
        ["Drei GmbH", "30", ""],
    )
    companies.change(first, values={"employees": 11}, by=lead(), at=NOW)
    run = imports.carry_out(run, by=lead(), at=NOW)
    assert (run.state, run.report["meanwhile"], Company.objects.count()) == ("checked", [2], 2)
    row = row_of(run)
    assert (row.changed_meanwhile, row.differences, row.revision) == (True, {"employees": [11, 10]}, 2)
    second.refresh_from_db()
    assert second.employees is None
    run = imports.carry_out(run, by=lead(), at=NOW)
    first.refresh_from_db()
    assert (run.state, first.employees, Company.objects.count()) == ("done", 10, 3)


def test_a_row_that_changed_nothing_is_read_again_from_the_file():
    company = company_of(registered_name="Eins GmbH", employees=1)
    run = checked(["Firma", "Mitarbeiter"], ["Eins GmbH", "1"], ["Zwei GmbH", "2"])
    assert (verdicts(run), row_of(run).values) == (["unchanged", "new"], {})
    assert imports.correct(row_of(run), {"employees": "1"}, by=lead(), at=NOW).verdict == "unchanged"
    companies.change(company, values={"employees": 11}, by=lead(), at=NOW)
    run = imports.carry_out(run, by=lead(), at=NOW)
    assert (run.report["meanwhile"], row_of(run).differences) == ([2], {"employees": [11, 1]})


def test_a_company_that_was_entered_meanwhile_is_not_entered_twice():
    run = checked(HEADS, ["Nadel GmbH", "", "Aachen HRB 1", ""], ["Faden AG", "", "", ""])
    number = {"register_kind": "handelsregister", "register_number": "Aachen HRB 1"}
    for values in ({"registered_name": "Nadel GmbH", **number}, {"registered_name": "Faden AG"}):
        companies.enter(cast.city("Aachen"), values=values, by=lead(), at=NOW)
    run = imports.carry_out(run, by=lead(), at=NOW)
    assert (run.state, run.report["meanwhile"], verdicts(run)) == ("checked", [2, 3], ["unchanged"] * 2)
    assert Company.objects.count() == 2


def test_an_import_is_undone_as_a_whole():
    company = company_of(registered_name="Eins GmbH", name_zh="一", employees=5, products=["a"])
    company.refresh_from_db()
    before = {field.attname: getattr(company, field.attname) for field in Company._meta.concrete_fields}
    run = done(
        ["Unsere Nummer", "Firma", "Mitarbeiter", "Produkte", "Umsatz"],
        [company.pk, "Uno GmbH", "6", "b; c", "to_2"], ["", "Zwei GmbH", "7", "", ""], at=NOW - DAY,
    )  # fmt: skip
    run = imports.undo(run, by=lead(), at=NOW)
    assert (run.state, run.undone_at) == ("undone", NOW)
    company.refresh_from_db()
    after = {field.attname: getattr(company, field.attname) for field in Company._meta.concrete_fields}
    assert {name for name in before if before[name] != after[name]} == {"revision"}
    assert Company.objects.get() == company
    assert imports.undo(run, by=lead(), at=NOW).state == "undone"


def test_an_import_whose_companies_were_touched_is_not_undone():
    run = done(["Firma"], ["Eins GmbH"], ["Zwei GmbH"], ["Drei GmbH"])
    first, second, _third = Company.objects.order_by("pk")
    companies.change(first, values={"employees": 11}, by=lead(), at=NOW)
    ContactFactory(company=second)
    with pytest.raises(refusals.Touched) as refused:
        imports.undo(run, by=lead(), at=NOW)
    assert "“Eins GmbH”, “Zwei GmbH”" in refused.value.sentence
    assert Company.objects.count() == 3
    run.refresh_from_db()
    assert run.state == "done"


def test_the_trail_knows_whose_import_it_was():
    from companies.models import CompanyEvent

    run = done(["Firma"], ["Nadel GmbH"])
    event = CompanyEvent.objects.get()
    assert event.pgh_context.metadata == {"user": lead().pk, "company_import": run.pk}


def test_a_worker_says_once_a_second_how_far_it_is_and_hears_then_that_it_was_cancelled(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    run = begun(["Firma"], ["Nadel GmbH"])
    run = imports.set_columns(run, run.mapping, by=lead(), at=NOW)
    with time_machine.travel(NOW, tick=False) as clock:
        lease = Lease(run.pk)
        assert lease.take()
        lease.renew(1, 3)
        assert imports.progress(run).done == 0
        clock.shift(1)
        lease.renew(2, 3)
        assert imports.progress(run).done == 2
        imports.cancel(run, by=lead(), at=NOW)
        clock.shift(1)
        with pytest.raises(LostLease):
            lease.renew(3, 3)
