"""One click: the dossier of a circular that has ended."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from alliance.pages.views import refusals_as_messages
from membership.actions import dossiers
from membership.models import Circular
from membership.permissions.circulars import may_read_dossier
from membership.views.circulars import OfOneCircular


class CircularDossier(OfOneCircular):
    """The ZIP, for those who work for the alliance; for others there is none."""

    def visible_rows(self) -> QuerySet[Circular]:
        rows = super().visible_rows()
        return rows if may_read_dossier(self.request.user) else rows.none()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with refusals_as_messages(request) as outcome:
            outcome.result = dossiers.make(self.object, by=self.request.user)
        if outcome.refusal:
            return redirect(self.object)
        return as_zip(outcome.result, dossiers.filename_of(self.object))


def as_zip(file: Any, filename: str) -> FileResponse:
    response = FileResponse(file, as_attachment=True, filename=filename, content_type="application/zip")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
