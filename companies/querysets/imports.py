from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from companies.states import IN_THE_WORKS, Verdict

if TYPE_CHECKING:
    from companies.querysets.sight import Sight


class ImportQuerySet(models.QuerySet):
    def seen_by(self, sight: Sight) -> ImportQuerySet:
        """Staff see all imports, officers those of the cities whose companies they keep."""
        return self if sight.everything else self.filter(city__in=sight.kept_cities)

    def abandoned(self, at: datetime) -> ImportQuerySet:
        """Work was asked for, and nobody is at it: not begun yet, or its worker was killed."""
        idle = Q(leased_until__isnull=True) | Q(leased_until__lt=at)
        return self.filter(idle, state__in=IN_THE_WORKS)


class ImportRowQuerySet(models.QuerySet):
    def kept(self) -> ImportRowQuerySet:
        """Rows that nobody has left out."""
        return self.filter(left_out=False)

    def mistaken(self) -> ImportRowQuerySet:
        return self.filter(verdict=Verdict.MISTAKE)

    def open(self) -> ImportRowQuerySet:
        """Rows that keep the import from being carried out: mistaken, or perhaps a duplicate."""
        return self.kept().filter(verdict__in=[Verdict.MISTAKE, Verdict.DUPLICATE])
