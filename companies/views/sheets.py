"""Sheets that firms have filled in: which wait, and one to compare with its entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from alliance.pages.exports import Column
from alliance.pages.marks import status
from alliance.pages.moments import moment_lines
from alliance.pages.views import ListPage, OfOneObject, refusals_on_form
from companies.actions import sheets
from companies.actions.merging import TOGETHER
from companies.filters.sheets import SheetFilters
from companies.forms.sheets import RefuseForm, TakeOverForm
from companies.models import Company, SheetSubmission
from companies.states import SubmissionState
from companies.views.seeing import Seeing, WorkersOnly
from companies.views.words import in_its_language
from companies.views.work import refusals_by_field

S = SubmissionState
TONES = {S.WAITING: "waiting", S.TAKEN_OVER: "done", S.REFUSED: "ended", S.REPLACED: "ended"}


def crumbs(last: str = "") -> list[tuple[str, str]]:
    """The way back: all companies, the sheets, what is looked at."""
    own = (_("Sheets filled in by firms"), reverse("companies:sheets") if last else "")
    return [(_("Companies"), reverse("companies:companies")), own, *([(last, "")] if last else [])]


class SheetList(WorkersOnly, ListPage):
    """Every sheet that somebody has to compare, the newest first."""

    title = gettext_lazy("Sheets filled in by firms")
    template_name = "companies/sheet_list.html"
    filterset_class = SheetFilters
    empty_message = gettext_lazy("No sheet waits to be compared")
    columns: Sequence[Column] = [
        Column("company", gettext_lazy("Company"), lambda one: one.company.name),
        Column("city", gettext_lazy("Seat"), lambda one: one.company.city.name),
        Column("submitted", gettext_lazy("Sent"), lambda one: one.submitted_at),
        Column("state", gettext_lazy("State"), lambda one: one.get_state_display()),
        Column("decided", gettext_lazy("Dealt with"), lambda one: one.decided_at, on_page=False),
        Column("note", gettext_lazy("Note to the firm"), on_page=False),
    ]  # fmt: skip
    orderings = {"company": "link__company__sort_name", "submitted": "submitted_at"}
    default_sort = "-submitted"
    export_name = "sheets"

    def visible_rows(self) -> QuerySet[Any]:
        return SheetSubmission.objects.kept_by(self.sight).select_related("link__company__city")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(crumbs=crumbs(), **kwargs)
        context["lines"] = [{"sheet": one, "status": status_of(one)} for one in context["rows"]]
        return context


def status_of(submission: SheetSubmission) -> Any:
    return status(submission.get_state_display(), TONES[S(submission.state)])


class SheetPage(Seeing, OfOneObject, TemplateView):
    """What the firm says beside what the entry says, to be taken over value by value."""

    template_name = "companies/sheet.html"

    def visible_rows(self) -> QuerySet[SheetSubmission]:
        rows = SheetSubmission.objects.kept_by(self.sight)
        return rows.select_related("link__company__city", "decided_by")

    @property
    def sheet(self) -> SheetSubmission:
        return self.object

    @cached_property
    def entry(self) -> Company:
        """The entry that it is compared with: the one that stands for the company now."""
        company = sheets.entry_of(self.sheet)
        if not (self.sight.everything or company.city_id in self.sight.kept_cities):
            raise Http404
        return company

    @cached_property
    def acts(self) -> bool:
        return self.sheet.state == S.WAITING and self.keeps_all(self.entry.city_id)

    @cached_property
    def differences(self) -> list[list[sheets.Difference]]:
        """What differs; what is only taken over together stands together."""
        found = {one.field: one for one in sheets.differences(self.sheet, self.entry)}
        partners = {group[0]: [found[name] for name in group if name in found] for group in TOGETHER}
        heads = {name: group[0] for group in TOGETHER for name in group}
        grouped = {
            heads.get(name, name): partners.get(heads.get(name, ""), [one]) for name, one in found.items()
        }
        return list(grouped.values())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sheet, take_form = self.sheet, kwargs.get("take_form") or self.take_form()
        context = {
            "sheet": sheet,
            "company": self.entry,
            "crumbs": crumbs(in_its_language(self.entry.name)),
            "acts": self.acts,
            "status": status_of(sheet),
            "sent": moment_lines(sheet.submitted_at),
            "take_form": take_form,
            "groups": [self.group(group, take_form.ticked) for group in self.differences],
            "refuse_form": self.refuse_form(),
            "newer": sheet.link.submissions.waiting().first() if sheet.state == S.REPLACED else None,
        }
        return super().get_context_data(**{**context, **kwargs})

    def group(self, group: list[sheets.Difference], ticked: set[str]) -> dict[str, Any]:
        lines = [{"label": capfirst(one.label), "now": one.now, "proposed": one.proposed} for one in group]
        return {"field": group[0].field, "ticked": group[0].field in ticked, "lines": lines}

    def take_form(self, data: Any = None) -> TakeOverForm:
        return TakeOverForm(data, differing=[group[0].field for group in self.differences])

    def refuse_form(self, data: Any = None) -> RefuseForm:
        form = RefuseForm(data)
        form.form_action = reverse("companies:sheet_refuse", args=[self.sheet.pk])
        return form


class SheetVerb(SheetPage):
    """Something is decided about a sheet; a look leads to its page. A second time changes nothing."""

    decided: S

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return redirect(self.sheet)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.keeps_all(self.entry.city_id):
            raise Http404
        if self.sheet.state == self.decided:
            return redirect(self.entry)
        if self.sheet.state != S.WAITING:
            messages.error(request, sheets.DecidedAlready(state=self.sheet.get_state_display()).sentence)
            return redirect(self.sheet)
        return self.decide(request)

    def decide(self, request: HttpRequest) -> HttpResponseBase:
        raise NotImplementedError


class SheetTakeOver(SheetVerb):
    """The values ticked are put into the entry."""

    decided = S.TAKEN_OVER

    def decide(self, request: HttpRequest) -> HttpResponseBase:
        form = self.take_form(request.POST)
        if form.is_valid():
            chosen = form.cleaned_data["fields_chosen"]
            with refusals_by_field(form):
                sheets.take_over(self.sheet, fields=chosen if self.differences else None, **self.acting)
                messages.success(request, _("The sheet is taken over; the firm is told."))
                return redirect(self.entry)
        return self.render_to_response(self.get_context_data(take_form=form))


class SheetRefuse(SheetVerb):
    """The entry stays as it is, and the firm is told why."""

    decided = S.REFUSED

    def decide(self, request: HttpRequest) -> HttpResponseBase:
        form = self.refuse_form(request.POST)
        if form.is_valid():
            with refusals_on_form(form):
                sheets.refuse(self.sheet, reason=form.cleaned_data["reason"], **self.acting)
                messages.success(request, _("The sheet is not taken over; the firm is told why."))
                return redirect(self.entry)
        return self.render_to_response(self.get_context_data(refuse_form=form))
