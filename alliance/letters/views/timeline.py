"""What happened to one copy, step by step, from the trail that triggers wrote."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from alliance.accounts.models import User
from alliance.letters.models import Delivery, ReturnedMail
from alliance.letters.states import DeliveryState, ReturnKind
from alliance.pages.moments import day_text, moment_text

Entry = dict[str, Any]


def timeline_of(delivery: Delivery) -> list[Entry]:
    """The steps of a copy, the first one first, with what servers and people said."""
    events = list(_events(Delivery, pgh_obj=delivery.pk))
    returned = [row for row in _events(ReturnedMail, delivery=delivery.pk) if _stands_alone(row, events)]
    people = _people([*events, *returned])
    steps = [(row.pgh_created_at, entry) for row, entry in _steps(events, people)]
    steps += [(row.pgh_created_at, _returned(row)) for row in returned]
    return [entry for _at, entry in sorted(steps, key=lambda step: step[0])]


def _events(model: Any, **of: Any) -> Any:
    rows = model.pgh_event_model._default_manager.filter(**of)
    return rows.select_related("pgh_context").order_by("pgh_id")


def _stands_alone(row: Any, events: list[Any]) -> bool:
    """What made the copy come back is told there."""
    return row.kind != ReturnKind.PERMANENT or all(event.bounced_at != row.taken_at for event in events)


def _steps(events: list[Any], people: dict[int, User]) -> Iterator[tuple[Any, Entry]]:
    before = None
    for event in events:
        for entry in _changes(before, event):
            yield event, {"at": event.pgh_created_at, "by": _actor(event, people), **entry}
        before = event


def _changes(before: Any, event: Any) -> Iterator[Entry]:
    if before is None:
        yield _beginning(event)
        return
    if before.address != event.address:
        words = {"before": before.address, "after": event.address}
        yield {"text": _("Address corrected: %(before)s, now %(after)s") % words}
    if before.opened_at is None and event.opened_at is not None:
        yield {"text": _("Opened in the inbox"), "at": event.opened_at}
    if before.state != event.state:
        yield _move(before, event)


def _beginning(event: Any) -> Entry:
    if event.state == DeliveryState.HANDED_OVER:
        words = {"way": event.get_channel_display(), "day": day_text(event.handed_over_on)}
        return {"text": _("Handed over on %(day)s: %(way)s") % words, "note": event.note}
    if event.redirected_from_id:
        return {"text": _("Redirected to %(address)s") % {"address": event.address}, "note": event.note}
    return {"text": _("Queued for %(address)s") % {"address": event.address}}


def _move(before: Any, event: Any) -> Entry:
    match event.state:
        case DeliveryState.SENDING:
            return {"text": _("Attempt %(number)d") % {"number": event.attempts}}
        case DeliveryState.QUEUED:
            put_back = before.state == DeliveryState.SENDING
            return {"text": _("Put back untried") if put_back else _("Sent again by hand")}
        case DeliveryState.DEFERRED | DeliveryState.UNCERTAIN:
            return {"text": event.get_state_display(), "note": _waits(event)}
        case DeliveryState.BOUNCED:
            return {"text": event.get_state_display(), "note": event.bounce, "at": event.bounced_at}
    return {"text": event.get_state_display(), "note": _answer(event), "at": event.settled_at}


def _answer(event: Any) -> str:
    return Delivery(answer=event.answer).answer_in_words


def _waits(event: Any) -> str:
    following: datetime | None = event.next_attempt_at
    words = _("Next attempt: %(moment)s") % {"moment": moment_text(following)} if following else ""
    return "\n".join(filter(None, [_answer(event), words]))


def _returned(row: Any) -> Entry:
    texts = {
        ReturnKind.TEMPORARY: _("A mail server reports a delay"),
        ReturnKind.PERMANENT: _("A mail server reports that it was not deliverable"),
    }
    return {"text": texts[ReturnKind(row.kind)], "note": row.words, "at": row.taken_at}


def _people(events: list[Any]) -> dict[int, User]:
    keys = {event.pgh_context.metadata.get("user") for event in events if event.pgh_context}
    return User.objects.in_bulk([key for key in keys if key])


def _actor(event: Any, people: dict[int, User]) -> str:
    """A person, or the worker that had the copy in its hands."""
    context = event.pgh_context.metadata if event.pgh_context else {}
    person = people.get(context.get("user") or 0)
    if person is not None:
        return str(person)
    return _("Worker %(name)s") % {"name": context["worker"]} if "worker" in context else ""
