"""Who has answered how: what of it a person may see, in words and as marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from alliance.accounts.models import User
from alliance.pages.moments import EAST, day_text
from membership.actions.outcomes import Record, from_content, member_of, record_of
from membership.consent import Member, Outcome, sentences
from membership.consent.reasons import SIDES
from membership.models import Circular, Decision, Elector, MembershipCity, Reminder, Statement
from membership.permissions.circulars import electors_of, own_electors, sees_answers
from membership.states import ON_BEHALF, Channel, CircularState, Result

CHANNEL_WORDS = {
    Channel.MAIL: pgettext_lazy("answer came", "by e-mail"),
    Channel.LETTER: pgettext_lazy("answer came", "by letter"),
    Channel.TELEPHONE: pgettext_lazy("answer came", "by telephone"),
}


@dataclass(frozen=True)
class Viewer:
    """As what a person looks at a circular."""

    user: User
    at: datetime
    own: tuple[Elector, ...]
    speaking: frozenset[int]
    sees_all: bool

    @classmethod
    def of(cls, user: User, circular: Circular, *, at: datetime) -> Viewer:
        own = (
            own_electors(user, circular, at=at)
            .select_related("exit", "membership")
            .prefetch_related(Prefetch("membership__places", MembershipCity.objects.select_related("city")))
        )
        speaking = electors_of(user, circular, at=at).values_list("pk", flat=True)
        return cls(user, at, tuple(own), frozenset(speaking), sees_answers(user, circular, at=at))

    @property
    def voices(self) -> list[Elector]:
        """The members whose statement the person may give."""
        return [row for row in self.own if row.pk in self.speaking and not self.has_left(row)]

    def has_left(self, elector: Elector) -> bool:
        leaves = getattr(elector, "exit", None)
        return leaves is not None and leaves.left_at <= self.at

    def is_of(self, elector: int) -> bool:
        return any(row.pk == elector for row in self.own)


class Mark(NamedTuple):
    """A statement, as far as its mark shows it."""

    elector: int
    position: str
    channel: str
    late: bool
    contestation: int | None

    @property
    def counts(self) -> bool:
        return not self.late and self.contestation is None


@dataclass(frozen=True)
class Standing:
    """Where a circular that asks for statements stands at a moment."""

    circular: Circular
    at: datetime
    decision: Decision | None = None

    @cached_property
    def record(self) -> Record:
        return record_of(self.circular)

    @cached_property
    def outcome(self) -> Outcome:
        """On the record as it stands: what came in time counts, recorded whenever, until the decision."""
        if self.decision is not None:
            members = {row.pk: member_of(row) for row in self.circular.electors.all()}
            return from_content(self.decision.outcome, members)
        return self.record.outcome(self.circular.cancelled_at or self.at)

    @property
    def result(self) -> Result:
        """The result the outcome stands for; it may differ from that at the close."""
        return Result(self.outcome.result.value)

    @property
    def changed_since_close(self) -> bool:
        return self.circular.state == CircularState.CLOSED and self.result != self.circular.result

    @cached_property
    def silent(self) -> list[Member]:
        positions = self.outcome.positions
        return [member for member in self.outcome.members if positions[member.key] is None]

    @cached_property
    def marks(self) -> dict[int, list[Mark]]:
        """All statements by member, in the order of receipt."""
        rows = Statement.objects.filter(circular=self.circular).order_by("received_at", "pk")
        found: dict[int, list[Mark]] = {}
        for row in rows.values_list("elector", "position", "channel", "late", "contestation"):
            found.setdefault(row[0], []).append(Mark(*row))
        return found


def answers_panel(
    standing: Standing, viewer: Viewer, notes: Mapping[int, str], *, now: datetime
) -> dict[str, Any]:
    """The panel “Who has answered”: the count, the sentence, and the lists a person may see."""
    strong, text = summary(standing, viewer)
    return {
        "count": count_line(standing, now),
        "strong": strong,
        "text": text,
        "sides": sides(standing, notes) if viewer.sees_all else own_side(standing, viewer, notes),
        "complete": viewer.sees_all,
    }


def count_line(standing: Standing, now: datetime) -> str:
    circular, outcome = standing.circular, standing.outcome
    counts = {"answered": outcome.answered, "size": outcome.size}
    if circular.state == CircularState.CLOSED:
        return _("%(answered)d of %(size)d members, at the close on %(day)s") % {
            **counts,
            "day": day_text(circular.closed_at),
        }
    if circular.state == CircularState.CANCELLED:
        return _("%(answered)d of %(size)d members, until it was cancelled") % counts
    return _("%(answered)d of %(size)d members, as of today, %(time)s in Foshan") % {
        **counts,
        "time": f"{now.astimezone(EAST):%H:%M}",
    }


def summary(standing: Standing, viewer: Viewer) -> tuple[str, str]:
    """How it stands, in one sentence and what belongs to it; computed by the function that decides."""
    state, outcome = standing.circular.state, standing.outcome
    if not viewer.sees_all:
        strong = _("%(answered)d of %(size)d members have answered.")
        return strong % {"answered": outcome.answered, "size": outcome.size}, hidden_note(
            standing.circular, viewer
        )
    if state == CircularState.CLOSED:
        return f"{standing.result.label}.", outcome.text()
    if state == CircularState.CANCELLED:
        return _("Cancelled: no result is computed."), ""
    missing = standing.record.missing(standing.at)
    return missing.headline.text(), sentences(missing.further)


def hidden_note(circular: Circular, viewer: Viewer) -> str:
    if circular.state == CircularState.CANCELLED:
        return _("The circular was cancelled; who had answered how stays with the secretariat.")
    if viewer.own:
        return _("Until the close only the secretariat sees who has answered how; you see your own answer.")
    return _("Who has answered how is shown after the close.")


def sides(standing: Standing, notes: Mapping[int, str]) -> list[dict[str, Any]]:
    """Both sides with one line a member."""
    outcome = standing.outcome
    return [
        {
            "label": SIDES[side],
            "answered": tally.answers,
            "total": tally.size,
            "rows": rows(standing, [member for member in outcome.members if member.side == side], notes),
        }
        for side, tally in outcome.sides.items()
    ]


def own_side(standing: Standing, viewer: Viewer, notes: Mapping[int, str]) -> list[dict[str, Any]]:
    """The answer of the person's own member, where the others are not shown."""
    members = [member for member in standing.outcome.members if viewer.is_of(member.key)]  # type: ignore[arg-type]
    if not members:
        return []
    answered = sum(standing.outcome.positions[member.key] is not None for member in members)
    own = rows(standing, members, notes)
    return [{"label": _("Your city"), "answered": answered, "total": len(members), "rows": own}]


def rows(standing: Standing, members: Iterable[Member], notes: Mapping[int, str]) -> list[dict[str, Any]]:
    positions = standing.outcome.positions
    return [
        row_of(member, positions[member.key], standing.marks.get(member.key, []), notes.get(member.key, ""))  # type: ignore[call-overload, arg-type]
        for member in members
    ]


def row_of(member: Member, position: object, marks: list[Mark], note: str) -> dict[str, Any]:
    """One line: the answer that counts, else the last one that does not, else silence."""
    if position:
        counting = [mark for mark in marks if mark.counts and mark.position == position]
        way = counting[-1].channel if counting else ""
        return {"name": str(member), "position": str(position), "note": CHANNEL_WORDS.get(way, "")}  # type: ignore[call-overload]
    if marks:
        last = marks[-1]
        contested = last.contestation is not None
        return {"name": str(member), "position": last.position, "late": last.late, "contested": contested}
    return {"name": str(member), "position": "", "note": note}


def reminded(circular: Circular) -> dict[int, int]:
    """How often each member was reminded."""
    counts: dict[int, int] = {}
    through = Reminder.electors.through.objects.filter(reminder__circular=circular)
    for elector in through.values_list("elector", flat=True):
        counts[elector] = counts.get(elector, 0) + 1
    return counts


def reminder_word(times: int) -> str:
    if times == 2:
        return _("Reminded twice")
    return ngettext("Reminded once", "Reminded %(times)d times", times) % {"times": times}


def is_on_behalf(channel: str) -> bool:
    return channel in ON_BEHALF
