"""Reminding members that have not answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from alliance.accounts.models import User
from alliance.accounts.permissions import require_secretariat
from alliance.letters.actions import Addressee
from alliance.letters.states import LetterKind
from alliance.pages.moments import moment_text
from cities.models import City
from membership.actions import notices
from membership.actions.acknowledgements import cities_missing
from membership.actions.addressees import electors_voices, voices_of
from membership.actions.circular_refusals import AsksForNoStatement, DeadlinePassed, NobodyToRemind, NotDueYet
from membership.actions.closing import refuse_unless_open
from membership.actions.deadlines import days_before as moment_before
from membership.actions.deadlines import due_reminder
from membership.actions.drafts import lock
from membership.actions.outcomes import outcome_of
from membership.models import Circular, Reminder
from membership.models.membership import alliance_day
from membership.states import CircularKind


@transaction.atomic
def remind(
    circular: Circular,
    *,
    by: User | None = None,
    days_before: int | None = None,
    at: datetime | None = None,
) -> Reminder:
    """Write to the members that have given no answer that counts.

    By hand once a day; at a moment the rule names (`days_before` the deadline) once. A second time gives
    back the reminder there is.
    """
    at = at or timezone.now()
    require_secretariat(by)
    circular = lock(circular)
    refuse_unless_open(circular)
    due_at = due_moment(circular, days_before)
    if sent := sent_already(circular, due_at, at):
        return sent
    if circular.current_deadline is None:
        raise AsksForNoStatement
    if due_at is not None and at < due_at:
        raise NotDueYet(moment=moment_text(due_at))
    if at > circular.current_deadline:
        raise DeadlinePassed
    return send(circular, days_before, due_at, by=by, at=at)


def due_moment(circular: Circular, days: int | None) -> datetime | None:
    if days is None or circular.current_deadline is None:
        return None
    return moment_before(circular.current_deadline, days, (circular.rule_content or {})["zone"])


def sent_already(circular: Circular, due_at: datetime | None, at: datetime) -> Reminder | None:
    if due_at is not None:
        return circular.reminders.filter(due_at=due_at).first()
    last = circular.reminders.filter(due_at__isnull=True).order_by("sent_at").last()
    return last if last and alliance_day(last.sent_at) == alliance_day(at) else None


def send(
    circular: Circular, days: int | None, due_at: datetime | None, *, by: User | None, at: datetime
) -> Reminder:
    """Keep who was reminded, and write to them; a moment at which nobody was silent is kept too."""
    silent = silent_electors(circular, at)
    if not silent and due_at is None:
        raise NobodyToRemind
    letter = None
    if silent:
        text, to = notices.reminder(circular), voices_to_remind(circular, silent, at)
        file = notices.with_deadline(circular)
        letter = notices.tell(circular, LetterKind.REMINDER, text, to, by=by, at=at, enclosures=file)
    reminder = Reminder.objects.create(
        circular=circular, days_before=days, due_at=due_at, sent_at=at, sent_by=by, letter=letter
    )
    reminder.electors.set(silent)
    return reminder


def silent_electors(circular: Circular, at: datetime) -> list[Any]:
    """The members that have not answered, or of which a city has not acknowledged."""
    if circular.kind == CircularKind.INFORMATION:
        missing = cities_missing(circular, at=at).order_by("elector").distinct()
        return list(missing.values_list("elector", flat=True))
    positions = outcome_of(circular, at=at).positions
    return [elector for elector, position in positions.items() if position is None]


def voices_to_remind(circular: Circular, silent: list[Any], at: datetime) -> list[Addressee]:
    """All who speak for a silent member; of an information circular, for the cities that are missing."""
    if circular.kind == CircularKind.INFORMATION:
        return voices_of(City.objects.filter(pk__in=cities_missing(circular, at=at).values("city")))
    return electors_voices(circular, silent)


def days_due(circular: Circular, at: datetime) -> int | None:
    """The number of days before the deadline for which a reminder is due, if its moment has come."""
    if circular.current_deadline is None or not circular.rule_content:
        return None
    due = due_reminder(
        circular.current_deadline,
        circular.rule_content["reminder_days"],
        circular.rule_content["zone"],
        since=told_last(circular),
        at=at,
    )
    if due is None or circular.reminders.filter(due_at=due[1]).exists():
        return None
    return due[0]


def told_last(circular: Circular) -> datetime:
    """When everybody was last told of the deadline: at the issue, or by the extension."""
    extension = getattr(circular, "extension", None)
    moment = extension.extended_at if extension else circular.issued_at
    assert moment is not None  # noqa: S101 - held by the database for an issued circular
    return moment
