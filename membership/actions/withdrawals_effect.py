"""A withdrawal becomes effective by itself: in the transaction that records the last city as told.

With a notice period the worker makes it effective once that has passed. There is no other way.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max, OuterRef, Subquery
from django.utils import timezone

from membership.actions import withdrawal_letters as letters
from membership.actions.drafts import lock
from membership.actions.memberships import end_place, last_day_after, leave_electorates
from membership.actions.notice_terms import notice_period
from membership.actions.withdrawals_reach import must_be_told
from membership.models import Membership, MembershipCity, Told, Withdrawal
from membership.models.membership import alliance_day, alliance_midnight
from membership.states import CircularState, Ending, MembershipKind, WithdrawalState

DAY = timedelta(days=1)

Consequence = Callable[[Withdrawal, datetime], None]
consequences: list[Consequence] = []
"""What other apps do when a city has left, in the same transaction: they archive its companies."""


@transaction.atomic
def make_effective_if_due(withdrawal: Withdrawal, *, at: datetime | None = None) -> bool:
    """Make it effective if all were told and the notice period has passed; whether it was done now."""
    at = at or timezone.now()
    withdrawal = Withdrawal.objects.select_for_update().get(pk=withdrawal.pk)
    return take_effect_if_due(withdrawal, at=at)


def take_effect_if_due(withdrawal: Withdrawal, *, at: datetime) -> bool:
    """The same for a withdrawal that is held already."""
    if withdrawal.state != WithdrawalState.COMMUNICATING:
        return False
    moment = moment_of_effect(withdrawal)
    if moment is None or moment > at:
        return False
    withdrawal.take_effect(at=moment)
    withdrawal.save()
    place = withdrawal.place
    end_membership(place, first_day_without(place, moment), at=at)
    close_notice(withdrawal, at=at)
    letters.tell_effective(withdrawal, at=at)
    for follow in consequences:
        follow(withdrawal, at)
    return True


def moment_of_effect(withdrawal: Withdrawal) -> datetime | None:
    """The latest moment at which a member city was told, plus the notice period; None before."""
    told = Told.objects.filter(circular=OuterRef("circular"), city=OuterRef("city"))
    cities = must_be_told(withdrawal).annotate(told_at=Subquery(told.values("told_at")))
    reached = cities.aggregate(asked=Count("pk"), told=Count("told_at"), last=Max("told_at"))
    communicated = withdrawal.communicated_at
    circular = withdrawal.circular
    if circular is None or communicated is None or reached["told"] < reached["asked"]:
        return None
    return max(communicated, reached["last"] or communicated) + notice_period(circular)


def first_day_without(place: MembershipCity, moment: datetime) -> date:
    """The day on which the city is no member any more: that of the effect.

    A place that began on that very day held that day: its period would be empty else.
    """
    return max(alliance_day(moment), place.begins + DAY)


def end_membership(place: MembershipCity, ends: date, *, at: datetime) -> None:
    """End the city's place; what ended it before, otherwise, stays, and the electorates are left."""
    if place.ends is None or ends < place.ends:
        end_place(place, ends=ends, ending=Ending.WITHDRAWAL, by=None, at=at)
        return
    membership = Membership.objects.select_for_update().get(pk=place.membership_id)
    if membership.kind == MembershipKind.FULL and (last := last_day_after(membership)) is not None:
        leave_electorates(membership, left_at=alliance_midnight(last))


def close_notice(withdrawal: Withdrawal, *, at: datetime) -> None:
    """The notice has done its work; it closes by itself and has no result."""
    assert withdrawal.circular is not None  # noqa: S101 - held by the database once it is communicated
    circular = lock(withdrawal.circular)
    if circular.state == CircularState.ISSUED:
        circular.close(by=None, at=at, result="", outcome=None)
        circular.save()
