"""What is done with an import as a whole: carried out, cancelled, undone; rows with mistakes left out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView, View

from alliance.pages.charts import number
from alliance.pages.sheets.templates import TemplateColumn, xlsx_template
from alliance.pages.sheets.writing import csv_lines
from alliance.pages.views import ActionView, refusals_on_form
from companies.actions import imports
from companies.actions.columns import COLUMNS, Column
from companies.forms.imports import CarryOutForm
from companies.models import Import, ImportRow
from companies.states import ImportState
from companies.views import imports_facts as facts
from companies.views.imports import ImportersOnly, OfOneImport
from membership.models.membership import alliance_day

USUAL_VALIDITY = timedelta(days=365)


class ActorsOnly(OfOneImport):
    """For whoever cannot act with this import the verb is not there."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not self.acts:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class CarryOut(ActorsOnly, FormView):  # type: ignore[type-arg]
    """What will happen, and whether new companies are published."""

    template_name = "companies/import_carry_out.html"
    form_class = CarryOutForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.run.state != ImportState.CHECKED:
            return redirect(self.run)
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "publish_until": alliance_day(self.now) + USUAL_VALIDITY}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            run=self.run,
            counts=facts.counts_of(self.run),
            lead=facts.lead_of(self.run),
            crumbs=facts.crumbs_below(self.run, _("Carry out")),
            **kwargs,
        )
        context["form"].cancel_url = self.run.get_absolute_url()
        return context

    def form_valid(self, form: Any) -> HttpResponseBase:  # type: ignore[override]
        with refusals_on_form(form):
            imports.carry_out(self.run, publish_until=form.until, by=self.request.user, at=self.now)
            return redirect(self.run)
        return self.form_invalid(form)


class Cancel(ActorsOnly, ActionView):
    """Given up before anything was written."""

    done = gettext_lazy("The import is cancelled; nothing was written.")

    def act(self, thing: Import) -> Import:
        return imports.cancel(thing, by=self.request.user, at=self.now)


class Undo(ActorsOnly, ActionView, TemplateView):
    """Everything as it was before, once it is confirmed."""

    http_method_names: ClassVar[list[str]] = ["get", "post", "options"]  # type: ignore[misc]
    template_name = "companies/import_undo.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.run.state != ImportState.DONE:
            return redirect(self.run)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        way = facts.crumbs_below(self.run, _("Undo"))
        return super().get_context_data(run=self.run, lead=facts.lead_of(self.run), crumbs=way, **kwargs)

    def act(self, thing: Import) -> Import:
        return imports.undo(thing, by=self.request.user, at=self.now)

    def get_refused_url(self) -> str:
        return self.run.get_absolute_url()


class LeaveOutMistakes(ActorsOnly, ActionView):
    """All rows that are wrong are left out at once."""

    def act(self, thing: Import) -> Import:
        rows = ImportRow.objects.filter(run=thing).kept().mistaken()  # type: ignore[attr-defined]
        count = imports.leave_out(rows, by=self.request.user, at=self.now)
        words = ngettext("%(count)s row is left out.", "%(count)s rows are left out.", count)
        messages.success(self.request, words % {"count": number(count)})
        return thing


class Template(ImportersOnly, View):
    """An empty sheet to fill in, with explanations and allowed values in the reader's language."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("format") == "csv":
            content = b"".join(csv_lines([column.label for column in COLUMNS], []))
            return as_file(content, "companies.csv", "text/csv; charset=utf-8")
        content = xlsx_template(
            [
                TemplateColumn(
                    column.label,
                    column.explanation,
                    [label for _value, label in column.allowed],
                    example_of(column),
                    several=len(column.empty) == 1 and list(column.empty.values()) == [[]],
                )
                for column in COLUMNS
            ],
            language=request.LANGUAGE_CODE,
            title=_("Companies"),
        )
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return as_file(content, "companies.xlsx", kind)


def example_of(column: Column) -> str:
    """The example of a column as somebody would write it who reads this language."""
    labels = {"no": _("no")} | {value: str(label) for value, label in column.allowed}
    return "; ".join(labels.get(part, part) for part in column.example.split("; "))


def as_file(content: bytes, name: str, kind: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
