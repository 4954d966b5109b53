"""Entering, changing, publishing, confirming, withdrawing, archiving and restoring entries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from cities.models import Industry
from companies.actions import companies
from companies.actions.refusals import (
    ArchivedIsKept,
    ChangedMeanwhile,
    CityNotConfirmed,
    CompanyRefusal,
    MembershipOver,
    NotPossibleNow,
    RegisterNumberTaken,
    RegisterNumberTakenElsewhere,
    ValidityOver,
    ValidityTooLong,
    ValuesRefused,
)
from companies.models import Company
from companies.permissions import NotKeeper
from companies.states import CompanyState
from tests.factories import circulars as cast
from tests.factories.cities import CityFactory
from tests.factories.companies import CompanyFactory, company_of, member_city
from tests.factories.people import SecretaryFactory
from tests.factories.withdrawals import end_by_hand

pytestmark = pytest.mark.django_db
S = CompanyState
NOW = datetime(2018, 3, 5, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
USCC = "91110000600037341L"


def entered(name="Aachen", *, by=None, at=NOW, **values):
    city = member_city(name)
    values = {"registered_name": "Nadel & Faden GmbH", **values}
    return companies.enter(city, values=values, by=by or cast.lead(name), at=at)


def test_an_entry_begins_as_a_draft_with_what_was_said_about_it():
    company = entered(
        name_de=" Nadel & Faden ", name_zh="针线", short_en="Needles", website="nadel.example",
        register_kind="handelsregister", register_number="hrb 4711, Amtsgericht Aachen",
        products=["Nadeln", " Faden ", "", "Nadeln"], employees=40, employees_year=2017, released=True,
        national_scheme="wz2008", national_code="C 25.73.1",
    )  # fmt: skip
    company = Company.objects.get(pk=company.pk)
    assert (company.state, company.entered_by, company.entered_at) == (S.DRAFT, cast.lead("Aachen"), NOW)
    assert (company.valid_until, company.checked_on) == (None, None)
    assert (company.name_de, company.website) == ("Nadel & Faden", "https://nadel.example")
    assert company.register_number == "Aachen HRB 4711"
    assert company.products == ["Nadeln", "Faden"]
    assert (company.translation_de, company.translation_zh, company.translation_en) == (
        "original",
        "unchecked",
        "unchecked",
    )
    assert company.industry == Industry.objects.get(code="2593")
    assert company.name_keys
    assert company.revision == 1


def test_in_a_chinese_city_the_chinese_texts_are_the_original():
    company = entered("Foshan", registered_name="佛山陶瓷有限公司", name_zh="佛山陶瓷", name_de="Keramik")
    assert (company.translation_zh, company.translation_de) == ("original", "unchecked")


def test_what_is_said_about_a_translation_stays():
    company = entered(name_en="Needles", translation_en="checked", translation_zh="checked")
    assert (company.translation_en, company.translation_zh) == ("checked", "")


REFUSED = [
    ({"registered_name": " "}, "registered_name", "Registered name: This field cannot be blank."),
    (
        {"website": "no site"},
        "website",
        "Web site: Enter a valid URL.",
    ),
    (
        {"export_share": 101},
        "export_share",
        "Export share in percent: Ensure this value is less than or equal to 100.",
    ),
    ({"legal_form": "ltd"}, "legal_form", "Legal form: Value 'ltd' is not a valid choice."),
    ({"founded": 2019}, "founded", "Founded in: please enter a year between 1000 and 2018."),
    (
        {"employees_year": 1950},
        "employees_year",
        "Year of the employees: please enter a year between 1990 and 2018.",
    ),
    ({"turnover_band": "to_2"}, "turnover_currency", "Please say in which currency the turnover is."),
    (
        {"turnover_currency": "EUR"},
        "turnover_band",
        "Please say how large the turnover is, or leave its currency empty too.",
    ),
    ({"national_code": "2570"}, "national_scheme", "Please say from which classification the code is."),
    (
        {"national_scheme": "wz2008"},
        "national_code",
        "Please enter the code in the classification, or leave the classification empty too.",
    ),
    (
        {"national_scheme": "wz2008", "national_code": "99.99.9"},
        "national_code",
        "Check the code, or choose the industry by its name.",
    ),
    (
        {"register_kind": "uscc", "register_number": USCC[:-1] + "M"},
        "register_number",
        "one is mistyped, or two are swapped. Please check it.",
    ),
    ({"languages": ["xx"]}, "languages", "Languages: Item 1 in the array did not validate"),
]


@pytest.mark.parametrize(
    ("values", "field", "sentence"), REFUSED, ids=[next(iter(one[0])) for one in REFUSED]
)
def test_values_that_cannot_be_kept_are_named_by_field(values, field, sentence):
    with pytest.raises(ValuesRefused) as refused:
        entered(**values)
    assert list(refused.value.errors) == [field]
    assert sentence in refused.value.errors[field][0]
    assert sentence in refused.value.sentence
    assert not Company.objects.exists()


def test_several_mistakes_are_named_together():
    with pytest.raises(ValuesRefused) as refused:
        entered(founded=999, export_share=300, turnover_band="to_2")
    assert set(refused.value.errors) == {"founded", "export_share", "turnover_currency"}


def test_what_follows_from_moves_is_not_entered():
    with pytest.raises(ValueError, match="state"):
        entered(state="published")


def test_a_register_number_is_there_once():
    first = entered(register_kind="uscc", register_number=USCC)
    with pytest.raises(RegisterNumberTaken, match="“Nadel & Faden GmbH” in Aachen") as refused:
        entered(registered_name="Other GmbH", register_kind="uscc", register_number=f" {USCC.lower()} ")
    assert "merge the two" in refused.value.sentence
    other = entered(registered_name="Other GmbH")
    with pytest.raises(RegisterNumberTaken):
        companies.change(
            other, values={"register_kind": "uscc", "register_number": USCC}, by=cast.lead("Aachen"), at=NOW
        )
    assert list(Company.objects.filter(register_number=USCC)) == [first]


@pytest.mark.parametrize(("state", "named"), [("draft", False), ("archived", False), ("published", True)])
def test_the_entry_of_another_city_is_named_only_to_who_sees_it(state, named):
    company_of("Foshan", state=state, registered_name="Geheim AG", register_kind="uscc", register_number=USCC)
    expected = RegisterNumberTaken if named else RegisterNumberTakenElsewhere
    with pytest.raises(expected) as refused:
        entered(register_kind="uscc", register_number=USCC)
    assert ("Geheim" in refused.value.sentence) == named
    with pytest.raises(RegisterNumberTaken, match="Geheim"):
        entered(by=SecretaryFactory(), register_kind="uscc", register_number=USCC)


def test_a_change_is_written_once_and_only_where_something_differs():
    company = entered(employees=40)
    changed = companies.change(company, values={"employees": 41}, by=cast.lead("Aachen"), at=NOW + DAY)
    assert (changed.employees, changed.revision, changed.changed_at) == (41, 2, NOW + DAY)
    same = companies.change(company, values={"employees": 41}, by=cast.lead("Aachen"), at=NOW + 2 * DAY)
    assert (same.revision, same.changed_at) == (2, NOW + DAY)


def test_a_change_on_top_of_somebody_elses_is_refused():
    company = entered(employees=40)
    Company.objects.filter(pk=company.pk).update(founded=1900)
    with pytest.raises(ChangedMeanwhile, match="was changed by somebody else since you opened it"):
        companies.change(company, values={"employees": 41}, revision=1, by=cast.lead("Aachen"), at=NOW)
    changed = companies.change(company, values={"employees": 41}, revision=2, by=cast.lead("Aachen"), at=NOW)
    assert (changed.employees, changed.founded) == (41, 1900)


def test_a_text_taken_out_takes_its_translation_state_along():
    company = entered(name_zh="针线", translation_zh="checked")
    changed = companies.change(company, values={"name_zh": ""}, by=cast.lead("Aachen"), at=NOW)
    assert changed.translation_zh == ""


def test_who_keeps_both_cities_moves_a_company():
    company, foshan = entered(), member_city("Foshan")
    with pytest.raises(NotKeeper):
        companies.change(company, values={}, city=foshan, by=cast.lead("Aachen"), at=NOW)
    moved = companies.change(company, values={}, city=foshan, by=SecretaryFactory(), at=NOW)
    assert (moved.city, moved.revision) == (foshan, 2)


def test_published_it_is_valid_for_twelve_months_and_checked():
    company = companies.publish(entered(), by=cast.lead("Aachen"), at=NOW)
    assert (company.state, company.valid_until) == (S.PUBLISHED, date(2019, 3, 5))
    assert (company.checked_by, company.checked_on) == (cast.lead("Aachen"), date(2018, 3, 5))
    again = companies.publish(company, by=cast.lead("Aachen"), at=NOW + DAY)
    assert (again.valid_until, again.revision) == (date(2019, 3, 5), company.revision)


def test_the_day_is_that_of_the_alliances_zone():
    late = datetime(2018, 3, 5, 17, 0, tzinfo=UTC)
    assert companies.publish(entered(), by=None, at=late).valid_until == date(2019, 3, 6)


def test_twelve_months_from_a_leap_day_end_on_the_last_of_february():
    at = datetime(2020, 2, 29, 9, 0, tzinfo=UTC)
    assert companies.publish(entered(), by=None, at=at).valid_until == date(2021, 2, 28)


@pytest.mark.parametrize(
    ("until", "refusal", "sentence"),
    [
        (date(2018, 3, 4), ValidityOver, "before today. Please choose a later day."),
        (date(2019, 3, 6), ValidityTooLong, "twelve months at most, so until 5 March 2019"),
        (date(2018, 3, 5), None, ""),
        (date(2019, 3, 5), None, ""),
    ],
)
@pytest.mark.parametrize("move", ["publish", "confirm"])
def test_a_validity_lies_within_the_twelve_months(move, until, refusal, sentence):
    company = entered()
    if move == "confirm":
        companies.publish(company, by=None, at=NOW - DAY)
    act = getattr(companies, move)
    if refusal is None:
        assert act(company, valid_until=until, by=None, at=NOW).valid_until == until
        return
    with pytest.raises(refusal, match=sentence):
        act(company, valid_until=until, by=None, at=NOW)


@pytest.mark.parametrize("state", [S.PUBLISHED, S.STALE])
def test_one_confirmation_extends_by_twelve_months(state):
    company = company_of(state=state, valid_until=date(2018, 3, 1))
    confirmed = companies.confirm(company, by=cast.lead("Aachen"), at=NOW)
    assert (confirmed.state, confirmed.valid_until) == (S.PUBLISHED, date(2019, 3, 5))
    assert (confirmed.checked_by, confirmed.checked_on) == (cast.lead("Aachen"), date(2018, 3, 5))
    again = companies.confirm(company, by=SecretaryFactory(), at=NOW + timedelta(hours=1))
    assert (again.checked_by, again.revision) == (cast.lead("Aachen"), confirmed.revision)


def test_withdrawn_it_is_a_draft_that_others_do_not_see():
    company = companies.withdraw(company_of(), by=cast.lead("Aachen"), at=NOW)
    assert company.state == S.DRAFT
    assert companies.withdraw(company, by=cast.lead("Aachen"), at=NOW).revision == company.revision


def test_archived_with_a_reason_and_restored_as_a_draft():
    company = company_of()
    archived = companies.archive(company, reason="other", note=" Moved away ", by=cast.lead("Aachen"), at=NOW)
    assert (archived.state, archived.archived_at) == (S.ARCHIVED, NOW)
    assert (archived.archive_reason, archived.archive_note) == ("other", "Moved away")
    again = companies.archive(company, reason="other", note="x", by=cast.lead("Aachen"), at=NOW + DAY)
    assert again.archived_at == NOW
    with pytest.raises(NotPossibleNow):
        companies.archive(company, reason="closed_down", by=cast.lead("Aachen"), at=NOW)
    with pytest.raises(ArchivedIsKept, match="Restore it first"):
        companies.change(company, values={"employees": 3}, by=cast.lead("Aachen"), at=NOW)
    restored = companies.restore(company, by=cast.lead("Aachen"), at=NOW)
    assert (restored.state, restored.archived_at, restored.archive_reason) == (S.DRAFT, None, "")
    assert restored.archive_note == ""
    assert companies.restore(company, by=cast.lead("Aachen"), at=NOW).revision == restored.revision


@pytest.mark.parametrize(
    ("reason", "note", "sentence"),
    [
        ("", "", "Please choose why the entry is archived."),
        ("boredom", "", "Please choose why the entry is archived."),
        ("other", " ", "Please say in the note for which other reason"),
        ("merged", "", "This reason is set by itself"),
        ("membership_ended", "", "This reason is set by itself"),
    ],
)
def test_archiving_needs_a_reason_that_a_person_can_give(reason, note, sentence):
    company = company_of()
    with pytest.raises(CompanyRefusal, match=sentence):
        companies.archive(company, reason=reason, note=note, by=SecretaryFactory(), at=NOW)
    assert Company.objects.get().state == S.PUBLISHED


def test_in_a_city_that_is_not_confirmed_nothing_is_entered():
    city = CityFactory(confirmed_at=None, name_de="Neustadt")
    with pytest.raises(CityNotConfirmed, match="Neustadt is not confirmed in the register yet"):
        companies.enter(city, values={"registered_name": "x"}, by=SecretaryFactory(), at=NOW)


def test_the_secretariat_enters_companies_of_cities_that_are_no_members():
    company = companies.enter(CityFactory(), values={"registered_name": "x"}, by=SecretaryFactory(), at=NOW)
    assert companies.publish(company, by=SecretaryFactory(), at=NOW).state == S.PUBLISHED


@pytest.mark.parametrize("move", ["enter", "publish", "confirm", "restore"])
def test_in_a_city_that_has_left_entries_are_kept_for_the_record_only(move):
    states = {"publish": "draft", "confirm": "stale", "restore": "archived", "enter": "draft"}
    company = company_of(state=states[move])
    end_by_hand(company.city.places.get(), date(2018, 3, 5))
    what = (
        {"city": company.city, "values": {"registered_name": "x"}}
        if move == "enter"
        else {"company": company}
    )
    with pytest.raises(MembershipOver, match="The membership of Aachen has ended"):
        getattr(companies, move)(**what, by=SecretaryFactory(), at=NOW)


def test_names_make_the_keys_under_which_duplicates_meet():
    company = CompanyFactory(registered_name="Müller Maschinenbau GmbH")
    companies.change(company, values={"registered_name": "Schulze AG"}, by=None, at=NOW)
    assert Company.objects.get().name_keys != company.name_keys


@pytest.mark.parametrize(
    ("registered", "names", "shown"),
    [
        ("Jäckel GmbH", {"name_en": "Eagle"}, {"de": "Jäckel GmbH", "en": "Eagle", "zh-hans": "Eagle"}),
        ("东方陶瓷", {"name_en": "Orient"}, {"de": "Orient", "en": "Orient", "zh-hans": "东方陶瓷"}),
        ("Nadel GmbH", {"name_zh": "纳德尔"}, {"de": "Nadel GmbH", "en": "纳德尔", "zh-hans": "纳德尔"}),
    ],
)  # fmt: skip
def test_the_registered_name_stands_before_a_translation_where_its_script_is_read(registered, names, shown):
    company = Company(registered_name=registered, **names)
    for language, name in shown.items():
        with override(language):
            assert company.name == name
