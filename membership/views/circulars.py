"""Circulars: their list, and how one is found by its number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliance.pages.exports import Column
from alliance.pages.files import as_download
from alliance.pages.views import ListPage, OfOneObject
from membership.filters.circulars import NUMBER, CircularFilters
from membership.models import Addressee, Circular, CircularAttachment, Elector, Statement
from membership.states import CircularKind, CircularState, Result

RESULT_TONES = {Result.CARRIED: "done", Result.FAILED: "warning", Result.NO_QUORUM: "warning"}
STATE_TONES = {
    CircularState.DRAFT: "neutral",
    CircularState.ISSUED: "active",
    CircularState.CLOSED: "done",
    CircularState.CANCELLED: "ended",
}


def status_of(circular: Circular) -> tuple[str, str]:
    """Where a circular stands, as a word and its tone: a closed one by its result."""
    if circular.state == CircularState.CLOSED and circular.result:
        return str(circular.get_result_display()), RESULT_TONES[Result(circular.result)]
    return str(circular.get_state_display()), STATE_TONES[CircularState(circular.state)]


def progress_of(circular: Circular) -> str:
    """How many have answered; nothing where nobody is asked, as by the notice of a withdrawal."""
    if circular.kind == CircularKind.WITHDRAWAL_NOTICE:
        return ""
    asked, answered = circular.asked, circular.answered  # type: ignore[attr-defined]
    return _("%(answered)d of %(asked)d") % {"answered": answered, "asked": asked} if asked else ""


def with_progress(circulars: QuerySet[Circular]) -> QuerySet[Circular]:
    """Each circular with the number of members asked (`asked`) and of those that have answered.

    Of a circular for information: of cities, and of those that have acknowledged it.
    """
    # A member that left before the end of the circular, or by now, is not counted any more.
    end = Coalesce(OuterRef("closed_at"), OuterRef("cancelled_at"), Value(timezone.now()))
    asked = Elector.objects.filter(Q(exit__isnull=True) | Q(exit__left_at__gt=end), circular=OuterRef("pk"))
    answers = Statement.objects.filter(circular=OuterRef("pk"), late=False, contestation__isnull=True)
    answered = answers.filter(Q(elector__exit__isnull=True) | Q(elector__exit__left_at__gt=end))
    staying = Q(elector__exit__isnull=True) | Q(elector__exit__left_at__gt=end)
    cities = Addressee.objects.filter(staying, circular=OuterRef("pk"), elector__isnull=False)
    noted = cities.filter(circular__acknowledgements__city=F("city"))
    informs = Q(kind=CircularKind.INFORMATION)
    return circulars.annotate(
        asked=Case(When(informs, then=counted(cities, "pk")), default=counted(asked, "pk")),
        answered=Case(When(informs, then=counted(noted, "pk")), default=counted(answered, "elector")),
    )


def counted(rows: QuerySet[Any], what: str) -> Coalesce:
    counts = rows.order_by().values("circular").annotate(counted=Count(what, distinct=True)).values("counted")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)


class CircularList(LoginRequiredMixin, ListPage):
    """The circulars a person was asked or told about; for staff also those being prepared."""

    request: Any
    title = gettext_lazy("Circulars")
    template_name = "membership/circular_list.html"
    filterset_class = CircularFilters
    empty_message = gettext_lazy("No circular yet")
    columns: Sequence[Column] = [
        Column("number", gettext_lazy("Number"), lambda circular: circular.label or _("Draft")),
        Column("subject", gettext_lazy("Subject")),
        Column("kind", gettext_lazy("Kind"), lambda circular: circular.get_kind_display(), on_page=False),
        Column("state", gettext_lazy("State"), lambda circular: status_of(circular)[0]),
        Column("issued", gettext_lazy("Issued"), lambda circular: circular.issued_at, on_page=False),
        Column("deadline", gettext_lazy("Deadline"), lambda circular: circular.current_deadline),
        Column("asked", gettext_lazy("Members asked"), numeric=True, on_page=False),
        Column("answered", gettext_lazy("Answered"), numeric=True),
    ]
    orderings = {
        "number": [F("year").asc(nulls_first=True), F("number").asc(nulls_first=True)],
        "deadline": Coalesce("extension__new_deadline", "deadline").asc(nulls_last=True),
    }
    default_sort = "-number"
    export_name = "circulars"

    def visible_rows(self) -> QuerySet[Circular]:
        return with_progress(Circular.objects.visible_to(self.request.user)).select_related("extension")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["lines"] = [
            {"circular": circular, "status": status_of(circular), "progress": progress_of(circular)}
            for circular in context["rows"]
        ]
        return context


class OfOneCircular(OfOneObject):
    """A view of an issued circular, found by the number in the address: 2016-01."""

    request: Any

    def visible_rows(self) -> QuerySet[Circular]:
        return (
            Circular.objects.issued()
            .visible_to(self.request.user)
            .select_related("application", "application_version", "extension", "letter")
            .prefetch_related("application__cities")
            .defer("application_version__content")
        )

    @cached_property
    def object(self) -> Circular:
        """The circular of that number, as the person may see it."""
        return by_number(self.visible_rows(), self.kwargs["slug"])

    @cached_property
    def now(self) -> Any:
        """One moment for everything that is computed for this request."""
        return timezone.now()


def by_number(circulars: QuerySet[Circular], slug: str) -> Circular:
    """The circular of a number as it stands in addresses; any other spelling is not found."""
    number = NUMBER.fullmatch(slug)
    if number is None:
        raise Http404
    found = get_object_or_404(circulars, year=int(number[1]), number=int(number[2]))
    if found.slug != slug:
        raise Http404
    return found


class CircularAttachmentFile(OfOneCircular):
    """A file that went with a circular."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        return as_download(get_object_or_404(CircularAttachment, circular=self.object, pk=kwargs["pk"]))
