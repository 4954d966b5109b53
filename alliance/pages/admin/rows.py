"""What the admin pages of all models have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from alliance.pages.admin import trails
from alliance.pages.admin.corrections import REASON, CorrectionForm, write_reason
from alliance.pages.admin.moves import Move, MoveForm
from alliance.pages.admin.refused import REFUSALS, check_deferred_rules, sentence_for
from alliance.pages.refusals import Refusal
from alliance.search import matches

ENTRIES_A_PAGE = 50


class RowAdmin(admin.ModelAdmin):
    """Rows are looked at, corrected with a reason where that makes sense, and moved by actions; never
    added or deleted here.

    Subclasses say which fields an administrator may correct; all others, states and moments of moves
    among them, are read-only. A model without such fields is kept as it is. The buttons of django-fsm-2
    (``FSMAdminMixin``) are left out: they call the bare transition and save, without lock and letters.
    Ours lead to the actions, see ``Move``.
    """

    correctable: ClassVar[Sequence[str]] = ()
    """Fields that an administrator may correct."""
    secret: ClassVar[Sequence[str]] = ()
    """Fields that are never shown."""
    more: ClassVar[Sequence[str]] = ()
    """Computed lines after the fields."""
    moves: ClassVar[Sequence[Move]] = ()
    refusals: ClassVar[dict[str, str | Promise]] = {}
    """Sentences for rules that the database keeps, by the name of the constraint or trigger."""
    folded: ClassVar[Sequence[str]] = ()
    """Search columns of `alliance.search`, in which search finds every spelling of a name."""
    needed: ClassVar[Sequence[str]] = ()
    """Foreign keys that the names of rows need, fetched with them."""
    needed_many: ClassVar[Sequence[str]] = ()

    form = CorrectionForm
    actions = None
    list_per_page = 50

    # Who may what

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self.correctable) and super().has_change_permission(request, obj)

    # Which rows, which fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        rows = rows.select_related(*self.needed) if self.needed else rows
        return rows.prefetch_related(*self.needed_many)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        found, several = super().get_search_results(request, queryset, search_term)
        if not (self.folded and search_term):
            return found, several
        named = reduce(or_, (matches(column, search_term) for column in self.folded))
        return queryset.filter(Q(pk__in=found.order_by().values("pk")) | named), True

    def shown_fields(self) -> list[str]:
        """All fields of the model that people may see, in its order; files are read on the pages."""
        fields = [*self.opts.fields, *self.opts.many_to_many]
        hidden = {*self.secret, "search_key"}
        return [
            one.name
            for one in fields
            if not (one.primary_key or one.name in hidden or isinstance(one, models.FileField))
        ]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:  # type: ignore[override]
        reason = [REASON] if self.has_change_permission(request, obj) else []
        return [*self.shown_fields(), *self.more, *reason]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:  # type: ignore[override]
        return [name for name in [*self.shown_fields(), *self.more] if name not in self.correctable]

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:  # type: ignore[override]
        fields = [self.opts.get_field(name) for name in self.correctable]
        return [field.name for field in fields if field.is_relation and not field.many_to_many]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A plain list: Django's own for several rows have parts without a name a reader could hear."""
        plain = forms.SelectMultiple(attrs={"size": 12})
        return super().formfield_for_manytomany(db_field, request, **{"widget": plain, **kwargs})

    # Corrections

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Save a correction, or show the form again with what the database has against it."""
        row = self.row_or_404(request, object_id) if object_id else None
        context = self.links(request, row) | (extra_context or {})
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, context)
        except REFUSALS as error:
            request.refused_by_database = sentence_for(error, self.refusals)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, context)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row; one that is about to be corrected is locked first, so that no move is overwritten."""
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST":
            return found
        self.model._default_manager.select_for_update().get(pk=found.pk)
        return super().get_object(request, object_id, from_field)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.refused = getattr(request, "refused_by_database", "")
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        write_reason(form.cleaned_data[REASON])
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        check_deferred_rules()

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: Any = False
    ) -> Any:
        """What the admin's log says of a correction: its reason, and the fields."""
        labels = [str(form.fields[name].label) for name in form.changed_data if name != REASON]
        return _("Correction of %(fields)s: %(reason)s") % {
            "fields": ", ".join(labels),
            "reason": form.cleaned_data[REASON],
        }

    # Addresses

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        url = self.address("trails") if trails.event_model(self.model) else ""
        return super().changelist_view(request, {"trail_url": url, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        views: dict[str, tuple[str, Callable[..., Any]]] = {
            "trails": ("trail/", self.trails_view),
            "trail": ("<path:object_id>/trail/", self.trail_view),
            "move": ("<path:object_id>/move/<slug:name>/", self.move_view),
        }
        own = [
            path(route, self.admin_site.admin_view(view), name=self.address_name(name))
            for name, (route, view) in views.items()
        ]
        return [*own, *super().get_urls()]

    def address_name(self, view: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{view}"

    def address(self, view: str, *args: Any) -> str:
        return reverse(f"{self.admin_site.name}:{self.address_name(view)}", args=args)

    def links(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """What stands above a row: its moves and its trail."""
        open_moves = [move for move in self.moves if row and move.is_open(request.user, row)]
        has_trail = row and trails.event_model(self.model)
        return {
            "moves": [(move.label, self.address("move", row.pk, move.name)) for move in open_moves],
            "trail_url": self.address("trail", row.pk) if has_trail else "",
        }

    # The trail

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Django's own log knows only what was done in the admin: the trail knows all."""
        return redirect(self.address("trail", object_id))

    def trail_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """Everything that happened to one row, deleted ones included."""
        found = self.row_or_404(request, object_id, kept=True)
        events = self.trail_events(request, object_id)
        return self.trail_page(request, events, original=found, row=object_id)

    def trails_view(self, request: HttpRequest) -> HttpResponseBase:
        """Everything that happened to rows of this kind."""
        return self.trail_page(request, self.trail_events(request))

    def trail_events(self, request: HttpRequest, row: Any = None) -> QuerySet[Any]:
        """The events that the person may see."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if trails.event_model(self.model) is None:
            raise Http404
        return trails.events_of(self.model, row)

    def trail_page(self, request: HttpRequest, events: QuerySet[Any], **context: Any) -> HttpResponseBase:
        """One page of events, in words."""
        page = Paginator(trails.keys(events), ENTRIES_A_PAGE).get_page(request.GET.get("page"))
        return self.own_page(
            request,
            "admin/trail.html",
            title=_("Trail"),
            page_obj=page,
            entries=trails.entries(events, list(page.object_list), self.rows_for_names(request)),
            **context,
        )

    def rows_for_names(self, request: HttpRequest) -> trails.Rows:
        """The rows of any model with what their names need, as its own admin page fetches them."""

        def rows(model: type[models.Model]) -> QuerySet[Any]:
            known = self.admin_site._registry.get(model)
            return known.get_queryset(request) if known else model._default_manager.all()

        return rows

    # Moves

    def move_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponseBase:
        """Ask before a move, then call its action; a refusal is told and changes nothing."""
        row = self.row_or_404(request, object_id)
        move = next((move for move in self.moves if move.name == name), None)
        if move is None:
            raise Http404
        if request.method == "POST":
            form = move.form(request.POST, row=row)
            if form.is_valid() and self.move(request, move, row, form):
                return redirect(self.address("change", object_id))
        elif not move.is_open(request.user, row):
            messages.error(request, _("This is not possible now, or not yours to do."))
            return redirect(self.address("change", object_id))
        else:
            form = move.form(row=row)
        title = str(move.label)
        return self.own_page(request, "admin/move.html", title=title, move=move, form=form, original=row)

    def move(self, request: HttpRequest, move: Move, row: Any, form: MoveForm) -> bool:
        """Call the action; whether it was done."""
        try:
            with transaction.atomic():
                move.action(row, by=request.user, **form.arguments())
                check_deferred_rules()
                self.log_change(request, row, str(move.label))
        except Refusal as refusal:
            form.add_error(None, str(refusal.sentence))
            return False
        except REFUSALS as error:
            form.add_error(None, sentence_for(error, self.refusals))
            return False
        messages.success(request, _("Done: %(move)s, %(row)s.") % {"move": move.label, "row": row})
        return True

    # What the own pages need

    def row_or_404(self, request: HttpRequest, object_id: str, *, kept: bool = False) -> Any:
        """The row, if the person may see it; a deleted one only as far as its trail goes."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = self.get_queryset(request)
        found = rows.filter(pk=object_id).first() if _is_key(object_id) else None
        if found is None and not (kept and self.is_gone(object_id)):
            raise Http404
        return found

    def is_gone(self, object_id: str) -> bool:
        """Whether there once was a row of this number: then it has left a trail."""
        if not _is_key(object_id) or trails.event_model(self.model) is None:
            return False
        if self.model._default_manager.filter(pk=object_id).exists():
            return False
        return trails.events_of(self.model, object_id).exists()

    def own_page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponseBase:
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        frame = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}
        return TemplateResponse(request, template, {**frame, **context})


def _is_key(object_id: str) -> bool:
    """Whether the database can look for this at all."""
    return object_id.isascii() and object_id.isdecimal() and len(object_id) < 19
