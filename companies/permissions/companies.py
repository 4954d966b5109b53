"""Who sees which companies, and who keeps them."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.accounts.permissions import NotPermitted
from cities.models import City
from companies.models import Company, Contact
from companies.querysets.sight import Sight
from companies.states import Visibility
from membership.models import MembershipCity
from membership.models.membership import alliance_day

Person = User | AnonymousUser
FOR_MEMBERS = (Visibility.MEMBERS, Visibility.PUBLIC)


class NotKeeper(NotPermitted):
    """Somebody who does not keep the companies of this city."""

    sentence = _(
        "Only officers of this city can do this while it is a member, or the secretariat."
        " Please ask the secretariat."
    )


def sight_of(user: Person, *, at: datetime) -> Sight:
    """What the person may see at a moment.

    Staff see everything. Officers of full member cities and contacts of institutions see what is shown to
    members; officers see all entries of their own cities, also after the membership has ended.
    """
    if not user.is_authenticated or not user.is_active:
        return Sight()
    if user.is_staff:
        return Sight(everything=True)
    own = tuple(user.officers.confirmed().order_by("city").values_list("city", flat=True))
    members = MembershipCity.objects.on(alliance_day(at)).full().filter(city__in=own)
    kept = tuple(members.order_by("city").values_list("city", flat=True)) if own else ()
    reads = bool(kept) or user.institution_contacts.filter(ended_at=None).exists()
    return Sight(
        visibilities=FOR_MEMBERS if reads else (Visibility.PUBLIC,), own_cities=own, kept_cities=kept
    )


def may_keep(user: Person | None, city: City | int, *, at: datetime) -> bool:
    """Enter, change, publish and archive the city's companies: its officers, and the secretariat."""
    if user is None or not user.is_authenticated or not user.is_active:
        return False
    key = city if isinstance(city, int) else city.pk
    return user.is_secretariat or key in sight_of(user, at=at).kept_cities


def require_keeper(by: User | None, city: City | int, *, at: datetime) -> None:
    """The system itself may do everything."""
    if by is not None and not may_keep(by, city, at=at):
        raise NotKeeper


def contacts_seen_by(sight: Sight, company: Company) -> QuerySet[Contact]:
    """Current contacts: all for the city's own officers and staff, else those released to such a reader."""
    current = company.contacts.filter(ended_at=None)
    if sight.everything or company.city_id in sight.own_cities:
        return current
    released = current.filter(for_public=True)
    return (
        released | current.filter(for_members=True) if Visibility.MEMBERS in sight.visibilities else released
    )
