"""The terms of notice: how long is waited for a mail to come back, and the notice period."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from alliance.pages.phrases import sentences
from alliance.pages.views import refusals_on_form
from membership.actions import notice_terms
from membership.forms.withdrawals import NoticeTermsForm, explained
from membership.models import NoticeTerms


class NoticeTermsPage(LoginRequiredMixin, FormView):  # type: ignore[type-arg]
    """What holds now, what held before, and a form for secretariat and management."""

    request: Any
    template_name = "membership/notice_terms.html"
    form_class = NoticeTermsForm

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For staff; others find the terms of a withdrawal on its own page."""
        user = request.user
        if user.is_authenticated and not user.is_staff:
            raise Http404
        if user.is_authenticated and request.method == "POST" and not self.may_set:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @property
    def may_set(self) -> bool:
        user = self.request.user
        return bool(user.is_secretariat or user.is_management)

    @cached_property
    def current(self) -> NoticeTerms:
        return NoticeTerms.objects.at(timezone.now())

    def get_form_kwargs(self) -> dict[str, Any]:
        values = {"waiting_hours": self.current.waiting_hours, "notice_days": self.current.notice_days}
        return {**super().get_form_kwargs(), "initial": values}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            sentence=sentences(explained(self.current)),
            rows=NoticeTerms.objects.select_related("set_by"),
            may_set=self.may_set,
            crumbs=[(_("Withdrawals"), reverse("membership:withdrawals")), (_("Terms of notice"), "")],
            **kwargs,
        )

    def form_valid(self, form: Any) -> HttpResponseBase:  # type: ignore[override]
        with refusals_on_form(form):
            notice_terms.set_terms(**form.cleaned_data, by=self.request.user, at=timezone.now())
            messages.success(self.request, _("The terms are set; they hold from now on."))
            return redirect("membership:notice_terms")
        return self.form_invalid(form)
