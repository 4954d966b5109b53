"""How long a mail may take to come back, and the notice period of a withdrawal."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.accounts.permissions import NotPermitted
from alliance.pages.refusals import Refusal
from membership.models import Circular, NoticeTerms

MOST_HOURS, MOST_DAYS = 720, 730
INSTANT = timedelta(microseconds=1)


class TermsOutOfBounds(Refusal):
    """A mistyped number."""

    sentence = _(
        "The waiting time is between 0 and %(hours)d hours, the notice period between 0 and %(days)d days."
    )


class MayNotSetTerms(NotPermitted):
    """Both run the alliance day to day."""

    sentence = _("Only the secretariat or the management can do this.")


@transaction.atomic
def set_terms(
    *, waiting_hours: int, notice_days: int, by: User | None, at: datetime | None = None
) -> NoticeTerms:
    """Set what holds for circulars issued from now on; those issued already keep theirs.

    The same terms again change nothing.
    """
    at = at or timezone.now()
    if by is not None and not (by.is_secretariat or by.is_management):
        raise MayNotSetTerms
    if not (0 <= waiting_hours <= MOST_HOURS and 0 <= notice_days <= MOST_DAYS):
        raise TermsOutOfBounds(hours=MOST_HOURS, days=MOST_DAYS)
    newest = NoticeTerms.objects.select_for_update().order_by("-valid_from").first()
    if newest and (newest.waiting_hours, newest.notice_days) == (waiting_hours, notice_days):
        return newest
    return NoticeTerms.objects.create(
        valid_from=after_all(at, newest),
        waiting_hours=waiting_hours,
        notice_days=notice_days,
        set_by=by,
    )


def terms_of(circular: Circular) -> NoticeTerms:
    """What held when a circular was issued, and holds for it."""
    issued_at = circular.issued_at
    assert issued_at is not None  # noqa: S101 - held by the database for an issued circular
    terms: NoticeTerms = NoticeTerms.objects.at(issued_at)
    return terms


def waiting_time(circular: Circular) -> timedelta:
    """How long a mail of this circular may take to come back."""
    return timedelta(hours=terms_of(circular).waiting_hours)


def notice_period(circular: Circular) -> timedelta:
    """How long after the last word a city is out; a day of it is 24 hours in every zone."""
    return timedelta(days=terms_of(circular).notice_days)


def after_all(at: datetime, newest: NoticeTerms | None) -> datetime:
    """The moment, or one just after the last terms and the last circular, where another clock ran ahead."""
    issued = Circular.objects.aggregate(last=Max("issued_at"))["last"]
    earlier = [moment for moment in (issued, newest and newest.valid_from) if moment]
    return max([at, *(moment + INSTANT for moment in earlier)])
