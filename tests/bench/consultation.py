"""The circular that is measured: shall Mainz join? All members are asked, seven in ten have answered."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import pghistory

from alliance.accounts.models import User
from alliance.letters.models import Delivery
from alliance.letters.states import DeliveryState
from membership.actions import applications, circulars, questions
from membership.models import Circular, ConsentRule, Elector, Statement
from membership.states import Channel, Position
from tests.bench.counting import counting_queries
from tests.bench.population import populate
from tests.factories.applications import submitted
from tests.factories.people import SecretaryFactory

ANSWERED = 0.7
BY_LETTER_EVERY = 20
POSITIONS = [
    (Position.CONSENT, ""),
    (Position.CONSENT, ""),
    (Position.CONSENT_WITH_COMMENT, "Wir freuen uns auf die Zusammenarbeit. 期待合作。"),
    (Position.CONSENT, ""),
    (Position.ABSTENTION, ""),
    (Position.CONSENT, ""),
    (Position.OBJECTION, "请申请城市先说明其合作意向。"),
    (Position.CONSENT, ""),
    (Position.CONSENT_WITH_COMMENT, "Mit Interesse an gemeinsamen Messen."),
    (Position.CONSENT, ""),
]


@dataclass(frozen=True)
class Issue:
    """What it cost to issue the circular."""

    members: int
    queries: int
    seconds: float


@dataclass(frozen=True)
class Consultation:
    """The circular, the people who look at it, and what issuing it cost."""

    circular: Circular
    officer: User
    secretary: User
    issue: Issue


def consult(members: int, *, now: datetime) -> Consultation:
    """An alliance of so many members, in the fifth day of a consultation."""
    voices, secretary = populate(members), SecretaryFactory()
    circular, issue = ask_all(members, by=secretary, at=now - timedelta(days=5))
    Delivery.objects.filter(letter=circular.letter).update(
        state=DeliveryState.ACCEPTED, next_attempt_at=None, settled_at=circular.issued_at
    )
    electors = list(circular.electors.order_by("pk"))
    answer(circular, electors[: round(members * ANSWERED)], voices)
    ask_the_applicant(circular, electors[-1], voices)
    return Consultation(circular, voices[electors[0].membership_id], secretary, issue)


def ask_all(members: int, *, by: User, at: datetime) -> tuple[Circular, Issue]:
    """Mainz applies, the secretariat passes it on and issues the circular; the last step is timed.

    The trail knows who acts, as it does in a request.
    """
    application = submitted(at=at - timedelta(days=20))
    draft = applications.pass_on(application, by=by, at=at - timedelta(days=1))
    rule = ConsentRule.objects.current().get(key="two-thirds")
    draft = circulars.save_draft(draft, rule=rule, by=by, at=at)
    with pghistory.context(user=by.pk, url="/circulars/drafts/"), counting_queries() as queries:
        began = time.perf_counter()
        circular = circulars.issue(draft, by=by, at=at)
        seconds = time.perf_counter() - began
    return circular, Issue(members, len(queries), seconds)


def answer(circular: Circular, electors: list[Elector], voices: Mapping[int, User]) -> None:
    assert circular.issued_at
    Statement.objects.bulk_create(
        statement(
            circular,
            elector,
            number,
            by=voices[elector.membership_id],
            at=circular.issued_at + timedelta(hours=1, seconds=30 * number),
        )
        for number, elector in enumerate(electors)
    )


def statement(circular: Circular, elector: Elector, number: int, *, by: User, at: datetime) -> Statement:
    position, text = POSITIONS[number % len(POSITIONS)]
    by_letter = number % BY_LETTER_EVERY == BY_LETTER_EVERY - 1
    return Statement(
        circular=circular,
        elector=elector,
        position=position,
        text=text,
        channel=Channel.LETTER if by_letter else Channel.SIGNED_IN,
        given_by=by.name if by_letter else "",
        note="Letter in file 7" if by_letter else "",
        dated=at.date(),
        received_at=at,
        recorded_at=at,
        entered_by=by,
    )


def ask_the_applicant(circular: Circular, elector: Elector, voices: Mapping[int, User]) -> None:
    assert circular.issued_at
    questions.ask(
        circular,
        elector=elector,
        text="Welche Messen in China plant Mainz?",
        by=voices[elector.membership_id],
        at=circular.issued_at + timedelta(days=2),
    )
