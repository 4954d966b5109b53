"""The pages on which a file of companies comes in."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from alliance.pages.sheets.reading import open_sheet
from alliance.pages.sheets.refusals import SheetHasOnlyHeads
from companies.actions import companies as keeping
from companies.actions import imports
from companies.actions.columns import COLUMNS
from companies.models import Company, Import, ImportRow
from companies.states import CompanyState, ImportState
from companies.views.imports_verbs import example_of
from tests.factories import circulars as cast
from tests.factories.companies import company_of, member_city
from tests.factories.imports import begun, checked, csv_file, done
from tests.factories.people import SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db
S = ImportState
HEADS = ["Firma", "Handelsregisternummer", "Mitarbeiter"]


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def officer(client):
    member_city("Aachen")
    person = cast.lead("Aachen")
    person.language = "en"
    person.save()
    client.force_login(person)
    return client


def address(name, run, *more):
    return reverse(f"companies:{name}", args=[run.pk, *more])


def page(client, run):
    return client.get(run.get_absolute_url()).content.decode()


def upload(client, content=b"Firma;Mitarbeiter\nNadel GmbH;12\n", name="firmen.csv", **data):
    file = ContentFile(content, name=name)
    return client.post(reverse("companies:import_new"), {"city": "aachen", "file": file, **data})


def test_a_file_is_brought_checked_and_carried_out(officer):
    answer = upload(officer)
    run = Import.objects.get()
    assert answer.url == run.get_absolute_url()
    assert "What does each column say?" in page(officer, run)
    officer.post(address("import_columns", run), {"column_0": "registered_name", "column_1": "employees"})
    run.refresh_from_db()
    assert (run.state, run.counts) == ("checked", {"new": 1})
    assert "Shall the import be carried out?" in page(officer, run)
    answer = officer.post(address("import_carry_out", run), {"new_ones": "drafts"})
    run.refresh_from_db()
    assert (answer.url, run.state) == (run.get_absolute_url(), S.DONE)
    company = Company.objects.get()
    assert (company.registered_name, company.state) == ("Nadel GmbH", CompanyState.DRAFT)
    assert "Entered: 1. Changed: 0." in page(officer, run)
    officer.post(address("import_undo", run))
    run.refresh_from_db()
    assert (run.state, Company.objects.exists()) == (S.UNDONE, False)


def test_new_companies_are_published_where_the_person_says_so(officer, now):
    run = checked(HEADS, ["Nadel GmbH", "", "3"], at=now)
    until = (now + timedelta(days=100)).date()
    officer.post(address("import_carry_out", run), {"new_ones": "published", "publish_until": until})
    company = Company.objects.get()
    assert (company.state, company.valid_until) == (CompanyState.PUBLISHED, until)


@pytest.mark.parametrize(
    ("data", "field", "code"),
    [
        ({}, "new_ones", "required"),
        ({"new_ones": "published"}, "publish_until", ""),
        ({"new_ones": "published", "publish_until": "tomorrow"}, "publish_until", "invalid"),
        ({"new_ones": "all"}, "new_ones", "invalid_choice"),
    ],
)
def test_what_is_asked_before_it_is_carried_out(officer, now, data, field, code):
    run = checked(HEADS, ["Nadel GmbH", "", "3"], at=now)
    answer = officer.post(address("import_carry_out", run), data)
    errors = answer.context["form"].errors.as_data()
    assert {name: [one.code or "" for one in found] for name, found in errors.items()} == {field: [code]}
    assert not Company.objects.exists()


def test_the_refusal_of_a_day_in_the_past_stands_on_the_form(officer, now):
    run = checked(HEADS, ["Nadel GmbH", "", "3"], at=now)
    answer = officer.post(
        address("import_carry_out", run), {"new_ones": "published", "publish_until": "2018-01-01"}
    )
    assert len(answer.context["form"].non_field_errors()) == 1
    assert not Company.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "leer.csv", "is empty"),
        (b"%PDF-1.7 x", "firmen.xlsx", "is not"),
        (b"Firma\n", "kopf.csv", "only"),
    ],
)
def test_a_bad_file_is_named_beside_the_field(officer, content, name, code):
    answer = upload(officer, content, name)
    errors = answer.context["form"].errors
    assert set(errors) == {"file"}
    assert len(errors["file"]) == 1
    assert not Import.objects.exists()


def test_an_officer_brings_files_of_her_own_city_only(officer):
    member_city("Bonn")
    answer = upload(officer, city="bonn")
    assert set(answer.context["form"].errors) == {"city"}
    assert not Import.objects.exists()


def test_the_secretariat_may_bring_files_of_many_cities(client):
    member_city("Aachen")
    client.force_login(SecretaryFactory())
    answer = upload(client, b"Firma;Stadt\nNadel GmbH;Aachen\n", city="")
    assert answer.status_code == 302
    assert Import.objects.get().city is None


def test_columns_that_make_no_sense_are_refused_and_kept(officer):
    run = begun(["Betrieb", "Kopfzahl"], ["Nadel GmbH", "12"])
    answer = officer.post(address("import_columns", run), {"column_0": "", "column_1": "employees"})
    form = answer.context["form"]
    assert len(form.non_field_errors()) == 1
    assert form["column_1"].value() == "employees"
    run.refresh_from_db()
    assert run.state == S.UPLOADED


def test_an_unknown_column_is_refused(officer):
    run = begun(["Firma"], ["Nadel GmbH"])
    answer = officer.post(address("import_columns", run), {"column_0": "nonsense"})
    assert set(answer.context["form"].errors) == {"column_0"}


def test_the_first_values_help_to_recognise_a_column(officer):
    run = begun(["Betrieb", "Kopfzahl"], ["Nadel GmbH", "12"], ["Faden AG", "7"])
    lines = officer.get(run.get_absolute_url()).context["form"].lines
    assert [(line["head"], line["samples"]) for line in lines] == [
        ("Betrieb", ["Nadel GmbH", "Faden AG"]),
        ("Kopfzahl", ["12", "7"]),
    ]


def wrong_run(now):
    return checked(HEADS, ["Nadel GmbH", "HRB", "viele"], ["Faden AG", "", "12"], at=now)


def test_every_mistake_stands_with_row_column_value_and_sentence(officer, now):
    run = wrong_run(now)
    lines = officer.get(address("import_rows", run), {"kind": "mistake"}).context["lines"]
    assert [line["row"].number for line in lines] == [2]
    shown = [(one.column, one.letters, one.value, bool(one.sentence)) for one in lines[0]["shown"]]
    assert shown == [("Handelsregisternummer", "B", "HRB", True), ("Mitarbeiter", "C", "viele", True)]


def test_a_row_is_put_right_in_place(officer, now):
    run = wrong_run(now)
    url = address("import_row", run, 2)
    form = officer.get(url).context["form"]
    assert list(form.fields) == ["register_number", "employees", "registered_name"]
    assert set(form.wrong) == {"register_number", "employees"}
    cells = {"registered_name": "Nadel GmbH", "register_number": "Aachen HRB 4711", "employees": "many"}
    assert officer.post(url, cells).url == url
    assert set(officer.get(url).context["form"].wrong) == {"employees"}
    assert officer.post(url, cells | {"employees": "30"}).url == run.get_absolute_url()
    run.refresh_from_db()
    assert run.counts == {"new": 2}


def test_rows_are_left_out_and_taken_in_again(officer, now):
    run = wrong_run(now)
    officer.post(address("import_row_leave_out", run, 2))
    run.refresh_from_db()
    assert run.counts == {"left_out": 1, "new": 1}
    officer.post(address("import_row_take_in", run, 2))
    run.refresh_from_db()
    assert run.counts == {"mistake": 1, "new": 1}
    officer.post(address("import_leave_out", run))
    run.refresh_from_db()
    assert run.counts == {"left_out": 1, "new": 1}


def test_it_is_not_carried_out_while_rows_are_wrong(officer, now):
    run = wrong_run(now)
    answer = officer.post(address("import_carry_out", run), {"new_ones": "drafts"})
    assert len(answer.context["form"].non_field_errors()) == 1
    assert not Company.objects.exists()


def test_changes_stand_before_and_after(officer, now):
    company = company_of(registered_name="Nadel GmbH", employees=5)
    run = checked(HEADS, ["Nadel GmbH", "", "12"], at=now)
    line = officer.get(address("import_rows", run)).context["lines"][0]
    assert [(one.key, one.before, one.after) for one in line["changes"]] == [("employees", "5", "12")]
    assert line["company"] == company


def test_a_perhaps_duplicate_is_settled(officer, now):
    entry = company_of(registered_name="Nadel GmbH")
    run = checked(HEADS, ["Nadel AG", "", "5"], at=now)
    row = ImportRow.objects.get(run=run)
    assert (row.verdict, row.candidates) == ("duplicate", [entry.pk])
    line = officer.get(address("import_row", run, 2)).context["line"]
    assert line["candidates"] == [entry]
    officer.post(address("import_row_settle", run, 2), {"company": ""})
    row.refresh_from_db()
    assert row.verdict == "duplicate"
    officer.post(address("import_row_settle", run, 2), {"company": "new"})
    row.refresh_from_db()
    assert row.verdict == "new"


def test_cancelled_it_stays_cancelled(officer, now):
    run = checked(HEADS, ["Nadel GmbH", "", "5"], at=now)
    officer.post(address("import_cancel", run))
    officer.post(address("import_cancel", run))
    run.refresh_from_db()
    assert run.state == S.CANCELLED
    assert "Nothing was written." in page(officer, run)


def test_what_somebody_has_changed_is_not_undone(officer, now):
    run = done(HEADS, ["Nadel GmbH", "", "5"], at=now)
    company = Company.objects.get()
    keeping.change(company, values={"employees": 6}, by=cast.lead("Aachen"), at=now)
    answer = officer.post(address("import_undo", run), follow=True)
    assert [str(message.level_tag) for message in answer.context["messages"]] == ["error"]
    run.refresh_from_db()
    assert (run.state, Company.objects.count()) == (S.DONE, 1)


def test_how_far_it_is_while_it_is_under_way(officer, now):
    run = checked(HEADS, ["Nadel GmbH", "", "5"], at=now)
    Import.objects.filter(pk=run.pk).update(state=S.CHECKING, progress=400, progress_of=1000)
    assert officer.get(run.get_absolute_url()).context["progress"].waiting
    Import.objects.filter(pk=run.pk).update(leased_by="one", leased_until=now + timedelta(minutes=5))
    part = officer.get(run.get_absolute_url(), headers={"HX-Request": "true"})
    progress = part.context["progress"]
    assert (progress.done, progress.total, progress.percent, progress.waiting) == (400, 1000, 40, False)
    assert "<html" not in part.content.decode()


def test_when_it_is_done_the_whole_page_comes_anew(officer, now):
    run = done(HEADS, ["Nadel GmbH", "", "5"], at=now)
    part = officer.get(run.get_absolute_url(), headers={"HX-Request": "true"})
    assert (part.headers["HX-Refresh"], part.content) == ("true", b"")


def test_another_citys_import_is_not_there(client, now):
    member_city("Bonn")
    run = checked(HEADS, ["Geheim GmbH", "", "5"], at=now)
    client.force_login(cast.lead("Bonn"))
    for name in ("import", "import_rows", "import_file", "import_carry_out"):
        assert client.get(address(name, run)).status_code == 404
    assert client.post(address("import_cancel", run)).status_code == 404
    assert client.get(address("import_row", run, 2)).status_code == 404
    assert [line["run"] for line in client.get(reverse("companies:imports")).context["lines"]] == []


def test_management_reads_and_does_nothing(client, now):
    run = checked(HEADS, ["Nadel GmbH", "", "5"], at=now)
    client.force_login(UserFactory(role="management"))
    assert client.get(run.get_absolute_url()).status_code == 200
    assert client.get(address("import_rows", run)).status_code == 200
    assert client.post(address("import_cancel", run)).status_code == 404
    assert client.get(reverse("companies:import_new")).status_code == 404


@pytest.mark.parametrize("name", ["imports", "import_rows"])
def test_as_many_queries_for_one_as_for_three(officer, now, name, django_assert_num_queries, get_queries):
    one = checked(HEADS, ["Eins GmbH", "HRB", "x"], at=now)
    few = get_queries(officer, reverse("companies:imports") if name == "imports" else address(name, one))
    more = checked(HEADS, *(["Zwei", "HRB", "x"], ["Drei", "HRB", "y"], ["Vier", "HRB", "z"]), at=now)
    begun(HEADS, ["Fünf", "", ""], at=now)
    many = get_queries(officer, reverse("companies:imports") if name == "imports" else address(name, more))
    assert few == many


@pytest.fixture
def get_queries():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(client, url):
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    return count


def test_rows_as_a_file_say_what_is_wrong(officer, now):
    run = wrong_run(now)
    answer = officer.get(address("import_rows", run), {"format": "csv", "kind": "open"})
    lines = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode("utf-8-sig")
    assert [line.split(",")[:2] for line in lines.splitlines()[1:]] == [["2", "Nadel GmbH"]]
    assert "Handelsregisternummer" in lines
    assert "viele" in lines


def test_the_template_is_read_in_again(officer):
    answer = officer.get(reverse("companies:template"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="companies.xlsx"'
    with pytest.raises(SheetHasOnlyHeads):
        open_sheet(ContentFile(answer.content), name="companies.xlsx")


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("de", ["10 bis 50 Millionen", "Familienunternehmen", "Deutsch; Englisch", "nein"]),
        ("zh-hans", ["1000万至5000万", "家族企业", "德文; 英文", "否"]),
    ],
)
def test_examples_of_the_template_are_written_as_people_write_them(language, written):
    with override(language):
        examples = {column.key: example_of(column) for column in COLUMNS}
    assert [examples[key] for key in ("turnover_band", "ownership", "languages", "released")] == written
    assert examples["founded"] == "1998"


def test_the_template_as_csv_is_recognised_whole(officer):
    content = officer.get(reverse("companies:template"), {"format": "csv"}).content
    heads = content.decode("utf-8-sig").splitlines()[0].split(",")
    suggested = imports.suggest([head.strip('"') for head in heads], city=None)
    assert "" not in suggested


def test_the_same_file_goes_back_as_it_came(officer):
    run = begun(["Firma"], ["Nadel GmbH"])
    answer = officer.get(address("import_file", run))
    assert b"".join(answer.streaming_content) == csv_file(["Firma"], ["Nadel GmbH"]).read()


def test_from_the_page_of_a_city_its_companies_are_brought(officer):
    text = officer.get(reverse("companies:city_companies", args=["aachen"])).content.decode()
    link = f"{reverse('companies:import_new')}?city=aachen"
    assert link in text
    assert '<option value="aachen" selected>' in officer.get(link).content.decode()


def test_a_row_says_which_values_a_column_takes(officer):
    run = checked([HEADS[0], "Sichtbar für"], ["Nadel GmbH", "alle Welt"])
    text = officer.get(reverse("companies:import_row", args=[run.pk, 2])).content.decode()
    assert "Possible: Secretariat only · Member cities and institutions · Everybody" in text


def test_a_long_name_does_not_fill_the_heading_of_its_row(officer):
    run = checked(HEADS[:1], ["N" * 320])
    text = officer.get(reverse("companies:import_row", args=[run.pk, 2])).content.decode()
    heading = text.partition("<h1")[2].partition("</h1>")[0]
    assert "N" * 79 + "…" in heading
    assert "N" * 80 not in heading


def test_an_import_that_is_over_leads_on(officer, now):
    run = checked(HEADS[:1], ["Nadel GmbH"], at=now)
    links = [reverse("companies:import_new"), reverse("companies:imports")]
    assert f'<a class="button" href="{links[0]}">' not in page(officer, run)
    officer.post(address("import_cancel", run))
    text = page(officer, run)
    assert f'<a class="button" href="{links[0]}">' in text
    assert f'<a class="button button-secondary" href="{links[1]}">' in text


def test_a_failed_import_says_so_in_german():
    with override("de"):
        assert str(ImportState.FAILED.label) == "Fehlgeschlagen"
