"""The deadline of a circular as a file for calendars: the same file whenever it is made (RFC 5545)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Alarm, Calendar, Event

from alliance.letters.actions import Enclosure
from alliance.pages.moments import moment_text
from membership.actions.texts import LANGUAGES
from membership.models import Circular
from membership.states import CircularKind

MEDIA_TYPE = "text/calendar"
MAKER = "-//Sino-German Industrial Cities Alliance//Circulars//EN"
ALARM_BEFORE = timedelta(days=3)
BETWEEN_LANGUAGES = " · "


def deadline_file(circular: Circular) -> Enclosure | None:
    """The deadline that counts, in one file for all languages; none where there is no deadline.

    That of a cancelled circular takes the entry out of the calendars again.
    """
    if circular.number is None or circular.current_deadline is None:
        return None
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", MAKER)
    calendar.add("method", method_of(circular))
    calendar.add_component(event_of(circular, circular.current_deadline))
    return Enclosure(f"{circular.slug}.ics", MEDIA_TYPE, calendar.to_ical())


def method_of(circular: Circular) -> str:
    """What a calendar does with the entry."""
    return "CANCEL" if circular.cancelled_at else "PUBLISH"


def event_of(circular: Circular, deadline: datetime) -> Event:
    """A moment, not a span; an extension or the end of it is a later version of the same entry."""
    summary = BETWEEN_LANGUAGES.join(in_all_languages(circular, summary_of))
    event = Event()
    event.add("uid", f"circular-{circular.slug}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", int(hasattr(circular, "extension")) + int(circular.cancelled_at is not None))
    event.add("dtstamp", told_at(circular))
    event.add("dtstart", deadline.astimezone(UTC))
    event.add("summary", summary)
    event.add("description", "\n\n".join(in_all_languages(circular, description_of)))
    event.add("url", page_address(circular))
    event.add("transp", "TRANSPARENT")
    if circular.cancelled_at:
        event.add("status", "CANCELLED")
    else:
        event.add_component(alarm(summary))
    return event


def told_at(circular: Circular) -> datetime:
    """When this was told, so that the file is the same whenever it is made."""
    extended_at = circular.extension.extended_at if hasattr(circular, "extension") else None
    moment = circular.cancelled_at or extended_at or circular.issued_at
    assert moment is not None  # noqa: S101 - held by the database for an issued circular
    return moment.astimezone(UTC).replace(microsecond=0)


def alarm(words: str) -> Alarm:
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("trigger", -ALARM_BEFORE)
    reminder.add("description", words)
    return reminder


def in_all_languages(circular: Circular, compose: Callable[[Circular], str]) -> list[str]:
    texts = []
    for language in LANGUAGES.values():
        with override(language):
            texts.append(compose(circular))
    return texts


def summary_of(circular: Circular) -> str:
    if circular.kind == CircularKind.INFORMATION:
        return _("Acknowledge circular %(number)s") % {"number": circular.label}
    return _("Answer circular %(number)s") % {"number": circular.label}


def description_of(circular: Circular) -> str:
    deadline = _("Deadline: %(deadline)s") % {"deadline": moment_text(circular.current_deadline)}
    return f"{circular.subject}\n{deadline}\n{page_address(circular)}"


def page_address(circular: Circular) -> str:
    return f"{settings.SITE_URL}/circulars/{circular.slug}/"
