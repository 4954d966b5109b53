"""The answers to a question in order, so that a page never costs more than its answers.

Where they are few they are put in order at once. Of many, one window after the other is asked for, each
as wide as it can be without holding more than can be put in order.
"""

from __future__ import annotations

from collections.abc import Iterator

from companies.querysets import limits
from companies.querysets.asked import Asked, Hit
from companies.querysets.windows import ALL, EVERYWHERE, FINEST, SIGNS, Window, first_part


def are_more(asked: Asked) -> bool:
    """Whether there are more answers than can be put in order at once, as far as is seen without effort."""
    return asked.expected > limits.FEW and counted(asked)[0] > limits.MOST_ORDERED


def counted(asked: Asked) -> tuple[int, bool]:
    """How many answers there are, 1,001 at most, and whether they are many.

    Of many only the first numbers are counted, where more than enough are expected.
    """
    expected = asked.expected
    part = None if asked.are_few else first_part(limits.SURELY / max(expected, limits.SURELY), asked.highest)
    if part and (total := asked.count(part.lexeme)) > limits.MOST_ORDERED:
        return total, total > limits.MANY * part.share
    return asked.count(), False


def fitting_width(expected: float, highest: int) -> int:
    """How wide windows may be, by how many answers are expected in all of them."""
    if expected <= limits.MOST_ORDERED:
        return ALL
    share = expected / (highest + 1)
    return next((bits for bits in SIGNS if share * (1 << bits) <= limits.ENOUGH), FINEST)


def width(asked: Asked) -> int:
    """How wide windows may be to begin with; wider where the first has hardly any of what was expected."""
    bits = fitting_width(asked.expected, asked.highest)
    while bits < ALL and (found := len(asked.first_hits(Window(bits, 0)))) < limits.SOME:
        wider = min(bit for bit in (*SIGNS, ALL) if bit > bits)
        bits = max(wider, fitting_width(found * (asked.highest + 1) / (1 << bits), asked.highest))
    return bits


def fitting(asked: Asked, widest: int, at: int, *, back: bool = False) -> tuple[Window, list[Hit]]:
    """The widest window from a number on, or up to it, that does not hold too many answers."""
    fits = [bits for bits in (ALL, *SIGNS) if bits <= widest and at % (1 << bits) == 0]
    for bits in fits:
        window = Window(bits, (at >> bits) - back)
        found = asked.first_hits(window)
        if bits == FINEST or len(found) <= limits.MOST_ORDERED:
            break
    return window, found


def answers(asked: Asked, widest: int, begin: int = 0) -> Iterator[tuple[Window, list[Hit]]]:
    """Window by window from a number on."""
    while begin <= asked.highest:
        window, found = fitting(asked, widest, begin)
        yield window, found
        begin = window.end


def answers_before(asked: Asked, widest: int, end: int) -> Iterator[tuple[Window, list[Hit]]]:
    """Window by window back from a number."""
    while end > 0:
        window, found = fitting(asked, widest, end, back=True)
        yield window, found
        end = window.begin


def answers_back(asked: Asked, widest: int) -> Iterator[tuple[Window, list[Hit]]]:
    """Window by window back from the end."""
    if widest == ALL:
        found = asked.first_hits(EVERYWHERE)
        if len(found) <= limits.MOST_ORDERED:
            yield EVERYWHERE, found
            return
    bits = min(widest, max(SIGNS))
    yield from answers_before(asked, widest, ((asked.highest >> bits) + 1) << bits)
