"""Letters, their deliveries and the workers in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.http import HttpRequest
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliance.letters.actions import redirect, requeue
from alliance.letters.models import Delivery, Heartbeat, Letter, LetterAttachment, ReturnedMail
from alliance.letters.states import DeliveryState
from alliance.pages.admin import Move, MoveForm, RowAdmin, secretariat

CORRECTABLE = (
    DeliveryState.QUEUED,
    DeliveryState.DEFERRED,
    DeliveryState.FAILED,
    DeliveryState.UNCERTAIN,
)


@admin.register(Letter)
class LetterAdmin(RowAdmin):
    """Kept as written. The text of a confidential letter opens an account: nobody reads it here."""

    needed = ["written_by"]
    secret = ["body_en", "body_de", "body_zh", "path"]
    more = ["text_en", "text_de", "text_zh", "page_about"]
    list_display = ["__str__", "kind", "reference", "confidential", "written_at", "written_by"]
    list_filter = ["kind", "confidential"]
    search_fields = ["reference", "subject_en", "subject_de", "subject_zh"]
    date_hierarchy = "written_at"

    @admin.display(description=gettext_lazy("text in English"))
    def text_en(self, letter: Letter) -> SafeString | str:
        return self.readable(letter, letter.body_en)

    @admin.display(description=gettext_lazy("text in German"))
    def text_de(self, letter: Letter) -> SafeString | str:
        return self.readable(letter, letter.body_de)

    @admin.display(description=gettext_lazy("text in Chinese"))
    def text_zh(self, letter: Letter) -> SafeString | str:
        return self.readable(letter, letter.body_zh)

    @admin.display(description=gettext_lazy("page it is about"))
    def page_about(self, letter: Letter) -> str:
        return letter.path if letter.is_readable else _("kept secret")

    def readable(self, letter: Letter, text: str) -> SafeString | str:
        return mark_safe(linebreaks(text, autoescape=True)) if letter.is_readable else _("kept secret")


class RedirectMove(MoveForm):
    """Another address, and why."""

    address = forms.EmailField(label=gettext_lazy("Other e-mail address"), max_length=254)
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=2000, widget=AdminTextareaWidget({"rows": 3})
    )


@admin.register(Delivery)
class DeliveryAdmin(RowAdmin):
    """What was handed over stays as it is; until then an address can be corrected, and then sent again."""

    correctable = ["address", "name"]
    needed = ["letter", "recipient", "entered_by", "redirected_from__letter"]
    moves = [
        Move(
            "redirect",
            gettext_lazy("Send to another address"),
            redirect,
            gettext_lazy("Another copy goes to this address at once; this one stays as it is."),
            form=RedirectMove,
            may=secretariat,
            possible=lambda delivery: delivery.may_be_redirected,
        ),
        Move(
            "requeue",
            gettext_lazy("Send again"),
            requeue,
            gettext_lazy("The mail is sent again at once, to the address that stands here."),
            may=secretariat,
            possible=lambda delivery: delivery.may_be_sent_again,
        ),
    ]
    list_display = [
        "name",
        "address",
        "letter",
        "on_behalf_of",
        "state",
        "attempts",
        "settled_at",
        "opened_at",
    ]
    list_filter = ["state", "channel", "possibly_twice", "language"]
    search_fields = ["name", "address", "on_behalf_of", "letter__reference", "message_id"]
    date_hierarchy = "letter__written_at"
    view_on_site = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        fixed = obj is not None and obj.state not in CORRECTABLE
        return not fixed and super().has_change_permission(request, obj)


@admin.register(LetterAttachment)
class LetterAttachmentAdmin(RowAdmin):
    """Files that went with letters; kept as they are, and read on the pages."""

    needed = ["letter"]
    secret = ["content"]
    list_display = ["filename", "letter", "language", "media_type", "sha256"]
    list_filter = ["language", "media_type"]
    search_fields = ["filename", "letter__reference", "sha256"]


@admin.register(ReturnedMail)
class ReturnedMailAdmin(RowAdmin):
    """What mail servers wrote back; kept as it came."""

    needed = ["delivery__letter"]
    list_display = ["delivery", "kind", "status", "taken_at"]
    list_filter = ["kind"]
    search_fields = ["delivery__address", "delivery__message_id", "words"]
    date_hierarchy = "taken_at"


@admin.register(Heartbeat)
class HeartbeatAdmin(RowAdmin):
    """Workers at work; signs of life come every few seconds and leave no trail."""

    list_display = ["worker", "beat_at"]
    search_fields = ["worker"]
