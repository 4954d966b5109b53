"""What every page of the company database asks first: at what moment, and what the person may see."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property

from companies.permissions import may_keep, sight_of
from companies.querysets.sight import Sight


class Seeing:
    """One moment for everything of a request, and the person's sight at it."""

    request: Any

    @cached_property
    def now(self) -> datetime:
        return timezone.now()

    @cached_property
    def sight(self) -> Sight:
        return sight_of(self.request.user, at=self.now)

    @property
    def acting(self) -> dict[str, Any]:
        """Who acts, and when."""
        return {"by": self.request.user, "at": self.now}

    def keeps_all(self, *cities: int) -> bool:
        """Whether the person keeps the companies of all these cities."""
        return all(may_keep(self.request.user, city, at=self.now) for city in cities)

    @property
    def keeps_some(self) -> bool:
        """Whether there is a city whose companies the person keeps; the secretariat keeps those of all."""
        user = self.request.user
        return user.is_authenticated and bool(user.is_secretariat or self.sight.kept_cities)


class WorkersOnly(Seeing, LoginRequiredMixin):
    """For whoever keeps no companies and does not work for the alliance the page is not there."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not (self.sight.kept_cities or self.sight.everything):
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
