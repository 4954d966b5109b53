"""The industries of ISIC Rev. 4: the tree with a search, one industry, and what is offered while typing."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.views.generic import TemplateView

from alliance.pages.filters import LONGEST_SEARCH
from cities.actions.industry_search import MOST, find
from cities.forms.industries import TEXT, Typed
from cities.models import Industry
from cities.states import IndustryLevel, TextLanguage

HTML_LANGUAGE = {"zh": "zh-Hans", "de": "de", "en": "en"}
_FIELD = re.compile(r"[A-Za-z][\w-]{0,60}")


class Industries(TemplateView):
    """Sections and divisions, or what was found; for a form's field only what may be meant."""

    template_name = "cities/industries.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        field = request.GET.get("field", "")
        if not field:
            return super().get(request, *args, **kwargs)
        if not _FIELD.fullmatch(field):
            raise Http404
        typed = Typed.following(request.GET.get(field + TEXT, ""))
        return render(request, "cities/industry_found.html", {"name": field, "typed": typed})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        q = self.request.GET.get("q", "").strip()[:LONGEST_SEARCH]
        found = find(q, most=MOST + 1) if q else []
        tree = {} if q else {"tree": branches(list(Industry.objects.broad()))}
        return super().get_context_data(q=q, found=found[:MOST], more=len(found) > MOST, **tree, **kwargs)


class IndustryPage(TemplateView):
    """One industry: its labels in three languages, what it belongs to and what belongs to it."""

    template_name = "cities/industry.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        industry = get_object_or_404(Industry.objects.with_path(), code=self.kwargs["code"])
        return super().get_context_data(
            industry=industry,
            crumbs=crumbs(industry),
            names=[
                {"label": label, "value": in_language(getattr(industry, f"name_{ending}"), ending)}
                for ending, label in TextLanguage.choices
            ],
            tree=branches(below(industry), of=industry),
            **kwargs,
        )


def in_language(text: str, ending: str) -> str:
    """The text with the language it is in, so that it is read aloud and set rightly."""
    return format_html('<span lang="{}">{}</span>', HTML_LANGUAGE[ending], text)


def below(industry: Industry) -> list[Industry]:
    """What belongs to it; of a section only the divisions, which have pages of their own."""
    rows = Industry.objects.under(industry.code).exclude(pk=industry.pk)
    return list(rows.broad() if industry.level == IndustryLevel.SECTION else rows)


def branches(rows: list[Industry], of: Industry | None = None) -> list[dict[str, Any]]:
    """The rows as a tree: each with those that belong to it."""
    children = defaultdict(list)
    for row in rows:
        children[row.parent_id].append(row)

    def grown(parent: int | None) -> list[dict[str, Any]]:
        return [{"row": row, "below": grown(row.pk)} for row in children[parent]]

    return grown(of.pk if of else None)


def crumbs(industry: Industry) -> list[tuple[str, str]]:
    above = [(str(row), reverse("cities:industry", args=[row.code])) for row in industry.path[:-1]]
    return [(_now("Industries"), reverse("cities:industries")), *above]
