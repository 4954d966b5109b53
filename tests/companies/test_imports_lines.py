"""What a new company's row says is kept as the line that enters it, and is read from it again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.actions import imports
from companies.actions.imports.lines import BLANK, COLUMNS, line_of, values_of
from companies.models import Company, ImportRow
from companies.states import Verdict
from tests.factories import circulars as cast
from tests.factories.companies import company_of
from tests.factories.imports import NOW, checked, codes, done, row_of, verdicts

TEXTS = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1
) | st.sampled_from(["\\N", "\\", "a\tb", '"', "\\n", "\r\n", '","', "{}"])
SAID = st.fixed_dictionaries(
    {"registered_name": TEXTS, "city_id": st.integers(1, 2**40)},
    optional={
        "long_de": TEXTS,
        "products": st.lists(TEXTS, min_size=1),
        "employees": st.integers(0, 2**31 - 1),
        "released": st.just(True),
        "valid_until": st.dates(date(1970, 1, 1)).map(date.isoformat),
    },
)


@given(SAID)
def test_a_line_says_what_the_row_says(values):
    line = line_of(values, "", [])
    assert (values_of(line), line.count("\t")) == (values, len(COLUMNS) - 1)


def test_what_a_row_says_as_a_blank_entry_does_is_not_said_again():
    assert values_of(line_of({"name_de": "", "founded": None, "products": []}, "", [])) == {}
    assert BLANK["visibility"] == "members"


@pytest.mark.django_db
def test_whatever_signs_a_row_has_are_entered_as_they_are():
    name, products = 'Na\\del "N" \\N GmbH', ['a "b"; \\c', "d, {e}"]
    done(["Firma", "Produkte"], [name, "; ".join(part.replace(";", "\\;") for part in products)])
    entry = Company.objects.get()
    assert (entry.registered_name, entry.products) == (name, products)


@pytest.mark.django_db
def test_a_day_of_the_row_is_kept_and_the_others_get_the_day_of_all():
    until = NOW.date() + timedelta(days=90)
    done(["Firma", "Gültig bis"], ["Eins AG", "2018-04-01"], ["Zwei AG", ""], publish_until=until)
    assert dict(Company.objects.values_list("registered_name", "valid_until")) == {
        "Eins AG": date(2018, 4, 1),
        "Zwei AG": until,
    }


@pytest.mark.django_db
def test_a_name_that_comes_twice_is_named_as_it_is_written():
    run = checked(["Firma"], ["Na\\del GmbH"], ["NA\\DEL AG"])
    assert codes(run) == [(3, "registered_name", "NA\\DEL AG", "perhaps_row")]


@pytest.mark.django_db
def test_what_a_new_row_empties_is_emptied_once_it_is_about_an_entry():
    run = checked(["Firma", "Handelsregisternummer", "Adresse"], ["Nadel GmbH", "Aachen HRB 1", "-"])
    assert (verdicts(run), row_of(run).values) == (["new"], {})
    company_of(
        registered_name="Anders AG",
        register_kind="handelsregister",
        register_number="Aachen HRB 1",
        address="Markt 1",
    )
    run = imports.carry_out(run, by=cast.lead("Aachen"), at=NOW)
    assert (run.state, run.report["meanwhile"]) == ("checked", [2])
    assert row_of(run).differences["address"] == ["Markt 1", ""]


@pytest.mark.django_db
def test_rows_that_were_checked_before_there_were_lines_are_entered_too():
    run = checked(["Firma"], ["Nadel GmbH"])
    row = row_of(run)
    ImportRow.objects.filter(pk=row.pk).update(values=imports.said_by(row), line="")
    imports.carry_out(run, by=cast.lead("Aachen"), at=NOW)
    assert (Company.objects.get().registered_name, row_of(run).verdict) == ("Nadel GmbH", Verdict.NEW)


@pytest.mark.django_db
def test_a_column_that_only_a_corrected_row_has_leaves_the_rows_of_the_file_as_they_are():
    run = checked(["Firma"], ["Nadel GmbH"], ["Faden GmbH"], ["FADEN AG"])
    assert verdicts(run) == ["new", "new", "duplicate"]
    row = imports.correct(row_of(run), {"employees": "12"}, by=cast.lead("Aachen"), at=NOW)
    assert (row.verdict, row.values["employees"], row.values["registered_name"]) == ("new", 12, "Nadel GmbH")
    imports.leave_out(row_of(run, 3), by=cast.lead("Aachen"), at=NOW)
    assert verdicts(run) == ["new", "new", "new"]
    run.refresh_from_db()
    run = imports.check(run, by=cast.lead("Aachen"), at=NOW)
    assert (run.state, verdicts(run)) == ("checked", ["new", "new", "duplicate"])
