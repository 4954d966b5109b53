"""Whom the letter of a circular has reached so far; the secretariat's business."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alliance.letters.models import Delivery
from alliance.letters.states import IN_TROUBLE, REACHED
from cities.models.city import in_active_language
from membership.consent.reasons import listed
from membership.models import Addressee, Circular


@dataclass(frozen=True)
class Reach:
    """How far the letter came with one city, over all its leads and deputies."""

    city: str
    elector: int
    copies: int = 0
    failed: int = 0
    accepted: datetime | None = None
    opened: datetime | None = None

    @property
    def arrived(self) -> bool:
        return bool(self.accepted or self.opened)

    @property
    def in_trouble(self) -> bool:
        """Nobody to write to, or every copy came back."""
        return not self.arrived and self.failed == self.copies

    def word(self) -> str:
        """What stands beside a city that is silent."""
        if not self.copies:
            return _("Nobody to write to")
        if self.in_trouble:
            return _("Address failed")
        if self.opened:
            return _("Read %(day)s") % {"day": short_day(self.opened)}
        return _("Sent %(day)s") % {"day": short_day(self.accepted)} if self.accepted else _("On the way")


def short_day(moment: datetime) -> str:
    return _short_day(timezone.localtime(moment).date(), get_language())


@lru_cache(maxsize=1000)
def _short_day(day: date, language: str | None) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")


def reach_of(circular: Circular) -> list[Reach]:
    """City by city of the members asked, in two queries."""
    asked = Addressee.objects.filter(circular=circular, elector__isnull=False)
    names = ("city__name_zh", "city__name_de", "city__name_en")
    copies = deliveries_by_city(circular)
    return [
        Reach(in_active_language(row, "city__name"), row.elector, **copies.get(row.city__slug, {}))
        for row in asked.values_list("elector", "city__slug", *names, named=True)
    ]


def deliveries_by_city(circular: Circular) -> dict[str, dict[str, Any]]:
    rows = Delivery.objects.filter(letter=circular.letter_id).order_by().values("on_behalf_of")
    counted = rows.annotate(
        copies=Count("pk"),
        failed=Count("pk", filter=Q(state__in=IN_TROUBLE)),
        accepted=Min("settled_at", filter=Q(state__in=REACHED)),
        opened=Min("opened_at"),
    )
    fields = ("copies", "failed", "accepted", "opened")
    return {str(row["on_behalf_of"]): {field: row[field] for field in fields} for row in counted}  # type: ignore[literal-required]


def notes(reach: list[Reach], reminded: Mapping[int, int], reminder_word: Any) -> dict[int, str]:
    """What stands beside each silent member: trouble first, then reminders, then how far the letter came."""
    words: dict[int, str] = {}
    for row in reach:
        if row.in_trouble or row.elector not in words:
            words[row.elector] = row.word()
    troubled = {row.elector for row in reach if row.in_trouble}
    return words | {key: reminder_word(times) for key, times in reminded.items() if key not in troubled}


def letters_fact(circular: Circular, reach: list[Reach]) -> dict[str, Any]:
    """How many cities the letter has reached, and where it is in trouble."""
    arrived = sum(row.arrived for row in reach)
    trouble = [row.city for row in reach if row.in_trouble]
    waiting = len(reach) - arrived - len(trouble)
    lines = []
    if waiting:
        lines.append(ngettext("%(count)d on the way", "%(count)d on the way", waiting) % {"count": waiting})
    links = []
    if trouble:
        label = _("In trouble: %(cities)s") % listed_names(trouble)
        links.append({"label": label, "url": letter_url(circular)})
    value = _("%(arrived)d of %(total)d cities reached") % {"arrived": arrived, "total": len(reach)}
    return {
        "label": _("Letters"),
        "value": value,
        "url": letter_url(circular),
        "lines": lines,
        "links": links,
    }


def listed_names(names: list[str]) -> dict[str, str]:
    return {"cities": listed(names)}


def letter_url(circular: Circular) -> str:
    try:
        return reverse("letters:letter", args=[circular.letter_id])
    except NoReverseMatch:
        return ""
