"""The list of all companies: one search box, and what it finds."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from alliance.pages.charts import number
from alliance.pages.kept import Kept
from alliance.pages.views import KeptListPage, ListPage
from alliance.search import matches
from cities.actions import industry_search
from cities.models import City, Industry
from cities.models.city import name_order
from cities.states import IndustryLevel
from companies.actions import searching
from companies.filters.companies import CompanyFilters
from companies.states import CompanyOrder
from companies.views import exports
from companies.views.company_lines import line_of
from companies.views.keeping import work_lists
from companies.views.seeing import Seeing
from membership.models.membership import alliance_day

MOST_OPTIONS = 12


class Companies(Seeing, KeptListPage):
    """All companies that the person may see, found in any script; 25 a page, by cursors."""

    title = gettext_lazy("Companies")
    template_name = "companies/company_list.html"
    partial_template_name = "companies/company_results.html"
    filterset_class = CompanyFilters
    kept = Kept("companies.Company", "cities.City", "cities.Industry")
    export_name = "companies"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """The list as a page, as the changed part of one, or as a file."""
        if (kind := request.GET.get("format", "")) in exports.FORMATS:
            return exports.export(request, kind, self.filters, self.sight, at=self.now)
        return super().get(request, *args, **kwargs)

    @cached_property
    def today(self) -> date:
        return alliance_day(self.now)

    @cached_property
    def filters(self) -> CompanyFilters:  # type: ignore[override]
        drafts = self.sight.everything or bool(self.sight.own_cities)
        return CompanyFilters(self.request.GET, City.objects.none(), request=self.request, sees_drafts=drafts)

    def depends_on(self) -> Hashable:
        """Who sees the same, and on which day."""
        return self.today, self.sight

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self._only_a_part():
            return super(ListPage, self).get_context_data(**self.get_content(), **kwargs)
        return super().get_context_data(**kwargs)

    def get_surroundings(self) -> dict[str, Any]:
        works = work_lists() if self.keeps_some or self.sight.everything else []
        return {"keeps": self.keeps_some, "works": works}

    def get_content(self) -> dict[str, Any]:
        found = self.found
        sought = " ".join(found.terms) or self.filters.words
        return {
            "title": self.title,
            "filter": self.filters,
            "q": self.filters.words,
            "lines": [line_of(company, sought, self.today) for company in found.companies],
            "count_text": count_text(found),
            "notes": [*self.notes(), *self.mistyped()],
            "sorts": self.sorts(),
            "previous_url": self.page_of(found.previous_cursor),
            "next_url": self.page_of(found.next_cursor),
            "exports": [(kind, self.address(format=kind, cursor=None)) for kind in exports.FORMATS],
            "narrowed": self.filters.narrowed(),
            "whole_list_url": self.request.path,
            "kept_parameters": [("sort", self.order)] if self.request.GET.get("sort") else [],
            "inside": bool(self.sight.visibilities[1:]) or self.sight.everything,
        }

    @cached_property
    def found(self) -> searching.Found:
        return searching.search(
            self.filters.words,
            wanted=self.filters.wanted,
            sight=self.sight,
            sort=self.order,
            cursor=self.request.GET.get("cursor", ""),
            limit=self.paginate_by,
            at=self.now,
        )

    @cached_property
    def order(self) -> str:
        """The order asked for; by relevance only where something was searched."""
        asked = self.request.GET.get("sort", "")
        if asked in CompanyOrder.values and (asked != "relevance" or self.filters.words):
            return asked
        return "relevance" if self.filters.words else "name"

    def notes(self) -> list[str]:
        """A sentence for each parameter that was left out."""
        notes = self.filters.ignored()
        for name, known, sentence in [
            ("sort", CompanyOrder.values, _("There is no order called “%(name)s”.")),
            ("format", exports.FORMATS, _("There is no format called “%(name)s”.")),
        ]:
            asked = self.request.GET.get(name, "")
            if asked and asked not in known:
                notes.append(sentence % {"name": asked[:100]})
        return notes

    def mistyped(self) -> list[str]:
        """What was looked for instead, where nothing has the words as they were typed."""
        if not self.found.terms:
            return []
        words = {"asked": self.filters.words, "meant": " · ".join(self.found.terms)}
        return [_("Nothing was found for “%(asked)s”. This is shown instead: %(meant)s") % words]

    def sorts(self) -> list[dict[str, Any]]:
        """The orders in which the list can stand."""
        return [
            {"label": label, "url": self.address(sort=name, cursor=None), "current": name == self.order}
            for name, label in CompanyOrder.choices
            if name != "relevance" or self.filters.words
        ]

    def page_of(self, cursor: str) -> str:
        return self.address(cursor=cursor) if cursor else ""


def count_text(found: searching.Found) -> str:
    """How many there are: exactly, or that there are more than are counted."""
    if found.more_than_total:
        return _("More than %(count)s companies") % {"count": number(found.total)}
    words = ngettext("%(count)s company", "%(count)s companies", found.total)
    return words % {"count": number(found.total)}


@require_safe
def city_options(request: HttpRequest) -> HttpResponse:
    """Cities whose names begin with what is typed, for the field of the filter form."""
    text = request.GET.get("city", "").strip()[:100]
    rows = City.objects.public()
    found = rows.filter(matches("search_key", text)) if text else rows
    names = found.order_by(name_order())[:MOST_OPTIONS]
    return options((city.name, city.other_script_name) for city in names)


@require_safe
def industry_options(request: HttpRequest) -> HttpResponse:
    """Industries that may be meant by what is typed, for the field of the filter form."""
    text = request.GET.get("industry", "").strip()[:100]
    sections = Industry.objects.filter(level=IndustryLevel.SECTION)
    found = industry_search.find(text, most=MOST_OPTIONS) if text else sections
    return options((f"{row.code} {row.name}", "") for row in found)


def options(rows: Any) -> HttpResponse:
    return HttpResponse(format_html_join("", '<option value="{}">{}</option>', rows))
