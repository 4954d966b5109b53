"""Who has answered how: what of it a person may see, in words and as marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Prefetch, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from alliance.accounts.models import User
from alliance.pages.kept import Kept
from alliance.pages.marks import answer_items
from alliance.pages.moments import day_text, moment_text
from cities.states import OfficerLevel
from membership.actions.outcomes import Record, counting_deadline, from_content, member_of, record_of
from membership.consent import Member, Missing, Outcome, sentences
from membership.consent.reasons import SIDES
from membership.models import Circular, Decision, Elector, MembershipCity, Reminder, Statement
from membership.models.membership import alliance_day
from membership.permissions.circulars import own_electors, sees_answers
from membership.states import ON_BEHALF, Channel, CircularState, Result
from membership.views import circulars_letters as letters

SERIES_SHOWN = 25
SPEAKING = (OfficerLevel.LEAD, OfficerLevel.DEPUTY)
TABLES = (
    "accounts.User",
    "membership.Circular",
    "membership.Contestation",
    "membership.DeadlineExtension",
    "membership.Decision",
    "membership.Elector",
    "membership.ElectorateExit",
    "membership.Question",
    "membership.Reminder",
    "membership.Reminder_electors",
    "membership.Statement",
)
KEPT = Kept(*TABLES, most=20)
KEPT_FOR_STAFF = Kept(*TABLES, "cities.City", "letters.Delivery", "membership.Addressee", most=20)

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
    levels: Mapping[int, str]
    sees_all: bool

    @classmethod
    def of(cls, user: User, circular: Circular, *, at: datetime) -> Viewer:
        offices = list(user.officers.confirmed())
        own = own_electors(user, circular, at=at) if offices else Elector.objects.none()
        places = Prefetch("membership__places", MembershipCity.objects.select_related("city"))
        members = tuple(own.select_related("exit", "membership").prefetch_related(places))
        speaking = {row.city_id: row.level for row in offices if row.level in SPEAKING}
        levels = dict(levels_in(members, speaking, day=alliance_day(at))) if user.is_active else {}
        sees_all = sees_answers(user, circular, at=at, is_asked=bool(members))
        return cls(user, at, members, levels, sees_all)

    @property
    def speaking(self) -> frozenset[int]:
        """The members whose statement the person may give: as lead or deputy of one of their cities."""
        return frozenset(self.levels)

    @property
    def voices(self) -> list[Elector]:
        """The members whose statement the person may give."""
        return [row for row in self.own if row.pk in self.speaking and not self.has_left(row)]

    def has_left(self, elector: Elector) -> bool:
        leaves = getattr(elector, "exit", None)
        return leaves is not None and leaves.left_at <= self.at

    def is_of(self, elector: int) -> bool:
        return any(row.pk == elector for row in self.own)


def levels_in(
    electors: Iterable[Elector], speaking: Mapping[int, str], *, day: date
) -> Iterator[tuple[int, str]]:
    """As what somebody speaks for each member: by the offices in the cities that it holds on a day."""
    for elector in electors:
        for place in elector.membership.places.all():
            if place.city_id in speaking and place.holds_on(day):
                yield elector.pk, speaking[place.city_id]


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
    for_staff: bool = False

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
    def missing(self) -> Missing:
        """What it still lacks to be carried."""
        return self.record.missing(self.at)

    @cached_property
    def hindrances(self) -> tuple[Any, ...]:
        """Why it may not close early."""
        return self.record.early_close_hindrances(self.at)

    @cached_property
    def reach(self) -> list[letters.Reach]:
        """City by city, for those who see who was told."""
        return letters.reach_of(self.circular) if self.for_staff else []

    @cached_property
    def notes(self) -> dict[int, str]:
        """What stands beside each silent member: while it is waited for, how far the letter came."""
        silent: set[int] = {member.key for member in self.silent}  # type: ignore[misc]
        if not self.circular.is_open:
            return dict.fromkeys(silent, pgettext("answer", "No answer"))
        reach = [row for row in self.reach if row.elector in silent]
        return letters.notes(reach, reminded(self.circular), reminder_word)

    @cached_property
    def sides(self) -> list[dict[str, Any]]:
        """Both sides with one line a member, drawn already: there may be thousands."""
        both = sides(self, self.notes)
        return [{**side, "drawn": answer_items(side["rows"])} for side in both]

    @cached_property
    def newest(self) -> list[Statement]:
        """The newest statements, one more than is shown."""
        return list(statements_of(self.circular)[: SERIES_SHOWN + 1])

    @cached_property
    def drawn_lines(self) -> dict[Any, str]:
        return {}

    def drawn_line(self, line: Mapping[str, Any]) -> str:
        """A statement of the series as its own city and staff see it, or as others do."""
        key = line["statement"].pk, line["close"]
        if key not in self.drawn_lines:
            self.drawn_lines[key] = render_to_string("membership/statement_line.html", {"line": line})
        return self.drawn_lines[key]

    @cached_property
    def marks(self) -> dict[int, list[Mark]]:
        """All statements by member, in the order of receipt."""
        rows = Statement.objects.filter(circular=self.circular).order_by("received_at", "pk")
        found: dict[int, list[Mark]] = {}
        for row in rows.values_list("elector", "position", "channel", "late", "contestation"):
            found.setdefault(row[0], []).append(Mark(*row))
        return found


def standing_of(circular: Circular, decision: Decision | None, *, at: datetime, for_staff: bool) -> Standing:
    """How it stands, kept for a minute unless something changes; what staff see depends on mails, too."""
    kept = KEPT_FOR_STAFF if for_staff else KEPT
    is_over = at > counting_deadline(circular)
    moment = at.replace(second=0, microsecond=0), is_over, decision and decision.pk
    return kept.get(circular.pk, lambda: Standing(circular, at, decision, for_staff), moment=moment)


def statements_of(circular: Circular) -> QuerySet[Statement]:
    """All statements, newest first."""
    rows = Statement.objects.filter(circular=circular).select_related("elector", "contestation", "entered_by")
    return rows.order_by("-received_at", "-pk")


def answers_panel(standing: Standing, viewer: Viewer, *, now: datetime) -> dict[str, Any]:
    """The panel “Who has answered”: the count, the sentence, and the lists a person may see."""
    strong, text = summary(standing, viewer)
    return {
        "count": count_line(standing, now),
        "strong": strong,
        "text": text,
        "sides": standing.sides if viewer.sees_all else own_side(standing, viewer),
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
    return _("%(answered)d of %(size)d members, as of %(moment)s") % {**counts, "moment": moment_text(now)}


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
    missing = standing.missing
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


def own_side(standing: Standing, viewer: Viewer) -> list[dict[str, Any]]:
    """The answer of the person's own member, where the others are not shown."""
    notes = {} if standing.circular.is_open else standing.notes
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
