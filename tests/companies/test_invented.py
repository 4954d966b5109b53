"""Invented firms: the same for the same seed, right in their form, nobody's."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from stdnum.cn import uscc
from stdnum.de import handelsregisternummer

from cities.models import City
from companies.management import invented
from companies.management.invented.firms import credit_code, register_entry
from companies.models import Company
from companies.states import CompanyState, RegisterKind
from tests.factories.cities import CityFactory

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)


@pytest.fixture
def seats(db):
    return [
        CityFactory(country="DE", slug="koeln", name_de="Köln", name_zh="科隆", name_en="Cologne"),
        CityFactory(country="CN", slug="foshan", name_zh="佛山市", name_en="Foshan", official_code="440600"),
    ]


def some(cities, number, *, seed=7, day=DAY):
    return list(islice(invented.invented(cities, seed=seed, day=day), number))


def test_the_same_seed_makes_the_same_firms(seats):
    assert some(seats, 50) == some(seats, 50)
    assert some(seats, 50) != some(seats, 50, seed=8)


def test_both_countries_in_turn(seats):
    foshan, koeln = seats[1], seats[0]
    assert [row["city"] for row in some(seats, 4)] == [foshan, koeln, foshan, koeln]


def test_one_side_alone_will_do(seats):
    assert {row["city"] for row in some(seats[:1], 20)} == {seats[0]}


def test_register_numbers_are_right_in_form_and_each_once(seats):
    rows = some(seats, 2000)
    check = {RegisterKind.USCC: uscc.is_valid, RegisterKind.HANDELSREGISTER: handelsregisternummer.is_valid}
    assert [
        row["register_number"] for row in rows if not check[row["register_kind"]](row["register_number"])
    ] == []
    assert len({row["register_number"] for row in rows}) == 2000


@pytest.mark.parametrize("number", [1, 99_999, 100_000, 100_001, 999_999])
def test_commercial_registers_enter_numbers_from_1_on(number):
    assert handelsregisternummer.is_valid(f"Köln HRB {register_entry(number)}")


def test_no_register_entry_comes_twice_among_a_million():
    assert len({register_entry(number) for number in range(1, 1_000_000)}) == 999_999


@pytest.mark.parametrize("number", [1, 999_999, 1_000_000])
def test_credit_codes_have_right_check_digits(number):
    assert uscc.is_valid(credit_code(number, "440600"))


def test_web_sites_are_nobodys(seats):
    assert [row["website"] for row in some(seats, 100) if not row["website"].endswith(".example")] == []


def test_loading_adds_what_is_missing(seats):
    assert invented.load(30, by=None, at=AT) == 30
    assert invented.load(30, by=None, at=AT) == 0
    assert invented.load(34, by=None, at=AT) == 4
    assert Company.objects.count() == 34


def test_a_firm_that_is_there_is_left_as_it_is(seats):
    invented.load(3, by=None, at=AT)
    Company.objects.update(registered_name="Corrected")
    assert invented.load(3, by=None, at=AT) == 0
    assert set(Company.objects.values_list("registered_name", flat=True)) == {"Corrected"}


def test_what_is_over_is_out_of_date(seats):
    invented.load(200, by=None, at=AT)
    stale = Company.objects.filter(valid_until__lt=DAY).exclude(state=CompanyState.DRAFT)
    assert set(stale.values_list("state", flat=True)) == {CompanyState.STALE}
    fresh = Company.objects.filter(valid_until__gte=DAY).exclude(state=CompanyState.DRAFT)
    assert set(fresh.values_list("state", flat=True)) == {CompanyState.PUBLISHED}
    assert Company.objects.filter(state=CompanyState.DRAFT).count() == 2


def test_firms_only_of_cities_named(seats):
    CityFactory(country="DE", slug="mainz")
    invented.load(40, by=None, at=AT, cities=list(City.objects.filter(slug="koeln")))
    assert set(Company.objects.values_list("city__slug", flat=True)) == {"koeln"}


def test_validity_lies_around_the_day(seats):
    days = {row["valid_until"] for row in some(seats, 300)}
    assert min(days) >= DAY - timedelta(days=60)
    assert max(days) <= DAY + timedelta(days=365)
