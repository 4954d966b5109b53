from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from companies.states import DuplicateState

if TYPE_CHECKING:
    from companies.querysets.sight import Sight


class DuplicatePairQuerySet(models.QuerySet):
    def open(self) -> DuplicatePairQuerySet:
        """Pairs about which somebody has to decide."""
        return self.filter(state=DuplicateState.OPEN)

    def kept_by(self, sight: Sight) -> DuplicatePairQuerySet:
        """Pairs that a person of this sight may decide: both entries are of cities whose officer she is.

        Who works for the alliance sees all. A pair across two cities is for the secretariat: to one of
        the cities the other's entry may be none of its business.
        """
        if sight.everything:
            return self
        return self.filter(Q(first__city__in=sight.kept_cities) & Q(second__city__in=sight.kept_cities))
