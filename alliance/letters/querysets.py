from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from alliance.letters.states import WAITING, DeliveryState

if TYPE_CHECKING:
    from alliance.accounts.models import User


class DeliveryQuerySet(models.QuerySet):
    def in_inbox_of(self, user: "User") -> "DeliveryQuerySet":
        return self.filter(recipient=user)

    def unread(self) -> "DeliveryQuerySet":
        return self.filter(opened_at__isnull=True)

    def due(self, at: datetime) -> "DeliveryQuerySet":
        """What a worker may take up at a moment: waiting ones, and those whose worker's lease ran out."""
        waiting = Q(state__in=WAITING, next_attempt_at__lte=at)
        return self.filter(waiting | Q(state=DeliveryState.SENDING, leased_until__lte=at))
