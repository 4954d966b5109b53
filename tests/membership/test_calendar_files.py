"""The deadline of a circular as a file for calendars."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from membership.actions import circulars
from membership.actions.calendar_files import deadline_file
from tests.factories import circulars as cast
from tests.factories.circulars import DAY, DEADLINE, ISSUED, fresh
from tests.factories.people import SecretaryFactory

pytestmark = pytest.mark.django_db


def event_in(enclosure):
    calendar = Calendar.from_ical(enclosure.content)
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    (event,) = calendar.walk("VEVENT")
    return event


def extended(circular, at=ISSUED + 5 * DAY):
    circulars.extend(
        circular, new_deadline=DEADLINE + 7 * DAY, reason="Holidays", by=SecretaryFactory(), at=at
    )
    return fresh(circular)


def test_the_file_says_when_in_all_languages_and_both_zones():
    circular = cast.issued()
    enclosure = deadline_file(circular)
    assert (enclosure.filename, enclosure.media_type, enclosure.language) == (
        "2017-01.ics",
        "text/calendar",
        "",
    )
    event = event_in(enclosure)
    assert event.decoded("dtstart") == DEADLINE
    assert event["uid"] == "circular-2017-01@testserver"
    assert "2017/01" in event["summary"]
    for words in (
        "12 March 2017, 23:59 Foshan time · 16:59 German time",
        "12. März 2017, 23:59",
        "2017年3月12日",
        circular.subject_de,
        circular.subject_zh,
        "http://testserver/circulars/2017-01/",
    ):
        assert words in event["description"]
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(days=-3)


def test_the_file_is_the_same_whenever_it_is_made():
    circular = cast.issued()
    assert deadline_file(circular).content == deadline_file(fresh(circular)).content
    assert event_in(deadline_file(circular)).decoded("dtstamp") == ISSUED


def test_lines_are_folded_by_octets_and_end_as_calendars_want():
    content = deadline_file(cast.issued()).content
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert "".join(line.decode() for line in lines)  # no character is split


def test_an_extension_is_a_later_version_of_the_same_entry():
    circular = cast.issued()
    before = event_in(deadline_file(circular))
    after = event_in(deadline_file(extended(circular)))
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert before["uid"] == after["uid"]
    assert after.decoded("dtstart") == DEADLINE + 7 * DAY
    assert after.decoded("dtstamp") == datetime(2017, 2, 3, 2, 0, tzinfo=UTC)


def test_a_draft_has_no_file():
    assert deadline_file(cast.draft()) is None


@pytest.mark.parametrize("was_extended", [False, True])
def test_a_cancelled_circular_takes_its_entry_out_again(was_extended):
    circular = extended(cast.issued()) if was_extended else cast.issued()
    first = event_in(deadline_file(circular))
    circulars.cancel(circular, reason="The text is mistaken.", by=SecretaryFactory(), at=ISSUED + 6 * DAY)
    (notice, *_earlier) = cast.letters(circular, "notice")[::-1]
    content = bytes(notice.attachments.get(media_type="text/calendar").content)
    assert content == deadline_file(fresh(circular)).content
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["method"], event["status"]) == ("CANCEL", "CANCELLED")
    assert (event["uid"], event["sequence"]) == (first["uid"], first["sequence"] + 1)
    assert (event["dtstart"].dt, event.decoded("dtstamp")) == (first["dtstart"].dt, ISSUED + 6 * DAY)
    assert event.walk("VALARM") == []
