"""The kept versions of a city's profile and key figures, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from alliance.pages.exports import Column
from alliance.pages.views import ListPage
from cities.filters.versions import VersionFilters
from cities.models import City, Industry, ProfileVersion
from cities.models.contents import cooperation_words, differences, figure_label, figure_words
from cities.permissions import sees_officers
from cities.states import Indicator, Section, TextLanguage

HTML_LANGUAGE = {"zh": "zh-Hans", "de": "de", "en": "en"}


class OfCity(LoginRequiredMixin):
    """Old versions are for the people of the alliance; others do not find them."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def city(self) -> City:
        city = get_object_or_404(City.objects.visible_to(self.request.user), slug=self.kwargs["slug"])
        if not sees_officers(self.request.user, city):
            raise Http404
        return city

    def version(self, number: int) -> ProfileVersion:
        return get_object_or_404(self.city.profile_versions.select_related("made_by"), number=number)


class Versions(OfCity, ListPage):
    """All versions, newest first, each with what changed since the one before."""

    title = _("Versions")
    template_name = "cities/versions.html"
    filterset_class = VersionFilters
    default_sort = "-number"
    export_name = "versions"
    empty_message = _("No version has been kept yet")
    orderings = {"number": "number", "made_by": "made_by__name"}
    columns: Sequence[Column] = [
        Column("number", _("Version"), numeric=False),
        Column("made_at", _("Saved")),
        Column("made_by", _("By")),
        Column("changes", _("Changes"), in_files=False),
    ]

    def visible_rows(self) -> QuerySet[Any]:
        return self.city.profile_versions.select_related("made_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        numbers = list(self.city.profile_versions.values_list("number", flat=True))
        return super().get_context_data(
            city=self.city, numbers=numbers, latest=max(numbers, default=0), **kwargs
        )


class Version(OfCity, TemplateView):
    """What the profile said in one version."""

    template_name = "cities/version.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = self.version(self.kwargs["number"])
        content = version.content
        return super().get_context_data(
            city=self.city,
            version=version,
            sections=sections_of(content),
            industries=industry_names(content["industries"]).values(),
            figures=figures_of(content),
            cooperations=[(row["partner"], cooperation_words(row)) for row in content["cooperations"]],
            before=version.number - 1,
            **kwargs,
        )


class Changes(OfCity, TemplateView):
    """What changed from one version to another."""

    template_name = "cities/changes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        old, new = self.version(self.kwargs["old"]), self.version(self.kwargs["new"])
        names = industry_names([*old.content["industries"], *new.content["industries"]])
        rows = differences(old.content, new.content, industry_names=names)
        context = {**kwargs, "city": self.city, "old": old, "new": new, "rows": rows}
        return super().get_context_data(**context)


class Compare(OfCity, View):
    """From the two numbers chosen in the list to the address of their comparison."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        numbers = [request.GET.get(name, "") for name in ("old", "new")]
        if not all(number.isdecimal() and len(number) < 10 for number in numbers):
            return redirect("cities:versions", self.city.slug)
        return redirect("cities:changes", self.city.slug, *map(int, numbers))


def industry_names(wanted: Iterable[str]) -> dict[str, str]:
    """The names of industries in the active language, by code."""
    return {row.code: str(row) for row in Industry.objects.filter(code__in=set(wanted))}


def figures_of(content: dict[str, Any]) -> list[tuple[str, str]]:
    """The figures of a version in the order of the indicators, in words."""
    order = list(Indicator.values)
    rows = sorted(content["figures"], key=lambda row: (order.index(row["indicator"]), row["year"]))
    return [(figure_label(row), figure_words(row)) for row in rows]


def sections_of(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The texts of a version: section by section, language by language, the empty ones left out."""
    texts = content.get("texts", {})
    return [
        {
            "label": section.label,
            "texts": [
                (language.label, HTML_LANGUAGE[language], texts[section][language])
                for language in TextLanguage
                if texts.get(section, {}).get(language)
            ],
        }
        for section in Section
    ]
