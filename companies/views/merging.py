"""Merging an entry with another one that somebody names: find it, compare both, say which stays."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from alliance.pages.filters import LONGEST_SEARCH
from alliance.pages.views import refusals_on_form
from companies.actions import duplicates, merging, searching
from companies.actions.values import FIELDS
from companies.filters.companies import NOT_ARCHIVED
from companies.models import Company
from companies.querysets.wanted import Wanted
from companies.views import company_page
from companies.views.duplicates import compared, merge_form
from companies.views.work import KeepersOnly

FOUND = 10


class Merge(KeepersOnly, TemplateView):
    """The other entry is searched for; then both stand side by side, and which stays is chosen."""

    template_name = "companies/merge.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.company.merged_into_id:
            return redirect(merging.survivor(self.company))
        return self.render_to_response(self.get_context_data())

    @cached_property
    def other(self) -> Company | None:
        """The entry that was named, if the person keeps it too."""
        named = self.request.GET.get("with", "")
        if not named:
            return None
        found = company_page.seen(self.sight, int(named)) if named.isdecimal() and len(named) < 19 else None
        if found is None or not self.keeps_all(found.city_id):
            raise Http404
        return found

    @property
    def both(self) -> tuple[Company, Company]:
        """The older entry and the newer one."""
        assert self.other is not None  # noqa: S101 - asked only where one was named
        first, second = sorted((self.company, self.other), key=lambda one: one.pk)
        return first, second

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"company": self.company, "crumbs": self.crumbs(_("Merge")), "q": self.words}
        if self.other is None or self.other == self.company:
            context |= {"alike": self.alike(), "found": self.found(), "itself": self.other is not None}
        else:
            context |= {"other": self.other, **compared(*self.both, [], self.now)}
            context["merge_form"] = merge_form(*self.both)
        return super().get_context_data(**{**context, **kwargs})

    @property
    def words(self) -> str:
        return self.request.GET.get("q", "").strip()[:LONGEST_SEARCH]

    def alike(self) -> list[duplicates.Candidate]:
        """Entries that look like it and that the person keeps."""
        values = {field: getattr(self.company, field) for field in FIELDS}
        found = duplicates.candidates(values, city=self.company.city, exclude=self.company, sight=self.sight)
        return [one for one in found if self.may_merge(one.company)][:FOUND]

    def found(self) -> list[Company]:
        """Entries found by words, among those that the person keeps."""
        if not self.words:
            return []
        wanted = Wanted(cities=self.sight.kept_cities, states=NOT_ARCHIVED)
        rows = searching.search(self.words, wanted=wanted, sight=self.sight, limit=FOUND + 1, at=self.now)
        return [row for row in rows.companies if row != self.company and self.may_merge(row)][:FOUND]

    def may_merge(self, company: Company) -> bool:
        return self.sight.everything or company.city_id in self.sight.kept_cities

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.other in (None, self.company):
            return redirect(self.address)
        form = merge_form(*self.both, data=request.POST)
        if form.is_valid():
            stays, goes = form.stays_and_goes
            with refusals_on_form(form):
                merged = merging.merge(goes, into=stays, **self.acting)
                messages.success(
                    request, _("“%(company)s” is merged: one entry is left.") % {"company": merged.name}
                )
                return redirect(merged)
        return self.render_to_response(self.get_context_data(merge_form=form))

    @property
    def address(self) -> str:
        return reverse("companies:merge", args=[self.company.pk])
