"""What happens around every request: its record, its audit context, the person's preferences."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from pghistory.middleware import HistoryMiddleware

from alliance.accounts.logs import request_id, without_secrets
from alliance.accounts.models import User
from alliance.accounts.permissions import FACTORS, has_second_factor, needs_second_factor

log = logging.getLogger("alliance.requests")
Handler = Callable[[HttpRequest], HttpResponse]


class RequestRecord:
    """Give each request an id (kept from a proxy's X-Request-ID) and write one log line for it."""

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        token = request_id.set(given if re.fullmatch(r"[\w-]{8,64}", given) else uuid.uuid4().hex)
        began = time.monotonic()
        try:
            response = self.get_response(request)
            self.record(request, response, time.monotonic() - began)
            response["X-Request-ID"] = request_id.get()
            return response
        finally:
            request_id.reset(token)

    def record(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        # Only who was asked for already: asking now would need the database, which may be what failed.
        user = getattr(request, "_cached_user", None)
        fields = {
            "method": request.method,
            "path": without_secrets(request.path),
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "user": getattr(user, "pk", None),
        }
        log.info("%s %s %s", request.method, fields["path"], response.status_code, extra={"fields": fields})


class AuditContext(HistoryMiddleware):
    """Every row of the audit trail knows the acting user, the address and the request."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        place = {"url": without_secrets(request.path), "request": request_id.get()}
        return super().get_context(request) | place


class Preferences:
    """The person's own language and time zone, before cookie and browser."""

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.language:
            translation.activate(user.language)
            request.LANGUAGE_CODE = translation.get_language()
        if user.is_authenticated and user.time_zone:
            with timezone.override(ZoneInfo(user.time_zone)):
                return self.get_response(request)
        return self.get_response(request)


ALWAYS = {"account_logout", "set_language", "accounts:second_factor"}
LEGAL = {"imprint", "privacy", "accessibility", "healthz"}
TO_SET_UP = {"account_reauthenticate", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn"}
TO_PROVE = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}


class SecondFactor:
    """Staff use the site only with a second factor, whichever way they came in.

    Without one they reach the pages that set it up; with one that this session has not seen
    they reach the pages that ask for it, and none where another could be added.
    """

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> Any:
        if not (request.user.is_authenticated and needs_second_factor(request.user)):
            return None
        has_one = has_second_factor(request.user)
        if has_one and proven(request):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in ALWAYS | LEGAL | (TO_PROVE if has_one else TO_SET_UP):
            return None
        where = reverse("accounts:second_factor")
        if request.method == "GET":
            where += "?" + urlencode({"next": request.get_full_path()})
        return redirect(where)


def proven(request: HttpRequest) -> bool:
    """Whether this session has seen the person's second factor."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


@receiver(authenticator_added)
def count_as_proven(request: HttpRequest, user: User, authenticator: Authenticator, **more: Any) -> None:
    """Setting a factor up shows it: nobody is asked for it again in the next moment."""
    if authenticator.type in FACTORS:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
