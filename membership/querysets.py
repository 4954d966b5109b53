from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from membership.states import OPEN_APPLICATION, ApplicationState, CircularState, MembershipKind

if TYPE_CHECKING:
    from alliance.accounts.models import User


class MembershipQuerySet(models.QuerySet):
    def on(self, day: date) -> "MembershipQuerySet":
        """Memberships that hold at least one city on a day."""
        return self.filter(places__period__contains=day).distinct()

    def full(self) -> "MembershipQuerySet":
        return self.filter(kind=MembershipKind.FULL)


class MembershipCityQuerySet(models.QuerySet):
    def on(self, day: date) -> "MembershipCityQuerySet":
        """Memberships of cities on a day; on its end day a city is no member any more."""
        return self.filter(period__contains=day)

    def full(self) -> "MembershipCityQuerySet":
        return self.filter(kind=MembershipKind.FULL)


class ApplicationQuerySet(models.QuerySet):
    def open(self) -> "ApplicationQuerySet":
        return self.filter(state__in=OPEN_APPLICATION)

    def visible_to(self, user: "User") -> "ApplicationQuerySet":
        """Staff see what was submitted; officers see their own cities' applications, drafts included."""
        if not user.is_authenticated:
            return self.none()
        if user.is_staff:
            return self.exclude(state=ApplicationState.DRAFT)
        return self.filter(cities__in=user.officers.current().values("city")).distinct()


class CircularQuerySet(models.QuerySet):
    def issued(self) -> "CircularQuerySet":
        """Circulars that have a number: with the members, closed or cancelled."""
        return self.exclude(state=CircularState.DRAFT)

    def with_members(self) -> "CircularQuerySet":
        return self.filter(state=CircularState.ISSUED)

    def visible_to(self, user: "User") -> "CircularQuerySet":
        """Staff see all; officers see what their cities were asked or told, and what is about them."""
        if not user.is_authenticated:
            return self.none()
        if user.is_staff:
            return self
        cities = list(user.officers.confirmed().values_list("city", flat=True))
        return (
            self.issued()
            .filter(Q(addressees__city__in=cities) | Q(application__cities__in=cities))
            .distinct()
        )
