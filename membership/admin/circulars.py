"""Circulars, and what is frozen when one is issued."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.utils.translation import gettext_lazy as _

from alliance.pages.admin import Move, ReasonForm, RowAdmin, secretariat
from membership.actions import circulars
from membership.models import (
    Addressee,
    Circular,
    CircularAttachment,
    ConsentRule,
    DeadlineExtension,
    Elector,
    ElectorateExit,
    Reminder,
    SealedManifest,
)
from membership.states import CircularState


class ExtendForm(ReasonForm):
    """The new last day, which ends at midnight in the zone of the rule, and the reason."""

    day = forms.DateField(label=_("New last day for statements"), widget=AdminDateWidget)
    field_order = ["day", "reason"]

    def arguments(self) -> Mapping[str, Any]:
        zone = (self.row.rule_content or {}).get("zone", "Asia/Shanghai")
        deadline = circulars.end_of_day(self.cleaned_data["day"], zone)
        return {"new_deadline": deadline, "reason": self.cleaned_data["reason"]}


def is_open(circular: Circular) -> bool:
    return circular.state == CircularState.ISSUED


def is_extendable(circular: Circular) -> bool:
    return is_open(circular) and circular.deadline is not None and not hasattr(circular, "extension")


@admin.register(Circular)
class CircularAdmin(RowAdmin):
    """A draft's texts can be corrected; what was issued is sealed and stays as it is."""

    correctable = [f"{part}_{language}" for language in ("zh", "de", "en") for part in ("subject", "body")]
    refusals = {
        "sealed_once_issued": _(
            "An issued circular is sealed: text, rule and deadline stay as they went out. "
            "A mistaken one is cancelled, and a new one issued."
        ),
        "closed_is_untouched": _("A closed or cancelled circular stays as it is."),
    }
    needed = [
        "application", "application_version__application", "rule", "drafted_by", "issued_by", "letter",
        "closed_by", "cancelled_by", "extension",
    ]  # fmt: skip
    moves = [
        Move(
            "issue",
            _("Issue"),
            circulars.issue,
            _("It gets its number, is sealed, and goes to every member city. This cannot be undone."),
            may=secretariat,
        ),
        Move(
            "remind",
            _("Remind"),
            circulars.remind,
            _("Only members that have not answered get a letter."),
            may=secretariat,
            possible=is_open,
        ),
        Move(
            "extend",
            _("Extend the deadline"),
            circulars.extend,
            _("Possible once, before the deadline. Everybody asked is told."),
            ExtendForm,
            secretariat,
            is_extendable,
        ),
        Move(
            "close",
            _("Close"),
            circulars.close,
            _("Before the deadline only if the rule allows it and nothing can change the outcome."),
            may=secretariat,
        ),
        Move(
            "cancel",
            _("Cancel the circular"),
            circulars.cancel,
            _("Everybody asked is told the reason. The number stays used and shown."),
            ReasonForm,
            secretariat,
        ),
    ]
    list_display = ["__str__", "kind", "state", "application", "deadline", "issued_at", "closed_at", "result"]
    list_filter = ["state", "kind", "result", "year"]
    search_fields = ["subject_zh", "subject_de", "subject_en", "application__reference", "seal"]
    folded = ["application__cities__search_key"]
    date_hierarchy = "issued_at"


@admin.register(CircularAttachment)
class CircularAttachmentAdmin(RowAdmin):
    needed = ["circular"]
    list_display = ["filename", "circular", "language", "size", "added_at"]
    list_filter = ["language"]
    search_fields = ["filename", "sha256"]


@admin.register(SealedManifest)
class SealedManifestAdmin(RowAdmin):
    needed = ["circular"]
    list_display = ["circular", "content"]
    search_fields = ["content"]


@admin.register(Elector)
class ElectorAdmin(RowAdmin):
    needed = ["circular", "membership"]
    needed_many = ["membership__places__city"]
    list_display = ["__str__", "circular", "side"]
    list_filter = ["side"]
    search_fields = ["name_zh", "name_de", "name_en"]


@admin.register(Addressee)
class AddresseeAdmin(RowAdmin):
    needed = ["circular", "city", "elector"]
    folded = ["city__search_key"]
    list_display = ["city", "circular", "elector"]
    list_filter = [("elector", admin.EmptyFieldListFilter)]
    search_fields = ["city__slug"]


@admin.register(ElectorateExit)
class ElectorateExitAdmin(RowAdmin):
    needed = ["elector__circular"]
    list_display = ["elector", "circular", "left_at"]
    search_fields = ["elector__name_zh", "elector__name_de", "elector__name_en"]
    date_hierarchy = "left_at"

    @admin.display(description=_("circular"))
    def circular(self, row: ElectorateExit) -> Circular:
        return row.elector.circular


@admin.register(DeadlineExtension)
class DeadlineExtensionAdmin(RowAdmin):
    needed = ["circular", "extended_by"]
    list_display = ["circular", "new_deadline", "reason", "extended_at", "extended_by"]
    search_fields = ["reason"]
    date_hierarchy = "extended_at"


@admin.register(Reminder)
class ReminderAdmin(RowAdmin):
    needed = ["circular", "sent_by", "letter"]
    list_display = ["circular", "days_before", "sent_at", "sent_by"]
    search_fields = ["circular__subject_en", "circular__subject_de", "circular__subject_zh"]
    date_hierarchy = "sent_at"


@admin.register(ConsentRule)
class ConsentRuleAdmin(RowAdmin):
    """A version is never changed: a new one is made where rules are kept."""

    needed = ["made_by", "superseded_by"]
    list_display = [
        "__str__",
        "key",
        "threshold",
        "silence",
        "quorum_percent",
        "period_days",
        "superseded_at",
    ]
    list_filter = ["threshold", "silence", ("superseded_at", admin.EmptyFieldListFilter)]
    search_fields = ["key", "name_zh", "name_de", "name_en"]
