"""A file of companies from the upload to what came of it."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile

from alliance.accounts.permissions import NotPermitted
from companies.actions import companies, imports
from companies.actions.columns import COLUMNS
from companies.actions.imports import refusals
from companies.actions.refusals import ValidityOver, ValidityTooLong
from companies.models import ColumnMemory, Company, Import, ImportRow
from companies.permissions import NotKeeper
from companies.states import ImportState
from tests.factories import circulars as cast
from tests.factories.companies import ContactFactory, company_of, member_city
from tests.factories.imports import NOW, begun, checked, codes, csv_file, done, verdicts
from tests.factories.people import SecretaryFactory

pytestmark = pytest.mark.django_db
S = ImportState
DAY = timedelta(days=1)
USCC = "91110000600037341L"
HEADS = ["Firma", "Rechtsform", "Handelsregisternummer", "Mitarbeiter"]


def row_of(run, number=2):
    return ImportRow.objects.get(run=run, number=number)


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


def test_other_numbers_are_other_companies_whatever_they_are_called():
    company_of(registered_name="Nadel GmbH", register_kind="handelsregister", register_number="Aachen HRB 1")
    run = checked(HEADS, ["Nadel GmbH", "", "Aachen HRB 2", ""])
    assert verdicts(run) == ["new"]


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
