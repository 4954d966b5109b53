"""What a withdrawal touches, for the secretariat to see before it is communicated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cities.models import Officer
from membership.models import Circular, Withdrawal


@dataclass(frozen=True)
class Touched:
    """One kind of thing of the city, how many there are, and what becomes of them.

    `rows` are (text, url) pairs; a url may be empty.
    """

    label: str
    count: int
    note: str = ""
    url: str = ""
    rows: tuple[tuple[str, str], ...] = ()


Look = Callable[[Withdrawal, datetime], Touched]
looks: list[Look] = []
"""What other apps add: companies, offers and projects of the city, as they come to exist."""


def touches(withdrawal: Withdrawal, *, at: datetime | None = None) -> list[Touched]:
    """Everything that the withdrawal touches; what there is nothing of stands there with a count of 0."""
    at = at or timezone.now()
    return [open_circulars(withdrawal), membership(withdrawal), officers(withdrawal), *others(withdrawal, at)]


def open_circulars(withdrawal: Withdrawal) -> Touched:
    """Where the city's member has a voice that it loses with its last city."""
    asked = Circular.objects.with_members().filter(
        electors__membership=withdrawal.place.membership_id, rule_content__isnull=False
    )
    rows = tuple((f"{row.label} · {row.subject}", row.get_absolute_url()) for row in asked)
    stays = others_of_the_membership(withdrawal)
    note = (
        _("The membership keeps its voice: it goes on with %(cities)s.") % {"cities": stays}
        if stays
        else _("Its voice leaves the electorate, and the outcome is computed without it.")
    )
    label = ngettext("Open circular in which it votes", "Open circulars in which it votes", len(rows))
    return Touched(label, len(rows), note, rows=rows)


def membership(withdrawal: Withdrawal) -> Touched:
    """The place itself, and with whom it is shared."""
    stays = others_of_the_membership(withdrawal)
    note = (
        _("One city of a joint membership leaves; the others stay.")
        if stays
        else _("The membership ends on the day on which the withdrawal is effective.")
    )
    return Touched(_("Membership"), 1, note, withdrawal.city.get_absolute_url())


def others_of_the_membership(withdrawal: Withdrawal) -> str:
    """The names of the cities that stay, in the active language."""
    places = withdrawal.place.membership.places.select_related("city").exclude(pk=withdrawal.place_id)
    return " · ".join(place.city.name for place in places if place.ends is None)


def officers(withdrawal: Withdrawal) -> Touched:
    """Who acts for the city."""
    found = Officer.objects.confirmed().filter(city=withdrawal.place.city_id).select_related("user")
    rows = tuple((f"{row.user.name}, {row.get_level_display()}", row.get_absolute_url()) for row in found)
    return Touched(
        ngettext("Officer's access", "Officers' access", len(rows)),
        len(rows),
        _("They keep reading access to their own file, and no longer answer circulars."),
        rows=rows,
    )


def others(withdrawal: Withdrawal, at: datetime) -> Iterator[Touched]:
    """What further apps know of the city."""
    for look in looks:
        yield look(withdrawal, at)
