"""A new information circular."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from alliance.pages.views import refusals_on_form
from membership.actions import information
from membership.forms.information import InformationForm


class InformationNew(FormView):  # type: ignore[type-arg]
    """The page on which the secretariat begins one; files are added to the draft afterwards."""

    request: Any
    template_name = "membership/draft_new.html"
    form_class = InformationForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        if not request.user.is_secretariat:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.cancel_url = reverse("membership:circulars")
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [(_("Circulars"), reverse("membership:circulars")), (_("New information circular"), "")]
        return super().get_context_data(crumbs=crumbs, **kwargs)

    def form_valid(self, form: Any) -> HttpResponseBase:  # type: ignore[override]
        with refusals_on_form(form) as outcome:
            outcome.result = information.begin(**form.values(), by=self.request.user)
            messages.success(self.request, _("The draft is saved."))
            return redirect(outcome.result.get_absolute_url())
        return self.form_invalid(form)  # type: ignore[return-value]
