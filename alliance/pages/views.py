"""What all lists and all state changes have in common; ``docs/lists.md`` shows how to use it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise, cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView, View

from alliance.pages.exports import EXPORTS, Column
from alliance.pages.filters import ListFilters
from alliance.pages.kept import Kept
from alliance.pages.orderings import Orderings, Sort
from alliance.pages.refusals import Refusal

ROWS_AT_ONCE = 500
LONGEST_NOTE = 100


@dataclass(frozen=True)
class Head:
    """The head of a table column: a link that sorts by it, if the list can be."""

    name: str
    label: str | Promise
    numeric: bool
    url: str = ""
    direction: str = ""


@dataclass(frozen=True)
class PageLink:
    """One number in the row of page links; a gap has no address."""

    label: str
    url: str = ""
    current: bool = False


class ListPage(TemplateView):
    """A list that is searched, filtered, sorted, paged and exported by readable parameters.

    Subclasses say which rows the person may see (``visible_rows``), by what they are narrowed
    (``filterset_class``), in which orders they can stand (``orderings``) and what is shown of them
    (``columns``). A parameter that means nothing is left out and said so on the page.
    """

    title: str | Promise = ""
    partial_template_name: str = ""
    filterset_class: type[ListFilters] = ListFilters
    columns: Sequence[Column] = ()
    orderings: Orderings = {}
    default_sort = ""
    paginate_by = 25
    export_name = "list"
    empty_message: str | Promise = _("Nothing here yet.")

    def visible_rows(self) -> QuerySet[Any]:
        """Everything the person may see in this list, with what its columns need."""
        raise NotImplementedError

    def get_columns(self) -> Sequence[Column]:
        """The columns this person gets."""
        return self.columns

    def get(  # type: ignore[override]
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """The list as a page, as the changed part of one, or as a file."""
        if request.GET.get("format") in EXPORTS:
            return self.export(request.GET["format"])
        response = super().get(request, *args, **kwargs)
        patch_vary_headers(response, ["HX-Request"])
        return response

    def export(self, kind: str) -> HttpResponseBase:
        """All rows that were asked for, on whatever page they stand, as a file."""
        columns = [column for column in self.get_columns() if column.in_files]
        return EXPORTS[kind](columns, self.rows.iterator(chunk_size=ROWS_AT_ONCE), self.export_name)

    @cached_property
    def filters(self) -> ListFilters:
        """The filter form, filled from the address."""
        return self.filterset_class(self.request.GET, self.visible_rows(), request=self.request)

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """The rows asked for, in the order asked for."""
        rows = self.filters.qs
        return self.sort.apply(rows, self.orderings) if self.sort else rows

    @cached_property
    def sort(self) -> Sort | None:
        """The order asked for, else that of the list, else that of the model."""
        asked = Sort.parse(self.request.GET.get("sort", ""))
        if asked.name in self.orderings:
            return asked
        return Sort.parse(self.default_sort) if self.default_sort else None

    def notes(self) -> list[str]:
        """A sentence for each parameter that was left out."""
        sort, kind = self.request.GET.get("sort"), self.request.GET.get("format")
        notes = self.filters.ignored()
        if sort and Sort.parse(sort).name not in self.orderings:
            notes.append(gettext("There is no order called “%(name)s”.") % {"name": sort[:LONGEST_NOTE]})
        if kind and kind not in EXPORTS:
            notes.append(gettext("There is no format called “%(name)s”.") % {"name": kind[:LONGEST_NOTE]})
        return notes

    def heads(self) -> list[Head]:
        """The heads of the table, in order; a second click on one turns the order round."""
        return [self._head(column) for column in self.get_columns() if column.on_page]

    def _head(self, column: Column) -> Head:
        name = column.sort or column.name
        if name not in self.orderings:
            return Head(column.name, column.label, column.numeric)
        chosen = self.sort if self.sort and self.sort.name == name else None
        url = self.address(sort=str(chosen.reversed() if chosen else Sort(name)), page=None)
        direction = ("descending" if chosen.descending else "ascending") if chosen else ""
        return Head(column.name, column.label, column.numeric, url, direction)

    def address(self, **changes: str | int | None) -> str:
        """This list's address with some parameters changed; None takes one out."""
        query: QueryDict = self.request.GET.copy()
        for name in [name for name, value in query.items() if not value]:
            del query[name]
        for name, value in {"format": None, **changes}.items():
            query.pop(name, None)
            if value is not None:
                query[name] = str(value)
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    def page_links(self, page: Page[Any]) -> list[PageLink]:
        """Links to the pages around this one, the first and the last."""
        numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
        return [
            PageLink(str(number), self.address(page=number), number == page.number)
            if isinstance(number, int)
            else PageLink(str(number))
            for number in numbers
        ]

    def get_template_names(self) -> list[str]:
        return [self.partial_template_name] if self._only_a_part() else super().get_template_names()

    def _only_a_part(self) -> bool:
        htmx = getattr(self.request, "htmx", None)
        if not (htmx and self.partial_template_name):
            return False
        return not (htmx.boosted or htmx.history_restore_request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{**self.get_content(), **kwargs})

    def get_content(self) -> dict[str, Any]:
        """What the list itself needs."""
        page = Paginator(self.rows, self.paginate_by).get_page(self.request.GET.get("page"))
        return {
            "title": self.title,
            "filter": self.filters,
            "page_obj": page,
            "rows": page.object_list,
            "total": page.paginator.count,
            "heads": self.heads(),
            "notes": self.notes(),
            "page_links": self.page_links(page) if page.has_other_pages() else [],
            "previous_url": self.address(page=page.previous_page_number()) if page.has_previous() else "",
            "next_url": self.address(page=page.next_page_number()) if page.has_next() else "",
            "exports": [(kind, self.address(format=kind, page=None)) for kind in EXPORTS],
            "narrowed": self.filters.narrowed(),
            "whole_list_url": self.request.path,
            "kept_parameters": [("sort", str(self.sort))] if self.request.GET.get("sort") else [],
            "empty_message": self.empty_message,
        }


class KeptListPage(ListPage):
    """A list whose content is kept, as drawn, until one of the tables it shows changes.

    What stands around it (title, lead, actions) is drawn for each person. Searches are endless in number
    and not kept.
    """

    request: Any
    kept: ClassVar[Kept]

    def depends_on(self) -> Hashable:
        """What the content depends on besides tables, language and address: who may see what, the day."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        around = {**self.get_surroundings(), **kwargs}
        if self.request.GET.get("q"):
            return super().get_context_data(**around)
        key = self.request.META.get("QUERY_STRING", ""), self.depends_on()
        content = self.kept.get(key, self.draw_content)
        return {"view": self, "title": self.title, "kept_content": content, **around}

    def get_surroundings(self) -> dict[str, Any]:
        """What the template needs outside its content."""
        return {}

    def draw_content(self) -> str:
        context = {**self.get_content(), "layout": "pages/content.html"}
        return render_to_string(self.get_template_names(), context, self.request)


@dataclass
class Outcome:
    """What came of an action run inside ``refusals_as_messages``."""

    refusal: Refusal | None = None
    result: Any = None


@contextmanager
def refusals_as_messages(request: HttpRequest) -> Iterator[Outcome]:
    """A refusal raised inside is told to the person, and ends the block."""
    outcome = Outcome()
    try:
        yield outcome
    except Refusal as refusal:
        outcome.refusal = refusal
        messages.error(request, refusal.sentence)


@contextmanager
def refusals_on_form(form: forms.BaseForm) -> Iterator[Outcome]:
    """A refusal raised inside becomes an error of the form, so that what was typed is kept."""
    outcome = Outcome()
    try:
        yield outcome
    except Refusal as refusal:
        outcome.refusal = refusal
        form.add_error(None, refusal.sentence)


def page_behind(request: HttpRequest, otherwise: str = "/") -> str:
    """The page of ours that the person came from."""
    referrer = request.headers.get("Referer", "")
    hosts, secure = {request.get_host()}, request.is_secure()
    return referrer if url_has_allowed_host_and_scheme(referrer, hosts, require_https=secure) else otherwise


class OfOneObject(View):
    """A view of one object the person may see (404 otherwise), found by the names in the address."""

    sign_in_needed = True
    done: str | Promise = ""
    kwargs: Mapping[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask who is there before anything is looked up."""
        if self.sign_in_needed and not request.user.is_authenticated:
            back = request.get_full_path() if request.method == "GET" else page_behind(request)
            return redirect_to_login(back)
        return super().dispatch(request, *args, **kwargs)

    def visible_rows(self) -> QuerySet[Any]:
        """The objects of this kind that the person may see."""
        raise NotImplementedError

    @cached_property
    def object(self) -> Any:
        """The object, as it was when the request came; actions lock and read it again."""
        return get_object_or_404(self.visible_rows(), **self.kwargs)

    def get_done_message(self, result: Any) -> str:
        """What to say when it is done; named placeholders are filled from ``done_values``."""
        return str(self.done) % self.done_values(result) if self.done else ""

    def done_values(self, result: Any) -> dict[str, Any]:
        """The values named in the message."""
        return {"object": result if isinstance(result, Model) else self.object}

    def get_success_url(self, result: Any = None) -> str:
        """Where to go when it is done: the page of what the action gave back, else of the object."""
        thing: Any = result if isinstance(result, Model) else self.object
        return str(thing.get_absolute_url())

    def get_refused_url(self) -> str:
        """Where to go when it was refused."""
        return page_behind(self.request, self.object.get_absolute_url())

    def say_done(self, result: Any) -> None:
        """Tell the person that it is done."""
        if text := self.get_done_message(result):
            messages.success(self.request, text)


class ActionView(OfOneObject):
    """A state change: POST to a verb, one action, one message, back to the page."""

    http_method_names: ClassVar[list[str]] = ["post", "options"]  # type: ignore[misc]

    def act(self, thing: Any) -> Any:
        """Call the action; what it returns decides where to go."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Run the action; a refusal becomes a message."""
        thing = self.object
        with refusals_as_messages(request) as outcome:
            outcome.result = self.act(thing)
            self.say_done(outcome.result)
        return redirect(self.get_refused_url() if outcome.refusal else self.get_success_url(outcome.result))


class ActionFormView(OfOneObject, FormView):  # type: ignore[type-arg]
    """A state change that asks for something first; a refusal keeps what was typed."""

    def act(self, thing: Any, data: dict[str, Any]) -> Any:
        """Call the action with what the form holds."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(object=self.object, **kwargs)

    def form_valid(self, form: forms.BaseForm) -> HttpResponseBase:  # type: ignore[override]
        """Run the action; a refusal stands above the form."""
        with refusals_on_form(form) as outcome:
            outcome.result = self.act(self.object, form.cleaned_data)
            self.say_done(outcome.result)
            return redirect(self.get_success_url(outcome.result))
        return self.form_invalid(form)
