"""The way of an application in plain steps with dates, and where it stands, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliance.pages.moments import EAST, WEST, day_text
from cities.models import City
from cities.states import Country
from membership.actions.completeness import missing
from membership.actions.outcomes import outcome_of
from membership.consent.reasons import listed
from membership.models import Application, Circular, Decision
from membership.states import ApplicationState, CircularState
from membership.views import circulars_facts as words

S = ApplicationState
TONES = {
    S.DRAFT: "neutral",
    S.SUBMITTED: "active",
    S.RETURNED: "warning",
    S.IN_CONSULTATION: "active",
    S.ACCEPTED: "done",
    S.DECLINED: "ended",
    S.POSTPONED: "waiting",
    S.RETRACTED: "ended",
}
PLAIN_WORDS = {
    S.DRAFT: gettext_lazy("Not submitted yet"),
    S.SUBMITTED: gettext_lazy("Being checked"),
    S.RETURNED: gettext_lazy("To be corrected"),
    S.IN_CONSULTATION: gettext_lazy("With the member cities"),
    S.ACCEPTED: gettext_lazy("Accepted"),
    S.DECLINED: gettext_lazy("Declined"),
    S.POSTPONED: gettext_lazy("Postponed"),
    S.RETRACTED: gettext_lazy("Retracted"),
}


def status_of(application: Application, *, plain: bool) -> tuple[str, str]:
    """Where an application stands, as a word and its tone; applicants get plain words."""
    state = ApplicationState(application.state)
    return str(PLAIN_WORDS[state] if plain else state.label), TONES[state]


@dataclass(frozen=True)
class Way:
    """The way of one application: what its page says about where it stands."""

    application: Application
    cities: list[City]
    circular: Circular | None
    decision: Decision | None
    at: datetime

    @classmethod
    def of(cls, application: Application, *, at: datetime) -> Way:
        """Read the latest circular and decision."""
        circulars = application.circulars.select_related("extension").order_by("pk")
        decisions = application.decisions.select_related("membership").order_by("decided_at", "pk")
        return cls(application, list(application.cities.all()), circulars.last(), decisions.last(), at)

    @property
    def names(self) -> str:
        return listed([city.name for city in self.cities])

    def sentence(self) -> str:
        """Where it stands, in one or two sentences."""
        state = ApplicationState(self.application.state)
        return {
            S.DRAFT: self._draft,
            S.SUBMITTED: self._submitted,
            S.RETURNED: self._returned,
            S.IN_CONSULTATION: self._consultation,
            S.RETRACTED: self._retracted,
        }.get(state, self._decided)()

    def steps(self) -> list[dict[str, Any]]:
        """Applied, complete, with the member cities, decision, member."""
        members = words.step(_("With the member cities"), "", "todo")
        decision = words.decision_steps(self.circular or Circular(), self.decision)
        circular = self.circular
        if circular is not None and circular.state != CircularState.DRAFT:
            members = {**words.members_step(circular), "label": _("With the member cities")}
        elif self.application.state == S.IN_CONSULTATION:
            members = words.step(_("With the member cities"), _("being prepared"), "current")
        return self._stopped([*self._first_steps(), members, *decision])

    def _first_steps(self) -> list[dict[str, Any]]:
        application = self.application
        applied = words.step(_("Applied"), _("not submitted yet"), "current")
        complete = words.step(_("Complete"), "", "todo")
        if application.submitted_at:
            first = application.versions.order_by("number").values_list("submitted_at", flat=True).first()
            applied = words.step(_("Applied"), day_text(first), "done")
            complete = words.step(_("Complete"), _("being checked"), "current")
        if application.state == S.RETURNED:
            returned = _("to be corrected since %(day)s") % {"day": day_text(application.returned_at)}
            complete = words.step(_("Complete"), returned, "current")
        if application.passed_on_at:
            complete = words.step(_("Complete"), day_text(application.passed_on_at), "done")
        return [applied, complete]

    def _stopped(self, steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """A retracted application goes no further."""
        if self.application.state != S.RETRACTED:
            return steps
        done = [step for step in steps if step["state"] == "done"]
        ended = words.step(_("Retracted"), day_text(self.application.retracted_at), "current")
        return [*done, ended]

    def _draft(self) -> str:
        if missing(self.application):
            return _("A draft that nobody but you and your city's officers can see.")
        return _("A complete draft. It counts once it is submitted.")

    def _submitted(self) -> str:
        day = day_text(self.application.submitted_at)
        return _("With the secretariat since %(day)s, which checks whether everything is there.") % {
            "day": day
        }

    def _returned(self) -> str:
        day = day_text(self.application.returned_at)
        return _("Returned on %(day)s with comments: to be corrected and submitted again.") % {"day": day}

    def _consultation(self) -> str:
        circular = self.circular
        if circular is None or circular.state in (CircularState.DRAFT, CircularState.CANCELLED):
            return _("Complete. The secretariat prepares the circular to the member cities.")
        if circular.state == CircularState.CLOSED:
            return words.closed_lead(circular, self.names)
        return self._asked(circular)

    def _asked(self, circular: Circular) -> str:
        outcome = outcome_of(circular, at=self.at)
        answered = sum(position is not None for position in outcome.positions.values())
        return _("With the member cities until %(deadline)s · %(answered)d of %(asked)d have answered") % {
            "deadline": self._deadline(circular.current_deadline),
            "answered": answered,
            "asked": outcome.size,
        }

    def _deadline(self, deadline: datetime | None) -> str:
        """“12 March 2017, 23:59 Foshan time, 16:59 Mainz time”: on the applicant's side its own name."""
        if deadline is None:
            return ""
        here, there = deadline.astimezone(EAST), deadline.astimezone(WEST)
        values = {
            "day": date_format(here.date(), "DATE_FORMAT"),
            "time": f"{here:%H:%M}",
            "other_day": date_format(there.date(), "DATE_FORMAT"),
            "other_time": f"{there:%H:%M}",
            "place": self._other_place(),
        }
        if here.date() == there.date():
            return _("%(day)s, %(time)s Foshan time, %(other_time)s %(place)s") % values
        return _("%(day)s, %(time)s Foshan time, %(other_day)s, %(other_time)s %(place)s") % values

    def _other_place(self) -> str:
        first = self.cities[0]
        german = first.name if first.country == Country.GERMANY else ""
        return _("%(city)s time") % {"city": german} if german else _("German time")

    def _retracted(self) -> str:
        day = day_text(self.application.retracted_at)
        return _("Retracted by the applicant on %(day)s.") % {"day": day}

    def _decided(self) -> str:
        return words.decided_lead(self.decision, self.names) if self.decision else ""


def question(way: Way, *, plain: bool) -> str:
    """The question a reader has before the page."""
    names = {"city": way.names}
    if plain:
        return _("Where does the application of %(city)s stand?") % names
    if way.application.state == S.SUBMITTED:
        return _("Is the application of %(city)s complete?") % names
    if way.application.state in (S.IN_CONSULTATION, S.POSTPONED):
        return _("Shall %(city)s join the alliance?") % names
    return _("The application of %(city)s") % names
