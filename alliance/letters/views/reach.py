"""How far a letter came with each city, over all its copies."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance.letters import parties
from alliance.letters.models import Delivery, Letter
from alliance.letters.states import IN_TROUBLE, DeliveryState

SHOWN_AT_ONCE = 60


class Stage(Enum):
    """How far a letter came, what needs work first."""

    NOBODY = 1
    IN_TROUBLE = 2
    ON_THE_WAY = 3
    ACCEPTED = 4
    OPENED = 5
    HANDED_OVER = 6
    CALLED_BACK = 7


WORDS: dict[Stage, str | Promise] = {
    Stage.NOBODY: _("Nobody to write to"),
    Stage.IN_TROUBLE: _("In trouble"),
    Stage.ON_THE_WAY: _("On the way"),
    Stage.ACCEPTED: pgettext_lazy("letter", "Accepted"),
    Stage.OPENED: _("Opened"),
    Stage.HANDED_OVER: _("Handed over"),
    Stage.CALLED_BACK: _("Called back"),
}
TONES = {
    Stage.NOBODY: "warning",
    Stage.IN_TROUBLE: "warning",
    Stage.ON_THE_WAY: "waiting",
    Stage.ACCEPTED: "active",
    Stage.OPENED: "done",
    Stage.HANDED_OVER: "done",
    Stage.CALLED_BACK: "ended",
}


@dataclass(frozen=True)
class Reach:
    """One city, and how far the letter came with it."""

    slug: str
    name: str
    stage: Stage

    @property
    def word(self) -> str | Promise:
        return WORDS[self.stage]

    @property
    def tone(self) -> str:
        return TONES[self.stage]

    @property
    def is_reached(self) -> bool:
        return self.stage in (Stage.ACCEPTED, Stage.OPENED, Stage.HANDED_OVER)

    @property
    def needs_work(self) -> bool:
        return self.stage in (Stage.NOBODY, Stage.IN_TROUBLE)


def reach_of(letter: Letter) -> list[Reach]:
    """City by city, what needs work first; also those that nobody could be written to for."""
    stages = dict.fromkeys(parties.asked_by(letter), Stage.NOBODY) | _stages(letter)
    names = parties.names_of(stages)
    rows = (Reach(slug, names[slug], stage) for slug, stage in stages.items())
    return sorted(rows, key=lambda row: (not row.needs_work, row.is_reached, row.name))


def _stages(letter: Letter) -> dict[str, Stage]:
    copies = defaultdict(list)
    rows = Delivery.objects.filter(letter=letter).exclude(on_behalf_of="").order_by()
    for slug, state, opened_at in rows.values_list("on_behalf_of", "state", "opened_at"):
        copies[slug].append((state, opened_at is not None))
    return {slug: _stage(one) for slug, one in copies.items()}


def _stage(copies: list[tuple[str, bool]]) -> Stage:
    """The best that became of a city's copies; where none arrived, trouble counts before waiting."""
    states = {state for state, _opened in copies}
    if DeliveryState.HANDED_OVER in states:
        return Stage.HANDED_OVER
    if any(opened for _state, opened in copies):
        return Stage.OPENED
    if DeliveryState.ACCEPTED in states:
        return Stage.ACCEPTED
    if states & set(IN_TROUBLE):
        return Stage.IN_TROUBLE
    return Stage.CALLED_BACK if states == {DeliveryState.CALLED_BACK} else Stage.ON_THE_WAY
