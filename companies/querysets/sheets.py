from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from companies.states import SubmissionState

if TYPE_CHECKING:
    from companies.querysets.sight import Sight


class SheetSubmissionQuerySet(models.QuerySet):
    def waiting(self) -> SheetSubmissionQuerySet:
        """Sheets that nobody has compared yet."""
        return self.filter(state=SubmissionState.WAITING)

    def kept_by(self, sight: Sight) -> SheetSubmissionQuerySet:
        """Sheets about entries of cities whose companies the person keeps; staff see all.

        Of an entry that was merged, the one that stands for it now counts too: it is what the sheet is
        compared with.
        """
        if sight.everything:
            return self
        entry, into = "link__company", "link__company__merged_into"
        own = Q(**{f"{entry}__city__in": sight.kept_cities})
        return self.filter(own, Q(**{into: None}) | Q(**{f"{into}__city__in": sight.kept_cities}))
