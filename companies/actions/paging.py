"""Pages of a list of companies, by relevance or along a column; none costs more because it is far down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from companies.actions.cursors import Cursor
from companies.actions.inquiries import Inquiry
from companies.querysets import windows
from companies.querysets.orders import ORDERS, Order, chosen, walked
from companies.querysets.windows import Asked, Hit, Size, Window
from companies.states import CompanyOrder

MOST_COUNTED = 1000
MANY = 5000
"""Answers from which on it is quicker to walk along a column than to put all of them in order."""


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
    everything = windows.size()
    if cursor is None:
        spots = list(islice(onward(inquiry, everything), max(MOST_COUNTED, limit) + 1))
        return page(spots, limit, min(len(spots), MOST_COUNTED), len(spots) > MOST_COUNTED)
    start = Spot(*cursor.place[:4], Hit(*cursor.place[4:]))
    ways = backward(inquiry, everything, start) if cursor.back else onward(inquiry, everything, start)
    return page(list(islice(ways, limit + 1)), limit, cursor.total, cursor.more, cursor)


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
        shown[0].tier if isinstance(shown[0], Spot) else 0,
        before=flat(shown[0]) if (further if back else cursor is not None) else None,
        after=flat(shown[-1]) if back or further else None,
    )


def key_of(one: Any) -> int:
    return one.hit.company if isinstance(one, Spot) else one[0]


def flat(one: Any) -> list[Any]:
    return one.flat if isinstance(one, Spot) else list(one)


def onward(inquiry: Inquiry, everything: Size, start: Spot | None = None) -> Iterator[Spot]:
    """All answers by relevance, or those after one of them: tier by tier, window by window."""
    for tier in inquiry.tiers():
        if start and tier < start.tier:
            continue
        asked = inquiry.asked(tier)
        begin, widest = 0, start.widest if start and tier == start.tier else windows.widest(asked, everything)
        if start and tier == start.tier:
            rest = [hit for hit in windows.hits(asked, start.window) if hit > start.hit]
            yield from spots(tier, widest, start.window, rest)
            begin = start.window.end
        for window, found in windows.answers(asked, widest, everything.highest, begin):
            yield from spots(tier, widest, window, found)


def backward(inquiry: Inquiry, everything: Size, start: Spot) -> Iterator[Spot]:
    """The answers before one of them, the nearest first."""
    for tier in reversed(inquiry.tiers()):
        if tier > start.tier:
            continue
        asked = inquiry.asked(tier)
        widest = start.widest if tier == start.tier else windows.widest(asked, everything)
        end = windows.end_of_all(widest, everything.highest)
        if tier == start.tier:
            rest = [hit for hit in windows.hits(asked, start.window) if hit < start.hit]
            yield from spots(tier, widest, start.window, rest[::-1])
            end = start.window.begin
        for window, found in windows.answers_before(asked, widest, end):
            yield from spots(tier, widest, window, found[::-1])


def spots(tier: int, widest: int, window: Window, found: list[Hit]) -> Iterator[Spot]:
    return (Spot(tier, widest, window.bits, window.place, hit) for hit in found)


def by_column(inquiry: Inquiry, order: Order, cursor: Cursor | None, limit: int) -> Page:
    """Along a column: number and value of a company say where a page ends, and whether answers are many."""
    asked = inquiry.whole
    if cursor is None:
        total, many = counted(asked, windows.size())
        place = None
    else:
        total, (company, value, many) = cursor.total + cursor.more, cursor.place
        place = company, order.read(value)
    rows = walked if many else chosen
    found = rows(asked, order, place, limit + 1, back=cursor is not None and cursor.back)
    more = total > MOST_COUNTED
    listed = [(company, str(value), many) for company, value in found]
    return page(listed, limit, min(total, MOST_COUNTED), more, cursor)


def counted(asked: Asked, everything: Size) -> tuple[int, bool]:
    """How many answers there are, 1,001 at most, and whether they are many."""
    widest = windows.widest(asked, everything)
    total = end = 0
    while end <= everything.highest and total <= MOST_COUNTED:
        window = Window(widest, end >> widest)
        total += windows.count(asked, window, MOST_COUNTED + 1 - total)
        end = window.end
    covered = min(end, everything.highest + 1)
    return total, total > MOST_COUNTED and total * (everything.highest + 1) > MANY * covered
