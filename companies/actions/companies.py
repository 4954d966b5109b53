"""Keeping the entries of companies: entering, changing, publishing, confirming, archiving."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_fsm import can_proceed

from alliance.accounts.models import User
from alliance.pages.moments import day_text
from cities.models import City
from companies.actions import duplicates, indexing
from companies.actions.archiving import has_ended
from companies.actions.freshness import latest_validity, next_validity
from companies.actions.refusals import (
    ArchivedIsKept,
    ChangedMeanwhile,
    CityNotConfirmed,
    MembershipOver,
    MergedForGood,
    NoteOnArchiving,
    NotPossibleNow,
    ReasonForArchiving,
    ReasonNotByHand,
    RegisterNumberTaken,
    RegisterNumberTakenElsewhere,
    ValidityOver,
    ValidityTooLong,
)
from companies.actions.values import fill
from companies.models import Company
from companies.permissions import require_keeper, sight_of
from companies.states import ArchiveReason, CompanyState
from membership.models.membership import alliance_day

S = CompanyState
BY_HAND = (ArchiveReason.CLOSED_DOWN, ArchiveReason.AT_ITS_REQUEST, ArchiveReason.OTHER)


@transaction.atomic
def enter(city: City, *, values: Mapping[str, Any], by: User | None, at: datetime | None = None) -> Company:
    """Enter a company of a city as a draft; entries that may be the same company are noted."""
    at = at or timezone.now()
    require_keeper(by, city, at=at)
    refuse_place(city, at)
    company = Company(city=city, entered_at=at, entered_by=by, changed_at=at)
    fill(company, values, at=at)
    refuse_taken_number(company, by, at)
    company.save()
    company.refresh_from_db(fields=["revision"])
    duplicates.note([company.pk], at=at)
    indexing.index([company.pk])
    return company


@transaction.atomic
def change(
    company: Company,
    *,
    values: Mapping[str, Any],
    city: City | None = None,
    revision: int | None = None,
    by: User | None,
    at: datetime | None = None,
) -> Company:
    """Change an entry, and with `city` its seat; with `revision` only if nobody else did meanwhile.

    Values that are there already change nothing.
    """
    at = at or timezone.now()
    company = kept_open(company, by=by, at=at)
    if revision is not None and revision != company.revision:
        raise ChangedMeanwhile(company=company.name)
    moved = city is not None and move(company, city, by=by, at=at)
    if not fill(company, values, at=at) and not moved:
        return company
    refuse_taken_number(company, by, at)
    return saved(company, at=at, renamed=True)


def move(company: Company, city: City, *, by: User | None, at: datetime) -> bool:
    """The company has its seat in another city now; who moves it keeps both cities."""
    if city.pk == company.city_id:
        return False
    require_keeper(by, city, at=at)
    refuse_place(city, at)
    company.city = city
    return True


@transaction.atomic
def publish(
    company: Company, *, valid_until: date | None = None, by: User | None, at: datetime | None = None
) -> Company:
    """Show an entry to others, valid for twelve months or less. A second time changes nothing."""
    at = at or timezone.now()
    company = kept(company, by=by, at=at)
    if company.state == S.PUBLISHED:
        return company
    require_possible(company, company.publish)
    refuse_place(company.city, at)
    until = validity(company, valid_until, at)
    company.publish(valid_until=until)
    looked_at(company, by, at)
    return saved(company, at=at)


@transaction.atomic
def confirm(
    company: Company, *, valid_until: date | None = None, by: User | None, at: datetime | None = None
) -> Company:
    """Say that an entry still holds: it is valid for twelve months more, and up to date if it was not.

    A second time on the same day changes nothing.
    """
    at = at or timezone.now()
    company = kept(company, by=by, at=at)
    require_possible(company, company.confirm)
    refuse_place(company.city, at)
    until = validity(company, valid_until, at)
    if (company.state, company.valid_until, company.checked_on) == (S.PUBLISHED, until, alliance_day(at)):
        return company
    company.confirm(valid_until=until)
    looked_at(company, by, at)
    return saved(company, at=at)


@transaction.atomic
def withdraw(company: Company, *, by: User | None, at: datetime | None = None) -> Company:
    """Take an entry back: a draft again, which others do not see. A second time changes nothing."""
    at = at or timezone.now()
    company = kept(company, by=by, at=at)
    if company.state == S.DRAFT:
        return company
    require_possible(company, company.withdraw)
    company.withdraw()
    return saved(company, at=at)


@transaction.atomic
def archive(
    company: Company, *, reason: str, note: str = "", by: User | None, at: datetime | None = None
) -> Company:
    """Keep an entry for the record only, with the reason. The same a second time changes nothing."""
    at = at or timezone.now()
    company = kept(company, by=by, at=at)
    if reason not in ArchiveReason.values:
        raise ReasonForArchiving
    if reason not in BY_HAND:
        raise ReasonNotByHand
    if reason == ArchiveReason.OTHER and not note.strip():
        raise NoteOnArchiving
    if (company.state, company.archive_reason) == (S.ARCHIVED, reason):
        return company
    require_possible(company, company.archive)
    company.archive(at=at, reason=ArchiveReason(reason), note=note.strip())
    return saved(company, at=at)


@transaction.atomic
def restore(company: Company, *, by: User | None, at: datetime | None = None) -> Company:
    """Take an archived entry up again as a draft. A second time changes nothing."""
    at = at or timezone.now()
    company = kept(company, by=by, at=at)
    if company.state == S.DRAFT:
        return company
    if company.merged_into is not None:
        raise MergedForGood(company=company.name, into=company.merged_into.name)
    require_possible(company, company.restore)
    refuse_place(company.city, at)
    company.restore()
    return saved(company, at=at)


def locked(company: Company) -> Company:
    """As the entry stands now, held until the end of the transaction.

    Nothing is joined: after waiting for somebody else, joined rows would still be those of before.
    """
    return Company.objects.select_for_update(no_key=True).get(pk=company.pk)


def kept(company: Company, *, by: User | None, at: datetime) -> Company:
    """The entry, held, by somebody who keeps it."""
    company = locked(company)
    require_keeper(by, company.city, at=at)
    return company


def kept_open(company: Company, *, by: User | None, at: datetime) -> Company:
    """The same, unless it is archived: what is archived is the record."""
    company = kept(company, by=by, at=at)
    refuse_archived(company)
    return company


def saved(company: Company, *, at: datetime, renamed: bool = False) -> Company:
    """Write the entry, and what others find it by."""
    company.changed_at = at
    company.save()
    company.refresh_from_db(fields=["revision"])
    if renamed:
        duplicates.note([company.pk], at=at)
    indexing.index([company.pk])
    return company


def looked_at(company: Company, by: User | None, at: datetime) -> None:
    """Somebody vouches for it."""
    if by is not None:
        company.checked_by, company.checked_on = by, alliance_day(at)


def refuse_place(city: City, at: datetime) -> None:
    """Entries of a city come and go while it is in the register and has not left the alliance."""
    if not city.is_public:
        raise CityNotConfirmed(city=city.name)
    if has_ended(city, alliance_day(at)):
        raise MembershipOver(city=city.name)


def refuse_archived(company: Company) -> None:
    if company.merged_into is not None:
        raise MergedForGood(company=company.name, into=company.merged_into.name)
    if company.state == S.ARCHIVED:
        raise ArchivedIsKept(company=company.name)


def validity(company: Company, wanted: date | None, at: datetime) -> date:
    """Until when the entry is to be valid: as wanted within the twelve months, or the whole of them."""
    if wanted is None:
        return next_validity(company, at=at)
    require_within_a_year(wanted, at)
    return wanted


def require_within_a_year(day: date, at: datetime) -> None:
    """Somebody can vouch for an entry for twelve months, and from today on."""
    latest = latest_validity(at)
    if day < alliance_day(at):
        raise ValidityOver(day=day_text(day))
    if day > latest:
        raise ValidityTooLong(day=day_text(latest))


def refuse_taken_number(company: Company, by: User | None, at: datetime) -> None:
    """One entry a register number; another city's entry is named to those only who see it."""
    if not company.register_number:
        return
    same = Company.objects.filter(
        register_kind=company.register_kind, register_number=company.register_number, merged_into=None
    )
    other = same.exclude(pk=company.pk).select_related("city").first()
    if other is None:
        return
    if by is not None and not same.seen_by(sight_of(by, at=at)).filter(pk=other.pk).exists():
        raise RegisterNumberTakenElsewhere
    raise RegisterNumberTaken(company=other.name, city=other.city.name)


def require_possible(company: Company, transition: Callable[..., Any]) -> None:
    if not can_proceed(transition):
        raise NotPossibleNow(company=company.name, state=company.get_state_display())
