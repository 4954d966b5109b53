"""Withdrawals, who was told by a circular, and the terms that hold for both."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from alliance.pages.admin import Move, ReasonForm, RowAdmin, secretariat
from membership.actions import withdrawals
from membership.models import NoticeTerms, Told, Withdrawal
from membership.permissions.withdrawals import may_revoke


@admin.register(Withdrawal)
class WithdrawalAdmin(RowAdmin):
    """What the letter says can be corrected while it stands; nobody makes a withdrawal effective by hand."""

    correctable = ["signed_by", "dated", "reason", "wished_end"]
    refusals = {
        "effective_is_final": _("What is effective or revoked stays as it is."),
        "withdrawal_effective_once_all_told": _(
            "A withdrawal is effective once all member cities were told, and not before."
        ),
    }
    needed = ["place__city", "filed_by", "circular", "communicated_by", "revoked_by"]
    folded = ["place__city__search_key"]
    moves = [
        Move(
            "communicate",
            _("Communicate to the members"),
            withdrawals.communicate,
            _(
                "The drafted notice gets its number, is sealed, and goes to every member city. "
                "On the page of the withdrawal its text can be edited first."
            ),
            may=secretariat,
        ),
        Move(
            "revoke",
            _("Revoke"),
            withdrawals.revoke,
            _("Possible until the first notice went out; the reason is kept."),
            ReasonForm,
            may_revoke,
        ),
    ]
    list_display = ["reference", "city", "state", "filed_at", "communicated_at", "effective_at", "revoked_at"]
    list_filter = ["state", "on_behalf", "place__city__country"]
    search_fields = ["reference", "signed_by", "sha256"]
    date_hierarchy = "filed_at"

    @admin.display(description=_("city"))
    def city(self, withdrawal: Withdrawal) -> Any:
        return withdrawal.city


@admin.register(Told)
class ToldAdmin(RowAdmin):
    """Written by the worker or by the act of telling itself, and never changed."""

    needed = ["circular", "city", "delivery__letter"]
    folded = ["city__search_key"]
    list_display = ["city", "circular", "told_at", "way", "recorded_at"]
    list_filter = ["way"]
    search_fields = ["city__slug"]
    date_hierarchy = "told_at"


@admin.register(NoticeTerms)
class NoticeTermsAdmin(RowAdmin):
    """Dated rows, set on their own page: what held when a circular was issued holds for it."""

    needed = ["set_by"]
    list_display = ["valid_from", "waiting_hours", "notice_days", "set_by"]
    search_fields = ["set_by__name"]
