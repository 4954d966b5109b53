"""Small charts of one key figure over the years, drawn on the server as plain SVG."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

WIDTH, HEIGHT = 360, 170
LEFT, RIGHT, TOP, BOTTOM = 8, 8, 24, 22
LONGEST_BAR = 34
UNSETTLED = {"p", "s", "provisional", "estimated"}
STATUS_WORDS: dict[str, str | Promise] = {
    "": pgettext_lazy("figure", "final"),
    "p": pgettext_lazy("figure", "provisional"),
    "r": pgettext_lazy("figure", "revised"),
    "s": pgettext_lazy("figure", "estimated"),
}


@dataclass(frozen=True)
class Point:
    """One year of the chart: its place on the drawing and what stands there."""

    year: int
    value: Decimal
    label: str
    open: bool
    status: str
    x: float
    y: float
    left: float = 0
    top: float = 0
    width: float = 0
    height: float = 0
    shown: bool = False
    year_shown: bool = True


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
    left: int = LEFT
    right: int = WIDTH - RIGHT

    @property
    def has_open(self) -> bool:
        """Whether any figure is not settled yet."""
        return any(point.open for point in self.points)


def draw(figures: Iterable[Any], *, kind: str = "bar") -> Chart | None:
    """The chart of figures with year, value and status; None when there are fewer than two."""
    rows = sorted((_row(figure) for figure in figures), key=lambda row: row[0])
    rows = [row for row in rows if row[1] is not None]
    if len(rows) < 2:
        return None
    points = _points(rows, kind)
    curve = " ".join(f"{point.x:g},{point.y:g}" for point in points)
    return Chart(points, _scale(rows, kind)(Decimal(0)), _describe(points), curve, kind)


def number(value: Any, decimals: int | None = None) -> str:
    """A number in the reader's notation, with as many digits after the point as it has."""
    if value is None or value == "":
        return ""
    if decimals is None:
        value = Decimal(str(value)).normalize()
        decimals = max(0, -int(value.as_tuple().exponent))
    return number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)


def _row(figure: Any) -> tuple[int, Any, str]:
    if isinstance(figure, Mapping):
        return int(figure["year"]), figure["value"], str(figure.get("status") or "")
    return int(figure.year), figure.value, str(getattr(figure, "status", "") or "")


def _points(rows: list[tuple[int, Any, str]], kind: str) -> list[Point]:
    across, up = _across(rows, kind), _scale(rows, kind)
    values = [Decimal(str(value)) for _year, value, _status in rows]
    told = {0, len(rows) - 1, values.index(max(values))} if len(rows) > 6 else set(range(len(rows)))
    width = _bar_width(rows)
    every = math.ceil(len(rows) / 8)
    return [
        _point(row, across(row[0]), up, width, shown=i in told, year_shown=(len(rows) - 1 - i) % every == 0)
        for i, row in enumerate(rows)
    ]


def _point(
    row: tuple[int, Any, str], x: float, up: Any, width: float, *, shown: bool, year_shown: bool
) -> Point:
    year, value, status = row[0], Decimal(str(row[1])), row[2]
    y, zero = up(value), up(Decimal(0))
    return Point(
        year, value, number(value), status in UNSETTLED, status, round(x, 1), y,
        left=round(x - width / 2, 1), top=min(y, zero), width=width, height=round(abs(zero - y), 1),
        shown=shown, year_shown=year_shown,
    )  # fmt: skip


def _across(rows: list[tuple[int, Any, str]], kind: str) -> Any:
    first, last = rows[0][0], rows[-1][0]
    margin = _bar_width(rows) / 2 + 8
    step = (WIDTH - LEFT - RIGHT - 2 * margin) / max(last - first, 1)
    return lambda year: LEFT + margin + (year - first) * step


def _bar_width(rows: list[tuple[int, Any, str]]) -> float:
    years = rows[-1][0] - rows[0][0] + 1
    return round(min(LONGEST_BAR, (WIDTH - LEFT - RIGHT) / years * 0.62), 1)


def _scale(rows: list[tuple[int, Any, str]], kind: str) -> Any:
    values = [Decimal(str(value)) for _year, value, _status in rows] + [Decimal(0)]
    lowest, highest = min(values), max(values)
    span = (highest - lowest) or Decimal(1)
    room = HEIGHT - TOP - BOTTOM
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
