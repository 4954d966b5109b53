"""What the search knows follows what stands in the tables, whoever wrote it."""

from datetime import UTC, datetime

import pytest

from cities.models import City, Industry
from companies.actions import indexing, vocabulary
from companies.actions.searching import search
from companies.models import Company, CompanySearch, SearchChange, SearchReading, SearchWord
from companies.querysets.sight import Sight
from companies.states import Changed
from tests.factories.cities import CityFactory
from tests.factories.companies import CompanyFactory

pytestmark = pytest.mark.django_db
AT = datetime(2018, 6, 1, 10, tzinfo=UTC)


def found(q):
    return {company.pk for company in search(q, sight=Sight(everything=True), at=AT).companies}


def waiting():
    return set(SearchChange.objects.values_list("kind", "subject"))


@pytest.fixture
def firm():
    firm = CompanyFactory(registered_name="Keramik", city=CityFactory(name_de="Köln", name_zh="科隆"))
    indexing.index_missing()
    return firm


def test_an_entry_waits_until_it_is_indexed():
    firm = CompanyFactory(registered_name="Keramik")
    assert (Changed.COMPANY, firm.pk) in waiting()
    assert found("keramik") == set()
    indexing.index([firm.pk])
    assert found("keramik") == {firm.pk}
    assert (Changed.COMPANY, firm.pk) not in waiting()


def test_raw_changes_are_found_by_the_sweep(firm):
    Company.objects.filter(pk=firm.pk).update(registered_name="Porzellan", name_de="Porzellan")
    assert waiting() == {(Changed.COMPANY, firm.pk)}
    assert indexing.index_missing() == 1
    assert waiting() == set()
    assert (found("keramik"), found("porzellan")) == (set(), {firm.pk})


def test_a_city_called_anew_is_found_by_its_new_name(firm):
    City.objects.filter(pk=firm.city_id).update(name_de="Bonn", name_en="Bonn", name_zh="波恩")
    assert waiting() == {(Changed.CITY, firm.city_id)}
    indexing.index_missing()
    assert found("bonn") == found("波恩") == {firm.pk}
    assert found("koeln") == found("科隆") == set()


def test_a_city_of_another_country_takes_its_companies_with_it(firm):
    City.objects.filter(pk=firm.city_id).update(country="CN")
    indexing.index_missing()
    assert CompanySearch.objects.extra(where=["lexemes @@ '#kCN'"]).get().pk == firm.pk


def test_an_industry_called_anew_is_found_by_its_new_name(firm):
    industry = Industry.objects.get(code="23")
    Company.objects.filter(pk=firm.pk).update(industry=industry)
    indexing.index_missing()
    Industry.objects.filter(pk=industry.pk).update(name_en="Quarzlings")
    indexing.index_missing()
    assert found("quarzlings") == {firm.pk}


def test_what_does_not_change_a_name_changes_no_label(firm):
    City.objects.filter(pk=firm.city_id).update(website="https://stadt.example")
    assert waiting() == set()


def test_indexing_again_writes_nothing(firm):
    before = CompanySearch.objects.extra(select={"version": "xmin::text"}).values_list("version", flat=True)[
        0
    ]
    words = SearchWord.objects.count()
    indexing.index([firm.pk, firm.pk])
    after = CompanySearch.objects.extra(select={"version": "xmin::text"}).values_list("version", flat=True)[0]
    assert (before, words) == (after, SearchWord.objects.count())


def test_what_does_not_exist_is_passed_over():
    indexing.index([])
    indexing.index([987_654_321])
    assert CompanySearch.objects.count() == 0


def test_words_are_counted_and_forgotten(firm):
    other = CompanyFactory(registered_name="Keramik 东方")
    indexing.index([other.pk])
    vocabulary.recount()
    assert SearchWord.objects.get(word="keramik", lexeme="keramik").frequency == 2
    assert set(SearchReading.objects.filter(word="东方").values_list("reading", flat=True)) >= {"dongfang"}
    Company.objects.update(registered_name="Porzellan", name_de="Porzellan")
    indexing.index_missing()
    vocabulary.recount()
    assert not SearchWord.objects.filter(word="keramik", lexeme="keramik").exists()
    assert found("koeln") == {firm.pk}


def test_two_who_learn_a_word_at_once_leave_one_after_counting(firm):
    SearchWord.objects.create(word="keramik", lexeme="keramik")
    vocabulary.recount()
    assert SearchWord.objects.filter(word="keramik", lexeme="keramik").count() == 1


def test_any_number_of_companies_asks_equally_often(django_assert_num_queries, firm):
    more = [CompanyFactory(registered_name=f"Ton {number}", city=firm.city).pk for number in range(3)]
    with django_assert_num_queries(7) as one:
        indexing.index([firm.pk])
    with django_assert_num_queries(len(one)):
        indexing.index(more)
