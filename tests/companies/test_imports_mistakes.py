"""Every kind of mistake is named with its row, column, value and sentence; what is hidden stays hidden."""

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliance.pages.refusals import Refusal
from companies.actions import imports
from companies.actions.columns import BY_KEY, COLUMNS, Words
from companies.actions.columns.kinds import Mistake
from companies.actions.columns.sentences import SENTENCES, sentence
from companies.models import Company, ImportRow
from companies.states import Verdict
from tests.factories import circulars as cast
from tests.factories.cities import CityFactory
from tests.factories.companies import company_of
from tests.factories.imports import NOW, checked, codes
from tests.factories.people import SecretaryFactory

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def read(key, text, city=None):
    return BY_KEY[key].read(text, Words(city, day=TODAY))


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("id", "x12", "not_our_number"),
        ("registered_name", "x" * 301, "too_long"),
        ("legal_form", "Ges.m.b.H.", "not_in_list"),
        ("translation_de", "perhaps", "not_in_list"),
        ("register_number", "91110000600037341X", "SocialCreditCodeChecksum"),
        ("register_number", "9111000060003734IL", "SocialCreditCodeFormat"),
        ("register_number", "Entenhausen HRB 12", "RegisterCourtUnknown"),
        ("register_number", "HRB 12", "RegisterNumberFormat"),
        ("register_number", "DE123456789", "VatNumberWrong"),
        ("register_number", "12345", "KindNotRecognised"),
        ("city", "Atlantis", "city_unknown"),
        ("website", "no site yet", "not_a_web_address"),
        ("website", "javascript://alert(1)", "not_a_web_address"),
        ("founded", "98", "not_a_year"),
        ("founded", "1850/51", "not_a_year"),
        ("founded", "2019", "year_not_possible"),
        ("employees", "about 20", "not_a_number"),
        ("employees", "-5", "not_a_number"),
        ("employees", "99999999999", "number_too_large"),
        ("turnover_band", "much", "not_in_list"),
        ("export_share", "0.45", "not_a_percentage"),
        ("export_share", "101", "not_a_percentage"),
        ("industry", "9999", "industry_unknown"),
        ("national_code", "x" * 21, "code_too_long"),
        ("products", ";".join(map(str, range(101))), "too_many_parts"),
        ("products", "x" * 201, "too_long"),
        ("languages", "Deutsch; Klingonisch", "part_not_in_list"),
        ("cooperation_forms", "Joint venture, Tea", "part_not_in_list"),
        ("released", "maybe", "not_yes_or_no"),
        ("valid_until", "31.02.2019", "not_a_day"),
        ("valid_until", "soon", "not_a_day"),
        ("long_de", "x" * 10_001, "too_long"),
    ],
)
def test_what_cannot_be_read_is_a_mistake(key, text, code):
    found = read(key, text)
    assert isinstance(found, Mistake)
    assert found.code == code
    for language in ("en", "de", "zh-hans"):
        with translation.override(language):
            assert "%(" not in sentence(found.code, found.params)


@pytest.mark.parametrize(
    ("key", "text", "values"),
    [
        ("legal_form", "有限责任公司", {"legal_form": "cn_limited"}),
        ("register_number", "９１110000 600037341L",
         {"register_kind": "uscc", "register_number": "91110000600037341L"}),
        ("register_number", "AG Köln, HRB 1234",
         {"register_kind": "handelsregister", "register_number": "Köln HRB 1234"}),
        ("register_number", "de 136 695 976", {"register_kind": "vat", "register_number": "DE136695976"}),
        ("website", "www.nadel.example", {"website": "https://www.nadel.example"}),
        ("website", "https://nädel.example/ä", {"website": "https://nädel.example/ä"}),
        ("founded", "1998-03-01", {"founded": 1998}),
        ("founded", "1998年", {"founded": 1998}),
        ("employees", "1.250", {"employees": 1250}),
        ("employees", "12\u202f500", {"employees": 12500}),
        ("export_share", "45 %", {"export_share": 45}),
        ("ownership", "family", {"ownership": "family"}),
        ("ownership", "FAMILIENUNTERNEHMEN", {"ownership": "family"}),
        ("industry", "111", {"industry_id": "0111"}),
        ("industry", "2593 Manufacture of cutlery", {"industry_id": "2593"}),
        ("products", " a ;b；c\nd\\;e;;a", {"products": ["a", "b", "c", "d;e"]}),
        ("languages", "English / 德语、zh", {"languages": ["zh", "de", "en"]}),
        ("released", "JA", {"released": True}),
        ("valid_until", "2019年3月5日", {"valid_until": "2019-03-05"}),
        ("valid_until", "5.3.2019", {"valid_until": "2019-03-05"}),
        ("national_scheme", "GB/T 4754-2017", {"national_scheme": "gbt4754"}),
        ("national_code", "WZ 28.22", {"national_code": "28.22", "national_scheme": "wz2008"}),
        ("national_code", "WZ 2025 28.22", {"national_code": "28.22", "national_scheme": "wz2025"}),
        ("national_code", "NACE Rev. 2.1 28.22", {"national_code": "28.22", "national_scheme": "nace21"}),
        ("national_code", "GB/T 4754-2017 C3516", {"national_code": "C3516", "national_scheme": "gbt4754"}),
        ("national_code", "C 25.73.1", {"national_code": "C 25.73.1"}),
    ],
)  # fmt: skip
def test_what_people_write_is_understood(key, text, values):
    words = Words(day=TODAY)
    if "industry_id" in values:
        values = {"industry_id": words.industry_by_code[values["industry_id"]]}
    assert BY_KEY[key].read(text, words) == values


def test_a_city_is_understood_in_all_its_names():
    city = CityFactory(name_de="Köln", name_en="Cologne", name_zh="科隆")
    for text in ("Köln", "cologne", "科隆", "科隆市", "koeln", " KOLN "):
        assert read("city", text) == {"city_id": city.pk}
        assert read("city", text, city) == {}
    assert read("city", "Bonn", city).code == "another_city"


def test_two_cities_of_one_name_are_told_apart_by_the_name_in_addresses():
    first, second = (
        CityFactory(name_de="Frankfurt"),
        CityFactory.create(name_de="Frankfurt ", slug="frankfurt-oder"),
    )
    assert read("city", "Frankfurt").code == "city_ambiguous"
    assert read("city", first.slug) == {"city_id": first.pk}
    assert read("city", second.slug) == {"city_id": second.pk}


def test_every_mistake_is_named_with_its_column_and_value():
    run = checked(
        ["Firma", "Rechtsform", "Mitarbeiter", "WZ-Code", "Sichtbarkeit", "Stadt"],
        ["", "GmbH", "5", "", "", ""],
        ["Nadel GmbH", "XY", "5", "99.99", "", ""],
        ["Faden AG", "", "x", "", "-", ""],
        ["Öse KG", "", "", "99.99", "", "Bonn"],
        ["Knopf KG", "", "", "99.99", "", ""],
    )
    assert codes(run) == [
        (2, "registered_name", "", "name_missing"),
        (3, "legal_form", "XY", "not_in_list"),
        (4, "employees", "x", "not_a_number"),
        (4, "visibility", "-", "cannot_be_emptied"),
        (5, "city", "Bonn", "another_city"),
        (6, "national_code", "99.99", "code_unknown"),
    ]
    shown = imports.shown(run, ImportRow.objects.filter(run=run))
    assert [(one.column, one.letters, one.value) for one in shown[4]] == [
        ("Mitarbeiter", "C", "x"),
        ("Sichtbarkeit", "E", "-"),
    ]
    assert "WZ 2008" in shown[6][0].sentence


def test_an_archived_entry_is_kept_as_it_is():
    company_of(registered_name="Nadel GmbH", state="archived", employees=5)
    assert codes(checked(["Firma", "Mitarbeiter"], ["Nadel GmbH", "6"])) == [
        (2, "registered_name", "", "archived")
    ]


def test_a_number_of_another_entry_is_named():
    first = company_of(registered_name="Nadel GmbH")
    company_of(registered_name="Faden AG", register_kind="handelsregister", register_number="Aachen HRB 1")
    run = checked(["Unsere Nummer", "Handelsregisternummer"], [first.pk, "Aachen HRB 1"])
    assert codes(run) == [(2, "register_number", "Aachen HRB 1", "number_of_another")]
    assert "Faden AG" in imports.shown(run, ImportRow.objects.filter(run=run))[2][0].sentence


@pytest.mark.parametrize("state", ["draft", "published"])
def test_entries_of_other_cities_are_not_reached_and_not_named(state):
    other = company_of(
        "Bonn", registered_name="Geheim GmbH", state=state, visibility="secretariat", employees=5,
        register_kind="handelsregister", register_number="Bonn HRB 1",
    )  # fmt: skip
    heads = ["Unsere Nummer", "Firma", "Handelsregisternummer", "Mitarbeiter"]
    run = checked(
        heads, [other.pk, "A", "", "6"], [other.pk + 999, "B", "", "6"], ["", "C", "Bonn HRB 1", "6"],
        ["", "Geheim GmbH", "", "6"],
    )  # fmt: skip
    assert [found[3] for found in codes(run)] == [
        "no_such_entry",
        "no_such_entry",
        "number_not_possible_here",
    ]
    rows = list(ImportRow.objects.filter(run=run))
    first, second, third = (imports.shown(run, rows)[number][0] for number in (2, 3, 4))
    assert first.sentence == second.sentence
    assert "Geheim" not in third.sentence
    assert rows[3].verdict == Verdict.NEW
    assert [(row.candidates, row.differences) for row in rows] == [([], {})] * 4
    imports.leave_out(rows[:3], by=cast.lead("Aachen"), at=NOW)
    imports.carry_out(run, by=cast.lead("Aachen"), at=NOW)
    other.refresh_from_db()
    assert (other.employees, other.revision) == (5, 1)


def test_a_company_does_not_move_by_a_file():
    by, company = SecretaryFactory(), company_of(registered_name="Nadel GmbH")
    company_of("Bonn")
    run = checked(["ID of the entry", "City"], [company.pk, "Bonn"], city=None, by=by)
    assert [found[3] for found in codes(run)] == ["moves_away"]


def test_every_sentence_is_reached_by_some_column_or_rule():
    assert {column.key for column in COLUMNS} == set(BY_KEY)
    assert all(str(text) for text in SENTENCES.values())


HEADS = [column.heads["de"][0] for column in COLUMNS] + ["Bemerkung", ""]
CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", "-", "GmbH", "Aachen", "Bonn", "1", "45", "2019", "Aachen HRB 1", "91110000600037341L", "ja",
         "WZ 28.22", "2822",
         "EUR", "de; en", "\x00", "\ud800", "=1+1", "Nadel GmbH", "9" * 30, "٣", "2018-01-01", "x" * 400],
    ),
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    heads=st.lists(st.sampled_from(HEADS), min_size=1, max_size=8, unique=True),
    rows=st.lists(st.lists(CELLS, min_size=8, max_size=8), min_size=1, max_size=4),
)
def test_whatever_a_sheet_says_it_comes_in_whole_or_not_at_all(heads, rows):
    before = set(Company.objects.values_list("pk", flat=True))
    by = cast.lead("Aachen") if before else (company_of(registered_name="Nadel GmbH"), cast.lead("Aachen"))[1]
    before = set(Company.objects.values_list("pk", flat=True))
    texts = [
        [cell.encode("utf-8", "replace").decode().replace("\0", "") for cell in row[: len(heads)]]
        for row in rows
    ]
    try:
        run = checked(heads, *texts)
    except Refusal:
        return
    assert run.state == "checked", run.report
    imports.leave_out(ImportRow.objects.filter(run=run).open(), by=by, at=NOW)
    entered = ImportRow.objects.filter(run=run, verdict=Verdict.NEW, left_out=False).count()
    try:
        run = imports.carry_out(run, by=by, at=NOW)
    except Refusal:
        return
    assert run.state == "done", run.report
    assert Company.objects.count() == len(before) + entered


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=CELLS, column=st.sampled_from(COLUMNS))
def test_no_text_makes_a_column_fail(text, column):
    found = column.read(text, Words(day=TODAY))
    assert isinstance(found, Mistake | dict)
    if isinstance(found, Mistake):
        sentence(found.code, found.params)
