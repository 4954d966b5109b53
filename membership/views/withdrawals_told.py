"""Which member cities the notice of a withdrawal has reached: one mark for each, and what is to be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliance.letters.models import Delivery
from alliance.letters.states import DeliveryState
from alliance.pages.moments import moment_text
from cities.models import City
from cities.models.city import name_order
from membership.actions.withdrawals_reach import Missing, must_be_told
from membership.consent import Side
from membership.consent.reasons import SIDES
from membership.models import Told, Withdrawal
from membership.states import ToldWay
from membership.views.circulars_letters import short_day

HANDED = "handed"
MARKS = {
    "mail": "done",
    "inbox": "consent",
    HANDED: "consent_with_comment",
    "accepted": "active",
    "way": "waiting",
    "trouble": "warning",
}
"""The shape for each way of being told, and of not being told yet."""
LEGEND = (
    (MARKS["mail"], gettext_lazy("told by e-mail, or opened in the system")),
    (MARKS[HANDED], gettext_lazy("handed over by post, fax, WeChat or in person")),
    (MARKS["accepted"], gettext_lazy("accepted by the mail server, the waiting time runs")),
    (MARKS["way"], gettext_lazy("on the way")),
    (MARKS["trouble"], gettext_lazy("in trouble: something must be done")),
)
COMES_BACK = (DeliveryState.FAILED, DeliveryState.BOUNCED, DeliveryState.CALLED_BACK)


@dataclass(frozen=True)
class Line:
    """One member city and how far the notice came with it."""

    city: int
    name: str
    side: str
    mark: str
    word: str
    is_told: bool

    @property
    def in_trouble(self) -> bool:
        return self.mark == MARKS["trouble"]


def lines_of(withdrawal: Withdrawal, missing: Iterable[Missing]) -> list[Line]:
    """Every member city that must be told, in the order of the sides and their names."""
    told = {row.city_id: row for row in Told.objects.filter(circular=withdrawal.circular_id)}
    waited_for = {one.city.pk: one for one in missing}
    asked = must_be_told(withdrawal).select_related("city")
    asked = asked.order_by("city__country", name_order("city__"), "pk")
    return [line_of(row.city, told.get(row.city_id), waited_for.get(row.city_id)) for row in asked]


def line_of(city: City, told: Told | None, missing: Missing | None) -> Line:
    if told is not None:
        return Line(city.pk, city.name, city.country, told_mark(told), told_word(told), is_told=True)
    copies, expected_at = (missing.deliveries, missing.expected_at) if missing else ([], None)
    mark, word = standing_of(copies, expected_at)
    return Line(city.pk, city.name, city.country, mark, word, is_told=False)


def told_mark(told: Told) -> str:
    return MARKS.get(told.way, MARKS[HANDED])


def told_word(told: Told) -> str:
    """How the city was told, and on which day."""
    day = {"day": short_day(told.told_at)}
    if told.way == ToldWay.INBOX:
        return _("Opened %(day)s") % day
    return _("%(way)s, %(day)s") % {**day, "way": told.get_way_display()}


def standing_of(copies: list[Delivery], expected_at: datetime | None) -> tuple[str, str]:
    """The mark and word of a city that is not told yet."""
    if expected_at is not None:
        return MARKS["accepted"], _("Accepted, counts from %(day)s") % {"day": short_day(expected_at)}
    if not copies:
        return MARKS["trouble"], _("Nobody to write to")
    if all(copy.state in COMES_BACK for copy in copies):
        back = any(copy.state == DeliveryState.BOUNCED for copy in copies)
        return MARKS["trouble"], _("Came back") if back else _("Not deliverable")
    if any(copy.state == DeliveryState.UNCERTAIN for copy in copies):
        return MARKS["way"], _("Possibly sent")
    if any(copy.state == DeliveryState.DEFERRED for copy in copies):
        return MARKS["way"], _("Will be tried again")
    return MARKS["way"], _("On the way")


def sides_of(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Both sides with their cities; a side without one is left out."""
    by_side: dict[str, list[Line]] = {}
    for line in lines:
        by_side.setdefault(line.side, []).append(line)
    return [
        {
            "label": SIDES[Side(side.lower())],
            "told": sum(line.is_told for line in rows),
            "total": len(rows),
            "rows": rows,
        }
        for side, rows in by_side.items()
    ]


def missing_lines(missing: Iterable[Missing]) -> list[dict[str, Any]]:
    """Each city that is still waited for, what became of its copies, and what can be done."""
    lines = []
    for one in missing:
        mark, word = standing_of(one.deliveries, one.expected_at)
        lines.append(
            {
                "city": one.city,
                "tone": "warning" if mark == MARKS["trouble"] else mark,
                "word": word,
                "expected": expected_text(one.expected_at),
                "copies": one.deliveries,
                "pressing": mark == MARKS["trouble"],
            }
        )
    return sorted(lines, key=lambda line: (not line["pressing"], line["city"].name))


def expected_text(expected_at: datetime | None) -> str:
    """From when on an accepted mail counts, if it does not come back."""
    if expected_at is None:
        return ""
    return _("If it does not come back, the city counts as told from %(moment)s.") % {
        "moment": moment_text(expected_at)
    }
