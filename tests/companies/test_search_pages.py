"""Pages of a list of companies: every one of them once, in order, there and back, by any order."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.actions import cursors, indexing
from companies.actions.cursors import Cursor
from companies.actions.searching import Wanted, rows, search
from companies.models import Company
from companies.querysets import limits
from companies.querysets.sight import Sight
from tests.factories.cities import CityFactory
from tests.factories.companies import CompanyFactory

pytestmark = pytest.mark.django_db
AT = datetime(2018, 6, 1, 10, tzinfo=UTC)
STAFF = Sight(everything=True)
NUMBERS = [1, 2, 3, 2047, 2048, 5000, 16383, 16384, 20_000, 131_071, 131_072, 131_073, 140_000, 140_001]


@pytest.fixture
def firms(django_db_blocker):
    """Firms whose numbers lie in many windows; some with the word in their name, some elsewhere."""
    city = CityFactory()
    for place, number in enumerate(NUMBERS):
        CompanyFactory(
            pk=number,
            registered_name=f"{'Keramik' if place % 3 else 'Porzellan'} {chr(97 + 7 * place % 26)} {place}",
            products=[] if place % 3 else ["Keramik"],
            city=city,
            entered_at=AT - timedelta(days=place * 37 % 11),
            valid_until=date(2019, 1, 1) + timedelta(days=place * 53 % 17),
        )
    indexing.index(NUMBERS)


COUNTED_FIRST = {"FEW": 0, "AT_ONCE": 0, "LOOKED_AT": 0, "SURELY": 4, "MANY": 3, "ENOUGH": 2, "SOME": 1}


@pytest.fixture(params=[{"FEW": 10**6}, COUNTED_FIRST], ids=["gathered", "counted"])
def narrow(request, monkeypatch):
    """As among a million: not all answers are put in order at once."""
    monkeypatch.setattr(limits, "MOST_ORDERED", 3)
    for limit, value in request.param.items():
        monkeypatch.setattr(limits, limit, value)


def pages(q, sort, limit=4):
    """All pages from the first to the last."""
    found = search(q, sight=STAFF, sort=sort, limit=limit, at=AT)
    walk = [found]
    while found.next_cursor:
        found = search(q, sight=STAFF, sort=sort, limit=limit, cursor=found.next_cursor, at=AT)
        walk.append(found)
    return walk


def keys(found):
    return [company.pk for company in found.companies]


SORTS = ["relevance", "name", "newest", "freshness"]


@pytest.mark.parametrize("q", ["", "keramik"])
@pytest.mark.parametrize("sort", SORTS)
def test_every_company_is_on_one_page_there_and_back(q, sort, firms):
    there_and_back(q, sort)


@pytest.mark.parametrize("q", ["", "keramik"])
@pytest.mark.parametrize("sort", SORTS)
def test_and_so_it_is_window_by_window(q, sort, firms, narrow):
    there_and_back(q, sort)


def there_and_back(q, sort):
    walk = pages(q, sort)
    assert sorted(key for found in walk for key in keys(found)) == NUMBERS
    assert [len(keys(found)) for found in walk] == [4, 4, 4, 2]
    assert walk[0].previous_cursor == walk[-1].next_cursor == ""
    back = [walk[-1]]
    while back[-1].previous_cursor:
        cursor = back[-1].previous_cursor
        back.append(search(q, sight=STAFF, sort=sort, limit=4, cursor=cursor, at=AT))
    assert [keys(found) for found in back[::-1]] == [keys(found) for found in walk]
    assert {(found.total, found.more_than_total) for found in walk} <= {(14, False), (3, True)}


@pytest.mark.parametrize(
    ("sort", "column"), [("name", "sort_name"), ("newest", "-entered_at"), ("freshness", "-valid_until")]
)
def test_the_order_is_that_of_the_column(sort, column, firms):
    order = [column, f"{'-' if column[0] == '-' else ''}pk"]
    assert keys(search("", sight=STAFF, sort=sort, at=AT)) == list(
        Company.objects.order_by(*order).values_list("pk", flat=True)
    )


def test_names_come_before_what_is_said_elsewhere(firms):
    found = search("keramik", sight=STAFF, at=AT).companies
    assert [company.registered_name[:7] for company in found] == ["Keramik"] * 9 + ["Porzell"] * 5


def test_drafts_without_a_day_come_last_by_freshness(firms):
    draft = CompanyFactory(state="draft")
    indexing.index([draft.pk])
    assert keys(search("", sight=STAFF, sort="freshness", at=AT))[-1] == draft.pk


def test_counting_stops_at_a_thousand(firms, monkeypatch):
    monkeypatch.setattr(limits, "MOST_ORDERED", 13)
    assert search("keramik", sight=STAFF, at=AT).more_than_total
    assert search("", sight=STAFF, at=AT).more_than_total
    monkeypatch.setattr(limits, "MOST_ORDERED", 14)
    assert not search("keramik", sight=STAFF, at=AT).more_than_total
    assert not search("", sight=STAFF, at=AT).more_than_total


@pytest.mark.parametrize("cursor", ["x", "W10:abc", "Ä", "a" * 5000])
def test_a_cursor_that_is_not_ours_shows_the_first_page(cursor, firms):
    first = search("keramik", sight=STAFF, limit=4, at=AT)
    assert keys(search("keramik", sight=STAFF, limit=4, cursor=cursor, at=AT)) == keys(first)


def test_a_cursor_of_another_question_shows_the_first_page(firms):
    other = search("keramik", sight=STAFF, limit=4, at=AT).next_cursor
    for more in ({"sort": "name"}, {"wanted": Wanted(country="DE")}):
        first = search("keramik", sight=STAFF, limit=4, at=AT, **more)
        assert keys(search("keramik", sight=STAFF, limit=4, cursor=other, at=AT, **more)) == keys(first)


def test_a_page_asks_equally_often_for_1_and_3_companies(django_assert_num_queries, firms):
    Company.objects.filter(pk__in=NUMBERS[1:]).update(visibility="secretariat")
    indexing.index(NUMBERS)
    with django_assert_num_queries(8) as one:
        search("keramik", sight=Sight(visibilities=("members", "public")), at=AT)
    Company.objects.filter(pk__in=NUMBERS[:3]).update(visibility="public")
    indexing.index(NUMBERS)
    with django_assert_num_queries(len(one)):
        search("keramik", sight=Sight(visibilities=("members", "public")), at=AT)


def test_rows_are_all_that_is_found(firms):
    assert list(rows("keramik", Wanted(), STAFF, AT)) == NUMBERS
    assert list(rows("", Wanted(), Sight(), AT)) == []


places = st.lists(st.one_of(st.integers(0, 2**40), st.text(max_size=20), st.booleans()), max_size=7)


@given(st.booleans(), places, st.integers(0, 1000), st.booleans(), st.booleans(), st.text(max_size=10))
def test_a_cursor_is_read_as_it_was_written(back, place, total, more, slips, question):
    cursor = Cursor(back, place, total, more, slips)
    text = cursors.written(cursor, question)
    assert cursors.read(text, question) == cursor
    assert cursors.read(text, question + "x") is None
    assert cursors.read(text[:-1], question) is None
