"""Finding companies: in any script, among a million of them, and only what the person may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection, transaction
from django.db.models.expressions import RawSQL

from companies.actions import cursors
from companies.actions.cursors import Cursor
from companies.actions.inquiries import Inquiry
from companies.actions.paging import Page, page_of
from companies.models import Company
from companies.querysets.sight import Sight
from companies.querysets.tiers import MISTYPED, Tier
from companies.querysets.wanted import Wanted
from companies.querysets.windows import settle
from companies.states import CompanyOrder
from membership.models.membership import alliance_day

__all__ = ["Found", "Wanted", "rows", "search"]

ANYTHING = Wanted()
MATCHING = "SELECT company_id FROM companies_companysearch WHERE {condition}"
SPOKEN = """
    SELECT word FROM unnest(%s::text[], %s::text[]) AS meant (word, query) WHERE EXISTS (
        SELECT FROM companies_companysearch WHERE company_id = ANY(%s) AND lexemes @@ query::tsquery)
"""


@dataclass(frozen=True)
class Found:
    """One page of the companies found, and the ways to the pages beside it."""

    companies: list[Company]
    total: int
    more_than_total: bool
    next_cursor: str = ""
    previous_cursor: str = ""
    tier: int = 1
    terms: tuple[str, ...] = ()
    """Words that were asked for instead of mistyped ones, where a company shown here has them."""


@transaction.atomic
def search(
    q: str,
    *,
    wanted: Wanted = ANYTHING,
    sight: Sight,
    sort: str = CompanyOrder.RELEVANCE,
    cursor: str = "",
    limit: int = 25,
    at: datetime,
) -> Found:
    """A page of the companies that the person may see and that the question finds."""
    inquiry = Inquiry(q, wanted, sight, alliance_day(at), highest=settle())
    order = order_of(sort, inquiry)
    question = cursors.digest(q, wanted, order)
    if place := cursors.read(cursor, question):
        inquiry = replace(inquiry, slips=place.slips)
    page = page_of(inquiry, order, place, limit)
    if inquiry.parts and not page.companies and place is None:
        inquiry = inquiry.with_slips()
        page = page_of(inquiry, order, None, limit)
    return found(page, inquiry, question)


def order_of(sort: str, inquiry: Inquiry) -> str:
    """Nothing is more relevant than anything else where nothing was asked."""
    known = sort if sort in CompanyOrder.values else CompanyOrder.RELEVANCE
    return CompanyOrder.NAME if known == CompanyOrder.RELEVANCE and not inquiry.parts else known


def found(page: Page, inquiry: Inquiry, question: str) -> Found:
    companies = in_order(page.companies, inquiry.sight)
    next_one, previous = (
        cursors.written(Cursor(back, place, page.total, page.more, inquiry.slips), question) if place else ""
        for back, place in ((False, page.after), (True, page.before))
    )
    terms = spoken(inquiry, companies) if inquiry.slips else ()
    tier = MISTYPED if inquiry.slips else page.tier
    return Found(companies, page.total, page.more, next_one, previous, tier, terms)


def in_order(companies: Sequence[int], sight: Sight) -> list[Company]:
    """The companies themselves; once more only what the person may see, as it stands in their own rows."""
    seen = Company.objects.seen_by(sight).select_related("city", "industry").order_by()
    rows = seen.in_bulk(companies)
    return [rows[company] for company in companies if company in rows]


def spoken(inquiry: Inquiry, companies: Sequence[Company]) -> tuple[str, ...]:
    """Of the words that may have been meant those by which a company that is shown was found."""
    tier = Tier(MISTYPED, inquiry.mistyped)
    meant = sorted({word for some in inquiry.mistyped.mistyped.values() for word in some})
    queries = [tier.term([word]) for word in meant]
    with connection.cursor() as cursor:
        cursor.execute(SPOKEN, [meant, queries, [company.pk for company in companies]])
        return tuple(row[0] for row in cursor.fetchall())


def rows(q: str, wanted: Wanted, sight: Sight, at: datetime) -> Iterator[int]:
    """All that the person may see and the question finds, for files; in the order of their numbers."""
    inquiry = Inquiry(q, wanted, sight, alliance_day(at))
    if search(q, wanted=wanted, sight=sight, limit=1, at=at).tier == MISTYPED:
        inquiry = inquiry.with_slips()
    condition, values = inquiry.whole.condition()
    matching = RawSQL(MATCHING.format(condition=condition), values)  # noqa: S611 - made of our own texts
    seen = Company.objects.seen_by(sight).filter(pk__in=matching).order_by("pk")
    return seen.values_list("pk", flat=True).iterator(chunk_size=2000)
