"""The frame of a circular's page: the question, the way so far, the facts beside the work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliance.pages.moments import day_text, moment_lines
from cities.models import City
from cities.states import Country
from membership.consent.reasons import listed
from membership.forms.rules import rule_of
from membership.models import Circular, Decision
from membership.states import ApplicationState, CircularState, DecisionKind, Result
from membership.views.circulars_answers import Standing, Viewer

Steps = list[dict[str, Any]]


def question(circular: Circular, applicants: list[City]) -> str:
    """What the circular asks, as a question; one that asks nothing has its subject."""
    if not applicants:
        return circular.subject
    return _("Shall %(city)s join the alliance?") % {"city": listed([city.name for city in applicants])}


def lead(standing: Standing | None, applicants: list[City], decision: Decision | None) -> str:
    """One or two sentences: what this is, and what comes next."""
    if standing is None:
        return ""
    circular, names = standing.circular, listed([city.name for city in applicants])
    if circular.state == CircularState.CANCELLED:
        return _("This circular was cancelled. No statements are needed any more.")
    if circular.state == CircularState.CLOSED:
        return decided_lead(decision, names) if decision else closed_lead(standing, names)
    if circular.current_deadline and standing.at > circular.current_deadline:
        return _("The time for statements is over; the result is being computed.")
    return asking_lead(standing, names, len(applicants))


def asking_lead(standing: Standing, names: str, cities: int) -> str:
    sentence = ngettext(
        "The secretariat asks all %(count)d members for their statement. "
        "With their consent, %(city)s becomes member number %(next)d.",
        "The secretariat asks all %(count)d members for their statement. "
        "With their consent, %(city)s together become member number %(next)d.",
        cities,
    )
    size = standing.outcome.size
    return sentence % {"count": size, "city": names, "next": size + 1}


def closed_lead(closed: Standing | Circular, names: str) -> str:
    """What a result means for the applicant."""
    if closed.result == Result.CARRIED:
        sentence = _("The members have consented. The management now decides on the accession of %(city)s.")
        return sentence % {"city": names}
    if closed.result == Result.NO_QUORUM:
        return _("Too few members have answered, so %(city)s cannot be accepted on this circular.") % {
            "city": names
        }
    return _("The members have not consented, so %(city)s cannot be accepted on this circular.") % {
        "city": names
    }


def decided_lead(decision: Decision, names: str) -> str:
    values = {"city": names, "day": day_text(decision.decided_at)}
    if decision.kind == DecisionKind.ACCEPTED:
        values["from"] = day_text(decision.member_from)
        return _("%(city)s is accepted and a member from %(from)s.") % values
    if decision.kind == DecisionKind.POSTPONED:
        return _("The management postponed the decision on %(city)s on %(day)s.") % values
    return _("The management declined the application of %(city)s on %(day)s.") % values


def progress(circular: Circular, decision: Decision | None) -> Steps:
    """The whole procedure from the application to the membership, with dates."""
    application = circular.application
    if application is None:
        return []
    first = application.versions.aggregate(at=Min("submitted_at"))["at"] or application.submitted_at
    return [
        step(_("Applied"), day_text(first), "done"),
        step(_("Complete"), day_text(application.passed_on_at), "done"),
        members_step(circular),
        *decision_steps(circular, decision),
    ]


def step(label: str, detail: str, state: str) -> dict[str, Any]:
    return {"label": label, "detail": detail, "state": state}


def members_step(circular: Circular) -> dict[str, Any]:
    label = _("With the members")
    if circular.state == CircularState.CLOSED:
        closed = _("%(result)s, %(day)s") % {
            "result": circular.get_result_display(),
            "day": day_text(circular.closed_at),
        }
        return step(label, closed, "done")
    if circular.state == CircularState.CANCELLED:
        return step(label, _("cancelled %(day)s") % {"day": day_text(circular.cancelled_at)}, "current")
    return step(label, _("until %(day)s") % {"day": deadline_day(circular)}, "current")


def decision_steps(circular: Circular, decision: Decision | None) -> Steps:
    waits = circular.state == CircularState.CLOSED and circular.result == Result.CARRIED
    if decision is None:
        return [
            step(_("Decision"), _("management"), "current" if waits else "todo"),
            step(_("Member"), _("at the plenary"), "todo"),
        ]
    made = _("%(decision)s, %(day)s") % {
        "decision": decision.get_kind_display(),
        "day": day_text(decision.decided_at),
    }
    if decision.kind != DecisionKind.ACCEPTED:
        return [step(_("Decision"), made, "current"), step(_("Member"), "", "todo")]
    begins = _("from %(day)s") % {"day": day_text(decision.member_from)}
    place = " · ".join(part for part in (begins, decision.occasion) if part)
    return [step(_("Decision"), made, "done"), step(_("Member"), place, "done")]


def deadline_day(circular: Circular) -> str:
    """The last day, as the zone of the rule has it."""
    deadline = circular.current_deadline
    return day_text(in_zone_of_rule(circular, deadline).date()) if deadline else ""


def in_zone_of_rule(circular: Circular, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo((circular.rule_content or {}).get("zone", "Asia/Shanghai")))


def facts(standing: Standing, viewer: Viewer) -> Iterator[dict[str, Any]]:
    """Deadline, rule and who was asked."""
    circular = standing.circular
    yield from closing_facts(standing, viewer)
    extension = getattr(circular, "extension", None)
    if extension:
        yield {
            "label": _("Extended from"),
            "value": day_text(in_zone_of_rule(circular, circular.deadline).date()),  # type: ignore[arg-type]
            "lines": [extension.reason],
        }
    rule = rule_of(circular.rule_content or {})
    meant = [{"label": _("What that means"), "url": "#rule"}]
    yield {"label": _("Rule"), "value": rule.name, "links": meant}
    yield asked_fact(standing)


def closing_facts(standing: Standing, viewer: Viewer) -> Iterator[dict[str, Any]]:
    circular, deadline = standing.circular, standing.circular.current_deadline
    if circular.state == CircularState.CANCELLED and circular.cancelled_at:
        yield {"label": _("Cancelled"), "value": "", "lines": lines_of(circular.cancelled_at, viewer)}
    elif circular.state == CircularState.CLOSED and circular.closed_at:
        early = [_("early, as the rule allows")] if circular.closed_early else []
        yield {"label": _("Closed"), "value": "", "lines": [*lines_of(circular.closed_at, viewer), *early]}
    elif deadline:
        yield {
            "label": _("Closes in") if standing.at <= deadline else _("The time is over since"),
            "value": time_left(circular, deadline, standing.at),
            "big": True,
            "lines": lines_of(deadline, viewer),
        }


def lines_of(moment: datetime, viewer: Viewer) -> list[str]:
    """A moment in both places; the person's own city stands for its side."""
    places = {Country.CHINA.value: _("Foshan"), Country.GERMANY.value: ""}
    for elector in viewer.own:
        for place in elector.membership.places.all():
            places[place.city.country] = place.city.name
    return moment_lines(moment, east=places[Country.CHINA], west=places[Country.GERMANY] or None)


def time_left(circular: Circular, deadline: datetime, now: datetime) -> str:
    """The distance to the deadline in days of the calendar; in hours on the last day."""
    days = abs((in_zone_of_rule(circular, deadline).date() - in_zone_of_rule(circular, now).date()).days)
    if days:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    hours = int(abs((deadline - now).total_seconds()) // 3600)
    if hours:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return _("less than an hour")


def asked_fact(standing: Standing) -> dict[str, Any]:
    circular = standing.circular
    asked = len(standing.record.electorate.members)
    value = ngettext("%(count)d full member on %(day)s", "%(count)d full members on %(day)s", asked)
    left = asked - standing.outcome.size
    lines = (
        [ngettext("%(count)d has left since", "%(count)d have left since", left) % {"count": left}]
        if left
        else []
    )
    return {
        "label": _("Asked"),
        "value": value % {"count": asked, "day": day_text(circular.issued_at)},
        "lines": lines,
    }


def waits_for_decision(circular: Circular) -> bool:
    application = circular.application
    return (
        circular.state == CircularState.CLOSED
        and application is not None
        and application.state == ApplicationState.IN_CONSULTATION
    )
