from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from membership.consent import SHIPPED_RULES
from membership.states import (
    OPEN_APPLICATION,
    OPEN_WITHDRAWAL,
    CircularKind,
    CircularState,
    MembershipKind,
    WithdrawalState,
)

if TYPE_CHECKING:
    from alliance.accounts.models import User
    from membership.models import ConsentRule

DEFAULT_RULE = next(rule.key for rule in SHIPPED_RULES if rule.is_default)


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

    def of(self, user: "User") -> "ApplicationQuerySet":
        """Applications the person works on: those of cities that know the person, drafts included.

        Whoever registered and is still to be confirmed works only on what they began themselves.
        """
        if not user.is_authenticated:
            return self.none()
        model: Any = self.model
        places = model.cities.through.objects.filter(application=OuterRef("pk"))
        known = places.filter(city__in=user.officers.confirmed().values("city"))
        named = places.filter(city__in=user.officers.current().values("city"))
        return self.filter(Exists(known) | Q(Exists(named), begun_by=user))

    def visible_to(self, user: "User") -> "ApplicationQuerySet":
        """Applicants see theirs, staff what was submitted, members what a circular asked them about."""
        if not user.is_authenticated:
            return self.none()
        model: Any = self.model
        own = Q(pk__in=model.objects.of(user).values("pk"))
        if user.is_staff:
            return self.filter(own | Q(submitted_at__isnull=False))
        circulars = model._meta.get_field("circulars").related_model.objects.issued()
        asked = circulars.filter(addressees__city__in=user.officers.confirmed().values("city"))
        return self.filter(own | Q(pk__in=asked.values("application")))


class ConsentRuleQuerySet(models.QuerySet):
    def current(self) -> "ConsentRuleQuerySet":
        """The versions that can be chosen for a circular."""
        return self.filter(superseded_at__isnull=True)

    def default(self) -> "ConsentRule":
        """“All members consent expressly”, the literal reading of the paper."""
        return self.current().get(key=DEFAULT_RULE)


class CircularQuerySet(models.QuerySet):
    def issued(self) -> "CircularQuerySet":
        """Circulars that have a number: with the members, closed or cancelled."""
        return self.exclude(state=CircularState.DRAFT)

    def sent(self) -> "CircularQuerySet":
        """Circulars that went out: a notice called back with its withdrawal reached nobody."""
        called_back = Q(kind=CircularKind.WITHDRAWAL_NOTICE, state=CircularState.CANCELLED)
        return self.issued().exclude(called_back)

    def not_told_to_all(self) -> "CircularQuerySet":
        """Circulars of which some city that it went to has no record yet of being told."""
        model: Any = self.model

        def number_of(rows: str) -> Coalesce:
            related = model._meta.get_field(rows).related_model.objects.filter(circular=OuterRef("pk"))
            counted = related.order_by().values("circular").annotate(number=Count("pk"))
            return Coalesce(Subquery(counted.values("number")), 0)

        sent = self.sent().filter(letter__isnull=False)
        return sent.alias(asked=number_of("addressees"), told_of=number_of("told")).filter(
            asked__gt=F("told_of")
        )

    def with_members(self) -> "CircularQuerySet":
        return self.filter(state=CircularState.ISSUED)

    def visible_to(self, user: "User") -> "CircularQuerySet":
        """Staff see all; officers see what their cities were asked or told, and what is about them."""
        if not user.is_authenticated:
            return self.none()
        if user.is_staff:
            return self
        cities = user.officers.confirmed().values("city")
        model: Any = self.model
        told = model._meta.get_field("addressees").related_model.objects.filter(circular=OuterRef("pk"))
        applying = model._meta.get_field("application").related_model.cities.through.objects.filter(
            application=OuterRef("application")
        )
        # Not by joins: a circular may have thousands of addressees.
        return self.sent().filter(
            Exists(told.filter(city__in=cities)) | Exists(applying.filter(city__in=cities))
        )


class WithdrawalQuerySet(models.QuerySet):
    def open(self) -> "WithdrawalQuerySet":
        return self.filter(state__in=OPEN_WITHDRAWAL)

    def communicating(self) -> "WithdrawalQuerySet":
        return self.filter(state=WithdrawalState.COMMUNICATING)

    def visible_to(self, user: "User") -> "WithdrawalQuerySet":
        """Staff see all; officers that of their own city, and what their city was told."""
        if not user.is_authenticated:
            return self.none()
        if user.is_staff:
            return self
        cities = user.officers.confirmed().values("city")
        model: Any = self.model
        circulars = model._meta.get_field("circular").related_model
        told = circulars._meta.get_field("addressees").related_model.objects.filter(
            circular=OuterRef("circular"), city__in=cities
        )
        # A notice that was called back reached nobody.
        reached = Q(Exists(told)) & ~Q(state=WithdrawalState.REVOKED)
        return self.filter(Q(place__city__in=cities) | reached)


class NoticeTermsQuerySet(models.QuerySet):
    def at(self, moment: datetime) -> Any:
        """What holds at a moment; the defaults where nothing was set yet."""
        return self.filter(valid_from__lte=moment).order_by("-valid_from").first() or self.model()
