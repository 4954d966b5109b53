"""What can be done with a company's entry now, by whom it may be done, and why not where it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alliance.pages.moments import day_text
from companies.actions import freshness
from companies.models import Company
from companies.permissions import may_keep
from companies.states import CompanyState

S = CompanyState


@dataclass(frozen=True)
class Doing:
    """One thing that can be done: a button, what follows from it; or why it cannot be done now."""

    label: str
    url: str
    note: str
    asks: bool = False
    """It asks for something first: a link to a form instead of a button."""
    tone: str = "secondary"
    why_not: str = ""


def doings_of(company: Company, user: Any, *, at: datetime) -> list[Doing]:
    """Everything that can be done with the entry, the one thing to do first."""
    if not may_keep(user, company.city_id, at=at):
        return []
    return list(possible(company, at))


def possible(company: Company, at: datetime) -> Iterator[Doing]:
    if company.state == S.ARCHIVED:
        yield verb(company, "restore", _("Restore"), _("It becomes a draft and can be changed again."))
        return
    until = {"day": day_text(freshness.next_validity(company, at=at))}
    if company.state == S.DRAFT:
        yield verb(
            company, "publish", _("Publish"), _("It is shown to others, and valid until %(day)s.") % until
        )
    else:
        note = _("You have looked at it and it still holds: valid until %(day)s.") % until
        yield verb(company, "confirm", _("Confirm"), note)
        yield verb(
            company, "withdraw", _("Withdraw"), _("It becomes a draft again and others do not see it.")
        )
    asked = _("It gets a link by mail to this one entry; you compare what it sends before it counts.")
    yield form(company, "send_link", _("Ask the firm"), asked)
    twice = _("The same company stands here twice: one entry is left, and nothing that either said is lost.")
    yield form(company, "merge", _("Merge"), twice)
    yield form(
        company, "archive", _("Archive"), _("It is kept for the record only; the reason is asked for.")
    )


def verb(company: Company, name: str, label: str, note: str) -> Doing:
    tone = "" if name in ("publish", "confirm") else "secondary"
    return Doing(label, address(company, name), note, tone=tone)


def form(company: Company, name: str, label: str, note: str) -> Doing:
    return Doing(label, address(company, name), note, asks=True)


def address(company: Company, name: str) -> str:
    return reverse(f"companies:{name}", args=[company.pk])
