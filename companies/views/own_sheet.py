"""The page behind a firm's link to its own sheet: looking changes nothing, sending asks for a comparison.

Whoever opens it needs no account, and a session there may be is not looked at. The address is a secret:
nothing on the page leads elsewhere with it, and no proxy or search engine keeps it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pghistory
from allauth.core.ratelimit import consume, respond_429
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language, override
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView

from alliance.pages.moments import moment_lines
from companies.actions import sheets
from companies.actions.sheets import SHEET_FIELDS, SheetRefused
from companies.forms.sheets import SheetForm
from companies.models import SheetLink, SheetSubmission
from companies.views.work import refusals_by_field
from membership.views.personal import LANGUAGES, kept_secret, languages, rendered


@method_decorator(csrf_exempt, name="dispatch")
class OwnSheet(TemplateView):
    """The sheet as the entry has it, or as the firm sent it last; by POST what the firm has filled in.

    No token against forged requests: who could forge one has the address, and so has what it takes.
    """

    request: Any
    template_name = "companies/own_sheet.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.now = timezone.now()
        try:
            self.link: SheetLink = sheets.opened(kwargs["token"], at=self.now)
            with override(self.language), pghistory.context(way="link to a sheet", link=self.link.pk):
                return kept_secret(rendered(super().dispatch(request, *args, **kwargs)), self.language)
        except SheetRefused as refusal:
            return kept_secret(self.refused(refusal), get_language() or "")

    @property
    def language(self) -> str:
        """The one asked for on the page, else that of the mail."""
        asked = self.request.GET.get("language", "")
        return asked if asked in LANGUAGES else self.link.language

    def refused(self, refusal: SheetRefused) -> HttpResponseBase:
        """Not found where nothing is known of the link, gone where it was one; no word on the firm."""
        context = {"sentence": refusal.sentence}
        return render(self.request, "membership/personal_refused.html", context, status=refusal.status)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The sheet to fill in; after sending, what follows."""
        if self.waiting and "sent" in request.GET:
            self.template_name = "companies/own_sheet_sent.html"
            return self.render_to_response(self.get_context_data(form=None))
        return self.render_to_response(self.get_context_data())

    @cached_property
    def waiting(self) -> SheetSubmission | None:
        """What the firm sent last, as long as nobody has compared it."""
        return self.link.submissions.waiting().first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        company = self.link.company
        context: dict[str, Any] = {
            "company": company,
            "link": self.link,
            "waiting": self.waiting,
            "until": moment_lines(self.link.expires_at),
            "languages": languages(),
            "again": self.address(),
        }
        if "form" not in kwargs:
            context["form"] = SheetForm(initial=self.initial())
        return super().get_context_data(**{**context, **kwargs})

    def initial(self) -> dict[str, Any]:
        """What stands in the fields at first."""
        if self.waiting:
            return sheets.values_of(self.waiting)
        return {field: getattr(self.link.company, field) for field in SHEET_FIELDS}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep what the firm says until somebody has compared it; mistakes stand beside their fields."""
        if not consume(request, action="personal_link"):
            return respond_429(request)
        form = SheetForm(request.POST)
        if form.is_valid():
            with refusals_by_field(form):
                sheets.submit(kwargs["token"], form.values(), at=self.now)
                return redirect(self.address(sent=1))
        return self.render_to_response(self.get_context_data(form=form))

    def address(self, **asked: Any) -> str:
        """This page, in the language that was asked for on it."""
        if "language" in self.request.GET:
            asked = {"language": self.language, **asked}
        return f"{self.request.path}?{urlencode(asked)}" if asked else self.request.path
