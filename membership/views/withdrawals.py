"""Withdrawals: their list, the filing of one, and how one is found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from alliance.pages.exports import Column
from alliance.pages.files import as_download
from alliance.pages.views import ListPage, OfOneObject, refusals_on_form
from cities.models import City
from cities.models.city import name_order
from cities.states import OfficerLevel
from membership.actions import withdrawals
from membership.filters.withdrawals import WithdrawalFilters
from membership.forms.withdrawals import FileForm
from membership.models import Addressee, MembershipCity, Told, Withdrawal
from membership.models.membership import alliance_day
from membership.permissions.withdrawals import sees_request
from membership.states import WithdrawalState

TONES = {
    WithdrawalState.SUBMITTED: "waiting",
    WithdrawalState.COMMUNICATING: "active",
    WithdrawalState.EFFECTIVE: "done",
    WithdrawalState.REVOKED: "ended",
}


def status_of(withdrawal: Withdrawal) -> tuple[str, str]:
    """Where a withdrawal stands, as a word and its tone."""
    return str(withdrawal.get_state_display()), TONES[WithdrawalState(withdrawal.state)]


def with_progress(rows: QuerySet[Withdrawal]) -> QuerySet[Withdrawal]:
    """Each withdrawal with the number of member cities to tell (`to_tell`) and of those told (`told`)."""
    to_tell = Addressee.objects.filter(circular=OuterRef("circular"), elector__isnull=False).exclude(
        city=OuterRef("place__city")
    )
    told = to_tell.filter(Exists(Told.objects.filter(circular=OuterRef("circular"), city=OuterRef("city"))))
    return rows.annotate(to_tell=counted(to_tell), told=counted(told))


def counted(addressees: QuerySet[Addressee]) -> Coalesce:
    counts = addressees.order_by().values("circular").annotate(counted=Count("pk")).values("counted")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)


def progress_of(withdrawal: Any) -> str:
    """How many were told; nothing before there is a notice."""
    words = {"told": withdrawal.told, "all": withdrawal.to_tell}
    return _("%(told)d of %(all)d") % words if withdrawal.circular_id else ""


class WithdrawalList(LoginRequiredMixin, ListPage):
    """For staff all withdrawals; for officers that of their city, and those their city was told of."""

    request: Any
    title = gettext_lazy("Withdrawals")
    template_name = "membership/withdrawal_list.html"
    filterset_class = WithdrawalFilters
    empty_message = gettext_lazy("No city has withdrawn")
    columns: Sequence[Column] = [
        Column("reference", gettext_lazy("Reference")),
        Column("city", gettext_lazy("City"), lambda row: row.city.name),
        Column("country", gettext_lazy("Country"), lambda row: row.city.get_country_display(), on_page=False),
        Column("state", gettext_lazy("State"), lambda row: row.get_state_display()),
        Column("filed", gettext_lazy("Filed"), lambda row: row.filed_at),
        Column("dated", gettext_lazy("Date of the letter"), on_page=False),
        Column("wished_end", gettext_lazy("Wished end"), on_page=False),
        Column("communicated", gettext_lazy("Notice sent"), lambda row: row.communicated_at, on_page=False),
        Column("told", gettext_lazy("Cities told"), numeric=True),
        Column("to_tell", gettext_lazy("Cities to tell"), numeric=True, on_page=False),
        Column("effective", gettext_lazy("Effective"), lambda row: row.effective_at),
    ]
    orderings = {
        "reference": ["reference"],
        "city": name_order("place__city__"),
        "state": ["state", "-filed_at"],
        "filed": "filed_at",
        "told": "told",
        "effective": F("effective_at").asc(nulls_last=True),
    }
    default_sort = "-filed"
    export_name = "withdrawals"

    def visible_rows(self) -> QuerySet[Withdrawal]:
        rows = Withdrawal.objects.visible_to(self.request.user)
        return with_progress(rows).select_related("place__city")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        context = super().get_context_data(
            may_file=cities_to_leave(user).exists(), may_set_terms=user.is_staff, **kwargs
        )
        context["lines"] = [
            {"withdrawal": row, "status": status_of(row), "progress": progress_of(row)}
            for row in context["rows"]
        ]
        return context


def cities_led(user: Any) -> QuerySet[City]:
    """The cities for which the person may say that they leave: one's own as lead; for the secretariat all."""
    if user.is_secretariat:
        return City.objects.all()
    led = user.officers.speaking().filter(level=OfficerLevel.LEAD)
    return City.objects.filter(pk__in=led.values("city"))


def cities_to_leave(user: Any) -> QuerySet[City]:
    """Those of them that are full members without an end, and without a withdrawal that stands."""
    held = MembershipCity.objects.on(alliance_day(timezone.now())).full()
    staying = held.filter(period__endswith__isnull=True)
    standing = Withdrawal.objects.open().filter(place=OuterRef("pk"))
    return cities_led(user).filter(pk__in=staying.filter(~Exists(standing)).values("city"))


class WithdrawalFile(LoginRequiredMixin, FormView):  # type: ignore[type-arg]
    """The signed request, filed by the city's lead, or by the secretariat from a letter."""

    request: Any
    template_name = "membership/withdrawal_new.html"
    form_class = FileForm

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For whoever leads no member city the page is not there."""
        user = request.user
        if user.is_authenticated and not (user.is_secretariat or self.standing or self.cities.exists()):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def cities(self) -> QuerySet[City]:
        return cities_to_leave(self.request.user)

    @cached_property
    def standing(self) -> list[Withdrawal]:
        """Withdrawals that stand already, of cities the person leads."""
        if self.request.user.is_secretariat:
            return []
        open_ones = Withdrawal.objects.open().filter(place__city__in=cities_led(self.request.user))
        return list(open_ones.select_related("place__city"))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "cities": self.cities}

    def get_form(self, form_class: Any = None) -> forms.BaseForm:
        form: Any = super().get_form(form_class)
        form.cancel_url = reverse("membership:withdrawals")
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [(_("Withdrawals"), reverse("membership:withdrawals")), (_("New withdrawal"), "")]
        return super().get_context_data(
            crumbs=crumbs, standing=self.standing, may_file=self.cities.exists(), **kwargs
        )

    def form_valid(self, form: Any) -> HttpResponseBase:  # type: ignore[override]
        """File it; a refusal stands above the form, and what was typed is kept."""
        city = form.cleaned_data.pop("city")
        with refusals_on_form(form):
            filed = withdrawals.file(city, **form.cleaned_data, by=self.request.user, at=timezone.now())
            words = {"city": city.name, "reference": filed.reference}
            messages.success(
                self.request, _("The withdrawal of %(city)s is filed under %(reference)s.") % words
            )
            return redirect(filed)
        return self.form_invalid(form)


class OfOneWithdrawal(OfOneObject):
    """A view of a withdrawal the person may see."""

    request: Any

    def visible_rows(self) -> QuerySet[Withdrawal]:
        rows = Withdrawal.objects.visible_to(self.request.user)
        return rows.select_related("place__city", "place__membership", "circular", "filed_by")

    @cached_property
    def now(self) -> Any:
        """One moment for everything that is computed for this request."""
        return timezone.now()

    def crumbs(self, last: str = "") -> list[tuple[str, str]]:
        """The way back."""
        row = self.object
        own = [(row.reference, row.get_absolute_url() if last else "")]
        return [
            (_("Withdrawals"), reverse("membership:withdrawals")),
            *own,
            *([(last, "")] if last else []),
        ]


class WithdrawalRequest(OfOneWithdrawal):
    """The signed request itself: for staff and for the city that wrote it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        if not sees_request(self.request.user, self.object):
            raise Http404
        return as_download(self.object)
