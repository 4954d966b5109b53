"""Pages of a list of companies, by relevance or along a column; none costs more because it is far down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from companies.actions.cursors import Cursor
from companies.actions.inquiries import Inquiry
from companies.querysets import answers, limits
from companies.querysets.asked import Asked, Hit
from companies.querysets.orders import ORDERS, Order, chosen, walked
from companies.querysets.tiers import RELATED
from companies.querysets.windows import ALL, EVERYWHERE, Window
from companies.states import CompanyOrder

WHOLE = 0
"""Stands for a tier where all answers were put in order at once."""


@dataclass(frozen=True)
class Page:
    """The companies of a page by number, and where the pages beside it begin."""

    companies: list[int]
    total: int
    more: bool
    tier: int = 0
    before: list[Any] | None = None
    after: list[Any] | None = None


class Spot(NamedTuple):
    """Where an answer stands by relevance."""

    tier: int
    widest: int
    bits: int
    place: int
    hit: Hit

    @classmethod
    def at(cls, place: list[int]) -> Spot:
        tier, widest, bits, window, *hit = place
        return cls(tier, widest, bits, window, Hit._make(hit))

    @property
    def flat(self) -> list[int]:
        return [*self[:4], *self.hit]

    @property
    def window(self) -> Window:
        return Window(self.bits, self.place)


def page_of(inquiry: Inquiry, order: str, cursor: Cursor | None, limit: int) -> Page:
    if order == CompanyOrder.RELEVANCE:
        return by_relevance(inquiry, cursor, limit)
    return by_column(inquiry, ORDERS[CompanyOrder(order)], cursor, limit)


def by_relevance(inquiry: Inquiry, cursor: Cursor | None, limit: int) -> Page:
    if cursor is None:
        return first_by_relevance(inquiry, limit)
    start = Spot.at(cursor.place)
    ways = backward(inquiry, start) if cursor.back else onward(inquiry, start)
    return page(list(islice(ways, limit + 1)), limit, cursor.total, cursor.more, cursor)


def first_by_relevance(inquiry: Inquiry, limit: int) -> Page:
    """The answers all at once where they are few, else those that are asked for first."""
    found = None if answers.are_more(inquiry.whole) else inquiry.whole.gathered()
    if found is None:
        return page(list(islice(onward(inquiry), limit + 1)), limit, limits.MOST_ORDERED, more=True)
    few = list(spots(WHOLE, ALL, EVERYWHERE, found[: limit + 1]))
    return page(few, limit, len(found), more=False)


def page(found: list, limit: int, total: int, more: bool, cursor: Cursor | None = None) -> Page:
    """The first of what was found in the direction asked for; more than that says there is another page."""
    back = cursor is not None and cursor.back
    shown = found[:limit][::-1] if back else found[:limit]
    further = len(found) > limit
    if not shown:
        return Page([], total, more)
    return Page(
        [key_of(one) for one in shown],
        total,
        more,
        tier_of(shown[0]),
        before=flat(shown[0]) if (further if back else cursor is not None) else None,
        after=flat(shown[-1]) if back or further else None,
    )


def key_of(one: Any) -> int:
    return one.hit.company if isinstance(one, Spot) else one[0]


def tier_of(one: Any) -> int:
    if not isinstance(one, Spot):
        return WHOLE
    return one.tier or min(one.hit.later + 1, RELATED)


def flat(one: Any) -> list[Any]:
    return one.flat if isinstance(one, Spot) else list(one)


def onward(inquiry: Inquiry, start: Spot | None = None) -> Iterator[Spot]:
    """All answers by relevance, or those after one of them: tier by tier, window by window."""
    if start:
        rest = [hit for hit in asked_of(inquiry, start.tier).hits(start.window) if hit > start.hit]
        yield from spots(start.tier, start.widest, start.window, rest)
    for tier in tiers_from(inquiry, start):
        asked = inquiry.asked(tier)
        begin, widest = 0, start.widest if start else 0
        if start is None or tier != start.tier:
            widest = answers.width(asked)
        else:
            begin = start.window.end
        for window, found in answers.answers(asked, widest, begin):
            yield from spots(tier, widest, window, found)


def backward(inquiry: Inquiry, start: Spot) -> Iterator[Spot]:
    """The answers before one of them, the nearest first."""
    rest = [hit for hit in asked_of(inquiry, start.tier).hits(start.window) if hit < start.hit]
    yield from spots(start.tier, start.widest, start.window, rest[::-1])
    for tier in (tier for tier in reversed(inquiry.tiers()) if tier <= start.tier):
        asked = inquiry.asked(tier)
        if tier == start.tier:
            widest = start.widest
            ways = answers.answers_before(asked, widest, start.window.begin)
        else:
            widest = answers.width(asked)
            ways = answers.answers_back(asked, widest)
        for window, found in ways:
            yield from spots(tier, widest, window, found[::-1])


def asked_of(inquiry: Inquiry, tier: int) -> Asked:
    return inquiry.asked(tier) if tier else inquiry.whole


def tiers_from(inquiry: Inquiry, start: Spot | None) -> list[int]:
    if start is None:
        return inquiry.tiers()
    return [tier for tier in inquiry.tiers() if tier >= start.tier] if start.tier else []


def spots(tier: int, widest: int, window: Window, found: list[Hit]) -> Iterator[Spot]:
    return (Spot(tier, widest, window.bits, window.place, hit) for hit in found)


def by_column(inquiry: Inquiry, order: Order, cursor: Cursor | None, limit: int) -> Page:
    """Along a column: number and value of a company say where a page ends, and whether answers are many."""
    asked = inquiry.whole
    if cursor is None:
        total, many = answers.counted(asked)
        place = None
    else:
        total, (company, value, many) = cursor.total + cursor.more, cursor.place
        place = company, order.read(value)
    rows = walked if many else chosen
    found = rows(asked, order, place, limit + 1, back=cursor is not None and cursor.back)
    more = total > limits.MOST_ORDERED
    listed = [(company, str(value), many) for company, value in found]
    return page(listed, limit, min(total, limits.MOST_ORDERED), more, cursor)
