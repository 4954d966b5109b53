from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from alliance.letters.states import IN_TROUBLE, REACHED, SETTLED, WAITING, DeliveryState

if TYPE_CHECKING:
    from alliance.accounts.models import User


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "LetterQuerySet":
        """All letters for those who work for the alliance; others read theirs in the inbox."""
        return self if user.is_authenticated and user.is_staff else self.none()

    def with_counts(self) -> "LetterQuerySet":
        """How many copies there are, and how many of them came to what."""
        return self.annotate(
            copies=Count("deliveries"),
            accepted=Count("deliveries", filter=Q(deliveries__state=DeliveryState.ACCEPTED)),
            handed_over=Count("deliveries", filter=Q(deliveries__state=DeliveryState.HANDED_OVER)),
            failed=Count("deliveries", filter=Q(deliveries__state__in=IN_TROUBLE)),
            waiting=Count("deliveries", filter=~Q(deliveries__state__in=SETTLED)),
            called_back=Count("deliveries", filter=Q(deliveries__state=DeliveryState.CALLED_BACK)),
        )


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "DeliveryQuerySet":
        """All copies for those who work for the alliance; others read theirs in the inbox."""
        return self if user.is_authenticated and user.is_staff else self.none()

    def in_inbox_of(self, user: "User") -> "DeliveryQuerySet":
        return self.filter(recipient=user).exclude(state=DeliveryState.CALLED_BACK)

    def unread(self) -> "DeliveryQuerySet":
        return self.filter(opened_at__isnull=True)

    def unsettled(self) -> "DeliveryQuerySet":
        return self.exclude(state__in=SETTLED)

    def reached(self) -> "DeliveryQuerySet":
        """Copies that came to somebody: accepted and not returned, opened, or handed over."""
        return self.filter(Q(state__in=REACHED) | Q(opened_at__isnull=False))

    def in_trouble(self) -> "DeliveryQuerySet":
        """Copies that failed or came back, where no copy of the letter reached the same city otherwise."""
        reached = DeliveryQuerySet(self.model).reached().order_by()
        same = reached.filter(letter=OuterRef("letter"), on_behalf_of=OuterRef("on_behalf_of"))
        return self.filter(~Exists(same), state__in=IN_TROUBLE).exclude(on_behalf_of="")

    def handed_over(self) -> "DeliveryQuerySet":
        return self.filter(state=DeliveryState.HANDED_OVER).order_by("handed_over_on", "pk")

    def due(self, at: datetime) -> "DeliveryQuerySet":
        """What a worker may take up at a moment; what opens an account goes first."""
        waiting = self.filter(state__in=WAITING, next_attempt_at__lte=at)
        return waiting.order_by("-letter__confidential", "next_attempt_at", "pk")

    def abandoned(self, at: datetime) -> "DeliveryQuerySet":
        """What a worker took up and never came back to: its lease ran out."""
        return self.filter(state=DeliveryState.SENDING, leased_until__lte=at).order_by("pk")


class HeartbeatQuerySet(models.QuerySet):
    def newest(self) -> datetime | None:
        """When any worker last gave a sign of life."""
        return self.aggregate(newest=models.Max("beat_at"))["newest"]
