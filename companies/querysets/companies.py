from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from companies.states import SHOWN_STATES, CompanyState, Visibility

if TYPE_CHECKING:
    from companies.querysets.sight import Sight


class CompanyQuerySet(models.QuerySet):
    def seen_by(self, sight: Sight) -> CompanyQuerySet:
        """What a person of this sight may see: what is shown to her, and everything of her own cities."""
        if sight.everything:
            return self
        shown = Q(state__in=SHOWN_STATES, visibility__in=sight.visibilities)
        return self.filter(shown | Q(city__in=sight.own_cities)) if sight.own_cities else self.filter(shown)

    def fresh(self, day: date) -> CompanyQuerySet:
        return self.filter(state=CompanyState.PUBLISHED, valid_until__gte=day)

    def to_pass_on(self, day: date) -> CompanyQuerySet:
        """Released, valid and shown to members: what may leave the alliance's own pages."""
        members = [Visibility.MEMBERS, Visibility.PUBLIC]
        return self.fresh(day).filter(released=True, visibility__in=members)
