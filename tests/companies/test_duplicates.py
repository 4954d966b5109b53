"""Entries that may be the same company: by register number first, then by name and city."""

from datetime import UTC, datetime, timedelta

import pytest

from companies.actions import companies, duplicates
from companies.models import DuplicatePair
from companies.models.likeness import COLUMNS
from companies.permissions import NotKeeper, sight_of
from tests.factories import circulars as cast
from tests.factories.companies import CompanyFactory, company_of, member_city
from tests.factories.people import SecretaryFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 3, 5, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
USCC = {"register_kind": "uscc", "register_number": "91110000600037341L"}
HRB = {"register_kind": "handelsregister", "register_number": "Aachen HRB 4711"}
ROWS = f"SELECT id AS row, {COLUMNS} FROM companies_company WHERE id = ANY(%s)"


def reasons(**values):
    """What speaks for which entry, by its registered name."""
    found = duplicates.candidates({"city": cast.city("Aachen"), **values})
    return {one.company.registered_name: [reason.value for reason in one.reasons] for one in found}


def test_the_register_number_decides_wherever_the_entry_is():
    company_of("Foshan", registered_name="Needles AG", **USCC)
    assert reasons(registered_name="Nadeln GmbH", **USCC) == {"Needles AG": ["number"]}


@pytest.mark.parametrize(
    "name",
    [
        "Müller Maschinenbau GmbH",
        "MUELLER MASCHINENBAU",
        "Muller Maschinenbau GmbH & Co. KG",
        "Müller-Maschinenbau",
    ],
)
def test_a_name_is_the_same_whatever_its_spelling_and_legal_form(name):
    company_of(registered_name="Müller Maschinenbau AG")
    assert reasons(registered_name=name) == {"Müller Maschinenbau AG": ["name"]}


def test_chinese_names_meet_in_both_ways_of_writing_and_without_the_legal_form():
    company_of(registered_name="佛山陶瓷有限公司", name_de="", name_zh="佛山陶瓷")
    assert reasons(registered_name="x", name_zh="佛山陶瓷股份有限公司") == {"佛山陶瓷有限公司": ["name"]}


def test_any_of_the_names_may_meet_any_other():
    company_of(registered_name="Nadel GmbH", name_en="Needle Works")
    assert reasons(registered_name="Needle Works Ltd.") == {"Nadel GmbH": ["name"]}


def test_the_same_name_in_another_city_is_another_company():
    company_of("Foshan", registered_name="Nadel GmbH")
    assert reasons(registered_name="Nadel GmbH") == {}


def test_two_register_numbers_are_two_companies_whatever_their_names():
    company_of(registered_name="Nadel GmbH", **HRB)
    other = {**HRB, "register_number": "Aachen HRB 4712"}
    assert reasons(registered_name="Nadel GmbH", **other) == {}
    assert reasons(registered_name="Nadel GmbH", **USCC) == {"Nadel GmbH": ["name"]}
    assert reasons(registered_name="Nadel GmbH") == {"Nadel GmbH": ["name"]}


def test_what_else_speaks_for_it_is_named():
    company_of(
        registered_name="Nadel GmbH", website="https://www.nadel.example/de/", address="Nadelstr. 5, Aachen",
        founded=1890, **HRB,
    )  # fmt: skip
    found = reasons(
        registered_name="NADEL",
        website="http://nadel.example",
        address="nadelstr 5 aachen",
        founded=1890,
        **HRB,
    )
    assert found == {"Nadel GmbH": ["number", "name", "website", "address", "founded"]}
    assert reasons(registered_name="NADEL", website="http://faden.example", address="") == {
        "Nadel GmbH": ["name"]
    }


def test_nothing_in_common_but_empty_fields_speaks_for_nothing():
    company_of(registered_name="Nadel GmbH")
    assert reasons(registered_name="Faden GmbH", website="", address="") == {}
    assert reasons(registered_name="GmbH") == {}


def test_the_likeliest_comes_first_and_the_entry_itself_is_left_out():
    plain = company_of(registered_name="Nadel GmbH")
    certain = company_of("Foshan", registered_name="Needle", **USCC)
    more = company_of(registered_name="Nadel AG", founded=1890)
    values = {"registered_name": "Nadel", "founded": 1890, **USCC}
    found = duplicates.candidates(values, city=cast.city("Aachen"))
    assert [one.company for one in found] == [certain, more, plain]
    assert [one.is_certain for one in found] == [True, False, False]
    left = duplicates.candidates(values, city=cast.city("Aachen"), exclude=certain)
    assert [one.company for one in left] == [more, plain]


def test_an_entry_that_one_may_not_see_is_no_candidate():
    company_of("Foshan", state="draft", registered_name="Geheim", **USCC)
    member_city("Aachen")
    sight = sight_of(cast.lead("Aachen"), at=NOW)
    assert duplicates.candidates(USCC, city=cast.city("Aachen"), sight=sight) == []
    assert len(duplicates.candidates(USCC, city=cast.city("Aachen"))) == 1


def test_what_was_merged_is_no_candidate():
    into = company_of(registered_name="Nadel GmbH")
    CompanyFactory(
        city=into.city,
        registered_name="Nadel AG",
        state="archived",
        archive_reason="merged",
        merged_into=into,
    )
    assert reasons(registered_name="Nadel") == {"Nadel GmbH": ["name"]}


def test_one_row_and_a_hundred_thousand_are_asked_by_one_rule():
    names = ["Nadel GmbH", "NADEL AG", "Faden", "Faden KG", "Nadel & Faden", "佛山陶瓷有限公司", "佛山陶瓷"]
    rows = [company_of(registered_name=name, website="https://a.example") for name in names]
    rows.append(company_of("Foshan", registered_name="Nadel", **USCC))
    ids = [row.pk for row in rows]
    found = duplicates.for_rows(ROWS, [ids])
    for row in rows:
        alone = duplicates.for_rows(ROWS, [[row.pk]])
        assert sorted(alone) == sorted(one for one in found if one[0] == row.pk)
    pairs = {(row, company) for row, company, _reasons in found if row < company}
    assert pairs == {(ids[0], ids[1]), (ids[2], ids[3]), (ids[5], ids[6])}


def test_on_entry_and_on_change_pairs_are_put_into_the_queue_once():
    first = company_of(registered_name="Nadel GmbH")
    lead = cast.lead("Aachen")
    second = companies.enter(first.city, values={"registered_name": "Faden"}, by=lead, at=NOW)
    assert not DuplicatePair.objects.exists()
    companies.change(second, values={"registered_name": "Nadel"}, by=lead, at=NOW)
    companies.change(second, values={"registered_name": "Nadel AG"}, by=lead, at=NOW + DAY)
    pair = DuplicatePair.objects.get()
    assert (pair.first, pair.second, pair.reasons, pair.state, pair.found_at) == (
        first,
        second,
        ["name"],
        "open",
        NOW,
    )
    assert pair.reason_labels == ["Same name, apart from spelling and legal form"]


def pair_of(name="Aachen", other="Aachen"):
    first = company_of(name, registered_name="Nadel GmbH")
    second = company_of(other, registered_name="Nadel")
    return DuplicatePair.objects.create(first=first, second=second, reasons=["name"], found_at=NOW)


def test_what_was_told_apart_stays_apart():
    pair = pair_of()
    told = duplicates.tell_apart(pair, note=" Father and son ", by=cast.lead("Aachen"), at=NOW)
    assert (told.state, told.decided_by, told.note) == ("different", cast.lead("Aachen"), "Father and son")
    assert duplicates.tell_apart(pair, by=SecretaryFactory(), at=NOW + DAY).decided_at == NOW
    duplicates.note([pair.first_id, pair.second_id], at=NOW)
    assert DuplicatePair.objects.get().state == "different"


def test_a_queue_shows_each_what_she_may_decide():
    own, across = pair_of(), pair_of("Aachen", "Foshan")

    def queue(person):
        return set(duplicates.open_pairs(sight_of(person, at=NOW)))

    assert queue(cast.lead("Aachen")) == {own}
    assert queue(cast.lead("Foshan")) == set()
    assert queue(SecretaryFactory()) == {own, across}
    with pytest.raises(NotKeeper):
        duplicates.tell_apart(across, by=cast.lead("Aachen"), at=NOW)
