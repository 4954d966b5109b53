"""After a new accession: taking up again what was archived because the membership had ended."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliance.pages.views import ActionView
from cities.models import City
from cities.querysets import CityQuerySet
from companies.actions import archiving
from companies.permissions import may_keep


class RestoreCompanies(ActionView):
    """All entries of a city at once, as drafts."""

    request: HttpRequest

    @cached_property
    def now(self) -> datetime:
        return timezone.now()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For whoever does not keep the city's companies there is nothing here."""
        if request.user.is_authenticated and not may_keep(request.user, self.object, at=self.now):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def visible_rows(self) -> CityQuerySet:
        return City.objects.visible_to(self.request.user)

    def act(self, thing: City) -> int:
        return archiving.restore_all(thing, by=self.request.user, at=self.now)  # type: ignore[arg-type]

    def get_done_message(self, result: int) -> str:
        if not result:
            return _("There was nothing to restore.")
        words = ngettext(
            "%(count)s company is restored as a draft. Please look at it and publish it.",
            "%(count)s companies are restored as drafts. Please look at them and publish them.",
            result,
        )
        return words % {"count": result}

    def get_success_url(self, result: Any = None) -> str:
        return reverse("companies:city_companies", args=[self.object.slug])

    def get_refused_url(self) -> str:
        return self.get_success_url()
