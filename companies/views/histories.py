"""What happened to a company's entry, from its audit trail, in words."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alliance.pages.admin import trails
from alliance.pages.phrases import enumerated
from companies.models import Company

NEWEST = 20
UNSAID = ("changed_at", "entered_at", "entered_by", "archived_at", "checked_by", "merged_into")
"""Fields that only repeat what the line itself says."""


def of_company(company: Company) -> list[dict[str, Any]]:
    """Its newest changes, those of entries merged into it included, the latest first."""
    own = [company.pk, *company.merged.values_list("pk", flat=True)]
    events = trails.events_of(Company).filter(pgh_obj__in=own)
    wanted = list(trails.keys(events)[:NEWEST])
    unsaid = {label(name) for name in UNSAID}
    return [line(entry, company, unsaid) for entry in trails.entries(events, wanted, rows)]


def rows(model: type[models.Model]) -> QuerySet[Any]:
    """The rows that changes point at, by what their names need."""
    return model._default_manager.all()


def line(entry: trails.Entry, company: Company, unsaid: set[str]) -> dict[str, Any]:
    """One change: what was done, when, by whom; and the fields before and after."""
    changes = [change for change in entry.changes if change.label not in unsaid]
    return {
        "at": entry.at,
        "by": entry.by,
        "text": words(entry, changes),
        "note": entry.reason,
        "changes": [] if entry.word == trails.KINDS["insert"] else changes,
        "elsewhere": entry.row != company.pk,
    }


def words(entry: trails.Entry, changes: list[trails.Change]) -> str:
    """The move where the state changed, else the fields."""
    if entry.word == trails.KINDS["insert"]:
        return _("Entered")
    for change in changes:
        if change.label == label("state"):
            return _("%(before)s → %(after)s") % {"before": change.before, "after": change.after}
    if {change.label for change in changes} <= {label("valid_until"), label("checked_on")}:
        return _("Confirmed")
    return _("Changed: %(fields)s") % {"fields": enumerated(change.label for change in changes)}


def label(name: str) -> str:
    field: Any = Company._meta.get_field(name)
    return capfirst(str(field.verbose_name))
