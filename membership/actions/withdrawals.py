"""A city leaves: filed, communicated to all members, effective by itself once all were told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django_fsm import can_proceed

from alliance.accounts.models import User
from alliance.letters import actions as post
from alliance.pages.files import stored_fields
from alliance.pages.moments import day_text
from cities.models import City
from membership.actions import withdrawal_letters as letters
from membership.actions.drafts import lock
from membership.actions.issuing import issue
from membership.actions.withdrawal_refusals import (
    AccessionAhead,
    AccessionPending,
    DatedAhead,
    HasEndAlready,
    NotAMember,
    NothingToLeave,
    RequestMissing,
    RevokeReasonMissing,
    SignatoryMissing,
    TooLateToRevoke,
    WithdrawalNotPossibleNow,
    WithdrawalStands,
)
from membership.actions.withdrawals_effect import take_effect_if_due
from membership.actions.withdrawals_reach import Missing, must_be_told, still_missing
from membership.actions.withdrawals_touch import Touched, touches
from membership.models import ApplicationCity, Circular, MembershipCity, NumberSeries, Withdrawal
from membership.models.membership import alliance_day
from membership.permissions.circulars import require_secretary
from membership.permissions.withdrawals import leads, require_filer
from membership.states import OPEN_WITHDRAWAL, CircularKind
from membership.states import WithdrawalState as S

__all__ = [
    "Missing",
    "Touched",
    "communicate",
    "draft_texts",
    "file",
    "must_be_told",
    "revoke",
    "still_missing",
    "touches",
]

SERIES = "withdrawal"
draft_texts = letters.draft_texts


@transaction.atomic
def file(
    city: City,
    *,
    request: File[Any] | None,
    signed_by: str,
    dated: date,
    reason: str = "",
    wished_end: date | None = None,
    by: User | None,
    at: datetime | None = None,
) -> Withdrawal:
    """Hand in the signed request of a city to leave: by its lead, or by the secretariat from a letter.

    The same person's same request a second time changes nothing.
    """
    at = at or timezone.now()
    by = require_filer(by, city)
    place = held_place(city, alliance_day(at))
    if request is None:
        raise RequestMissing
    fields = stored_fields(request)
    if there := same_filing(place, fields["sha256"], by):
        return there
    refuse_to_file(place, signed_by, dated, at=at)
    withdrawal = Withdrawal.objects.create(
        reference=next_reference(at),
        place=place,
        reason=reason.strip(),
        wished_end=wished_end,
        dated=dated,
        signed_by=signed_by.strip(),
        on_behalf=not leads(by, city),
        filed_at=at,
        filed_by=by,
        **fields,
    )
    letters.tell_filed(withdrawal, by=by, at=at)
    return withdrawal


def same_filing(place: MembershipCity, sha256: str, by: User) -> Withdrawal | None:
    """The withdrawal that was filed already when the form is sent a second time."""
    standing = place.withdrawals.filter(state__in=OPEN_WITHDRAWAL).first()
    if standing is not None and (standing.filed_by_id, standing.sha256) != (by.pk, sha256):
        raise WithdrawalStands(city=place.city.name, reference=standing.reference)
    return standing


def next_reference(at: datetime) -> str:
    """W 2026/001: numbered per year, like applications."""
    year = alliance_day(at).year
    return f"W {year}/{NumberSeries.next(SERIES, year):03d}"


def held_place(city: City, day: date) -> MembershipCity:
    """The city's place as a full member on a day, held so that nobody else files meanwhile."""
    places = MembershipCity.objects.full().filter(city=city).select_for_update(of=("self",), no_key=True)
    place = places.on(day).select_related("city", "membership").first()
    if place is not None:
        return place
    pending = ApplicationCity.objects.filter(city=city, is_open=True).select_related("application").first()
    if pending is not None:
        raise AccessionPending(city=city.name, reference=pending.application.reference)
    ahead = places.filter(period__startswith__gt=day).order_by("period").first()
    if ahead is not None:
        raise AccessionAhead(city=city.name, day=day_text(ahead.begins))
    raise NotAMember(city=city.name)


def refuse_to_file(place: MembershipCity, signed_by: str, dated: date, *, at: datetime) -> None:
    """What stands in the way of a new withdrawal."""
    pending = ApplicationCity.objects.filter(city=place.city, is_open=True).select_related("application")
    if standing := pending.first():
        raise AccessionPending(city=place.city.name, reference=standing.application.reference)
    if place.ends is not None:
        raise HasEndAlready(city=place.city.name, day=day_text(place.ends))
    if not signed_by.strip():
        raise SignatoryMissing
    if dated > alliance_day(at):
        raise DatedAhead(day=day_text(dated))


@transaction.atomic
def communicate(
    withdrawal: Withdrawal,
    *,
    texts: Mapping[str, str] | None = None,
    by: User | None,
    at: datetime | None = None,
) -> Withdrawal:
    """Tell all member cities by a sealed circular; `texts` takes the place of what was drafted.

    A second time changes nothing.
    """
    at = at or timezone.now()
    by = require_secretary(by)
    withdrawal = locked(withdrawal)
    if withdrawal.state == S.COMMUNICATING:
        return withdrawal
    require_possible(withdrawal, withdrawal.communicate)
    place = withdrawal.place
    if not place.holds_on(alliance_day(at)):
        raise NothingToLeave(city=place.city.name, day=day_text(place.ends))
    circular = issue(drafted(withdrawal, texts or {}, by=by, at=at), by=by, at=at)
    withdrawal.communicate(circular=circular, by=by, at=at)
    withdrawal.save()
    take_effect_if_due(withdrawal, at=at)
    return withdrawal


def drafted(withdrawal: Withdrawal, texts: Mapping[str, str], *, by: User, at: datetime) -> Circular:
    """The notice before it is issued: it asks for nothing, so it has no rule and no deadline."""
    words = {**draft_texts(withdrawal, at=at), **{field: text.strip() for field, text in texts.items()}}
    return Circular.objects.create(kind=CircularKind.WITHDRAWAL_NOTICE, drafted_at=at, drafted_by=by, **words)


@transaction.atomic
def revoke(withdrawal: Withdrawal, *, reason: str, by: User | None, at: datetime | None = None) -> Withdrawal:
    """Take it back, as long as the first notice has not gone out; who never got it is not told.

    The same person's second click changes nothing.
    """
    at = at or timezone.now()
    withdrawal = fresh(withdrawal)
    by = require_filer(by, withdrawal.city)
    if withdrawal.state == S.REVOKED and withdrawal.revoked_by_id == by.pk:
        return withdrawal
    if withdrawal.state == S.REVOKED:
        raise not_possible(withdrawal)
    if not reason.strip():
        raise RevokeReasonMissing
    called_back = call_back_notice(withdrawal, at=at)
    withdrawal = locked(withdrawal)
    if withdrawal.state == S.EFFECTIVE:
        raise TooLateToRevoke
    if (withdrawal.state == S.COMMUNICATING) != called_back:
        raise not_possible(withdrawal)
    require_possible(withdrawal, withdrawal.revoke)
    withdrawal.revoke(reason=reason.strip(), by=by, at=at)
    withdrawal.save()
    if withdrawal.circular is not None:
        withdrawal.circular = cancel_notice(withdrawal.circular, reason=reason.strip(), by=by, at=at)
    letters.tell_revoked(withdrawal, by=by, at=at)
    return withdrawal


def call_back_notice(withdrawal: Withdrawal, *, at: datetime) -> bool:
    """Stop the copies before one goes out. They are held before the withdrawal, as by who opens one."""
    if withdrawal.circular is None or withdrawal.circular.letter is None:
        return False
    try:
        post.call_back(withdrawal.circular.letter, by=None, at=at)
    except post.AlreadyOut as out:
        raise TooLateToRevoke from out
    return True


def cancel_notice(circular: Circular, *, reason: str, by: User, at: datetime) -> Circular:
    """Its number stays used; nobody is told of what nobody was told."""
    circular = lock(circular)
    circular.cancel(by=by, at=at, reason=reason)
    circular.save()
    return circular


def fresh(withdrawal: Withdrawal) -> Withdrawal:
    """As it stands now, not held."""
    rows = Withdrawal.objects.select_related("place__city", "circular__letter")
    return rows.get(pk=withdrawal.pk)


def locked(withdrawal: Withdrawal) -> Withdrawal:
    """As it stands now, held until the end of the transaction."""
    rows = Withdrawal.objects.select_for_update(of=("self",)).select_related("place__city", "circular")
    return rows.get(pk=withdrawal.pk)


def require_possible(withdrawal: Withdrawal, move: Callable[..., Any]) -> None:
    if not can_proceed(move):
        raise not_possible(withdrawal)


def not_possible(withdrawal: Withdrawal) -> WithdrawalNotPossibleNow:
    state = withdrawal.get_state_display()
    return WithdrawalNotPossibleNow(reference=withdrawal.reference, state=state)
