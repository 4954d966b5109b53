"""What several pages of letters have in common."""

from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.generic import View

from alliance.accounts.models import User
from alliance.letters.models import Letter
from alliance.pages.moments import moment_lines


def person(request: HttpRequest) -> User:
    """Who is signed in, on pages that nobody reaches otherwise."""
    return cast(User, request.user)


def way_back(request: HttpRequest, otherwise: Any) -> str:
    """The page of ours that the form was called from (`next`); else the one it belongs to."""
    page = request.POST.get("next") or request.GET.get("next", "")
    is_ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, None)
    return page if is_ours else resolve_url(otherwise)


class SignedIn(View):
    """A page for people with an account."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return super().dispatch(request, *args, **kwargs)


class StaffOnly(SignedIn):
    """A page for those who work for the alliance; for others there is nothing here."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.is_staff:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class SecretariatOnly(StaffOnly):
    """A form of the secretariat; for others there is nothing here."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not person(request).is_secretariat:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


def facts_of_letter(letter: Letter) -> list[dict[str, Any]]:
    """When it was written, what it is and what it is about."""
    facts: list[dict[str, Any]] = [{"label": gettext("Kind"), "value": letter.get_kind_display()}]
    if letter.reference:
        link = letter.path if letter.is_readable else ""
        facts.append({"label": gettext("Reference"), "value": letter.reference, "url": link})
    day, same_day_elsewhere = moment_lines(letter.written_at)
    facts.append({"label": gettext("Written"), "value": day, "lines": [same_day_elsewhere]})
    return facts
