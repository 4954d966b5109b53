"""Warnings about days on which nobody is likely to answer."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from membership.actions.circulars import end_of_day, period_warnings, warnings
from tests.factories import circulars as cast
from tests.factories.circulars import DAY, ISSUED

BEGINS = datetime(2017, 6, 1, 2, 0, tzinfo=UTC)
GOLDEN = "The period covers the Golden Week (1 to 7 October), when China is on holiday."
SPRING = "The period covers the Spring Festival, when China is on holiday."
CHRISTMAS = "The period covers Christmas and New Year, when Germany is on holiday."


def found(begins, deadline):
    if isinstance(deadline, date) and not isinstance(deadline, datetime):
        deadline = end_of_day(deadline, "Asia/Shanghai")
    with override("en"):
        return period_warnings(begins, deadline)


@pytest.mark.parametrize(
    ("day", "sentences"),
    [
        (date(2017, 6, 14), []),
        (date(2017, 6, 17), [
            "The deadline, 17 June 2017, is not a working day in China.",
            "The deadline, 17 June 2017, falls on a weekend in Germany.",
        ]),
        (date(2017, 6, 5), ["The deadline, 5 June 2017, is a public holiday in Germany: Pentecost Monday."]),
        (date(2018, 6, 18), [
            "The deadline, 18 June 2018, is a public holiday in China: Dragon Boat Festival.",
        ]),
    ],
)  # fmt: skip
def test_last_day_on_either_side(day, sentences):
    assert found(datetime(day.year, 6, 1, tzinfo=UTC), day) == sentences


def test_a_saturday_on_which_china_works_is_a_weekend_in_germany_only():
    assert found(BEGINS, date(2017, 9, 30)) == [
        "The deadline, 30 September 2017, falls on a weekend in Germany."
    ]


def test_the_day_is_each_sides_own():
    """Monday in China is still Sunday in Germany."""
    deadline = datetime(2017, 6, 19, 1, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert found(BEGINS, deadline) == ["The deadline, 18 June 2017, falls on a weekend in Germany."]


@pytest.mark.parametrize(
    ("begins", "last", "sentences"),
    [
        (date(2017, 9, 1), date(2017, 9, 29), []),
        (date(2017, 9, 1), date(2017, 10, 9), [GOLDEN]),
        (date(2017, 10, 7), date(2017, 10, 9), [GOLDEN]),
        (date(2017, 10, 8), date(2017, 10, 9), []),
        (date(2017, 1, 3), date(2017, 1, 26), []),
        (date(2017, 1, 3), date(2017, 3, 1), [SPRING]),
        (date(2017, 2, 2), date(2017, 3, 1), [SPRING]),
        (date(2017, 2, 3), date(2017, 3, 1), []),
        (date(2016, 12, 1), date(2016, 12, 23), []),
        (date(2016, 12, 1), date(2017, 1, 5), [CHRISTMAS]),
        (date(2017, 1, 2), date(2017, 1, 5), []),
        (date(2016, 9, 1), date(2017, 2, 8), [GOLDEN, CHRISTMAS, SPRING]),
    ],
)
def test_long_holidays_in_the_period(begins, last, sentences):
    assert [
        one for one in found(datetime(begins.year, begins.month, begins.day, tzinfo=UTC), last)
        if one.startswith("The period")
    ] == sentences  # fmt: skip


def test_holidays_are_named_in_the_readers_language():
    with override("de"):
        assert "Pfingstmontag" in period_warnings(BEGINS, end_of_day(date(2017, 6, 5), "Asia/Shanghai"))[0]
    with override("zh-hans"):
        assert "端午节" in period_warnings(BEGINS, end_of_day(date(2018, 6, 18), "Asia/Shanghai"))[0]


@pytest.mark.django_db
def test_circular_warns_of_a_period_shorter_than_its_rule():
    circular = cast.draft()
    with override("en"):
        assert warnings(circular, at=ISSUED) == [
            "The deadline, 12 March 2017, is not a working day in China.",
            "The deadline, 12 March 2017, falls on a weekend in Germany.",
            SPRING,
        ]
        assert warnings(circular, at=ISSUED + 5 * DAY)[-1] == (
            "The rule names a period of 42 days; until this deadline there are 37."
        )


@pytest.mark.django_db
def test_nothing_to_warn_of_without_a_deadline():
    circular = cast.draft()
    circular.deadline = None
    assert warnings(circular, at=ISSUED) == []
