"""Whom a letter about the companies of a city goes to."""

from __future__ import annotations

from datetime import datetime

from alliance.accounts.states import StaffRole
from alliance.letters.actions import Addressee
from cities.models import City, Officer
from membership.actions.addressees import mailbox_of
from membership.actions.application_letters import staff
from membership.models import MembershipCity
from membership.models.membership import alliance_day


def keepers_of(city: City, *, at: datetime) -> list[Addressee]:
    """The city's confirmed officers while it is a member, else the secretariat, which keeps the entries then.

    A member city without officers is written to at its official mailbox.
    """
    if not MembershipCity.objects.full().on(alliance_day(at)).filter(city=city).exists():
        return list(staff(StaffRole.SECRETARIAT))
    officers = Officer.objects.confirmed().filter(city=city, user__is_active=True).select_related("user")
    found = [Addressee.of(officer.user, city.slug) for officer in officers]
    if not found and city.mailbox:
        found = [mailbox_of(city)]
    return found or list(staff(StaffRole.SECRETARIAT))
