"""The rows of a file: their list with what each means, and one row to put right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import FormView

from alliance.pages.exports import EXPORTS, Column
from alliance.pages.phrases import labelled
from alliance.pages.views import ROWS_AT_ONCE, ListPage, refusals_as_messages, refusals_on_form
from companies.actions import imports
from companies.actions.columns import Words
from companies.filters.imports import ImportRowFilters
from companies.forms.imports import RowForm
from companies.models import Company, Import, ImportRow
from companies.states import ImportState, Verdict
from companies.views import imports_facts as facts
from companies.views.imports import OfOneImport
from companies.views.words import in_its_language

LONGEST_NAME = 80


class ImportRows(LoginRequiredMixin, OfOneImport, ListPage):  # type: ignore[misc]
    """Every row with its verdict, what is wrong with it, and what it changes."""

    template_name = "companies/import_rows.html"
    filterset_class = ImportRowFilters
    empty_message = gettext_lazy("The file has no rows")
    columns: Sequence[Column] = [
        Column("row", gettext_lazy("Row"), lambda line: line["row"].number, sort="row"),
        Column("name", gettext_lazy("Company"), lambda line: line["name"]),
        Column("verdict", gettext_lazy("Means"), lambda line: line["status"][0]),
        Column("column", gettext_lazy("Column"), lambda line: wrong(line, "column"), on_page=False),
        Column("value", pgettext_lazy("cell", "Value"), lambda line: wrong(line, "value"), on_page=False),
        Column("wrong", gettext_lazy("What is wrong, what changes"), lambda line: said_of(line)),
    ]  # fmt: skip
    orderings = {"row": "number"}
    default_sort = "row"
    export_name = "rows"

    @property
    def title(self) -> str:  # type: ignore[override]
        return _("Rows of %(file)s") % {"file": self.run.filename}

    def visible_rows(self) -> QuerySet[Any]:
        """The imports that the person sees; the list is of the rows of one of them."""
        return ImportRow.objects.filter(run=self.run)

    @cached_property
    def object(self) -> Import:
        return get_object_or_404(
            Import.objects.seen_by(self.sight).select_related("city"), pk=self.kwargs["pk"]
        )

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.run)

    def export(self, kind: str) -> HttpResponseBase:
        """All rows asked for, a thousand at a time as lines."""
        columns = [column for column in self.get_columns() if column.in_files]
        return EXPORTS[kind](columns, self.as_lines(), self.export_name)

    def as_lines(self) -> Iterator[Mapping[str, Any]]:
        rows = self.rows.iterator(chunk_size=ROWS_AT_ONCE)
        while some := list(islice(rows, ROWS_AT_ONCE)):
            yield from self.lines.of(some)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            run=self.run,
            acts=self.acts and self.run.state == ImportState.CHECKED,
            crumbs=facts.crumbs_below(self.run, _("Rows")),
            **kwargs,
        )
        context["lines"] = self.lines.of(context["rows"])
        return context


def wrong(line: Mapping[str, Any], what: str) -> list[str]:
    """The columns or values of a row that are wrong."""
    return [getattr(one, what) for one in line["shown"]]


def said_of(line: Mapping[str, Any]) -> list[str]:
    """Everything that is to be said of a row, as sentences."""
    changes = [labelled(one.label, f"{one.before} → {one.after}") for one in line["changes"]]
    return [*(one.sentence for one in line["shown"]), *changes]


class Lines:
    """Rows with their words; as many queries for one as for a thousand."""

    def __init__(self, run: Import) -> None:
        self.run = run

    @cached_property
    def words(self) -> Words:
        return imports.words_of(self.run)

    def of(self, rows: Iterable[ImportRow]) -> list[dict[str, Any]]:
        rows = list(rows)
        shown = imports.shown(self.run, rows)
        names = self.names(rows)
        return [self.line(row, shown[row.number], names) for row in rows]

    def names(self, rows: Sequence[ImportRow]) -> Mapping[int, Company]:
        """Entries that rows are about, or may be."""
        keys = {row.company_id for row in rows if row.company_id and row.verdict != Verdict.NEW}
        keys |= {key for row in rows for key in row.candidates}
        return Company.objects.select_related("city").in_bulk(keys)

    def line(self, row: ImportRow, shown: Any, names: Mapping[int, Company]) -> dict[str, Any]:
        known = names.get(row.company_id or 0)
        said = imports.said_by(row).get("registered_name") or row.texts.get("registered_name", "")
        verdict = Verdict(row.verdict)
        status = (
            (_("Left out"), "ended") if row.left_out else (str(verdict.label), facts.VERDICT_TONES[verdict])
        )
        return {
            "row": row,
            "url": reverse("companies:import_row", args=[self.run.pk, row.number]),
            "name": said or (known.name if known else ""),
            "company": known,
            "status": status,
            "shown": shown,
            "changes": imports.differences(row, self.words) if row.differences else [],
            "candidates": [names[key] for key in row.candidates if key in names],
        }


class OfOneRow(LoginRequiredMixin, OfOneImport):
    """One row of a file that the person may bring."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not self.acts:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def object(self) -> Import:
        return get_object_or_404(self.visible_rows(), pk=self.kwargs["pk"])

    @cached_property
    def row(self) -> ImportRow:
        return get_object_or_404(ImportRow, run=self.run, number=self.kwargs["number"])

    def next_url(self) -> str:
        """The next row that needs somebody, else the page of the import."""
        rest = ImportRow.objects.filter(run=self.run).open()  # type: ignore[attr-defined]
        following = rest.filter(number__gt=self.row.number).first() or rest.first()
        if following is None:
            return self.run.get_absolute_url()
        return reverse("companies:import_row", args=[self.run.pk, following.number])


class ImportRowPage(OfOneRow, FormView):  # type: ignore[type-arg]
    """One row: what its cells say, what is wrong, and the fields to put it right."""

    template_name = "companies/import_row.html"

    def get_form(self, form_class: Any = None) -> RowForm:
        lines = Lines(self.run)
        shown = imports.shown(self.run, [self.row])[self.row.number]
        return RowForm(self.request.POST or None, run=self.run, row=self.row, words=lines.words, shown=shown)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = _("Row %(number)s") % {"number": self.row.number}
        line = Lines(self.run).of([self.row])[0]
        return super().get_context_data(
            run=self.run,
            row=self.row,
            line=line,
            title=title,
            heading=heading(title, line["name"]),
            crumbs=facts.crumbs_below(self.run, title),
            open=self.run.state == ImportState.CHECKED,
            **kwargs,
        )

    def form_valid(self, form: Any) -> HttpResponseBase:  # type: ignore[override]
        with refusals_on_form(form):
            row = imports.correct(self.row, form.typed, by=self.request.user, at=self.now)
            number = {"number": row.number}
            if row.verdict in (Verdict.MISTAKE, Verdict.DUPLICATE):
                messages.warning(self.request, _("Row %(number)s still needs you; see below.") % number)
                return redirect("companies:import_row", self.run.pk, row.number)
            messages.success(self.request, _("Row %(number)s is put right.") % number)
            return redirect(self.next_url())
        return self.form_invalid(form)


def heading(title: str, name: str) -> str:
    """Which row, and the company it names; a name as long as a line is cut."""
    short = Truncator(name).chars(LONGEST_NAME)
    return SafeString(labelled(escape(title), in_its_language(short))) if name else title


class RowVerb(OfOneRow):
    """One thing done with a row by a button; on to the next that needs somebody."""

    http_method_names = ["post", "options"]

    def act(self) -> str:
        """Call the action; what to say then."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with refusals_as_messages(request):
            messages.success(request, self.act() % {"number": self.row.number})
            return redirect(self.next_url())
        return redirect(self.run)


class LeaveOut(RowVerb):
    """The row is not written."""

    def act(self) -> str:
        imports.leave_out(self.row, by=self.request.user, at=self.now)
        return _("Row %(number)s is left out.")


class TakeIn(RowVerb):
    """The row is written after all."""

    def act(self) -> str:
        imports.take_in(self.row, by=self.request.user, at=self.now)
        return _("Row %(number)s is taken in again.")


class Settle(RowVerb):
    """Which company the row is about, is said."""

    def act(self) -> str:
        chosen = self.request.POST.get("company", "")
        company = int(chosen) if chosen.isdecimal() and len(chosen) < 19 else None
        if company is None and chosen != "new":
            return _("Row %(number)s is as it was: please choose a company, or that it is a new one.")
        imports.settle(self.row, company=company, by=self.request.user, at=self.now)
        return _("Row %(number)s is settled.")
