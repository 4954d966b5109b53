"""Files of companies: their list, the upload, and the page of one that follows what becomes of it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from alliance.pages.exports import Column
from alliance.pages.files import as_download
from alliance.pages.sheets.reading import open_sheet
from alliance.pages.sheets.refusals import SheetRefused
from alliance.pages.views import ListPage, OfOneObject, refusals_on_form
from cities.models import City
from cities.models.city import name_order
from companies.actions import imports
from companies.filters.imports import ImportFilters
from companies.forms.imports import ColumnsForm, UploadForm
from companies.models import Import
from companies.states import IN_THE_WORKS, ImportState, Verdict
from companies.views import imports_facts as facts
from companies.views.seeing import Seeing, WorkersOnly
from membership.models import MembershipCity
from membership.models.membership import alliance_day

S = ImportState
SAMPLES = 3


class Importers(Seeing):
    """Who may bring files, and the imports that the person sees."""

    def visible_rows(self) -> QuerySet[Import]:
        return Import.objects.seen_by(self.sight).select_related("city", "begun_by")

    @cached_property
    def cities(self) -> QuerySet[City]:
        """The cities whose companies the person may bring."""
        if not self.request.user.is_secretariat:
            return City.objects.filter(pk__in=self.sight.kept_cities).order_by(name_order())
        members = MembershipCity.objects.on(alliance_day(self.now)).full()
        return City.objects.filter(pk__in=members.values("city")).order_by(name_order())


class ImportersOnly(Importers, WorkersOnly):
    """For whoever brings and sees no files the page is not there."""


class ImportList(ImportersOnly, ListPage):
    """All files that were brought, the newest first."""

    title = gettext_lazy("Imports of companies")
    template_name = "companies/import_list.html"
    filterset_class = ImportFilters
    empty_message = gettext_lazy("No file has been brought yet")
    columns: Sequence[Column] = [
        Column("file", gettext_lazy("File"), lambda run: run.filename),
        Column("city", gettext_lazy("Companies of"), lambda run: facts.place_of(run)),
        Column("state", gettext_lazy("State"), lambda run: run.get_state_display()),
        *map(facts.count_column, (Verdict.NEW, Verdict.CHANGED, Verdict.MISTAKE)),
        Column("begun", gettext_lazy("Brought"), lambda run: run.begun_at),
        Column("by", gettext_lazy("By"), lambda run: str(run.begun_by or ""), on_page=False),
        Column("done", gettext_lazy("Carried out"), lambda run: run.done_at, on_page=False),
    ]  # fmt: skip
    orderings = {
        "file": "filename",
        "city": name_order("city__"),
        "state": ["state", "-begun_at"],
        "begun": "begun_at",
    }
    default_sort = "-begun"
    export_name = "imports"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(brings=self.keeps_some, crumbs=facts.crumbs(), **kwargs)
        context["lines"] = [
            {"run": run, "status": facts.status_of(run), "place": facts.place_of(run)}
            for run in context["rows"]
        ]
        return context


class ImportNew(ImportersOnly, FormView):  # type: ignore[type-arg]
    """A file is uploaded."""

    template_name = "companies/import_new.html"
    form_class = UploadForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not self.keeps_some:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """From the page of a city's companies, that city."""
        return {"city": self.request.GET.get("city", "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "cities": self.cities,
            "any_city": self.request.user.is_secretariat,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(crumbs=facts.crumbs(_("New import")), **kwargs)
        context["form"].cancel_url = reverse("companies:imports")
        return context

    def form_valid(self, form: Any) -> HttpResponseBase:  # type: ignore[override]
        data = form.cleaned_data
        with refusals_on_form(form):
            return redirect(imports.begin(data["city"], data["file"], by=self.request.user, at=self.now))
        return self.form_invalid(form)


class OfOneImport(Importers, OfOneObject):
    """One file that the person sees; another city's is not there."""

    @property
    def run(self) -> Import:
        return self.object

    @cached_property
    def acts(self) -> bool:
        """Whether the person may do something with it."""
        user = self.request.user
        if self.run.city_id is None:
            return bool(user.is_secretariat)
        return self.keeps_all(self.run.city_id)


class ImportPage(OfOneImport, TemplateView):
    """Where the import stands, and what to do next."""

    template_name = "companies/import.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The page; or, asked for by htmx while work is under way, only how far it is."""
        if getattr(request, "htmx", False):
            return self.how_far()
        return self.render_to_response(self.get_context_data())

    def how_far(self) -> HttpResponse:
        if self.run.state not in IN_THE_WORKS:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(self.request, "companies/import_progress.html", self.progress())

    def progress(self) -> dict[str, Any]:
        return {"run": self.run, "progress": imports.progress(self.run, at=self.now), "acts": self.acts}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.run
        context = super().get_context_data(
            run=run,
            heading=facts.heading_of(run),
            lead=facts.lead_of(run),
            crumbs=facts.crumbs(run.filename),
            steps=facts.steps_of(run),
            facts=facts.facts_of(run),
            acts=self.acts,
            counts=facts.counts_of(run),
            waiting_rows=facts.open_rows(run),
            notes=run.report.get("notes", []),
            failure=facts.failure_of(run),
            ended=run.state in (S.FAILED, S.CANCELLED, S.UNDONE),
            **kwargs,
        )
        if run.state in IN_THE_WORKS:
            context |= self.progress()
        if run.state in (S.UPLOADED, S.CHECKED) and self.acts:
            context.setdefault("form", columns_form(run))
        return context


class ImportColumns(ImportPage):
    """Which column of the file is which is said; then the file is checked."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return redirect(self.run)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.acts:
            raise Http404
        form = columns_form(self.run, request.POST)
        if form.is_valid():
            with refusals_on_form(form):
                run = imports.set_columns(self.run, form.mapping, by=self.request.user, at=self.now)
                messages.success(request, _("The file is being checked."))
                return redirect(run)
        return self.render_to_response(self.get_context_data(form=form))


def columns_form(run: Import, data: Any = None) -> ColumnsForm:
    return ColumnsForm(data, run=run, samples=samples_of(run))


def samples_of(run: Import) -> list[list[str]]:
    """The first rows of the file, to recognise its columns by."""
    try:
        with run.file.open("rb") as file:
            sheet = open_sheet(file, name=run.filename)
            return [list(row.cells) for row in itertools.islice(sheet.rows(), SAMPLES)]
    except (SheetRefused, OSError):
        return []


class ImportFile(OfOneImport):
    """The file as it was brought."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        return as_download(self.run)
