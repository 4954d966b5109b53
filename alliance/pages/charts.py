"""Small charts of one key figure over the years, drawn on the server as plain SVG."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

WIDTH, HEIGHT = 360, 170
EDGE, TOP, BOTTOM = 6, 24, 22
LABEL_BELOW = 14
WIDEST_BAR = 24
SIGN_WIDTH = 6.6
UNSETTLED = {"p", "s", "provisional", "estimated"}
STATUS_WORDS: dict[str, str | Promise] = {
    "": pgettext_lazy("figure", "final"),
    "p": pgettext_lazy("figure", "provisional"),
    "r": pgettext_lazy("figure", "revised"),
    "s": pgettext_lazy("figure", "estimated"),
}

Row = tuple[int, Decimal, str]
Scale = Callable[[Decimal], float]


@dataclass(frozen=True)
class Point:
    """One year of the chart: its place on the drawing and what stands there."""

    year: int
    value: Decimal
    label: str
    status: str
    open: bool
    x: float
    y: float
    left: float
    top: float
    width: float
    height: float
    shown: bool
    year_shown: bool

    @property
    def label_shift(self) -> int:
        """The label stands above what is positive and below what is negative."""
        return LABEL_BELOW if self.value < 0 else -6


@dataclass(frozen=True)
class Chart:
    """A drawn chart and its description in words."""

    points: list[Point]
    baseline: float
    description: str
    curve: str
    kind: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = EDGE
    right: int = WIDTH - EDGE

    @property
    def has_open(self) -> bool:
        """Whether any figure is not settled yet."""
        return any(point.open for point in self.points)


def draw(figures: Iterable[Any], *, kind: str = "bar") -> Chart | None:
    """The chart of figures with year, value and status; None when there are fewer than two."""
    rows = sorted(row for row in map(_row, figures) if row is not None)
    if len(rows) < 2:
        return None
    up = _scale([value for _year, value, _status in rows])
    points = _points(rows, up, kind)
    curve = " ".join(f"{point.x:g},{point.y:g}" for point in points)
    return Chart(points, up(Decimal(0)), _describe(points), curve, kind)


def number(value: Any, decimals: int | None = None) -> str:
    """A number in the reader's notation, with as many digits after the point as it has."""
    if value is None or value == "":
        return ""
    if decimals is None:
        decimals = _decimals(Decimal(str(value)))
    # Django's number_format cuts digits off instead of rounding.
    value = round(Decimal(str(value)), decimals)
    return number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)


def _decimals(value: Decimal) -> int:
    """How many digits after the point a value needs."""
    return max(0, -int(value.normalize().as_tuple().exponent))


def _row(figure: Any) -> Row | None:
    if isinstance(figure, Mapping):
        year, value, status = figure["year"], figure["value"], figure.get("status")
    else:
        year, value, status = figure.year, figure.value, getattr(figure, "status", "")
    return None if value is None else (int(year), Decimal(str(value)), str(status or ""))


def _points(rows: list[Row], up: Scale, kind: str) -> list[Point]:
    decimals = max(_decimals(value) for _year, value, _status in rows)
    labels = [number(value, decimals) for _year, value, _status in rows]
    width = _bar_width(rows)
    across = _across(rows, max(width, len(labels[0]) * SIGN_WIDTH, len(labels[-1]) * SIGN_WIDTH) / 2)
    told = _told([value for _year, value, _status in rows], max(map(len, labels)), kind)
    every = math.ceil(len(rows) / 8)
    zero = up(Decimal(0))
    return [
        Point(
            year=year,
            value=value,
            label=labels[i],
            status=status,
            open=status in UNSETTLED,
            x=across(year),
            y=up(value),
            left=round(across(year) - width / 2, 1),
            top=min(up(value), zero),
            width=width,
            height=round(abs(zero - up(value)), 1),
            shown=i in told,
            year_shown=(len(rows) - 1 - i) % every == 0,
        )
        for i, (year, value, status) in enumerate(rows)
    ]


def _told(values: list[Decimal], longest: int, kind: str) -> set[int]:
    """Which values are written out: all where there is room, else the ends and the extremes."""
    last = len(values) - 1
    if (longest + 1) * SIGN_WIDTH * len(values) < WIDTH - 2 * EDGE:
        return set(range(len(values)))
    return {0, last} if kind == "bar" else {0, last, values.index(max(values)), values.index(min(values))}


def _across(rows: list[Row], margin: float) -> Callable[[int], float]:
    first, last = rows[0][0], rows[-1][0]
    step = (WIDTH - 2 * (EDGE + margin)) / max(last - first, 1)
    return lambda year: round(EDGE + margin + (year - first) * step, 1)


def _bar_width(rows: list[Row]) -> float:
    years = rows[-1][0] - rows[0][0] + 1
    return round(min(WIDEST_BAR, (WIDTH - 2 * EDGE) / years * 0.62), 1)


def _scale(values: list[Decimal]) -> Scale:
    lowest, highest = min(*values, Decimal(0)), max(*values, Decimal(0))
    span = (highest - lowest) or Decimal(1)
    room = HEIGHT - TOP - BOTTOM - (LABEL_BELOW if lowest < 0 else 0)
    return lambda value: round(float(TOP + room * (1 - (value - lowest) / span)), 1)


def _describe(points: list[Point]) -> str:
    first, last = points[0], points[-1]
    high, low = max(points, key=lambda p: p.value), min(points, key=lambda p: p.value)
    return _(
        "From %(first)s in %(first_year)s to %(last)s in %(last_year)s; "
        "highest %(high)s in %(high_year)s, lowest %(low)s in %(low_year)s."
    ) % {
        "first": first.label, "first_year": first.year, "last": last.label, "last_year": last.year,
        "high": high.label, "high_year": high.year, "low": low.label, "low_year": low.year,
    }  # fmt: skip
