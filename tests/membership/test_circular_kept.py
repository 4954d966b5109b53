"""How a circular stands is put together once for many readers, and shows each only what is theirs.

In a transaction of its own each test would keep nothing: here everything is committed.
"""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from membership.views.circulars_answers import KEPT, KEPT_FOR_STAFF, standing_of
from tests.factories import circulars as cast
from tests.factories.circulars import DAY, ISSUED
from tests.factories.pages import TODAY, answers_of, look
from tests.factories.people import SecretaryFactory

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/circulars/2017-01/"
LIUZHOU, FOSHAN = "Because of the railway that was never built.", "Welcome to Mainz."


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def hidden():
    """Answers that only the secretariat sees before the close."""
    KEPT.drawn.clear()
    KEPT_FOR_STAFF.drawn.clear()
    found = cast.issued(rule=cast.rule("two-thirds", visibility="secretariat"))
    cast.say(found, "Liuzhou", "objection", LIUZHOU)
    cast.say(found, "Foshan", "consent_with_comment", FOSHAN)
    return found


def is_kept(circular, *, for_staff=False):
    """Transactions of other tests beside this one may begin and end: within some readings."""

    def standing():
        return standing_of(circular, None, at=TODAY, for_staff=for_staff)

    return any(standing() is standing() for _ in range(200))


@pytest.mark.parametrize("for_staff", [False, True])
def test_it_stands_as_before_until_somebody_answers(hidden, for_staff):
    assert is_kept(hidden, for_staff=for_staff)
    before = standing_of(hidden, None, at=TODAY, for_staff=for_staff)
    assert before.outcome.answered == 2
    cast.say(hidden, "Aachen", at=ISSUED + 2 * DAY)
    after = standing_of(hidden, None, at=TODAY, for_staff=for_staff)
    assert after is not before
    assert after.outcome.answered == 3


def test_what_was_put_together_for_one_shows_nothing_of_theirs_to_the_next(client, hidden):
    """Secretariat, Liuzhou and Foshan in turn, twice: the second time from what is kept."""
    secretary, sizes = SecretaryFactory(), []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as queries:
            for reader, seen, own in (
                (secretary, {LIUZHOU, FOSHAN}, None),
                (cast.lead("Liuzhou"), {LIUZHOU}, {"Liuzhou": "objection"}),
                (cast.lead("Foshan"), {FOSHAN}, {"Foshan": "consent_with_comment"}),
                (cast.lead("Aachen"), set(), {"Aachen": ""}),
            ):
                response = look(client, reader, PAGE)
                html = response.content.decode()
                assert {words for words in (LIUZHOU, FOSHAN) if words in html} == seen
                assert own is None or answers_of(response) == own
        sizes.append(len(queries))
    assert KEPT.drawn
    assert KEPT_FOR_STAFF.drawn
    assert sizes[1] < sizes[0]
