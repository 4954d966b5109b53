"""How a circular ends, and how its deadline moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from alliance.accounts.models import User
from alliance.accounts.permissions import require_secretariat
from alliance.letters.actions import Addressee
from alliance.letters.states import LetterKind
from alliance.pages.moments import moment_text
from membership import consent
from membership.actions import notices
from membership.actions.addressees import applicants_of, electors_voices, everybody_asked, observers_told
from membership.actions.circular_refusals import (
    AlreadyCancelled,
    AlreadyClosed,
    AlreadyExtended,
    CannotCloseEarly,
    DeadlineAhead,
    DeadlinePassed,
    NotIssued,
    NotLater,
    ReasonMissing,
)
from membership.actions.drafts import later_than, lock, lock_with_application
from membership.actions.outcomes import as_content, record_of
from membership.actions.withdrawal_refusals import NoticeOfWithdrawal
from membership.models import Circular, DeadlineExtension
from membership.permissions.circulars import require_canceller, require_secretary
from membership.states import CircularKind, CircularState


@transaction.atomic
def close(circular: Circular, *, by: User | None = None, at: datetime | None = None) -> Circular:
    """End it with its outcome: by itself at the deadline, or before, where the rule allows it.

    Before the deadline only the secretariat closes. Closing it a second time changes nothing.
    """
    at = at or timezone.now()
    require_secretariat(by)
    circular = lock(circular)
    if circular.state == CircularState.CLOSED:
        return circular
    refuse_unless_open(circular)
    refuse_notice(circular)
    at = not_before_record(circular, at)
    early = is_early(circular, at)
    if early:
        refuse_early_close(circular, by=by, at=at)
    settle(circular, early=early, by=by, at=at)
    return circular


def refuse_unless_open(circular: Circular) -> None:
    """Say what else became of it."""
    if circular.state == CircularState.DRAFT:
        raise NotIssued
    if circular.state == CircularState.CLOSED:
        raise AlreadyClosed(number=circular.label)
    if circular.state == CircularState.CANCELLED:
        raise AlreadyCancelled(number=circular.label)


def refuse_notice(circular: Circular) -> None:
    """The notice of a withdrawal ends with the withdrawal, by itself or by its revocation."""
    if circular.kind == CircularKind.WITHDRAWAL_NOTICE:
        raise NoticeOfWithdrawal(number=circular.label)


def not_before_record(circular: Circular, at: datetime) -> datetime:
    """The moment, or that of the last record if another person's clock was read a little later.

    What was recorded under the lock before the close counts, so the close is never before it.
    """
    recorded = circular.statements.aggregate(last=Max("recorded_at"))["last"]
    return max(at, recorded) if recorded else at


def is_early(circular: Circular, at: datetime) -> bool:
    return circular.current_deadline is not None and at < circular.current_deadline


def refuse_early_close(circular: Circular, *, by: User | None, at: datetime) -> None:
    """The system waits for the deadline; the secretariat may close once nothing can change the outcome."""
    if by is None or circular.kind != CircularKind.ACCESSION:
        raise DeadlineAhead(deadline=moment_text(circular.current_deadline))
    if hindrances := record_of(circular).early_close_hindrances(at):
        raise CannotCloseEarly(hindrances=consent.sentences(hindrances))


def settle(circular: Circular, *, early: bool, by: User | None, at: datetime) -> None:
    """Keep the outcome with the circular and tell it to the members and the applicant."""
    if circular.kind != CircularKind.ACCESSION:
        circular.close(by=by, at=at, result="", outcome=None)
        circular.save()
        return
    outcome = record_of(circular).outcome(at)
    circular.close(by=by, at=at, result=outcome.result.value, outcome=as_content(outcome), early=early)
    circular.save()
    for_information = notices.closed_for_information(circular, outcome)
    notices.tell_if_any(circular, for_information, observers_told(circular), by=by, at=at)
    result = notices.closed(circular, outcome)
    notices.tell(circular, LetterKind.NOTICE, result, members_and_applicant(circular), by=by, at=at)


def members_and_applicant(circular: Circular) -> Iterator[Addressee]:
    yield from electors_voices(circular)
    if circular.application is not None:
        yield from applicants_of(circular.application)


def everybody_and_applicant(circular: Circular) -> Iterator[Addressee]:
    yield from everybody_asked(circular)
    if circular.application is not None:
        yield from applicants_of(circular.application)


@transaction.atomic
def extend(
    circular: Circular, *, new_deadline: datetime, reason: str, by: User | None, at: datetime | None = None
) -> Circular:
    """Move the deadline to a later one, once, before it passed; everybody asked is told."""
    at = at or timezone.now()
    by = require_secretary(by)
    circular = lock(circular)
    refuse_unless_open(circular)
    if is_same_extension(circular, new_deadline, reason):
        return circular
    refuse_to_extend(circular, new_deadline, reason, at=at)
    extension = DeadlineExtension.objects.create(
        circular=circular,
        new_deadline=new_deadline,
        reason=reason.strip(),
        extended_at=at,
        extended_by=by,
    )
    told = notices.extended(circular, extension)
    to, file = everybody_and_applicant(circular), notices.with_deadline(circular)
    notices.tell(circular, LetterKind.NOTICE, told, to, by=by, at=at, enclosures=file)
    return circular


def is_same_extension(circular: Circular, new_deadline: datetime, reason: str) -> bool:
    """Whether this very extension was made already: the form was sent twice."""
    made = getattr(circular, "extension", None)
    return made is not None and (made.new_deadline, made.reason) == (new_deadline, reason.strip())


def refuse_to_extend(circular: Circular, new_deadline: datetime, reason: str, *, at: datetime) -> None:
    deadline = circular.current_deadline
    if hasattr(circular, "extension"):
        raise AlreadyExtended(deadline=moment_text(deadline))
    if deadline is None or at > deadline:
        raise DeadlinePassed
    if new_deadline <= deadline:
        raise NotLater(deadline=moment_text(deadline))
    later_than(at, new_deadline)
    if not reason.strip():
        raise ReasonMissing


@transaction.atomic
def cancel(circular: Circular, *, reason: str, by: User | None, at: datetime | None = None) -> Circular:
    """Withdraw the question; everybody asked is told why. The number stays used and shown.

    Cancelling it a second time changes nothing.
    """
    at = at or timezone.now()
    circular = lock_with_application(circular)
    require_canceller(by, circular)
    if circular.state == CircularState.CANCELLED:
        return circular
    refuse_unless_open(circular)
    refuse_notice(circular)
    if not reason.strip():
        raise ReasonMissing
    circular.cancel(by=by, at=at, reason=reason.strip())
    circular.save()
    to, file = everybody_and_applicant(circular), notices.with_deadline(circular)
    words = notices.cancelled(circular)
    notices.tell(circular, LetterKind.NOTICE, words, to, by=by, at=at, enclosures=file)
    return circular
