"""What a person says to single rows of a file: put right, left out, a known company or a new one."""

import pytest

from companies.actions import imports
from companies.actions.imports import refusals
from companies.models import Company, DuplicatePair, ImportRow
from tests.factories import circulars as cast
from tests.factories.companies import company_of
from tests.factories.imports import NOW, checked, codes, row_of, verdicts

pytestmark = pytest.mark.django_db
HEADS = ["Firma", "Rechtsform", "Handelsregisternummer", "Mitarbeiter"]


def lead(name="Aachen"):
    return cast.lead(name)


def test_a_cell_may_be_put_right_in_place():
    run = checked(HEADS, ["Nadel GmbH", "Gmbhh", "", "viele"], ["Faden AG", "AG", "", ""])
    assert codes(run) == [
        (2, "legal_form", "Gmbhh", "not_in_list"),
        (2, "employees", "viele", "not_a_number"),
    ]
    with pytest.raises(refusals.RowsOpen):
        imports.carry_out(run, by=lead(), at=NOW)
    row = imports.correct(row_of(run), {"legal_form": "GmbH"}, by=lead(), at=NOW)
    assert (row.verdict, [mistake[0] for mistake in row.mistakes]) == ("mistake", ["employees"])
    row = imports.correct(row, {"employees": "12"}, by=lead(), at=NOW)
    assert (row.verdict, row.mistakes, row.corrected) == ("new", [], True)
    imports.carry_out(run, by=lead(), at=NOW)
    assert list(Company.objects.order_by("pk").values_list("registered_name", "legal_form", "employees")) == [
        ("Faden AG", "ag", None),
        ("Nadel GmbH", "gmbh", 12),
    ]


def test_a_good_row_can_be_corrected_too():
    run = checked(HEADS, ["Nadel GmbH", "GmbH", "", "12"])
    row = imports.correct(row_of(run), {"employees": "13"}, by=lead(), at=NOW)
    assert (row.values["employees"], row.values["legal_form"]) == (13, "gmbh")


def test_rows_may_be_left_out_and_taken_in_again():
    run = checked(HEADS, ["Nadel GmbH", "Gmbhh", "", ""], ["Faden AG", "AG", "", ""])
    assert imports.leave_out(ImportRow.objects.filter(run=run).mistaken(), by=lead(), at=NOW) == 1
    run.refresh_from_db()
    assert run.counts == {"left_out": 1, "new": 1}
    assert imports.take_in(row_of(run), by=lead(), at=NOW) == 1
    assert verdicts(run) == ["mistake", "new"]
    imports.leave_out(row_of(run), by=lead(), at=NOW)
    imports.carry_out(run, by=lead(), at=NOW)
    assert Company.objects.get().registered_name == "Faden AG"


def test_two_rows_about_one_company_are_named():
    run = checked(
        HEADS,
        ["Nadel GmbH", "", "Aachen HRB 1", ""],
        ["Faden AG", "", "HRB 1 Aachen", ""],
        ["NADEL AG", "", "", ""],
    )
    assert verdicts(run) == ["new", "mistake", "duplicate"]
    assert codes(run) == [
        (3, "register_number", "Aachen HRB 1", "same_as_row"),
        (4, "registered_name", "NADEL AG", "perhaps_row"),
    ]
    imports.leave_out(row_of(run), by=lead(), at=NOW)
    assert verdicts(run) == ["new", "new", "new"]


def test_what_may_be_a_known_company_is_for_a_person_to_say():
    known = company_of(registered_name="Nadel GmbH", employees=5)
    run = checked(HEADS, ["Nadel AG", "", "", "7"])
    row = row_of(run)
    assert (row.verdict, row.candidates) == ("duplicate", [known.pk])
    told = imports.shown(run, [row])[2][0]
    assert (told.column, told.value, told.company) == ("Firma", "Nadel AG", known.pk)
    assert "“Nadel GmbH”" in told.sentence
    with pytest.raises(refusals.NotACandidate):
        imports.settle(row, company=known.pk + 1, by=lead(), at=NOW)
    assert imports.settle(row, company=None, by=lead(), at=NOW).verdict == "new"
    row = imports.settle(row, company=known.pk, by=lead(), at=NOW)
    assert (row.verdict, row.differences["employees"]) == ("changed", [5, 7])
    imports.carry_out(run, by=lead(), at=NOW)
    known.refresh_from_db()
    assert (Company.objects.count(), known.registered_name, known.employees) == (1, "Nadel AG", 7)


def test_who_is_entered_as_new_all_the_same_stands_in_the_queue_of_duplicates():
    known = company_of(registered_name="Nadel GmbH")
    run = checked(HEADS, ["Nadel AG", "", "", "7"], ["Faden AG", "", "", ""])
    imports.settle(row_of(run), company=None, by=lead(), at=NOW)
    run = imports.carry_out(run, by=lead(), at=NOW)
    pair = DuplicatePair.objects.get()
    assert (run.state, pair.first, pair.second.registered_name) == ("done", known, "Nadel AG")
    imports.undo(run, by=lead(), at=NOW)
    assert (Company.objects.get(), DuplicatePair.objects.count()) == (known, 0)


def test_other_numbers_are_other_companies_whatever_they_are_called():
    company_of(registered_name="Nadel GmbH", register_kind="handelsregister", register_number="Aachen HRB 1")
    run = checked(HEADS, ["Nadel GmbH", "", "Aachen HRB 2", ""])
    assert verdicts(run) == ["new"]
