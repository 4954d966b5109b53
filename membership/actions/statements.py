"""What members answer to a circular."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from alliance.accounts.models import User
from alliance.accounts.states import StaffRole
from alliance.letters.states import LetterKind
from alliance.pages.files import stored_fields
from alliance.pages.moments import EAST, moment_text
from cities.models import City
from membership.actions import notices
from membership.actions.addressees import officers_of, voices_of_elector
from membership.actions.application_letters import staff
from membership.actions.circular_refusals import AlreadyCancelled, AsksForNoStatement, NotIssued
from membership.actions.drafts import lock
from membership.actions.outcomes import counting_deadline
from membership.actions.statement_refusals import (
    CommentMissing,
    DatedAfterReceipt,
    NamelessAnswer,
    NoMemberAnyMore,
    NotAsked,
    OwnAnswer,
    ProofMissing,
    ReasonOfContestationMissing,
    ReasonOfObjectionMissing,
    ReceivedBeforeIssue,
    ReceivedInTheFuture,
    UnknownChannel,
    UnknownPosition,
    WhichMember,
)
from membership.models import Circular, Contestation, Elector, ElectorateExit, MembershipCity, Statement
from membership.models.membership import alliance_day
from membership.permissions.circulars import NotAVoice, electors_of, require_secretary, require_voice
from membership.states import ON_BEHALF, Channel, CircularKind, CircularState, Position


@transaction.atomic
def state(
    circular: Circular,
    *,
    city: City | None = None,
    elector: Elector | None = None,
    position: str,
    text: str = "",
    channel: Channel = Channel.SIGNED_IN,
    by: User | None,
    at: datetime | None = None,
) -> Statement:
    """Give a member's answer, as the lead or a deputy of one of its cities; its other officers get a copy.

    By personal link the person gets one too: a link may be in other hands. What is received after the
    deadline, or after an early close, is kept as late; what was received in time and had to wait for the
    close counts until the decision. The same answer of the same person again changes nothing.
    """
    at = at or timezone.now()
    circular = lock(circular)
    elector = elector_meant(circular, city, elector, by=by, at=at)
    by = require_voice(by, elector, at=at)
    refuse_unless_asking(circular)
    position, text = checked(position, text)
    last = last_of(elector)
    if last is not None and is_same(last, position=position, text=text, channel=channel, entered_by=by):
        return last
    statement = Statement.objects.create(
        circular=circular,
        elector=elector,
        position=position,
        text=text,
        channel=channel,
        dated=alliance_day(at),
        received_at=at,
        recorded_at=max(at, circular.closed_at or at),
        entered_by=by,
        late=at > counting_deadline(circular),
    )
    if copies := list(officers_of(elector, at=at, without=by if channel == Channel.SIGNED_IN else None)):
        notices.tell(circular, LetterKind.CONFIRMATION, notices.stated(statement, last), copies, by=by, at=at)
    return statement


def elector_meant(
    circular: Circular, city: City | None, elector: Elector | None, *, by: User | None, at: datetime
) -> Elector:
    """The member whose answer it is: named, or holding the named city, or the one the person speaks for."""
    if circular.state == CircularState.DRAFT:
        raise NotIssued
    if elector is not None:
        if elector.circular_id != circular.pk:
            raise NotAsked(member=elector.name, number=circular.label)
        return elector
    if city is not None:
        return elector_holding(circular, city, at)
    found = list(electors_of(by, circular, at=at)) if by else []
    if not found:
        raise NotAVoice
    if len(found) > 1:
        raise WhichMember(members=", ".join(one.name for one in found))
    return found[0]


def elector_holding(circular: Circular, city: City, at: datetime) -> Elector:
    """The member asked that holds a city at a moment."""
    places = MembershipCity.objects.on(alliance_day(at)).filter(city=city)
    found = circular.electors.filter(membership__in=places.values("membership")).first()
    if found is None:
        raise NotAsked(member=city.name, number=circular.label)
    return found


def refuse_unless_asking(circular: Circular) -> None:
    """Answers are taken once it is issued, unless it is cancelled; late ones too."""
    if circular.kind != CircularKind.ACCESSION:
        raise AsksForNoStatement
    if circular.state == CircularState.DRAFT:
        raise NotIssued
    if circular.state == CircularState.CANCELLED:
        raise AlreadyCancelled(number=circular.label)


def checked(position: str, text: str) -> tuple[Position, str]:
    """The answer with its words: a consent that says something is a consent with comment."""
    text = text.strip()
    if position not in Position.values:
        raise UnknownPosition
    if position == Position.CONSENT and text:
        return Position.CONSENT_WITH_COMMENT, text
    if position == Position.CONSENT_WITH_COMMENT and not text:
        raise CommentMissing
    if position == Position.OBJECTION and not text:
        raise ReasonOfObjectionMissing
    return Position(position), text


def last_of(elector: Elector) -> Statement | None:
    """The statement received last, contested ones left out."""
    kept = elector.statements.filter(contestation__isnull=True).select_related("entered_by")
    return kept.order_by("received_at", "pk").last()


def is_same(statement: Statement, **values: Any) -> bool:
    return all(getattr(statement, name) == value for name, value in values.items())


@transaction.atomic
def enter(
    circular: Circular,
    *,
    elector: Elector,
    position: str,
    text: str = "",
    channel: str,
    given_by: str,
    dated: date,
    received_at: datetime,
    note: str = "",
    proof: File[Any] | None = None,
    by: User | None,
    at: datetime | None = None,
) -> Statement:
    """Enter an answer that came by mail, letter or telephone; the city is told at once and can contest it.

    One that was received by the deadline and is entered later counts, until the decision.
    """
    at = at or timezone.now()
    by = require_secretary(by)
    circular = lock(circular)
    elector = elector_meant(circular, None, elector, by=by, at=at)
    refuse_unless_asking(circular)
    refuse_if_left(elector, at)
    position, text = checked(position, text)
    refuse_without_proof(channel, given_by, note, proof)
    refuse_wrong_moment(circular, dated, received_at, at=at)
    values = {
        "position": position,
        "text": text,
        "channel": channel,
        "given_by": given_by.strip(),
        "received_at": received_at,
        "entered_by": by,
    }
    if there := elector.statements.filter(contestation__isnull=True, **values).first():
        return there
    last = last_of(elector)
    statement = Statement.objects.create(
        circular=circular,
        elector=elector,
        dated=dated,
        recorded_at=at,
        late=received_at > counting_deadline(circular),
        note=note.strip(),
        **values,
        **(stored_fields(proof) if proof is not None else {}),
    )
    tell_entered(statement, last, by=by, at=at)
    return statement


def tell_entered(statement: Statement, last: Statement | None, *, by: User, at: datetime) -> None:
    """Tell the member what was entered for it, and which earlier answer it takes the place of."""
    replaced = last if last and last.received_at <= statement.received_at else None
    told = notices.stated(statement, replaced)
    to = voices_of_elector(statement.elector, at=at)
    notices.tell(statement.circular, LetterKind.CONFIRMATION, told, to, by=by, at=at)


def refuse_if_left(elector: Elector, at: datetime) -> None:
    if ElectorateExit.objects.filter(elector=elector, left_at__lte=at).exists():
        raise NoMemberAnyMore(member=elector.name)


def refuse_without_proof(channel: str, given_by: str, note: str, proof: File[Any] | None) -> None:
    if channel not in ON_BEHALF:
        raise UnknownChannel
    if not given_by.strip():
        raise NamelessAnswer
    if not note.strip() and proof is None:
        raise ProofMissing


def refuse_wrong_moment(circular: Circular, dated: date, received_at: datetime, *, at: datetime) -> None:
    if received_at > at:
        raise ReceivedInTheFuture(moment=moment_text(received_at))
    if circular.issued_at is not None and received_at < circular.issued_at:
        raise ReceivedBeforeIssue(issued=moment_text(circular.issued_at))
    if dated > received_at.astimezone(EAST).date():
        raise DatedAfterReceipt


@transaction.atomic
def contest(
    statement: Statement, *, reason: str, by: User | None, at: datetime | None = None
) -> Contestation:
    """Say that an answer entered for one's city is not its own: it then does not count.

    The city's answer is open again until the deadline; the secretariat, and all who speak for it, are told.
    """
    at = at or timezone.now()
    circular = lock(statement.circular)
    by = require_voice(by, statement.elector, at=at)
    if statement.channel not in ON_BEHALF:
        raise OwnAnswer(member=statement.elector.name)
    if there := Contestation.objects.filter(statement=statement).first():
        return there
    if not reason.strip():
        raise ReasonOfContestationMissing
    contestation = Contestation.objects.create(
        statement=statement, reason=reason.strip(), contested_at=at, contested_by=by
    )
    told = notices.contested(contestation)
    to = [*staff(StaffRole.SECRETARIAT), *voices_of_elector(statement.elector, at=at)]
    notices.tell(circular, LetterKind.NOTICE, told, to, by=by, at=at)
    return contestation
