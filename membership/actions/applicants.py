"""Which cities may apply, alone or together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.pages.moments import day_text
from alliance.pages.refusals import Refusal
from cities.models import City
from membership.models import Application, ApplicationCity, Decision, MembershipCity
from membership.models.membership import alliance_day
from membership.states import ApplicationState, DecisionKind, MembershipKind

ONE_OPEN = "one_open_application_a_city"


class NoCity(Refusal):
    """An application without a city."""

    sentence = _("Please name at least one city that applies.")


class TwoCountries(Refusal):
    """Only cities of one country share a membership."""

    sentence = _("Only cities of the same country can apply as one membership.")


class AlreadyMember(Refusal):
    """A full member needs no application."""

    sentence = _("%(city)s is already a full member of the alliance.")


class HasOpenApplication(Refusal):
    """A city has one application that stands at most."""

    sentence = _(
        "%(city)s already has an application that still stands. Please continue or retract that one."
    )


class MustWait(Refusal):
    """The consent rule of the declining circular names a wait."""

    sentence = _("The last application of %(city)s was declined; a new one is possible from %(day)s.")


def refuse_cities(cities: Sequence[City], *, at: datetime, application: Application | None = None) -> None:
    """Refuse cities that cannot apply now; those of the given application itself stand already."""
    if not cities:
        raise NoCity
    if len({city.country for city in cities}) > 1:
        raise TwoCountries
    standing = _standing(cities, application)
    for city in cities:
        if is_full_member(city, day=alliance_day(at)):
            raise AlreadyMember(city=city.name)
        if city.pk in standing:
            raise HasOpenApplication(city=city.name)
        if (first_day := may_apply_from(city)) and alliance_day(at) < first_day:
            raise MustWait(city=city.name, day=day_text(first_day))


def place_cities(application: Application, cities: Iterable[City]) -> None:
    """Write the cities down; the database lets a city into one open application only."""
    for city in cities:
        try:
            with transaction.atomic():
                ApplicationCity.objects.create(application=application, city=city)
        except IntegrityError as error:
            if error.__cause__.diag.constraint_name == ONE_OPEN:  # type: ignore[union-attr]
                raise HasOpenApplication(city=city.name) from error
            raise


def is_full_member(city: City, *, day: date) -> bool:
    """Whether the city is a full member, or is to become one."""
    lasting = Q(period__endswith__isnull=True) | Q(period__endswith__gt=day)
    return MembershipCity.objects.filter(lasting, city=city, kind=MembershipKind.FULL).exists()


def may_apply_from(city: City) -> date | None:
    """The first day on which a declined city may apply again, as the declining circular's rule says."""
    declined = Decision.objects.filter(
        kind=DecisionKind.DECLINED, application__state=ApplicationState.DECLINED, application__cities=city
    )
    last = declined.select_related("circular").order_by("-decided_at").first()
    if last is None:
        return None
    wait = (last.circular.rule_content or {}).get("wait_days", 0)
    return alliance_day(last.decided_at) + timedelta(days=wait)


def _standing(cities: Sequence[City], application: Application | None) -> set[int]:
    rows = ApplicationCity.objects.filter(city__in=cities, is_open=True)
    return set(rows.exclude(application=application).values_list("city", flat=True))
