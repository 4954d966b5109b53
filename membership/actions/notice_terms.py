"""How long a mail may take to come back, and the notice period of a withdrawal."""

from __future__ import annotations

from datetime import datetime

from alliance.accounts.models import User
from membership.models import NoticeTerms


def set_terms(
    *, waiting_hours: int, notice_days: int, by: User | None, at: datetime | None = None
) -> NoticeTerms:
    """Set what holds for circulars issued from now on, by the secretariat or the management."""
    raise NotImplementedError
