"""What members answered, and what was decided: kept as it was given."""

from __future__ import annotations

from django.contrib import admin

from alliance.pages.admin import RowAdmin
from membership.models import Contestation, Decision, Question, Statement


@admin.register(Statement)
class StatementAdmin(RowAdmin):
    needed = ["circular", "elector", "entered_by"]
    list_display = ["elector", "circular", "position", "channel", "received_at", "late", "entered_by"]
    list_filter = ["position", "channel", "late"]
    search_fields = ["elector__name_zh", "elector__name_de", "elector__name_en", "given_by", "text"]
    date_hierarchy = "received_at"


@admin.register(Contestation)
class ContestationAdmin(RowAdmin):
    needed = ["statement__elector", "contested_by"]
    list_display = ["statement", "reason", "contested_at", "contested_by"]
    search_fields = ["reason", "statement__elector__name_en"]
    date_hierarchy = "contested_at"


@admin.register(Question)
class QuestionAdmin(RowAdmin):
    needed = ["circular", "elector", "asked_by", "answered_by"]
    list_display = ["text", "elector", "circular", "asked_at", "answered_at"]
    list_filter = [("answered_at", admin.EmptyFieldListFilter)]
    search_fields = ["text", "answer"]
    date_hierarchy = "asked_at"


@admin.register(Decision)
class DecisionAdmin(RowAdmin):
    needed = ["application", "circular", "decided_by", "membership"]
    needed_many = ["membership__places__city"]
    list_display = ["application", "circular", "kind", "result", "decided_at", "decided_by", "member_from"]
    list_filter = ["kind", "result"]
    search_fields = ["application__reference", "reason"]
    date_hierarchy = "decided_at"
