"""The page behind a personal link: looking changes nothing, answering asks for one confirmation.

Whoever opens it is not signed in by it, and a session there may be is not looked at. The address is a
secret: nothing on the page leads elsewhere with it, and no proxy or search engine keeps it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pghistory
from allauth.core.ratelimit import consume, respond_429
from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language, override
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView, View

from alliance.pages.files import as_download
from alliance.pages.moments import moment_lines
from alliance.pages.refusals import Refusal
from alliance.pages.views import refusals_on_form
from membership.actions import personal_links
from membership.actions.personal_links import LinkNotTaken, LinkOver, PersonalLink, UnknownLink
from membership.actions.statements import last_of
from membership.forms.personal import PersonalAnswerForm
from membership.models import CircularAttachment, Statement
from membership.states import Channel, CircularKind
from membership.views import circulars_facts as words
from membership.views.circulars_page import letter_in

LANGUAGES = {"en": ("en", "English"), "de": ("de", "Deutsch"), "zh-hans": ("zh-Hans", "中文")}


@method_decorator(csrf_exempt, name="dispatch")
class BehindLink(View):
    """A view that the token in its address opens, in the language of the person it was made for.

    No token against forged requests: who could forge one has the address, and so has what it takes.
    """

    request: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.now = timezone.now()
        try:
            self.link = personal_links.opened(kwargs["token"], self.number, at=self.now)
            with override(self.language), pghistory.context(user=self.link.person.pk, way="personal link"):
                response = super().dispatch(request, *args, **kwargs)
                return kept_secret(rendered(response), self.language)
        except (UnknownLink, LinkOver, LinkNotTaken) as refusal:
            return kept_secret(self.refused(refusal), get_language() or "")

    @property
    def number(self) -> str:
        return str(self.kwargs["slug"]).replace("-", "/")

    @property
    def language(self) -> str:
        """The one asked for on the page, else the person's own."""
        asked = self.request.GET.get("language", "")
        own = self.link.person.language or settings.LANGUAGE_CODE
        return asked if asked in LANGUAGES else own

    def refused(self, refusal: Refusal) -> HttpResponseBase:
        """Not found where nothing is known of the link, gone where it was one; no word on its content."""
        unknown = isinstance(refusal, UnknownLink)
        where = reverse("membership:circulars")
        context = {"sentence": refusal.sentence, "sign_in": f"{reverse('account_login')}?next={where}"}
        return render(
            self.request, "membership/personal_refused.html", context, status=404 if unknown else 410
        )


def rendered(response: HttpResponseBase) -> HttpResponseBase:
    """Rendered now, while the person's language is active."""
    return response.render() if hasattr(response, "render") else response


def kept_secret(response: HttpResponseBase, language: str) -> HttpResponseBase:
    """The address stays here: no cache, no search engine, no other site learns it."""
    add_never_cache_headers(response)
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Content-Language"] = LANGUAGES.get(language, (language, ""))[0]
    return response


def languages() -> list[dict[str, Any]]:
    """The languages that the page can be read in, and which it is in now."""
    current = get_language()
    return [
        {"code": code, "lang": tag, "name": name, "current": code == current}
        for code, (tag, name) in LANGUAGES.items()
    ]


class PersonalAnswer(BehindLink, TemplateView):
    """The letter, the answer so far, and the form; by POST what was filled in, then the answer itself."""

    template_name = "membership/personal_answer.html"
    link: PersonalLink
    form: PersonalAnswerForm | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        link, circular = self.link, self.link.circular
        applicants = list(circular.application.cities.all()) if circular.application else []
        context = {
            "link": link,
            "circular": circular,
            "question": words.question(circular, applicants),
            "asks": circular.kind == CircularKind.ACCESSION and not link.is_observers,
            "informs": circular.kind == CircularKind.INFORMATION and not link.is_observers,
            "deadline": moment_lines(circular.current_deadline) if circular.current_deadline else [],
            "letter": letter_in(circular, {"zh-hans": "zh"}.get(self.language, self.language)),
            "attachments": self.attachments(),
            "current": self.current,
            "acknowledged": circular.acknowledgements.filter(city=link.city).first(),
            "recorded": "recorded" in self.request.GET,
            "form": self.form or self.fresh_form(),
            "languages": languages(),
            "sign_in": f"{reverse('account_login')}?next={circular.get_absolute_url()}",
        }
        return super().get_context_data(**{**context, **kwargs})

    @cached_property
    def current(self) -> Statement | None:
        return last_of(self.link.elector) if self.link.elector else None

    def fresh_form(self, **values: str) -> PersonalAnswerForm:
        answer = self.current
        known = {"position": answer.position, "text": answer.text} if answer else {}
        return PersonalAnswerForm(initial={**known, **values})

    def attachments(self) -> list[dict[str, Any]]:
        return [
            {
                "name": row.filename,
                "url": f"attachments/{row.pk}/",
                "language": row.get_language_display(),
                "size": row.size,
                "sha256": row.sha256,
            }
            for row in self.link.circular.attachments.all()
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not consume(request, action="personal_link"):
            return respond_429(request)
        if self.link.is_observers or self.link.circular.kind == CircularKind.WITHDRAWAL_NOTICE:
            raise LinkNotTaken
        informs = self.link.circular.kind == CircularKind.INFORMATION
        return self.acknowledge() if informs else self.answer()

    def acknowledge(self) -> HttpResponseBase:
        """Take note: first shown what will be recorded, then recorded."""
        if "confirm" not in self.request.POST:
            return self.confirmation()
        personal_links.acknowledge(self.kwargs["token"], self.number, at=self.now)
        return self.done()

    def answer(self) -> HttpResponseBase:
        """The statement: checked, shown once more, and recorded when it is confirmed."""
        self.form = PersonalAnswerForm(self.request.POST)
        if "change" in self.request.POST or not self.form.is_valid():
            if "change" in self.request.POST:
                typed = {name: self.request.POST.get(name, "") for name in ("position", "text")}
                self.form = self.fresh_form(**typed)
            return self.render_to_response(self.get_context_data())
        data = self.form.cleaned_data
        if "confirm" not in self.request.POST:
            return self.confirmation(position=data["position"], text=data["text"])
        with refusals_on_form(self.form) as outcome:
            personal_links.state(
                self.kwargs["token"],
                self.number,
                position=data["position"],
                text=data["text"],
                at=self.now,
            )
        if isinstance(outcome.refusal, LinkOver | LinkNotTaken | UnknownLink):
            raise outcome.refusal
        return self.render_to_response(self.get_context_data()) if outcome.refusal else self.done()

    def confirmation(self, **answer: str) -> HttpResponseBase:
        """What will be recorded, and by whom."""
        self.template_name = "membership/personal_confirm.html"
        channel = Channel.PERSONAL_LINK.label
        return self.render_to_response(self.get_context_data(answer=answer, channel=channel))

    def done(self) -> HttpResponseBase:
        asked = {"language": self.language} if "language" in self.request.GET else {}
        return redirect(f"{self.request.path}?{urlencode({**asked, 'recorded': 1})}")


class PersonalAttachment(BehindLink):
    """A file that went with the circular."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        return as_download(
            get_object_or_404(CircularAttachment, circular=self.link.circular, pk=kwargs["pk"])
        )
