"""A file that comes again: rows that say what was carried out are known without being read."""

from datetime import timedelta

import pytest

from companies.actions import companies, imports
from companies.actions.imports.rows import Reader
from companies.models import Company
from tests.factories import circulars as cast
from tests.factories.companies import company_of
from tests.factories.imports import NOW, checked, codes, done, row_of, verdicts

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)
HEADS = ["Firma", "Handelsregisternummer", "Mitarbeiter"]
ROWS = [["Eins GmbH", "Aachen HRB 1", "1"], ["Zwei GmbH", "", "2"], ["Drei GmbH", "", "3"]]


@pytest.fixture
def read(monkeypatch):
    """The rows that are read, by their numbers."""
    numbers, read = [], Reader.read

    def told(self, row):
        numbers.append(row.number)
        return read(self, row)

    monkeypatch.setattr(Reader, "read", told)
    return numbers


@pytest.fixture
def brought():
    """Carried out: an entry that was there, and two new ones."""
    company_of(registered_name="Eins GmbH", employees=11)
    return done(HEADS, *ROWS)


def test_rows_that_say_the_same_are_known_without_being_read(brought, read):
    run = checked(HEADS, *ROWS, at=LATER)
    assert (read, run.counts) == ([], {"unchanged": 3})
    assert [row_of(run, number).company_id for number in (2, 3, 4)] == [
        row_of(brought, number).company_id for number in (2, 3, 4)
    ]


def test_rows_may_have_moved_and_others_stand_between_them(brought, read):
    run = checked(HEADS, ["Null GmbH", "", "0"], ROWS[2], ["Zwei GmbH", "", "22"], ROWS[0], at=LATER)
    assert read == [2, 4]
    assert verdicts(run) == ["new", "unchanged", "changed", "unchanged"]


def test_an_entry_that_was_changed_since_is_compared_with_its_row(brought, read):
    entry = Company.objects.get(registered_name="Zwei GmbH")
    companies.change(entry, values={"employees": 20}, by=cast.lead("Aachen"), at=NOW)
    run = checked(HEADS, *ROWS, at=LATER)
    assert (read, row_of(run, 3).differences) == ([3], {"employees": [20, 2]})


def test_what_is_known_may_still_be_changed_before_it_is_carried_out(brought):
    run = checked(HEADS, *ROWS, ["Vier GmbH", "", "4"], at=LATER)
    entry = Company.objects.get(registered_name="Zwei GmbH")
    companies.change(entry, values={"employees": 20}, by=cast.lead("Aachen"), at=LATER)
    run = imports.carry_out(run, by=cast.lead("Aachen"), at=LATER)
    assert (run.report["meanwhile"], row_of(run, 3).differences) == ([3], {"employees": [20, 2]})


def test_the_same_row_twice_is_a_mistake(brought):
    run = checked(HEADS, ROWS[0], ROWS[0], at=LATER)
    assert codes(run) == [(3, "registered_name", None, "same_as_row")]


def test_a_row_that_was_corrected_by_hand_is_read(read):
    run = checked(HEADS, ["Eins GmbH", "", "viele"], ROWS[1])
    imports.correct(row_of(run), {"employees": "5"}, by=cast.lead("Aachen"), at=NOW)
    imports.carry_out(run, by=cast.lead("Aachen"), at=NOW)
    read.clear()
    run = checked(HEADS, ["Eins GmbH", "", "viele"], ROWS[1], at=LATER)
    assert (read, verdicts(run)) == ([2], ["mistake", "unchanged"])


def test_other_columns_another_city_and_what_was_undone_are_read(brought, read):
    checked(HEADS, *ROWS, at=LATER, mapping=["registered_name", "register_number", "founded"])
    assert read == [2, 3, 4]
    checked(HEADS, *ROWS, at=LATER, city="Bonn")
    assert read == [2, 3, 4] * 2
    imports.undo(brought, by=cast.lead("Aachen"), at=NOW)
    run = checked(HEADS, *ROWS, at=LATER, mapping=brought.mapping)
    assert (read, verdicts(run)) == ([2, 3, 4] * 3, ["changed", "new", "new"])
