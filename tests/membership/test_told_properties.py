"""Whatever becomes of the copies, and whenever the worker looks: told is what docs/consent.md says."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliance.letters.models import Delivery
from membership import tasks
from tests.factories import withdrawals as leaving
from tests.factories.withdrawals import HOUR, OUT, WAIT, copies

pytestmark = pytest.mark.django_db
NAMES = ("Foshan", "Aachen", "Köln")
END = OUT + 100 * HOUR
hours = st.integers(0, 60)


@st.composite
def fates(draw):
    """Of a copy: accepted or not, come back or not, opened or not, at full hours after the issue."""
    accepted = draw(st.none() | hours)
    back = draw(st.none() | hours) if accepted is not None else None
    opened = draw(st.none() | hours)
    return {
        "accepted": accepted,
        "back": None if back is None or accepted is None else accepted + back,
        "opened": opened,
    }


def expected(fate):
    """The earliest moment at which a city with this one copy counts as told; of two at once, the mail."""
    moments = []
    if fate["accepted"] is not None:
        counts = OUT + fate["accepted"] * HOUR + WAIT
        if fate["back"] is None or OUT + fate["back"] * HOUR > counts:
            moments.append((counts, "mail"))
    if fate["opened"] is not None:
        moments.append((OUT + fate["opened"] * HOUR, "inbox"))
    return min(moments, key=lambda moment: moment[0], default=None)


def play(circular, by_city, looks):
    """All that happens, hour by hour; the worker looks when it looks."""
    for hour in range(101):
        at = OUT + hour * HOUR
        for name, fate in by_city.items():
            copy = copies(circular, name).get()
            if fate["accepted"] == hour:
                leaving.accept(copy, at=at)
            if fate["back"] == hour:
                leaving.bounce(copy, at)
            if fate["opened"] == hour:
                leaving.open_copy(circular, name, at=at)
        if hour in looks:
            tasks.record_told(at=at)


@settings(
    max_examples=25,
    deadline=timedelta(seconds=60),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(fates=st.tuples(fates(), fates(), fates()), looks=st.sets(st.integers(0, 100), max_size=3))
def test_told_is_what_the_copies_say(db, fates, looks):
    by_city = dict(zip(NAMES, fates, strict=True))
    with transaction.atomic():
        withdrawal = leaving.communicated(members=(*NAMES, "Liuzhou"))
        play(withdrawal.circular, by_city, looks)
        tasks.record_told(at=END + WAIT)
        told, after = leaving.told(withdrawal.circular), leaving.fresh(withdrawal)
        sure = {name: moment for name, fate in by_city.items() if (moment := expected(fate))}
        assert told == sure
        everybody = len(sure) == len(NAMES)
        assert after.effective_at == (max(moment for moment, _way in sure.values()) if everybody else None)
        assert Delivery.objects.filter(told__isnull=False).count() == len(sure)
        transaction.set_rollback(True)
