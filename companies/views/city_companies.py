"""The companies of one city: what they do, and how fresh their entries are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from alliance.pages.bars import bar_line
from cities.actions import industries
from cities.models import City
from cities.models.city import active_ending
from companies.actions import archiving
from companies.models import Company
from companies.states import SHOWN_STATES, CompanyState
from companies.views.company_lines import line_of
from companies.views.keeping import work_lists
from companies.views.seeing import Seeing
from membership.models.membership import alliance_day

NEWEST = 10
DIVISIONS = 12


@dataclass(frozen=True)
class IndustryBar:
    """How many of the city's companies belong to one division of industry."""

    code: str
    name: str
    count: int
    picture: SafeString
    url: str


class CityCompanies(Seeing, TemplateView):
    """A city's companies as far as the person may see them: by industry, by freshness, the newest."""

    template_name = "companies/city_companies.html"

    @cached_property
    def city(self) -> City:
        return get_object_or_404(City.objects.visible_to(self.request.user), slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        city, today = self.city, alliance_day(self.now)
        rows = Company.objects.seen_by(self.sight).filter(city=city)
        shown = rows.filter(state__in=SHOWN_STATES)
        newest = shown.select_related("city", "industry").order_by("-entered_at", "-pk")[:NEWEST]
        inside = self.sight.everything or city.pk in self.sight.own_cities
        keeps = self.keeps_all(city.pk)
        told, bars = counts(rows, today), industry_bars(shown, city)
        context = {
            "city": city,
            "crumbs": [(_("Companies"), reverse("companies:companies")), (city.name, "")],
            "counts": told,
            "bars": bars,
            "elsewhere": told["shown"] - sum(bar.count for bar in bars),
            "works": work_lists() if keeps or self.sight.everything else [],
            "lines": [line_of(company, "", today) for company in newest],
            "inside": inside,
            "keeps": keeps,
            "restorable": archiving.restorable(city, at=self.now).count() if keeps else 0,
            "all_url": f"{reverse('companies:companies')}?city={city.slug}",
        }
        return super().get_context_data(**context, **kwargs)


def counts(rows: QuerySet[Company], today: date) -> dict[str, Any]:
    """How many entries there are, and which share of those shown is valid."""
    fresh = Q(state=CompanyState.PUBLISHED, valid_until__gte=today)
    found = rows.aggregate(
        shown=Count("pk", filter=Q(state__in=SHOWN_STATES)),
        fresh=Count("pk", filter=fresh),
        drafts=Count("pk", filter=Q(state=CompanyState.DRAFT)),
        archived=Count("pk", filter=Q(state=CompanyState.ARCHIVED)),
    )
    shown = found["shown"]
    share = found["fresh"] * 100 // shown if shown else 0
    return {**found, "stale": shown - found["fresh"], "share": share, "picture": bar_line(share, 100)}


def industry_bars(rows: QuerySet[Company], city: City) -> list[IndustryBar]:
    """The city's companies by division of industry, the largest first."""
    counted: dict[str, int] = {}
    by_code = rows.exclude(industry=None).order_by().values_list("industry__code").annotate(Count("pk"))
    for code, count in by_code:
        division = division_of(code)
        counted[division] = counted.get(division, 0) + count
    order = sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:DIVISIONS]
    most = order[0][1] if order else 0
    return [bar(code, count, most, city) for code, count in order]


def division_of(code: str) -> str:
    """Classes and groups count with their division; a section stays by itself."""
    return code[:2] if code[0].isdigit() else code


def bar(code: str, count: int, most: int, city: City) -> IndustryBar:
    name = industries.labels_of(code)[active_ending()]
    url = f"{reverse('companies:companies')}?city={city.slug}&industry={code}"
    return IndustryBar(code, name, count, bar_line(count, most), url)
