"""The trail of rows: every change that triggers wrote down, made by whom, why, and from what to what."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.postgres.fields.ranges import RangeField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery, Value
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
    word: str | Promise
    at: datetime
    by: str
    reason: str
    request: str
    url: str
    changes: list[Change]


def event_model(model: type[models.Model]) -> type[models.Model] | None:
    """The table that triggers fill when rows of a model change; not every model has one."""
    models_by_label = getattr(model, "pgh_event_models", None) or {}
    return next(iter(models_by_label.values()), None)


@dataclass(frozen=True)
class Link:
    """A many-to-many field whose table is tracked: its rows are part of the trail of their owner."""

    field: Any
    events: type[models.Model]
    owner: str
    other: str


def links_of(model: type[models.Model]) -> list[Link]:
    """The tracked tables of a model's own many-to-many fields."""
    links = []
    for one in model._meta.many_to_many:
        through: Any = one.remote_field.through  # type: ignore[union-attr]
        if through._meta.auto_created and (kept := event_model(through)):
            links.append(Link(one, kept, one.m2m_field_name(), one.m2m_reverse_field_name()))  # type: ignore[attr-defined]
    return links


def events_of(model: type[models.Model], row: Any = None) -> QuerySet[Any]:
    """What happened to one row, or to all of a model; each event knows the one before it."""
    kept = event_model(model)
    if kept is None:
        raise LookupError(f"{model.__name__} has no trail.")
    earlier = kept._default_manager.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id"))
    events = kept._default_manager.select_related("pgh_context")
    events = events.annotate(pgh_before=Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1]))
    return events if row is None else events.filter(pgh_obj=row)


def keys(events: QuerySet[Any]) -> QuerySet[Any]:
    """Where to find each event, those of links included: moment, number, table; the latest first."""
    rows = events.order_by().values("pgh_obj")
    tables = [events.order_by()]
    for link in links_of(events.model.pgh_tracked_model):
        tables.append(link.events._default_manager.filter(**{f"{link.owner}__in": rows}))
    first, *others = [
        table.annotate(pgh_table=Value(place)).values_list("pgh_created_at", "pgh_id", "pgh_table")
        for place, table in enumerate(tables)
    ]
    return first.union(*others, all=True).order_by("-pgh_created_at", "-pgh_table", "-pgh_id")


def entries(events: QuerySet[Any], wanted: Sequence[tuple[datetime, int, int]], rows: Rows) -> list[Entry]:
    """One page of events in words, with as many queries for fifty as for one.

    ``wanted`` are the keys of the page; ``rows`` gives the rows of another model with what their names need.
    """
    links = links_of(events.model.pgh_tracked_model)
    tables = [events, *(link.events._default_manager.select_related("pgh_context") for link in links)]
    found = {
        (place, event.pgh_id): event
        for place, table in enumerate(tables)
        for event in table.filter(pgh_id__in=[number for _at, number, where in wanted if where == place])
    }
    page = [(found[where, number], where) for _at, number, where in wanted]
    earlier = events.model._default_manager.in_bulk(
        [event.pgh_before or 0 for event, where in page if where == 0]
    )
    names = _names([*found.values(), *earlier.values()], rows)
    people = _people(found.values())
    return [
        _link_entry(event, links[where - 1], names, people)
        if where
        else _entry(event, earlier.get(event.pgh_before), names, people)
        for event, where in page
    ]


def _link_entry(event: Any, link: Link, names: Names, people: Mapping[int, models.Model]) -> Entry:
    """A link that was made or taken away, as a change of its owner."""
    other = _words(event._meta.get_field(link.other), event, names)
    before, after = (other, "") if event.pgh_label == "delete" else ("", other)
    change = Change(capfirst(str(link.field.verbose_name)), before, after)
    row = getattr(event, f"{link.owner}_id")
    return _said(event, row, KINDS["update"], people, [change])


def _entry(event: Any, before: Any, names: Names, people: Mapping[int, models.Model]) -> Entry:
    word = KINDS.get(event.pgh_label, event.pgh_label)
    return _said(event, event.pgh_obj_id, word, people, _changes(event, before, names))


def _said(
    event: Any, row: Any, word: str | Promise, people: Mapping[int, models.Model], changes: list[Change]
) -> Entry:
    context = event.pgh_context.metadata if event.pgh_context else {}
    return Entry(
        row=row,
        word=word,
        at=event.pgh_created_at,
        by=_actor(context, people.get(context.get("user") or 0)),
        reason=context.get("reason", ""),
        request=context.get("request", ""),
        url=context.get("url", ""),
        changes=changes,
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
    keys = {event.pgh_context.metadata.get("user") or 0 for event in events if event.pgh_context}
    return get_user_model()._default_manager.in_bulk(keys | {0})
