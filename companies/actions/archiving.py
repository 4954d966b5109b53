"""Entries of cities that have left: archived with the reason, and restored after a new accession."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliance.accounts.models import User
from cities.models import City
from companies.actions import indexing
from companies.actions.moves import move_all
from companies.actions.refusals import MembershipOver
from companies.models import Company
from companies.permissions import require_keeper
from companies.querysets import CompanyQuerySet
from companies.states import SHOWN_STATES, ArchiveReason, CompanyState
from membership.actions.withdrawals_touch import Touched
from membership.models import MembershipCity, Withdrawal
from membership.models.membership import alliance_day

REASON = ArchiveReason.MEMBERSHIP_ENDED
MOST_WITH_THE_WITHDRAWAL = 500


def ended_cities(day: date) -> list[int]:
    """Cities that were full members and are not any more; who never was one is none of them."""
    places = MembershipCity.objects.full()
    now = places.on(day).filter(city=OuterRef("city"))
    ended = places.filter(period__endswith__lte=day).exclude(Exists(now))
    return list(ended.order_by("city").values_list("city", flat=True).distinct())


def has_ended(city: City, day: date) -> bool:
    """Whether the city was a full member and is not any more."""
    places = MembershipCity.objects.full().filter(city=city)
    return places.filter(period__endswith__lte=day).exists() and not places.on(day).exists()


@transaction.atomic
def archive_ended(*, at: datetime | None = None) -> int:
    """Archive what is left of cities that have left, some thousands at a time; how many they were."""
    at = at or timezone.now()
    return archive_all(Company.objects.filter(city__in=ended_cities(alliance_day(at))), at=at)


def archive_all(rows: CompanyQuerySet, *, most: int = 0, at: datetime) -> int:
    said = {"archived_at": at, "archive_reason": REASON, "archive_note": "", "merged_into": None}
    moved = move_all(rows, "archive", most=most, at=at, **said)
    if moved:
        indexing.index(moved)
    return len(moved)


@transaction.atomic
def archive_of_withdrawal(withdrawal: Withdrawal, at: datetime) -> None:
    """The city has left: its entries are archived with it; beyond some hundreds, in the next sweep.

    Whoever reads the last copy makes the withdrawal effective, and is not kept waiting.
    """
    city = withdrawal.city
    if has_ended(city, alliance_day(at)):
        archive_all(Company.objects.filter(city=city), most=MOST_WITH_THE_WITHDRAWAL, at=at)


def restorable(city: City, *, at: datetime | None = None) -> CompanyQuerySet:
    """What a city finds again after a new accession: entries archived because its membership had ended."""
    rows = Company.objects.filter(
        city=city, state=CompanyState.ARCHIVED, archive_reason=REASON, merged_into=None
    )
    return rows.none() if has_ended(city, alliance_day(at or timezone.now())) else rows


@transaction.atomic
def restore_all(city: City, *, by: User | None, at: datetime | None = None) -> int:
    """Take up again all entries that were archived because the membership had ended; as drafts.

    Nobody has looked at them since, so each is published again by who keeps it.
    """
    at = at or timezone.now()
    require_keeper(by, city, at=at)
    if has_ended(city, alliance_day(at)):
        raise MembershipOver(city=city.name)
    total = 0
    while moved := move_all(
        restorable(city, at=at), "restore", at=at, archived_at=None, archive_reason="", archive_note=""
    ):
        indexing.index(moved)
        total += len(moved)
    return total


def companies_touched(withdrawal: Withdrawal, at: datetime) -> Touched:
    """What a withdrawal does to the companies of the city, for the secretariat to see before."""
    city = withdrawal.city
    count = Company.objects.filter(city=city, state__in=SHOWN_STATES).count()
    return Touched(
        ngettext("Published company", "Published companies", count),
        count,
        _("They are archived on the day on which the withdrawal is effective, and no longer passed on."),
        reverse("companies:city_companies", args=[city.slug]),
    )
