"""A file of companies from the upload to what came of it."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from alliance.accounts.permissions import NotPermitted
from companies.actions import imports
from companies.actions.columns import COLUMNS
from companies.actions.imports import refusals
from companies.actions.refusals import ValidityOver, ValidityTooLong
from companies.models import ColumnMemory, Company, Import, ImportRow
from companies.permissions import NotKeeper
from companies.states import ImportState
from tests.factories import circulars as cast
from tests.factories.companies import company_of, member_city
from tests.factories.imports import NOW, begun, checked, codes, csv_file, done, row_of, verdicts
from tests.factories.people import SecretaryFactory

pytestmark = pytest.mark.django_db
S = ImportState
HEADS = ["Firma", "Rechtsform", "Handelsregisternummer", "Mitarbeiter"]


def lead(name="Aachen"):
    return cast.lead(name)


def test_the_columns_are_recognised_in_three_languages():
    run = begun(
        ["Firma", "统一社会信用代码", "Web site", "Bemerkung", "Name"], ["Nadel GmbH", "", "", "x", ""]
    )
    assert run.mapping == ["registered_name", "register_number", "website", "", ""]
    assert (run.state, run.filename, run.size > 0, len(run.sha256)) == ("uploaded", "companies.csv", True, 64)


def test_a_city_is_asked_once_what_its_columns_mean():
    run = begun(["Betrieb", "Kopfzahl"], ["Nadel GmbH", "12"])
    assert run.mapping == ["", ""]
    imports.set_columns(run, ["registered_name", "employees"], by=lead(), at=NOW)
    assert begun(["BETRIEB", "Kopfzahl"], ["Faden AG", "3"]).mapping == ["registered_name", "employees"]
    assert begun(["Betrieb", "Kopfzahl"], ["Faden AG", "3"], city="Bonn").mapping == ["", ""]
    assert ColumnMemory.objects.count() == 2


def test_the_same_upload_sent_twice_is_one_import():
    first, second = (begun(["Firma"], ["Nadel GmbH"]) for _time in range(2))
    assert (first, Import.objects.count()) == (second, 1)


def test_new_companies_become_drafts():
    run = checked(HEADS, ["Nadel GmbH", "GmbH", "Aachen HRB 4711", "1.250"], ["Faden AG", "AG", "", ""])
    assert (run.state, verdicts(run), run.counts) == ("checked", ["new", "new"], {"new": 2})
    assert not Company.objects.exists()
    run = imports.carry_out(run, by=lead(), at=NOW)
    assert (run.state, run.done_at) == (S.DONE, NOW)
    first, second = Company.objects.order_by("pk")
    assert (first.registered_name, first.legal_form, first.employees) == ("Nadel GmbH", "gmbh", 1250)
    assert (first.register_kind, first.register_number) == ("handelsregister", "Aachen HRB 4711")
    assert (first.state, first.city, first.entered_by, first.entered_at, first.revision) == (
        "draft", cast.city("Aachen"), lead(), NOW, 1,
    )  # fmt: skip
    assert (second.registered_name, second.employees, second.visibility) == ("Faden AG", None, "members")
    for company in (first, second):
        before = company.sort_name, company.name_keys
        company.save()
        assert (company.sort_name, company.name_keys) == before


def test_they_are_found_at_once():
    done(["Firma"], ["Nadelwerk GmbH"])
    assert Company.objects.get().search.lexemes


def test_they_are_published_where_somebody_vouches_for_them():
    until = date(2018, 9, 30)
    done(["Firma"], ["Nadel GmbH"], publish_until=until)
    company = Company.objects.get()
    assert (company.state, company.valid_until, company.checked_by) == ("published", until, lead())
    assert company.checked_on == date(2018, 3, 5)


@pytest.mark.parametrize(
    ("until", "refusal"), [(date(2018, 3, 4), ValidityOver), (date(2019, 3, 6), ValidityTooLong)]
)
def test_nobody_vouches_for_the_past_or_for_more_than_a_year(until, refusal):
    run = checked(["Firma"], ["Nadel GmbH"])
    with pytest.raises(refusal):
        imports.carry_out(run, publish_until=until, by=lead(), at=NOW)


def test_entries_are_recognised_by_our_number_by_register_number_and_by_name():
    entries = [
        company_of(registered_name="Eins GmbH", employees=1),
        company_of(
            registered_name="Zwei GmbH",
            employees=2,
            register_kind="handelsregister",
            register_number="Aachen HRB 2",
        ),
        company_of(registered_name="Drei GmbH", employees=3),
    ]
    run = checked(
        ["Unsere Nummer", *HEADS],
        [entries[0].pk, "Eins AG", "", "", "10"],
        ["", "Zwei GmbH", "", "HRB 2 Aachen", "20"],
        ["", "DREI GmbH", "", "", "3"],
        ["", "Vier GmbH", "", "", ""],
    )
    assert verdicts(run) == ["changed", "changed", "changed", "new"]
    assert [row_of(run, number).company_id for number in (2, 3, 4)] == [one.pk for one in entries]
    assert row_of(run, 2).differences == {"registered_name": ["Eins GmbH", "Eins AG"], "employees": [1, 10]}
    assert row_of(run, 4).differences == {"registered_name": ["Drei GmbH", "DREI GmbH"]}
    imports.carry_out(run, by=lead(), at=NOW)
    entries[0].refresh_from_db()
    assert (entries[0].registered_name, entries[0].employees, entries[0].state) == (
        "Eins AG",
        10,
        "published",
    )
    assert (entries[0].sort_name, entries[0].changed_at, entries[0].revision) == ("eins ag", NOW, 2)


def test_what_is_not_in_the_file_stays_as_it_is():
    company = company_of(
        registered_name="Eins GmbH", employees=5, website="https://eins.example", short_de="Kurz"
    )
    run = done(["Firma", "Mitarbeiter", "Website"], ["Eins GmbH", "", "-"])
    company.refresh_from_db()
    assert (company.employees, company.website, company.short_de) == (5, "", "Kurz")
    assert run.counts == {"changed": 1}


def test_a_row_that_changes_nothing_writes_nothing():
    company = company_of(registered_name="Eins GmbH", employees=5)
    run = checked(["Firma", "Mitarbeiter"], ["Eins GmbH", "5"])
    assert verdicts(run) == ["unchanged"]
    with pytest.raises(refusals.NothingToCarryOut):
        imports.carry_out(run, by=lead(), at=NOW)
    company.refresh_from_db()
    assert company.revision == 1


def full_company(**values):
    values = {
        "registered_name": "Eins; Zwei GmbH", "latin_name": "Eins", "name_zh": "一", "name_en": "One",
        "legal_form": "gmbh", "register_kind": "handelsregister", "register_number": "Aachen HRB 4711",
        "address": "Am Markt 1", "website": "https://eins.example/a", "founded": 1998, "employees": 12,
        "employees_year": 2017, "turnover_band": "to_50", "turnover_currency": "EUR", "turnover_year": 2016,
        "export_share": 45, "ownership": "family", "national_scheme": "wz2025", "national_code": "28.41",
        "products": ["a; b", "c\\d"], "certificates": ["ISO 9001"], "languages": ["en", "de"],
        "sites_abroad": ["Lyon"], "experience": "trade", "experience_note": "Seit 2012",
        "investment_direction": "both", "investment_band": "to_5",
        "cooperation_forms": ["training", "supply"],
        "short_de": "Kurz", "long_de": "Lang\n\nmit Absatz ", "long_zh": "长", "visibility": "public",
        "released": True, **values,
    }  # fmt: skip
    return company_of(**values)


@pytest.mark.parametrize("language", ["en", "de", "zh-hans"])
def test_what_was_written_out_and_comes_in_again_changes_nothing(language):
    from django.utils import translation

    rows = [
        full_company(),
        company_of(),
        company_of(state="stale"),
        company_of(state="archived"),
        company_of(state="draft"),
    ]
    with translation.override(language):
        heads = [column.label for column in COLUMNS]
        cells = [[column.write(company) for column in COLUMNS] for company in rows]
    run = checked(heads, *cells)
    assert run.mapping == [column.key for column in COLUMNS]
    assert (codes(run), verdicts(run)) == ([], ["unchanged"] * 5)


def test_a_turnover_gets_the_currency_of_the_country_and_a_code_its_classification_and_industry():
    done(
        ["Firma", "Umsatz", "WZ-Code", "Name auf Englisch", "Kurztext auf Deutsch"],
        ["Nadel GmbH", "2 to 10 million", "C 25.73.1", "Needle", "Nadeln"],
        ["Faden AG", "", "", "", ""],
    )
    company, other = Company.objects.order_by("pk")
    assert (company.turnover_band, company.turnover_currency) == ("to_10", "EUR")
    assert (company.national_scheme, company.national_code, company.industry.code) == (
        "wz2008",
        "C 25.73.1",
        "2593",
    )
    assert (company.translation_de, company.translation_en, company.translation_zh) == (
        "original",
        "unchecked",
        "",
    )
    assert (other.turnover_currency, other.national_scheme, other.industry) == ("", "", None)


def test_the_secretariat_brings_files_of_many_cities():
    by = SecretaryFactory()
    member_city("Aachen"), member_city("Bonn")
    run = checked(
        ["Firma", "Stadt"], ["Nadel GmbH", "Aachen"], ["Faden AG", "bonn"], ["Öse KG", ""],
        ["Knopf KG", "Atlantis"],
        city=None, by=by,
    )  # fmt: skip
    assert codes(run) == [(4, "city", "", "city_missing"), (5, "city", "Atlantis", "city_unknown")]
    imports.leave_out(ImportRow.objects.filter(run=run).mistaken(), by=by, at=NOW)
    imports.carry_out(run, by=by, at=NOW)
    assert {company.registered_name: company.city.name for company in Company.objects.all()} == {
        "Nadel GmbH": "Aachen",
        "Faden AG": "Bonn",
    }


def test_only_those_who_keep_the_city_bring_its_files():
    run = checked(["Firma"], ["Nadel GmbH"])
    cast.members("Bonn") if not cast.city("Bonn").places.exists() else None
    stranger, row = cast.lead("Bonn"), row_of(run)
    for ask in (
        lambda: imports.begin(run.city, csv_file(["Firma"], ["A"]), by=stranger, at=NOW),
        lambda: imports.set_columns(run, run.mapping, by=stranger, at=NOW),
        lambda: imports.check(run, by=stranger, at=NOW),
        lambda: imports.correct(row, {}, by=stranger, at=NOW),
        lambda: imports.settle(row, company=None, by=stranger, at=NOW),
        lambda: imports.leave_out(row, by=stranger, at=NOW),
        lambda: imports.take_in(row, by=stranger, at=NOW),
        lambda: imports.carry_out(run, by=stranger, at=NOW),
        lambda: imports.cancel(run, by=stranger, at=NOW),
        lambda: imports.undo(run, by=stranger, at=NOW),
    ):
        with pytest.raises(NotKeeper):
            ask()
    with pytest.raises(NotPermitted):
        imports.begin(None, csv_file(["Firma"], ["A"]), by=lead(), at=NOW)


def test_moves_are_possible_in_their_states_only():
    run = begun(["Firma"], ["Nadel GmbH"])
    for ask in (imports.carry_out, imports.undo):
        with pytest.raises(refusals.ImportNotPossibleNow):
            ask(run, by=lead(), at=NOW)
    imports.set_columns(run, run.mapping, by=lead(), at=NOW)
    assert imports.cancel(run, by=lead(), at=NOW).state == "cancelled"
    assert imports.cancel(run, by=lead(), at=NOW).ended_at == NOW
    for ask in (imports.carry_out, imports.check, imports.undo):
        with pytest.raises(refusals.ImportNotPossibleNow):
            ask(run, by=lead(), at=NOW)
    with pytest.raises(refusals.ImportNotPossibleNow):
        imports.leave_out(row_of(run), by=lead(), at=NOW)


@pytest.mark.parametrize(
    ("mapping", "refusal"),
    [
        (["registered_name", "registered_name"], refusals.ColumnTwice),
        (["registered_name", "shoe_size"], refusals.ColumnUnknown),
        (["employees", ""], refusals.ColumnsMissing),
    ],
)
def test_a_mapping_by_which_no_file_can_be_read_is_refused(mapping, refusal):
    with pytest.raises(refusal):
        checked(["A", "B"], ["1", "2"], mapping=mapping)


def test_a_file_of_many_cities_needs_the_column_that_names_them():
    with pytest.raises(refusals.CityColumnMissing):
        checked(["Firma"], ["Nadel GmbH"], city=None, by=SecretaryFactory())


def test_a_file_that_cannot_be_read_later_says_why():
    run = begun(["Firma"], ["Nadel GmbH"])
    run.file.storage.delete(run.file.name)
    run.file.storage.save(run.file.name, ContentFile(b"%PDF-1.7 renamed"))
    run = imports.set_columns(run, run.mapping, by=lead(), at=NOW)
    assert (run.state, "not a spreadsheet" in run.report["failure"]) == ("failed", True)


def test_progress_says_whether_somebody_is_at_it(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    run = checked(["Firma"], ["Nadel GmbH"])
    found = imports.progress(run, at=NOW)
    assert (found.state, found.waiting, found.percent) == ("checking", True, 0)
    assert imports.take_up_abandoned(at=NOW) == 0
    imports.work(run.pk)
    found = imports.progress(run, at=NOW)
    assert (found.state, found.waiting, found.done, found.total, found.percent) == (
        "checked",
        False,
        1,
        1,
        100,
    )
