"""Days and moments are said in both zones and in the reader's language."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone, translation

from alliance.pages import moments

DEADLINE = datetime(2017, 3, 12, 15, 59, tzinfo=UTC)
LATE_EVENING_IN_GERMANY = datetime(2017, 3, 12, 20, 30, tzinfo=UTC)
SUMMER = datetime(2017, 7, 1, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (DEADLINE, "12 March 2017, 23:59 Foshan time · 16:59 German time"),
        (SUMMER, "1 July 2017, 18:00 Foshan time · 12:00 German time"),
        (LATE_EVENING_IN_GERMANY, "13 March 2017, 04:30 Foshan time · 12 March 2017, 21:30 German time"),
    ],
)
def test_a_moment_stands_in_both_zones_and_repeats_the_date_only_where_it_differs(moment, text):
    with translation.override("en"):
        assert moments.moment_text(moment) == text


def test_places_can_be_named_and_the_west_can_stand_first():
    with translation.override("en"):
        text = moments.moment_text(DEADLINE, east="Foshan", west="Mainz", first="west")
    assert text == "12 March 2017, 16:59 in Mainz · 23:59 in Foshan"


def test_the_same_moment_is_said_whatever_the_zone_of_the_reader():
    with translation.override("en"), timezone.override("America/New_York"):
        assert moments.moment_text(DEADLINE) == "12 March 2017, 23:59 Foshan time · 16:59 German time"


def test_machines_read_the_moment_of_the_first_zone():
    with translation.override("en"):
        assert moments.moment_html(DEADLINE) == (
            '<time datetime="2017-03-12T23:59+08:00">'
            "12 March 2017, 23:59 Foshan time · 16:59 German time</time>"
        )
        west = moments.moment_html(DEADLINE, first="west")
    assert west.startswith('<time datetime="2017-03-12T16:59+01:00">')


def test_a_moment_in_two_lines_has_both_dates():
    with translation.override("en"):
        assert moments.moment_lines(DEADLINE, east="Foshan", west="Wuppertal") == [
            "12 March 2017, 23:59 in Foshan",
            "12 March 2017, 16:59 in Wuppertal",
        ]


@pytest.mark.parametrize(
    ("language", "text"), [("en", "12 March 2017"), ("de", "12. März 2017"), ("zh-hans", "2017年3月12日")]
)
def test_a_day_in_each_language(language, text):
    with translation.override(language):
        assert moments.day_text(date(2017, 3, 12)) == text


def test_the_day_of_a_moment_is_that_of_the_readers_zone():
    with translation.override("en"):
        with timezone.override("Asia/Shanghai"):
            there = moments.day_html(LATE_EVENING_IN_GERMANY)
        with timezone.override("Europe/Berlin"):
            here = moments.day_html(LATE_EVENING_IN_GERMANY)
    assert there == '<time datetime="2017-03-13">13 March 2017</time>'
    assert here == '<time datetime="2017-03-12">12 March 2017</time>'


def test_no_day_and_no_moment_say_nothing():
    assert [
        moments.day_text(None),
        moments.day_html(None),
        moments.moment_text(None),
        moments.moment_html(None),
    ] == [
        "",
        "",
        "",
        "",
    ]


def test_names_of_places_are_escaped():
    html = moments.moment_html(DEADLINE, east="<b>Foshan</b>")
    assert "<b>" not in html
    assert "&lt;b&gt;Foshan" in html
