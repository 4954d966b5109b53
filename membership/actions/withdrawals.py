"""A city leaves: filed, communicated to all members, effective by itself once all were told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.files.base import File

from alliance.accounts.models import User
from cities.models import City
from membership.actions.withdrawals_reach import Missing, still_missing
from membership.actions.withdrawals_touch import Touched, touches
from membership.models import Withdrawal

__all__ = [
    "Missing",
    "Touched",
    "communicate",
    "draft_texts",
    "file",
    "revoke",
    "still_missing",
    "touches",
]


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
    """Hand in the signed request of a city to leave: by its lead, or by the secretariat from a letter."""
    raise NotImplementedError


def draft_texts(withdrawal: Withdrawal, *, at: datetime | None = None) -> dict[str, str]:
    """Subject and text of the notice in three languages: subject_zh … body_en."""
    raise NotImplementedError


def communicate(
    withdrawal: Withdrawal,
    *,
    texts: Mapping[str, str] | None = None,
    by: User | None,
    at: datetime | None = None,
) -> Withdrawal:
    """Tell all member cities by a sealed circular; `texts` takes the place of the drafted ones."""
    raise NotImplementedError


def revoke(withdrawal: Withdrawal, *, reason: str, by: User | None, at: datetime | None = None) -> Withdrawal:
    """Take it back, as long as the first notice has not gone out."""
    raise NotImplementedError
