"""Taking up again what a city chooses of its entries from before; each is restored whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.pages.refusals import Refusal
from cities.models import City
from companies.actions import companies
from companies.actions.archiving import REASON
from companies.actions.refusals import CompanyRefusal
from companies.models import Company
from companies.permissions import require_keeper
from companies.states import CompanyState


class ArchivedAgain(CompanyRefusal):
    """Somebody has decided something else about it since."""

    sentence = _("“%(company)s” was archived again meanwhile, for another reason: %(reason)s.")


@dataclass(frozen=True)
class Restored:
    """What came of it: the entries taken up, and a sentence for each that was not."""

    done: list[Company] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def restore_chosen(
    city: City,
    rows: Iterable[Company],
    *,
    publish_until: date | None = None,
    by: User | None,
    at: datetime | None = None,
) -> Restored:
    """Restore these entries of a city, as drafts or published until a day. A second time changes nothing."""
    at = at or timezone.now()
    require_keeper(by, city, at=at)
    companies.refuse_place(city, at)
    if publish_until is not None:
        companies.require_within_a_year(publish_until, at)
    result = Restored()
    for company in rows:
        try:
            result.done.append(restore(company, publish_until=publish_until, by=by, at=at))
        except Refusal as refusal:
            result.refused.append(str(refusal.sentence))
    return result


@transaction.atomic
def restore(company: Company, *, publish_until: date | None, by: User | None, at: datetime) -> Company:
    """One of them: what cannot be published as wanted is not restored either."""
    company = companies.kept(company, by=by, at=at)
    archived = company.state == CompanyState.ARCHIVED
    if archived and company.merged_into is None and company.archive_reason != REASON:
        raise ArchivedAgain(company=company.name, reason=company.get_archive_reason_display())
    if archived or publish_until is None:
        company = companies.restore(company, by=by, at=at)
    if publish_until is not None:
        company = companies.publish(company, valid_until=publish_until, by=by, at=at)
    return company
