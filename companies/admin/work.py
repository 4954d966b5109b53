"""What is done with entries over time: duplicates, firms' own sheets, reminders, imports."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from alliance.pages.admin import Move, MoveForm, RowAdmin, secretariat
from companies.actions import duplicates, sheets
from companies.models import (
    ColumnMemory,
    DuplicatePair,
    FreshnessReminder,
    Import,
    ImportRow,
    SheetLink,
    SheetSubmission,
)


class NoteForm(MoveForm):
    """What is noted with a decision."""

    note = forms.CharField(label=_("Note"), max_length=300, required=False)


@admin.register(DuplicatePair)
class DuplicatePairAdmin(RowAdmin):
    """Pairs are decided on their own page, or told apart here; merging needs both before one's eyes."""

    needed = ["first__city", "second__city", "decided_by"]
    moves = [
        Move(
            "tell_apart",
            _("Two companies"),
            duplicates.tell_apart,
            _("The pair is not shown again."),
            NoteForm,
            secretariat,
        )
    ]
    list_display = ["first", "second", "reasons", "state", "found_at", "decided_at"]
    list_filter = ["state"]
    search_fields = ["=first__register_number", "=second__register_number"]


@admin.register(SheetLink)
class SheetLinkAdmin(RowAdmin):
    """Links to firms' own sheets; they can be taken back."""

    needed = ["company__city", "sent_by", "revoked_by"]
    moves = [
        Move(
            "revoke",
            _("Take the link back"),
            sheets.revoke,
            _("The firm cannot open its sheet by it any more."),
            may=secretariat,
            possible=lambda link: link.revoked_at is None,
        )
    ]
    list_display = ["company", "email", "language", "sent_at", "expires_at", "revoked_at"]
    search_fields = ["email"]


@admin.register(SheetSubmission)
class SheetSubmissionAdmin(RowAdmin):
    """What a firm filled in stays as it was sent; it is compared on its own page."""

    needed = ["link__company__city", "decided_by"]
    list_display = ["link", "state", "submitted_at", "decided_at", "decided_by"]
    list_filter = ["state"]
    search_fields = ["link__email"]


@admin.register(FreshnessReminder)
class FreshnessReminderAdmin(RowAdmin):
    """Written by the worker, and never changed."""

    needed = ["city", "letter"]
    folded = ["city__search_key"]
    list_display = ["city", "days_before", "period", "entries", "sent_at"]
    search_fields = ["city__slug"]


@admin.register(Import)
class ImportAdmin(RowAdmin):
    """Imports move on their own pages, where their rows stand."""

    needed = ["city", "begun_by", "asked_by"]
    folded = ["city__search_key"]
    list_display = ["filename", "city", "state", "begun_by", "begun_at", "done_at"]
    list_filter = ["state"]
    search_fields = ["filename", "sha256"]


@admin.register(ImportRow)
class ImportRowAdmin(RowAdmin):
    """Rows of a file as they were read."""

    needed = ["run", "company__city"]
    list_display = ["run", "number", "sort_name", "verdict", "left_out", "corrected"]
    list_filter = ["verdict", "left_out"]
    search_fields = ["^sort_name"]
    show_full_result_count = False


@admin.register(ColumnMemory)
class ColumnMemoryAdmin(RowAdmin):
    """Which column a head meant the last time a city brought a file."""

    needed = ["city"]
    list_display = ["city", "head", "key", "remembered_at"]
    search_fields = ["head", "key"]
