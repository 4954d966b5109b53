"""Kept versions of an application, what changed between two, and its files."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from alliance.pages.files import as_download
from membership.models import Application, ApplicationVersion, Attachment
from membership.models.contents import application_differences
from membership.permissions.applications import Reader
from membership.views.applications import OfOneApplication
from membership.views.applications_reading import facts_of, files_of, sections_of


class OfVersions(OfOneApplication):
    """Versions of one application, found by their numbers in the address."""

    kwargs: dict[str, Any]

    @cached_property
    def object(self) -> Application:
        return get_object_or_404(self.visible_rows(), pk=self.kwargs["pk"])

    def version(self, number: int) -> ApplicationVersion:
        """A version this reader may see."""
        found = [version for version in self.versions if version.number == number]
        if not found:
            raise Http404
        return found[0]


class VersionPage(OfVersions, TemplateView):
    """What the application said when it was submitted."""

    template_name = "membership/application_version.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = self.version(self.kwargs["number"])
        label = _("Version %(number)d") % {"number": version.number}
        previous = [other.number for other in self.versions if other.number == version.number - 1]
        context = {
            "application": self.object,
            "cities": self.way.cities,
            "version": version,
            "label": label,
            "crumbs": self.crumbs((label, "")),
            "facts": facts_of(version.content, self.object, self.reader),
            "sections": sections_of(version.content),
            "files": files_of(version.content, self.object),
            "comments": [] if self.reader == Reader.MEMBER else list(version.comments.all()),
            "changes_url": reverse(
                "membership:application_changes", args=[self.object.pk, previous[0], version.number]
            )
            if previous
            else "",
        }
        return super().get_context_data(**{**context, **kwargs})


class ChangesPage(OfVersions, TemplateView):
    """Two versions beside each other."""

    template_name = "membership/application_changes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before, after = self.version(self.kwargs["before"]), self.version(self.kwargs["after"])
        rows = application_differences(before.content, after.content)
        if self.reader == Reader.MEMBER:
            rows = [row for row in rows if row.section != "contact"]
        context = {
            "application": self.object,
            "cities": self.way.cities,
            "old": before,
            "new": after,
            "before_label": _("Version %(number)d") % {"number": before.number},
            "after_label": _("Version %(number)d") % {"number": after.number},
            "rows": rows,
            "crumbs": self.crumbs((_("Changes"), "")),
        }
        return super().get_context_data(**{**context, **kwargs})


class AttachmentDownload(OfVersions, View):
    """A file, for applicants also before it was submitted, for others when a version they see has it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        file = get_object_or_404(self.object.attachments, pk=self.kwargs["attachment"])
        if not (self.in_a_version(file) or self.reader == Reader.APPLICANT):
            raise Http404
        return as_download(file)

    def in_a_version(self, file: Attachment) -> bool:
        return any(
            file.pk == one["id"] for version in self.versions for one in version.content["attachments"]
        )
