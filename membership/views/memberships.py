"""Observers and guests: the secretariat adds them and enters their end."""

from __future__ import annotations

from functools import cached_property
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from alliance.accounts.models import User
from alliance.pages.views import ActionFormView, refusals_on_form
from cities.models import City
from cities.models.city import name_order
from membership.actions import memberships
from membership.forms.memberships import MembershipForm, PlaceEndForm
from membership.models import MembershipCity
from membership.models.membership import alliance_day
from membership.states import Beginning, Ending, MembershipKind

MOST_FOUND = 20


class MembershipNew(LoginRequiredMixin, FormView):  # type: ignore[type-arg]
    """A city of the register, found by `?q=`, becomes an observer or guest."""

    template_name = "membership/membership_new.html"
    form_class = MembershipForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not request.user.is_secretariat:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def q(self) -> str:
        return self.request.GET.get("q", "").strip()

    @cached_property
    def found(self) -> list[City]:
        """Cities without a place in the alliance today that the search finds."""
        held = MembershipCity.objects.on(alliance_day(timezone.now())).values("city")
        cities = City.objects.public().search(self.q).exclude(pk__in=held)
        return list(cities.order_by(name_order(), "pk")[: MOST_FOUND + 1])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "found": self.found[:MOST_FOUND]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = len(self.found) > MOST_FOUND
        return super().get_context_data(q=self.q, found=self.found, more=more, shown=MOST_FOUND, **kwargs)

    def form_valid(self, form: MembershipForm) -> HttpResponse:
        data = form.cleaned_data
        with refusals_on_form(form):
            membership = memberships.begin(
                MembershipKind(data["kind"]),
                list(data["cities"]),
                beginning=Beginning.INVITATION,
                begins=data["begins"],
                by=cast(User, self.request.user),
            )
            words = {"name": membership.name, "kind": membership.get_kind_display()}
            messages.success(self.request, _now("%(name)s · %(kind)s: added.") % words)
            return redirect(data["cities"][0])
        return self.form_invalid(form)


class PlaceEnd(ActionFormView):
    """A city is observer or guest no longer, from a day on."""

    template_name = "membership/place_end.html"
    form_class = PlaceEndForm
    done = _("The end is entered: %(city)s.")

    def visible_rows(self) -> QuerySet[Any]:
        """Full members leave by withdrawal only."""
        places = MembershipCity.objects.exclude(kind=MembershipKind.FULL).select_related("city")
        return places if cast(User, self.request.user).is_secretariat else places.none()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "place": self.object}

    def act(self, thing: MembershipCity, data: dict[str, Any]) -> MembershipCity:
        by = cast(User, self.request.user)
        return memberships.end_place(thing, ends=data["ends"], ending=Ending.ENDED, by=by)

    def done_values(self, result: Any) -> dict[str, Any]:
        return {"city": self.object.city.name}

    def get_success_url(self, result: Any = None) -> str:
        return self.object.city.get_absolute_url()
