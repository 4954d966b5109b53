"""Small pictures of a size beside its word or number: a step on a ladder, a share of the whole."""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

STEP, GAP, HIGH = 8, 3, 26
LINE, THICK = 200, 8


@lru_cache(maxsize=200)
def ladder(step: int, steps: int) -> SafeString:
    """A ladder of steps that grow, filled up to one of them; the word for it stands beside."""
    bars = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="1"/>',
        (
            ("is-on" if place < step else "is-off", place * (STEP + GAP), HIGH - high, STEP, high)
            for place, high in enumerate(heights(steps))
        ),
    )
    width = steps * (STEP + GAP) - GAP
    return format_html(
        '<svg class="ladder" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>', width, HIGH, bars
    )


def heights(steps: int) -> list[int]:
    """The lowest step is a third of the highest."""
    return [round(HIGH * (1 + 2 * place / max(steps - 1, 1)) / 3) for place in range(steps)]


@lru_cache(maxsize=2000)
def bar_line(value: float, most: float) -> SafeString:
    """A line filled as far as the value is of the most there is; the number stands beside."""
    filled = round(LINE * min(value, most) / most, 1) if most else 0
    return format_html(
        '<svg class="bar-line" viewBox="0 0 {0} {1}" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="is-off" width="{0}" height="{1}"/><rect class="is-on" width="{2}" height="{1}"/></svg>',
        LINE,
        THICK,
        f"{filled:g}",
    )
