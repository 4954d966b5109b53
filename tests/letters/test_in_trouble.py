"""Cities that no copy of a letter reached."""

from datetime import timedelta

import pytest

from alliance.letters import actions
from alliance.letters.actions import Addressee
from alliance.letters.models import Delivery
from alliance.letters.states import DeliveryState
from tests.factories.letters import WRITTEN, handed, letter_to
from tests.factories.people import UserFactory
from tests.letters.test_delivery_moves import in_state

pytestmark = pytest.mark.django_db
LATER = WRITTEN + timedelta(hours=3)
NEXT_DAY = WRITTEN + timedelta(days=1)


def copies_of_city(*ways):
    """A letter to one city by several copies that came to what is named."""
    people = [UserFactory() for _ in ways]
    letter = letter_to(*(Addressee.of(person, "aachen") for person in people))
    for copy, person, way in zip(letter.deliveries.order_by("pk"), people, ways, strict=True):
        if way == "opened":
            copy = actions.mark_opened(copy, by=person, at=LATER)
            way = "failed"
        if way != "queued":
            copy.claim(until=LATER)
        if way == "failed":
            copy.fail(answer="550", at=LATER)
        elif way in ("accepted", "bounced"):
            copy.accept(answer="250", at=LATER)
        if way == "bounced":
            copy.come_back(words="550", at=LATER)
        copy.save()
    return letter


@pytest.mark.parametrize(
    ("ways", "in_trouble"),
    [
        (["failed"], 1),
        (["bounced"], 1),
        (["failed", "bounced"], 2),
        (["failed", "queued"], 1),
        (["failed", "accepted"], 0),
        (["bounced", "opened"], 0),
        (["opened"], 0),
        (["queued"], 0),
        (["accepted"], 0),
    ],
)
def test_a_city_is_in_trouble_while_no_copy_reached_it(ways, in_trouble):
    letter = copies_of_city(*ways)
    letter_to(Addressee("other@aachen.example", "de", on_behalf_of="aachen"))  # of another letter
    assert Delivery.objects.in_trouble().count() == in_trouble
    if in_trouble:
        handed(letter, at=NEXT_DAY)
        assert not Delivery.objects.in_trouble().exists()


def test_what_is_for_no_city_is_not_a_city_in_trouble():
    copy = in_state(DeliveryState.FAILED)
    assert copy.on_behalf_of == ""
    assert not Delivery.objects.in_trouble().exists()
