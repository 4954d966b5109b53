"""A person's account: settings, the language switch, the page that asks staff for a second factor."""

from typing import Any, cast

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView

from alliance.accounts.actions import save_preferences, speak
from alliance.accounts.forms import PreferencesForm
from alliance.accounts.models import User
from alliance.accounts.permissions import FACTORS, needs_second_factor
from alliance.pages.views import refusals_on_form


def me(request: HttpRequest) -> User:
    """Who is signed in, on pages that nobody else reaches."""
    return cast(User, request.user)


class Account(LoginRequiredMixin, FormView):  # type: ignore[type-arg]
    """Name, language, time zone; password and second factor; for whom the person acts."""

    template_name = "account/account.html"
    form_class = PreferencesForm

    def get_initial(self) -> dict[str, Any]:
        user = me(self.request)
        language = user.language or translation.get_language()
        return {"name": user.name, "language": language, "time_zone": user.time_zone}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = me(self.request)
        offices = user.officers.current().select_related("city").order_by("city__name_en", "pk")
        contacts = user.institution_contacts.filter(ended_at=None).select_related("institution")
        kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        return super().get_context_data(
            offices=offices,
            contacts=contacts,
            has_factor=bool(kinds & FACTORS),
            needs_factor=needs_second_factor(user),
            **kwargs,
        )

    def form_valid(self, form: PreferencesForm) -> HttpResponse:
        with refusals_on_form(form):
            save_preferences(me(self.request), by=me(self.request), **form.cleaned_data)
            return in_language(HttpResponseRedirect(reverse("account")), self.request, form)
        return self.form_invalid(form)


def in_language(response: HttpResponse, request: HttpRequest, form: PreferencesForm) -> HttpResponse:
    """Say that it is saved, in the language just chosen."""
    language = form.cleaned_data["language"]
    with translation.override(language):
        messages.success(request, _("Your settings are saved."))
    remember(response, language)
    return response


def remember(response: HttpResponse, language: str) -> None:
    """Keep the language in the browser, for the time before signing in."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """The switch on every page: for this browser, and for the person when signed in."""
    language = request.POST.get("language", "")
    response = HttpResponseRedirect(safe_next(request))
    if language in dict(settings.LANGUAGES):
        remember(response, language)
        if request.user.is_authenticated:
            speak(request.user, language)
    return response


def safe_next(request: HttpRequest) -> str:
    """Where to go on, if it is a page of ours."""
    url = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if url and ours else "/"


class SecondFactorPage(LoginRequiredMixin, TemplateView):
    """Why staff cannot go on yet, and the ways to a second factor or to prove it."""

    template_name = "account/second_factor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = set(Authenticator.objects.filter(user=me(self.request)).values_list("type", flat=True))
        return super().get_context_data(
            kinds=kinds, has_factor=bool(kinds & FACTORS), next=self.request.GET.get("next", ""), **kwargs
        )
