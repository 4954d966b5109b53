"""Two entries side by side: what differs, what only one of them says, what both say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alliance.pages.charts import number
from companies.actions.values import FIELDS, TRANSLATIONS
from companies.actions.wordings import NOTHING, in_words
from companies.models import Company
from companies.states import CompanyState, DuplicateReason
from companies.views.words import freshness_mark

SPEAKS_FOR = {
    "register_number": DuplicateReason.NUMBER,
    "website": DuplicateReason.WEBSITE,
    "address": DuplicateReason.ADDRESS,
    "founded": DuplicateReason.FOUNDED,
    "registered_name": DuplicateReason.NAME,
}
SHORT = 400
"""Characters of a long text that are enough to compare it."""


@dataclass(frozen=True)
class Line:
    """One thing that at least one of both entries says."""

    label: str
    first: str
    second: str
    same: bool
    speaks_for_it: bool = False


def lines_of(first: Company, second: Company, reasons: list[str] | None = None) -> list[Line]:
    return [*compared(first, second, reasons or []), *counted(first, second)]


def compared(first: Company, second: Company, reasons: list[str]) -> Iterator[Line]:
    """Every field that is filled in on one side at least; where the texts come from follows from them."""
    yield Line(_("Seat"), first.city.name, second.city.name, first.city_id == second.city_id)
    for field in FIELDS:
        mine, theirs = getattr(first, field), getattr(second, field)
        if field in TRANSLATIONS or (mine in EMPTY and theirs in EMPTY):
            continue
        known: Any = Company._meta.get_field(field)
        label = capfirst(str(known.verbose_name))
        said, other = (
            in_words(one, field, value)[:SHORT] for one, value in ((first, mine), (second, theirs))
        )
        yield Line(label, said, other, mine == theirs, SPEAKS_FOR.get(field) in reasons)


EMPTY: tuple[Any, ...] = (None, "", [])


def counted(first: Company, second: Company) -> Iterator[Line]:
    """How many people and files hang on each."""
    for label, related in ((_("Contacts"), "contacts"), (_("Documents"), "documents")):
        alive = {"ended_at": None} if related == "contacts" else {"removed_at": None}
        counts = [getattr(one, related).filter(**alive).count() for one in (first, second)]
        if any(counts):
            said, other = (number(count) if count else NOTHING for count in counts)
            yield Line(label, said, other, counts[0] == counts[1])


def heads_of(first: Company, second: Company, day: date) -> list[dict[str, Any]]:
    """What stands above the columns: which entry, and how far it can be relied on."""
    return [
        {
            "label": label,
            "company": company,
            "status": freshness_mark(company, day),
            "entered": company.entered_at,
        }
        for label, company in ((_("Older entry"), first), (_("Newer entry"), second))
    ]


def fuller(first: Company, second: Company) -> Company:
    """The entry that had better stay: shown to others before a draft, then the one that says more."""
    return max(
        (first, second),
        key=lambda one: (
            one.state != CompanyState.ARCHIVED,
            one.state != CompanyState.DRAFT,
            sum(getattr(one, field) not in EMPTY for field in FIELDS),
            -one.pk,
        ),
    )
