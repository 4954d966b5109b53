"""Documents and logo of a company: read, added, taken out."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from alliance.pages.files import FileRefused, as_download
from companies.actions import documents
from companies.actions.documents import LogoTooLarge, NotAPicture, SameDocument
from companies.forms.documents import DocumentForm, LogoForm
from companies.models import CompanyDocument
from companies.views import company_facts
from companies.views.company_page import OfOneCompany
from companies.views.work import KeeperForm, KeeperVerb

LOGO_KEPT = "private, max-age=300"


class OfOneDocument:
    """A document of the company that was not taken out."""

    company: Any
    kwargs: Any

    @cached_property
    def document(self) -> CompanyDocument:
        rows = self.company.documents.filter(removed_at=None, is_logo=False)
        return get_object_or_404(rows, pk=self.kwargs["document"])


class Document(OfOneCompany, OfOneDocument, View):  # type: ignore[misc]
    """A document, for whoever sees the company."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        """The file under its own name."""
        return as_download(self.document)


class Logo(OfOneCompany, View):
    """The logo as a picture inside the page: only PNG and JPEG, as found by reading them, are kept as one."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The picture."""
        logo = documents.logo_of(self.company)
        if logo is None:
            raise Http404
        response = FileResponse(logo.file.open("rb"), content_type=logo.media_type)
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = LOGO_KEPT
        return response


class DocumentNew(KeeperForm):
    """A further document."""

    title = _("New document")
    form_class = DocumentForm
    done = _("The document is added to “%(company)s”.")
    beside = {SameDocument: "file"}

    def act(self, data: dict[str, Any]) -> CompanyDocument:
        upload = data.pop("file")
        return documents.add(self.company, upload, **data, **self.acting)


class LogoNew(KeeperForm):
    """A logo instead of the one there was."""

    title = _("Logo")
    form_class = LogoForm
    done = _("“%(company)s” has a new logo.")
    template_name = "companies/logo_edit.html"
    beside = {NotAPicture: "file", LogoTooLarge: "file", FileRefused: "file"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(logo=company_facts.logo(self.company), **kwargs)

    def act(self, data: dict[str, Any]) -> CompanyDocument:
        return documents.set_logo(self.company, data["file"], **self.acting)


class LogoRemove(KeeperVerb):
    """Take the logo out."""

    done = _("“%(company)s” has no logo any more.")

    def act(self) -> None:
        documents.remove_logo(self.company, **self.acting)


class DocumentRemove(OfOneDocument, KeeperVerb):
    """Take a document out."""

    done = _("The document is taken out of “%(company)s”.")

    def act(self) -> CompanyDocument:
        return documents.remove(self.document, **self.acting)
