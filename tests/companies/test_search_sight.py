"""Nobody finds, counts or guesses a company that she may not see."""

from datetime import UTC, date, datetime

import pytest

from companies.actions import indexing
from companies.actions.searching import Wanted, rows, search
from companies.models import Company
from companies.querysets.sight import Sight
from companies.states import Visibility
from tests.factories.cities import CityFactory
from tests.factories.companies import CompanyFactory

pytestmark = pytest.mark.django_db
AT = datetime(2018, 6, 1, 10, tzinfo=UTC)
PUBLIC = Sight()
MEMBER = Sight(visibilities=(Visibility.MEMBERS, Visibility.PUBLIC))


@pytest.fixture
def firms():
    """One firm for each state and visibility, all with the same word."""
    city = CityFactory()
    made = {
        (state, visibility): CompanyFactory(
            registered_name=f"Keramik {state} {visibility} Quarzling",
            state=state,
            visibility=visibility,
            city=city,
        )
        for state in ("draft", "published", "stale", "archived")
        for visibility in ("secretariat", "members", "public")
    }
    indexing.index([firm.pk for firm in made.values()])
    return made


def kinds(found):
    return {(company.state, company.visibility) for company in found.companies}


@pytest.mark.parametrize("q", ["", "keramik", "quarzlin", "quarzlnig"])
@pytest.mark.parametrize("sort", ["relevance", "name", "newest"])
def test_each_person_finds_and_counts_what_is_shown_to_her(q, sort, firms):
    public = {("published", "public"), ("stale", "public")}
    members = public | {("published", "members"), ("stale", "members")}
    own = Sight(own_cities=(firms["draft", "public"].city_id,))
    foreign = Sight(visibilities=MEMBER.visibilities, own_cities=(CityFactory().pk,))
    for sight, seen in [
        (PUBLIC, public),
        (MEMBER, members),
        (foreign, members),
        (own, set(firms)),
        (Sight(everything=True), set(firms)),
    ]:
        found = search(q, sight=sight, sort=sort, at=AT)
        assert kinds(found) == seen
        assert found.total == len(seen)
        shown = Company.objects.filter(pk__in=rows(q, Wanted(), sight, AT))
        assert {(firm.state, firm.visibility) for firm in shown} == seen


def test_words_of_what_is_hidden_are_not_suggested():
    hidden = CompanyFactory(registered_name="Zwirbelwerk", state="draft")
    indexing.index([hidden.pk])
    assert search("zwirbelwrek", sight=PUBLIC, at=AT).terms == ()
    assert search("zwirbelwrek", sight=PUBLIC, at=AT).total == 0
    assert search("zwirbelwrek", sight=Sight(everything=True), at=AT).terms == ("zwirbelwerk",)


def test_what_raw_sql_has_hidden_is_not_shown_before_it_is_indexed(firms):
    Company.objects.update(visibility=Visibility.SECRETARIAT)
    assert search("keramik", sight=PUBLIC, at=AT).companies == []
    assert list(rows("keramik", Wanted(), PUBLIC, AT)) == []


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(), {"a", "b", "c", "d"}),
        (Wanted(country="CN"), {"a"}),
        (Wanted(sizes=("small", "large")), {"a", "c"}),
        (Wanted(forms=("supply",)), {"b"}),
        (Wanted(direction="outward"), {"a", "c"}),
        (Wanted(direction="inward"), {"b", "c"}),
        (Wanted(direction="both"), {"c"}),
        (Wanted(states=("stale",)), {"d"}),
        (Wanted(freshness="fresh"), {"a", "b"}),
        (Wanted(freshness="expiring"), {"b"}),
        (Wanted(freshness="stale"), {"c", "d"}),
        (Wanted(country="DE", direction="both", freshness="stale"), {"c"}),
        (Wanted(country="CN", states=("stale",)), set()),
    ],
)
@pytest.mark.parametrize("q", ["", "werk"])
@pytest.mark.parametrize("sort", ["relevance", "newest"])
def test_filters(wanted, names, q, sort):
    china = CityFactory(country="CN")
    facts = [
        (
            "a",
            {
                "city": china,
                "employees": 20,
                "investment_direction": "outward",
                "valid_until": date(2019, 1, 1),
            },
        ),
        (
            "b",
            {
                "cooperation_forms": ["supply"],
                "investment_direction": "inward",
                "valid_until": date(2018, 6, 30),
            },
        ),
        ("c", {"employees": 300, "investment_direction": "both", "valid_until": date(2018, 5, 31)}),
        ("d", {"state": "stale", "valid_until": date(2018, 1, 1)}),
    ]
    indexing.index([CompanyFactory(registered_name=f"Werk {name}", **more).pk for name, more in facts])
    found = search(q, wanted=wanted, sight=Sight(everything=True), sort=sort, at=AT)
    assert {company.registered_name[-1] for company in found.companies} == names
    assert found.total == len(names)
    listed = Company.objects.filter(pk__in=rows(q, wanted, Sight(everything=True), AT))
    assert {company.registered_name[-1] for company in listed} == names
