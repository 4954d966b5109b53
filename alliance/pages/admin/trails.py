"""The trail of rows: every change that triggers wrote down, made by whom, why, and from what to what."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.postgres.fields.ranges import RangeField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from psycopg2.extras import Range

from alliance.pages.moments import day_text, moment_text

Rows = Callable[[type[models.Model]], QuerySet[Any]]
Names = Mapping[type[models.Model], Mapping[Any, models.Model]]

KINDS: dict[str, str | Promise] = {
    "insert": pgettext_lazy("kind of change", "Added"),
    "update": pgettext_lazy("kind of change", "Changed"),
    "delete": pgettext_lazy("kind of change", "Deleted"),
}
OUTSIDE = gettext_lazy("Outside the application: by SQL, or when it was installed")


@dataclass(frozen=True)
class Change:
    """One field, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One change of one row, as people read it."""

    row: Any
    label: str
    word: str | Promise
    at: datetime
    by: str
    person: models.Model | None
    reason: str
    request: str
    url: str
    changes: list[Change] = field(default_factory=list)


def event_model(model: type[models.Model]) -> type[models.Model] | None:
    """The table that triggers fill when rows of a model change; not every model has one."""
    models_by_label = getattr(model, "pgh_event_models", None) or {}
    return next(iter(models_by_label.values()), None)


def events_of(model: type[models.Model], row: Any = None) -> QuerySet[Any]:
    """What happened to one row, or to all of a model, the latest first; each knows the event before it."""
    kept = event_model(model)
    if kept is None:
        raise LookupError(f"{model.__name__} has no trail.")
    earlier = kept._default_manager.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id"))
    events = kept._default_manager.select_related("pgh_context").order_by("-pgh_id")
    events = events.annotate(pgh_before=Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1]))
    return events if row is None else events.filter(pgh_obj=row)


def entries(events: Sequence[Any], rows: Rows) -> list[Entry]:
    """The events of one page in words, with as many queries for fifty as for one.

    ``rows`` gives the rows of another model with what their names need.
    """
    if not events:
        return []
    earlier = type(events[0])._default_manager.in_bulk([event.pgh_before for event in events])
    names = _names([*events, *earlier.values()], rows)
    people = _people(events)
    return [_entry(event, earlier.get(event.pgh_before), names, people) for event in events]


def _entry(event: Any, before: Any, names: Names, people: Mapping[int, models.Model]) -> Entry:
    context = event.pgh_context.metadata if event.pgh_context else {}
    person = people.get(context.get("user") or 0)
    return Entry(
        row=event.pgh_obj_id,
        label=event.pgh_label,
        word=KINDS.get(event.pgh_label, event.pgh_label),
        at=event.pgh_created_at,
        by=_actor(context, person),
        person=person,
        reason=context.get("reason", ""),
        request=context.get("request", ""),
        url=context.get("url", ""),
        changes=_changes(event, before, names),
    )


def _actor(context: Mapping[str, Any], person: models.Model | None) -> str:
    """Who acted: a person, a visitor, the worker, a command; or nobody we know."""
    if person is not None:
        return f"{person} ({person.email})"  # type: ignore[attr-defined]
    if context.get("user"):
        return _("Person %(number)s") % {"number": context["user"]}
    if "worker" in context:
        return _("Worker %(name)s") % {"name": context["worker"]}
    if "command" in context:
        return _("Command %(name)s") % {"name": context["command"]}
    return _("A visitor who was not signed in") if "url" in context else str(OUTSIDE)


def _changes(event: Any, before: Any, names: Names) -> list[Change]:
    """An added row has no past, a deleted one no future; in between, only what differs is said."""
    kind = event.pgh_label
    old, new = (None if kind == "insert" else before), (None if kind == "delete" else event)
    if kind == "delete":
        old = event
    pairs = (
        (one, _words(one, old, names) if old else "", _words(one, new, names) if new else "")
        for one in tracked_fields(type(event))
        if not (old and new and getattr(old, one.attname) == getattr(new, one.attname))
    )
    return [Change(capfirst(str(one.verbose_name)), was, now) for one, was, now in pairs if was or now]


def tracked_fields(kept: Any) -> list[models.Field[Any, Any]]:
    """The fields of the model whose values its events keep, under their own labels."""
    own = {one.name for one in kept._meta.fields}
    return [one for one in kept.pgh_tracked_model._meta.fields if one.name in own and not one.primary_key]


def _words(one: Any, event: Any, names: Names) -> str:
    """A value as people read it."""
    value = getattr(event, one.attname)
    if value is None or value == "":
        return ""
    if one.is_relation:
        found = names.get(one.related_model, {}).get(value)
        return str(found) if found is not None else _("No. %(number)s") % {"number": value}
    if one.choices:
        return str(dict(one.flatchoices).get(value, value))
    return _plain_words(one, value)


def _plain_words(one: models.Field[Any, Any], value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return day_text(value)
    if isinstance(one, RangeField):
        return _period(value)
    if isinstance(one, models.JSONField):
        return json.dumps(value, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(localize(value))


def _period(value: Range) -> str:
    if value.upper is None:
        return _("from %(day)s") % {"day": day_text(value.lower)}
    return _("from %(day)s until before %(end)s") % {
        "day": day_text(value.lower),
        "end": day_text(value.upper),
    }


def _names(events: Iterable[Any], rows: Rows) -> Names:
    """The rows that the events point at: one query for each model."""
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for event in events:
        for one in tracked_fields(type(event)):
            if one.is_relation and (value := getattr(event, one.attname)) is not None:
                wanted[one.related_model].add(value)  # type: ignore[index]
    return {model: {row.pk: row for row in rows(model).filter(pk__in=keys)} for model, keys in wanted.items()}


def _people(events: Iterable[Any]) -> Mapping[int, models.Model]:
    keys = {event.pgh_context.metadata.get("user") for event in events if event.pgh_context} - {None}
    return get_user_model()._default_manager.in_bulk(keys)
