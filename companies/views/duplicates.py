"""Entries that may be one company: the queue, and one pair to compare and decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from alliance.pages.exports import Column
from alliance.pages.views import ListPage, OfOneObject, refusals_on_form
from companies.actions import duplicates, merging
from companies.filters.duplicates import DuplicateFilters
from companies.forms.duplicates import ApartForm, MergeForm
from companies.models import Company, DuplicatePair
from companies.states import DuplicateState
from companies.views import comparisons
from companies.views.seeing import Seeing, WorkersOnly
from companies.views.words import in_its_language
from membership.models.membership import alliance_day


def crumbs(last: str = "") -> list[tuple[str, str]]:
    """The way back: all companies, the queue, what is looked at."""
    queue = (_("Possible duplicates"), reverse("companies:duplicates") if last else "")
    return [(_("Companies"), reverse("companies:companies")), queue, *([(last, "")] if last else [])]


class DuplicateQueue(WorkersOnly, ListPage):
    """Every pair about which the person may decide, the newest first."""

    title = gettext_lazy("Possible duplicates")
    template_name = "companies/duplicate_list.html"
    filterset_class = DuplicateFilters
    empty_message = gettext_lazy("No two entries look like one company")
    columns: Sequence[Column] = [
        Column("first", gettext_lazy("Older entry"), lambda pair: pair.first.name),
        Column("first_city", gettext_lazy("Its seat"), lambda pair: pair.first.city.name, on_page=False),
        Column("second", gettext_lazy("Newer entry"), lambda pair: pair.second.name),
        Column("second_city", gettext_lazy("Its seat"), lambda pair: pair.second.city.name, on_page=False),
        Column("reasons", gettext_lazy("What speaks for it"), lambda pair: pair.reason_labels),
        Column("found", gettext_lazy("Found"), lambda pair: pair.found_at),
        Column("state", gettext_lazy("State"), lambda pair: pair.get_state_display(), on_page=False),
        Column("note", gettext_lazy("Note"), on_page=False),
    ]  # fmt: skip
    orderings = {"first": "first__sort_name", "second": "second__sort_name", "found": "found_at"}
    default_sort = "-found"
    export_name = "duplicates"

    def visible_rows(self) -> QuerySet[Any]:
        pairs = DuplicatePair.objects.kept_by(self.sight).exclude(state=DuplicateState.MERGED)
        return pairs.select_related("first__city", "second__city")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(crumbs=crumbs(), **kwargs)


class OfOnePair(Seeing, OfOneObject):
    """One pair that the person may decide about, or see as the alliance's staff."""

    def visible_rows(self) -> QuerySet[DuplicatePair]:
        cities = ("first__city", "second__city", "first__industry", "second__industry", "decided_by")
        return DuplicatePair.objects.kept_by(self.sight).select_related(*cities)

    @property
    def pair(self) -> DuplicatePair:
        return self.object

    @cached_property
    def acts(self) -> bool:
        return self.keeps_all(self.pair.first.city_id, self.pair.second.city_id)


class DuplicatePage(OfOnePair, TemplateView):
    """Both entries side by side, what speaks for their being one, and what can be decided."""

    template_name = "companies/duplicate.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The page; where both were merged, the entry that stands for the company now."""
        if self.pair.state == DuplicateState.MERGED:
            return redirect(merging.survivor(self.pair.second))
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pair = self.pair
        context = {
            "pair": pair,
            "crumbs": crumbs(in_its_language(pair.first.name)),
            "acts": self.acts,
            **compared(pair.first, pair.second, pair.reasons, self.now),
        }
        if self.acts:
            context |= {"apart_form": apart_form(pair), "merge_form": merge_form(pair.first, pair.second)}
        return super().get_context_data(**{**context, **kwargs})


class DuplicateApart(DuplicatePage):
    """It is said that both are companies of their own."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return redirect(self.pair)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.acts:
            raise Http404
        form = apart_form(self.pair, request.POST)
        if form.is_valid():
            with refusals_on_form(form):
                duplicates.tell_apart(self.pair, note=form.cleaned_data["note"], **self.acting)
                messages.success(request, _("They are two companies; the question is not asked again."))
                return redirect("companies:duplicates")
        return self.render_to_response(self.get_context_data(apart_form=form))


def compared(first: Company, second: Company, reasons: list[str], at: Any) -> dict[str, Any]:
    """Both entries as the pages that compare them need them."""
    lines = comparisons.lines_of(first, second, reasons)
    return {
        "heads": comparisons.heads_of(first, second, alliance_day(at)),
        "differing": [line for line in lines if not line.same],
        "same": [line for line in lines if line.same],
    }


def apart_form(pair: DuplicatePair, data: Any = None) -> ApartForm:
    form = ApartForm(data)
    form.form_action = reverse("companies:duplicate_apart", args=[pair.pk])
    return form


def merge_form(first: Company, second: Company, data: Any = None) -> MergeForm:
    stays = comparisons.fuller(first, second)
    form = MergeForm(data, companies=(first, second), initial={"stays": str(stays.pk)})
    form.form_action = f"{reverse('companies:merge', args=[first.pk])}?with={second.pk}"
    return form
