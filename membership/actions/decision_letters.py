"""What is written about a decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from alliance.accounts.models import User
from alliance.letters.actions import Addressee, write
from alliance.letters.states import LetterKind
from alliance.pages.moments import day_text
from membership.models import Application, Decision
from membership.states import DecisionKind


def tell_accepted(decision: Decision, to: Iterable[Addressee], *, by: User, at: datetime) -> None:
    """The applicant and all members learn of the accession."""

    def compose() -> tuple[str, str]:
        words = {
            **names_of(decision.application),
            "day": day_text(decision.member_from),
            "occasion": decision.occasion,
            "number": decision.membership.certificate_number if decision.membership else "",
            "circular": decision.circular.label,
        }
        parts = [
            _("With the consent of the member cities (circular %(circular)s) the accession is accepted.")
            % words,
            _("Member from: %(day)s.") % words,
            _("Occasion: %(occasion)s.") % words if decision.occasion else "",
            _("The certificate has the number %(number)s.") % words,
        ]
        return _("%(cities)s joins the alliance") % words, "\n\n".join(part for part in parts if part)

    send(decision.application, compose, to, by=by, at=at)


def tell_reason(decision: Decision, to: Iterable[Addressee], *, by: User, at: datetime) -> None:
    """The applicant learns why not, or why not yet."""
    declined = decision.kind == DecisionKind.DECLINED

    def compose() -> tuple[str, str]:
        words = {**names_of(decision.application), "reason": decision.reason}
        subject = (
            _("Application %(reference)s: declined")
            if declined
            else _("Application %(reference)s: postponed")
        )
        said = (
            _("The management has declined the application of %(cities)s.")
            if declined
            else _("The management has postponed its decision on the application of %(cities)s.")
        )
        return subject % words, "\n\n".join([said % words, _("Reason: %(reason)s") % words])

    send(decision.application, compose, to, by=by, at=at)


def tell_taken_up(application: Application, to: Iterable[Addressee], *, by: User, at: datetime) -> None:
    """The applicant learns that the decision is near again."""

    def compose() -> tuple[str, str]:
        words = names_of(application)
        subject = _("Application %(reference)s: taken up again") % words
        return subject, _("The management has taken up the application of %(cities)s again.") % words

    send(application, compose, to, by=by, at=at)


def names_of(application: Application) -> dict[str, str]:
    return {"reference": application.reference, "cities": application.name}


def send(
    application: Application,
    compose: Callable[[], tuple[str, str]],
    to: Iterable[Addressee],
    *,
    by: User,
    at: datetime,
) -> None:
    path = f"/applications/{application.pk}/"
    write(LetterKind.NOTICE, compose, to, by=by, at=at, reference=application.reference, path=path)
