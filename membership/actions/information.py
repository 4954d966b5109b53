"""Preparing a circular that asks for no consent: it informs all members, or those of one side."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.accounts.permissions import require_secretariat
from alliance.pages.refusals import Refusal
from cities.states import Country
from membership.actions.drafts import later_than, locked_draft
from membership.actions.seals import TEXTS
from membership.models import Circular
from membership.states import CircularKind


class UnknownSide(Refusal):
    """There are two sides."""

    sentence = _("Please choose whom the circular goes to: all members, the Chinese or the German side.")


class NotForInformation(Refusal):
    """A circular that asks for consent is prepared from its application."""

    sentence = _("This draft asks the members for their consent; it is no information circular.")


@transaction.atomic
def begin(
    *,
    texts: dict[str, str],
    side: str = "",
    deadline: datetime | None = None,
    by: User | None,
    at: datetime | None = None,
) -> Circular:
    """Begin the draft of an information circular, with what is written so far."""
    at = at or timezone.now()
    require_secretariat(by)
    return Circular.objects.create(
        kind=CircularKind.INFORMATION,
        drafted_at=at,
        drafted_by=by,
        **checked(texts, side, deadline, at),
    )


@transaction.atomic
def save(
    circular: Circular,
    *,
    texts: dict[str, str],
    side: str = "",
    deadline: datetime | None = None,
    by: User | None,
    at: datetime | None = None,
) -> Circular:
    """Keep what was edited; no deadline means that none is set."""
    at = at or timezone.now()
    require_secretariat(by)
    circular = locked_draft(circular)
    if circular.kind != CircularKind.INFORMATION:
        raise NotForInformation
    for field, value in checked(texts, side, deadline, at).items():
        setattr(circular, field, value)
    circular.save()
    return circular


def checked(texts: dict[str, str], side: str, deadline: datetime | None, at: datetime) -> dict[str, Any]:
    if side and side not in Country.values:
        raise UnknownSide
    return {
        **{field: texts.get(field, "").strip() for field in TEXTS},
        "side": side,
        "deadline": None if deadline is None else later_than(at, deadline),
    }
