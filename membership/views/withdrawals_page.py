"""The page of one withdrawal: where it stands, who is told, who is missing, what can be done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from alliance.letters.states import DeliveryState
from alliance.pages.moments import day_text, moment_lines, moment_text
from alliance.pages.phrases import sentences
from alliance.pages.templatetags.pages import script_language
from membership.actions import withdrawals
from membership.actions.withdrawals_effect import moment_of_effect
from membership.actions.withdrawals_reach import Missing
from membership.consent.reasons import listed
from membership.models import ElectorateExit, NoticeTerms, Withdrawal
from membership.permissions.circulars import sees_who_was_told
from membership.permissions.withdrawals import may_communicate, may_revoke, sees_request
from membership.states import WithdrawalState
from membership.views.circulars_facts import Steps, step
from membership.views.withdrawals import OfOneWithdrawal, status_of
from membership.views.withdrawals_told import LEGEND, Line, lines_of, missing_lines, sides_of

S = WithdrawalState


class WithdrawalPage(OfOneWithdrawal, TemplateView):
    """What the leaving city, the secretariat, or a member city that was told sees of a withdrawal."""

    template_name = "membership/withdrawal_page.html"

    @cached_property
    def is_own(self) -> bool:
        """Whether the person is an officer of the leaving city."""
        return self.request.user.officers.confirmed().filter(city=self.object.place.city_id).exists()

    @cached_property
    def sees_all(self) -> bool:
        """Which city was told how is shown to those who wait for it: the alliance and the leaving city."""
        return sees_who_was_told(self.request.user) or self.is_own

    @cached_property
    def missing(self) -> list[Missing]:
        if self.object.state != S.COMMUNICATING:
            return []
        found = withdrawals.still_missing(self.object, at=self.now)
        letter = self.object.circular.letter
        for copy in (copy for one in found for copy in one.deliveries):
            copy.letter = letter  # the same for all: not fetched once a copy
        return found

    @cached_property
    def lines(self) -> list[Line]:
        return lines_of(self.object, self.missing) if self.object.circular_id else []

    @cached_property
    def shown(self) -> list[Line]:
        """The lines this person may see: all, or those of the person's own cities."""
        if self.sees_all:
            return self.lines
        own = set(self.request.user.officers.confirmed().values_list("city", flat=True))
        return [line for line in self.lines if line.city in own]

    @cached_property
    def terms(self) -> NoticeTerms:
        """What held when the notice was issued; before that, what holds now."""
        return NoticeTerms.objects.at(self.object.communicated_at or self.now)

    @cached_property
    def due_at(self) -> datetime | None:
        """When it becomes effective by itself, once nobody is missing."""
        if self.object.state != S.COMMUNICATING or self.missing:
            return None
        return moment_of_effect(self.object)

    @cached_property
    def told(self) -> int:
        return sum(line.is_told for line in self.lines)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, user = self.object, self.request.user
        context = {
            "withdrawal": row,
            "city": row.city,
            "heading": heading(row),
            "lead": self.lead(),
            "status": status_of(row),
            "steps": self.steps(),
            "facts": self.facts(),
            "crumbs": self.crumbs(),
            "strong": self.strong(),
            "summary": self.summary(),
            "sides": sides_of(self.shown),
            "legend": LEGEND,
            "sees_all": self.sees_all,
            "missing": missing_lines(self.missing) if user.is_staff else [],
            "letter": row.circular.letter_id if row.circular and user.is_staff else None,
            "may_work": user.is_secretariat,
            "ready": row.state == S.SUBMITTED and may_communicate(user),
            "request_files": self.request_files(),
            "reason": row.reason if sees_request(user, row) else "",
            "revocable": is_revocable(row) and may_revoke(user, row),
            "consequences": consequences(row) if row.state == S.EFFECTIVE else [],
        }
        return super().get_context_data(**{**context, **kwargs})

    def lead(self) -> str:
        """Where it stands, in one or two sentences."""
        city = {"city": self.object.city.name}
        if self.object.state == S.SUBMITTED:
            return (
                _(
                    "The signed request is there. The secretariat now tells all member cities; "
                    "once all of them were told, %(city)s is out."
                )
                % city
            )
        if self.object.state == S.COMMUNICATING:
            return _(
                "The members are being told. It becomes effective by itself once all of them were; "
                "nobody can bring that forward."
            )
        if self.object.state == S.EFFECTIVE:
            return _("All member cities were told. %(city)s has not been a member since %(day)s.") % {
                **city,
                "day": day_text(self.object.place.ends),
            }
        return _("The withdrawal was revoked; %(city)s goes on being a member.") % city

    def steps(self) -> Steps:
        row = self.object
        filed = step(_("Filed"), day_text(row.filed_at), "done")
        if row.state == S.REVOKED:
            return [filed, *told_before(row), step(_("Revoked"), day_text(row.revoked_at), "current")]
        if row.state == S.SUBMITTED:
            return [
                {**filed, "state": "current"},
                step(_("Members are told"), "", "todo"),
                step(_("Effective"), "", "todo"),
            ]
        told = _("%(told)d of %(all)d cities") % {"told": self.told, "all": len(self.lines)}
        if row.state == S.EFFECTIVE:
            return [
                filed,
                step(_("Members are told"), told, "done"),
                step(_("Effective"), day_text(row.effective_at), "done"),
            ]
        if self.due_at:
            due = _("from %(day)s") % {"day": day_text(self.due_at)}
            return [filed, step(_("Members are told"), told, "done"), step(_("Effective"), due, "current")]
        return [filed, step(_("Members are told"), told, "current"), step(_("Effective"), "", "todo")]

    def strong(self) -> str:
        return _("%(told)d of %(all)d member cities are told.") % {"told": self.told, "all": len(self.lines)}

    def summary(self) -> str:
        """What is still missing, and what happens then."""
        if self.object.state == S.EFFECTIVE:
            return _("It became effective on %(moment)s, when the last of them counted as told.") % {
                "moment": moment_text(self.object.effective_at)
            }
        if self.object.state != S.COMMUNICATING:
            return ""
        if self.due_at:
            return _("It becomes effective on %(moment)s, when the notice period has passed.") % {
                "moment": moment_text(self.due_at)
            }
        return sentences([self.still_waited_for(), notice_sentence(self.terms)])

    def still_waited_for(self) -> str:
        if not self.sees_all:
            return ngettext("One is still missing.", "%(count)d are still missing.", len(self.missing)) % {
                "count": len(self.missing)
            }
        return _("Still missing: %(cities)s.") % {"cities": listed([one.city.name for one in self.missing])}

    def facts(self) -> list[dict[str, Any]]:
        row = self.object
        facts: list[dict[str, Any]] = [
            {"label": _("State"), "value": status_of(row)[0]},
            {"label": _("Filed"), "value": "", "lines": self.both(row.filed_at)},
            {"label": _("Notice sent"), "value": "", "lines": self.both(row.communicated_at)},
            {"label": _("Effective"), "value": "", "lines": self.both(row.effective_at)},
            {"label": _("Revoked"), "value": "", "lines": self.both(row.revoked_at)},
            self.circular_fact(),
            {"label": _("Letter of the city"), "value": day_text(row.dated)},
            self.signature_fact(),
            {
                "label": _("Wished end"),
                "value": day_text(row.wished_end),
                "lines": [_("for information only")] if row.wished_end else [],
            },
            {"label": _("Terms"), "value": "", "lines": terms_lines(self.terms)},
        ]
        return [fact for fact in facts if fact["value"] or fact.get("lines")]

    def both(self, moment: datetime | None) -> list[str]:
        """A moment in both zones; nothing for none."""
        return moment_lines(moment) if moment else []

    def circular_fact(self) -> dict[str, Any]:
        circular = self.object.circular
        if circular is None:
            return {"label": "", "value": ""}
        return {"label": _("Circular"), "value": circular.label, "url": circular.get_absolute_url()}

    def signature_fact(self) -> dict[str, Any]:
        """Who signed and how it came; for the alliance and the city itself."""
        row = self.object
        if not sees_request(self.request.user, row):
            return {"label": "", "value": ""}
        name = format_html('<span lang="{}">{}</span>', script_language(row.signed_by), row.signed_by)
        came = [_("entered by the secretariat")] if row.on_behalf else []
        return {"label": _("Signed by"), "value": name, "lines": came}

    def request_files(self) -> list[dict[str, Any]]:
        row = self.object
        if not sees_request(self.request.user, row):
            return []
        url = reverse("membership:withdrawal_request", args=[row.pk])
        kept = {"date": row.dated, "size": row.size, "sha256": row.sha256}
        return [{"name": row.filename, "url": url, "kind": _("Signed request"), **kept}]


def heading(row: Withdrawal) -> str:
    """The question a reader has, or its answer."""
    words = {
        S.SUBMITTED: _("%(city)s wants to leave the alliance"),
        S.COMMUNICATING: _("Who has been told that %(city)s leaves?"),
        S.EFFECTIVE: _("%(city)s has left the alliance"),
        S.REVOKED: _("%(city)s stays in the alliance"),
    }
    return words[S(row.state)] % {"city": row.city.name}


def told_before(row: Withdrawal) -> Steps:
    """A notice that was called back before anybody had it."""
    if row.communicated_at is None:
        return []
    return [step(_("Notice called back"), day_text(row.communicated_at), "done")]


def notice_sentence(terms: NoticeTerms) -> str:
    if not terms.notice_days:
        return _("It is effective in the moment in which the last one counts as told.")
    return ngettext(
        "It is effective %(count)d day after the last one counts as told.",
        "It is effective %(count)d days after the last one counts as told.",
        terms.notice_days,
    ) % {"count": terms.notice_days}


def terms_lines(terms: NoticeTerms) -> list[str]:
    """How long a mail may take to come back, and the notice period."""
    waiting = ngettext("waiting time %(count)d hour", "waiting time %(count)d hours", terms.waiting_hours) % {
        "count": terms.waiting_hours
    }
    if not terms.notice_days:
        return [waiting, _("no notice period")]
    notice = ngettext("notice period %(count)d day", "notice period %(count)d days", terms.notice_days)
    return [waiting, notice % {"count": terms.notice_days}]


def is_revocable(row: Withdrawal) -> bool:
    """As long as nobody can have read the notice; the action looks again under its lock."""
    if row.state == S.SUBMITTED:
        return True
    if row.state != S.COMMUNICATING or row.circular is None or row.circular.letter is None:
        return False
    out = row.circular.letter.deliveries.exclude(
        state__in=[DeliveryState.QUEUED, DeliveryState.CALLED_BACK], attempts=0, opened_at=None
    )
    return not out.exists()


def consequences(row: Withdrawal) -> list[dict[str, Any]]:
    """What followed from it: the end of the membership, and the circulars whose electorate it left."""
    city = row.city
    found = [
        {
            "text": _("The membership of %(city)s ended on %(day)s; on that day it is no member any more.")
            % {"city": city.name, "day": day_text(row.place.ends)},
            "url": city.get_absolute_url(),
        },
        {"text": _("Its officers keep reading access to what is their city’s own."), "url": ""},
    ]
    others = [
        place.city.name
        for place in row.place.membership.places.select_related("city")
        if place.pk != row.place_id and place.ends is None
    ]
    if others:
        words = _("The membership it shared goes on with %(cities)s; its voice stays one.")
        return [*found, {"text": words % {"cities": listed(others)}, "url": ""}]
    exits = ElectorateExit.objects.filter(
        elector__membership=row.place.membership_id, elector__circular__rule_content__isnull=False
    )
    for gone in exits.select_related("elector__circular").order_by("elector__circular__pk"):
        circular = gone.elector.circular
        text = _("It left the electorate of circular %(number)s; the outcome is computed without it.")
        found.append({"text": text % {"number": circular.label}, "url": circular.get_absolute_url()})
    return found
