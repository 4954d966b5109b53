from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from alliance.search import matches
from cities.states import IndustryLevel, OfficerLevel, OfficerState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from alliance.accounts.models import User


class CityQuerySet(models.QuerySet):
    def public(self) -> "CityQuerySet":
        """A self-registered city is not shown before the secretariat has confirmed it."""
        return self.filter(confirmed_at__isnull=False)

    def visible_to(self, user: "User | AnonymousUser") -> "CityQuerySet":
        if user.is_authenticated and user.is_staff:
            return self
        if not user.is_authenticated:
            return self.public()
        own = Q(pk__in=user.officers.current().values("city"))
        return self.filter(Q(confirmed_at__isnull=False) | own)

    def without_lead(self) -> "CityQuerySet":
        """Cities for which no confirmed lead speaks."""
        lead = models.Q(officers__level=OfficerLevel.LEAD, officers__state=OfficerState.CONFIRMED)
        return self.exclude(pk__in=self.model._default_manager.filter(lead).values("pk"))

    def search(self, q: str) -> "CityQuerySet":
        return self.filter(matches("search_key", q)) if q.strip() else self


class InstitutionQuerySet(models.QuerySet):
    def current(self) -> "InstitutionQuerySet":
        return self.filter(ended_at=None)

    def visible_to(self, user: "User | AnonymousUser") -> "InstitutionQuerySet":
        """Everybody sees institutions; those that have ended, only who works for the alliance."""
        return self if user.is_authenticated and user.is_staff else self.current()


class OfficerQuerySet(models.QuerySet):
    def current(self) -> "OfficerQuerySet":
        """Officers who are known to the city, confirmed or still to be confirmed."""
        return self.filter(state__in=[OfficerState.REGISTERED, OfficerState.CONFIRMED])

    def leads(self) -> "OfficerQuerySet":
        return self.confirmed().filter(level=OfficerLevel.LEAD)

    def visible_to(self, user: "User") -> "OfficerQuerySet":
        """The list of all officers is for those who work for the alliance."""
        return self if user.is_authenticated and user.is_staff else self.none()

    def confirmed(self) -> "OfficerQuerySet":
        return self.filter(state=OfficerState.CONFIRMED)

    def speaking(self) -> "OfficerQuerySet":
        """Leads and deputies: they give the city's voice, and letters to the city go to them."""
        return self.confirmed().filter(
            level__in=[OfficerLevel.LEAD, OfficerLevel.DEPUTY], user__is_active=True
        )


class IndustryQuerySet(models.QuerySet):
    def broad(self) -> "IndustryQuerySet":
        """Sections and divisions: as finely as a city describes itself."""
        return self.filter(level__in=[IndustryLevel.SECTION, IndustryLevel.DIVISION])

    def under(self, code: str) -> "IndustryQuerySet":
        """The industry of this code and all below it."""
        above = [Q(code=code)]
        for steps in range(1, len(IndustryLevel)):
            above.append(Q(**{"parent__" * steps + "code": code}))
        return self.filter(reduce(or_, above))

    def with_path(self) -> "IndustryQuerySet":
        """With what `Industry.path` needs, in the same query."""
        return self.select_related("parent__parent__parent")
