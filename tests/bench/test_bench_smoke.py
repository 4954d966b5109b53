"""What `make bench` measures works, and asks the database equally often for 3 and for 6 members."""

import pytest
from django.db import transaction
from django.utils import timezone

from tests.bench.consultation import consult
from tests.bench.pages import BARE, MEASURED, NOBODY, Measured, growing, looked_at
from tests.bench.web import Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def measured_with(settings):
    """All pages looked at in an alliance of so many members, and what it cost to ask them."""
    settings.ROOT_URLCONF = "tests.bench.urls"

    def look(members):
        consultation = consult(members, now=timezone.now())
        return [looked_at(page, consultation) for page in (NOBODY, BARE, *MEASURED)], consultation

    return look


@pytest.mark.parametrize("members", [3, 6])
def test_the_alliance_has_so_many_members_and_seven_in_ten_have_answered(measured_with, members):
    _pages, consultation = measured_with(members)
    circular = consultation.circular
    assert circular.electors.count() == members
    assert circular.statements.count() == round(members * 0.7)
    assert {row.side for row in circular.electors.all()} == {"CN", "DE"}
    assert consultation.issue.members == members


def test_pages_and_issuing_ask_equally_often_for_any_number_of_members(measured_with):
    found = []
    for members in (3, 6):
        with transaction.atomic():
            found.append(measured_with(members))
            transaction.set_rollback(True)
    (few, small), (many, large) = found
    assert [(one.page, one.queries) for one in few] == [(one.page, one.queries) for one in many]
    assert [one.page for one in growing(few + many)] == []
    assert small.issue.queries == large.issue.queries


def test_a_page_whose_queries_grow_is_named():
    few = Measured(BARE, 3, "/", "", queries=2)
    assert growing([few, Measured(BARE, 6, "/", "", queries=2)]) == []
    assert growing([few, Measured(BARE, 6, "/", "", queries=5)]) == [BARE]


def test_ratios_are_medians_over_rounds_of_the_same_run():
    bare = Measured(
        BARE, 3, "/", "", 2, [Round(1.0, [0.01] * 100), Round(1.0, [0.02] * 50), Round(1.0, [0.01] * 80)]
    )
    page = Measured(
        BARE, 3, "/", "", 9, [Round(1.0, [0.04] * 25), Round(1.0, [0.04] * 25), Round(1.0, [0.02] * 40)]
    )
    rate, p95 = page.beside(bare)
    assert rate == pytest.approx(0.5)
    assert p95 == pytest.approx(2.0)
