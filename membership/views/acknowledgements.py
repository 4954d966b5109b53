"""Which city has taken note of an information circular; the secretariat's list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliance.pages.exports import Column
from alliance.pages.views import ListPage
from membership.actions.acknowledgements import cities_asked
from membership.filters.acknowledgements import AcknowledgementFilters
from membership.models import Acknowledgement, Addressee, Circular
from membership.states import Channel, CircularKind
from membership.views.circulars import by_number


def state_of(row: Any) -> str:
    return _("Acknowledged") if row.made_at else _("Not yet")


def channel_of(row: Any) -> str:
    return str(Channel(row.channel).label) if row.channel else ""


class AcknowledgementList(LoginRequiredMixin, ListPage):
    """City by city of the members; who saw to it is for staff."""

    request: Any
    title = gettext_lazy("Acknowledgements")
    template_name = "membership/acknowledgement_list.html"
    filterset_class = AcknowledgementFilters
    export_name = "acknowledgements"
    empty_message = gettext_lazy("No city was asked.")
    columns: Sequence[Column] = [
        Column("city", gettext_lazy("City"), lambda row: row.city.name),
        Column("country", gettext_lazy("Country"), lambda row: row.city.get_country_display()),
        Column("state", gettext_lazy("State"), state_of),
        Column("made", gettext_lazy("Acknowledged at"), lambda row: row.made_at, sort="date"),
        Column("person", gettext_lazy("By"), lambda row: row.person or ""),
        Column("channel", gettext_lazy("Channel"), channel_of),
    ]
    orderings = {"city": "city__name_en", "country": "city__country", "date": "made_at"}
    default_sort = "city"

    @cached_property
    def circular(self) -> Circular:
        if not self.request.user.is_staff:
            raise Http404
        informing = Circular.objects.issued().filter(kind=CircularKind.INFORMATION)
        return by_number(informing, self.kwargs["slug"])

    def visible_rows(self) -> QuerySet[Addressee]:
        made = Acknowledgement.objects.filter(circular=OuterRef("circular"), city=OuterRef("city"))
        rows = cities_asked(self.circular, at=timezone.now()).select_related("city")
        return rows.annotate(
            made_at=Subquery(made.values("made_at")),
            channel=Subquery(made.values("channel")),
            person=Subquery(made.values("made_by__name")),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [
            (_("Circulars"), reverse("membership:circulars")),
            (self.circular.label, self.circular.get_absolute_url()),
            (_("Acknowledgements"), ""),
        ]
        context = super().get_context_data(circular=self.circular, crumbs=crumbs, **kwargs)
        context["lines"] = [
            {"row": row, "state": state_of(row), "channel": channel_of(row)} for row in context["rows"]
        ]
        return context
