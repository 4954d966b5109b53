"""What cities say to a circular besides their statements."""

from __future__ import annotations

from django.contrib import admin

from alliance.pages.admin import RowAdmin
from membership.models import Acknowledgement, ObserverComment, RevokedLink


@admin.register(Acknowledgement)
class AcknowledgementAdmin(RowAdmin):
    needed = ["circular", "city", "made_by"]
    folded = ["city__search_key"]
    list_display = ["city", "circular", "channel", "made_at", "made_by"]
    list_filter = ["channel"]
    search_fields = ["city__slug"]
    date_hierarchy = "made_at"


@admin.register(ObserverComment)
class ObserverCommentAdmin(RowAdmin):
    needed = ["circular", "city", "made_by"]
    folded = ["city__search_key"]
    list_display = ["text", "city", "circular", "made_at", "made_by"]
    search_fields = ["text", "city__slug"]
    date_hierarchy = "made_at"


@admin.register(RevokedLink)
class RevokedLinkAdmin(RowAdmin):
    needed = ["circular", "user", "revoked_by"]
    list_display = ["circular", "user", "revoked_at", "revoked_by"]
    search_fields = ["user__name", "user__email"]
    date_hierarchy = "revoked_at"
