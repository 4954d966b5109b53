"""What observers say to an accession: shown to all who were asked, and no vote."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.pages.refusals import Refusal
from cities.models import City
from membership.actions.circular_refusals import DeadlinePassed
from membership.actions.closing import refuse_unless_open
from membership.actions.drafts import lock
from membership.actions.statements import refuse_unless_asking
from membership.models import Circular, MembershipCity, ObserverComment
from membership.models.membership import alliance_day
from membership.permissions.circulars import require_voice_of_city
from membership.states import MembershipKind


class NotAnObserver(Refusal):
    """Members give their statement."""

    sentence = _("%(city)s is no observer to whom this circular went; members give a statement instead.")


class EmptyComment(Refusal):
    """A comment without words."""

    sentence = _("Please write your comment.")


@transaction.atomic
def comment(
    circular: Circular, *, city: City, text: str, by: User | None, at: datetime | None = None
) -> ObserverComment:
    """Comment for an observer, as its lead or deputy. The same words of the same person stand once."""
    at = at or timezone.now()
    circular = lock(circular)
    by = require_voice_of_city(by, city)
    refuse_unless_asking(circular)
    refuse_unless_open(circular)
    if circular.current_deadline is not None and at > circular.current_deadline:
        raise DeadlinePassed
    if not is_observer(circular, city, at):
        raise NotAnObserver(city=city.name)
    if not text.strip():
        raise EmptyComment
    if there := circular.observer_comments.filter(city=city, text=text.strip(), made_by=by).first():
        return there
    return ObserverComment.objects.create(
        circular=circular, city=city, text=text.strip(), made_at=at, made_by=by
    )


def is_observer(circular: Circular, city: City, at: datetime) -> bool:
    """Whether the circular went to the city for information, and it still observes."""
    told = circular.addressees.filter(city=city, elector__isnull=True)
    observing = MembershipCity.objects.on(alliance_day(at)).filter(city=city, kind=MembershipKind.OBSERVER)
    return told.exists() and observing.exists()
