"""The admin as a whole. Not in the room of the admin: whose pages register themselves with it."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Site(AdminSite):
    """Every page lists all tables beside it; what a person may do with them hangs on the role alone."""

    site_title = _("Administration · Sino-German Industrial Cities Alliance")
    site_header = _("Sino-German Industrial Cities Alliance")
    index_title = _("Administration")
    site_url = "/desk/"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.app_lists: dict[tuple[Any, ...], list[Any]] = {}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The tables, put together once for each role and language: they are only read."""
        user: Any = request.user
        role = user.is_authenticated and user.is_active and user.role
        key = (role, get_language(), get_script_prefix(), app_label, len(self._registry))
        if key not in self.app_lists:
            self.app_lists[key] = super().get_app_list(request, app_label)
        return self.app_lists[key]
