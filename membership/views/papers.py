"""A circular on paper, as it went out, and what a draft would look like."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.http import FileResponse, Http404, HttpRequest

from alliance.pages.files import PDF
from membership.actions import papers
from membership.views.circulars import OfOneCircular
from membership.views.drafts import OfOneDraft


class CircularPaper(OfOneCircular):
    """The sealed PDF in one language, byte for byte as it was sent."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        stored = papers.stored_paper(self.object, kwargs["language"])
        if stored is None:
            raise Http404
        return as_pdf(bytes(stored.content), stored.filename)


class DraftPaper(OfOneDraft):
    """A draft as it would be printed, marked as a draft."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        language = kwargs["language"]
        if language not in papers.CODES.values():
            raise Http404
        return as_pdf(papers.paper_of(self.object, language), papers.filename_of(self.object, language))


def as_pdf(content: bytes, filename: str) -> FileResponse:
    """A PDF that a browser may show, and nobody in between may keep."""
    response = FileResponse(BytesIO(content), filename=filename, content_type=PDF)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
