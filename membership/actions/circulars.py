"""Everything that is done with a circular; each verb stands in the module of its stage."""

from membership.actions.calendar import CALENDAR_NOTE, period_warnings, warnings
from membership.actions.closing import cancel, close, extend
from membership.actions.deadlines import deadline_from, end_of_day
from membership.actions.drafts import discard, draft_for, save_draft
from membership.actions.issuing import cities_without_lead, issue
from membership.actions.reminders import days_due, remind
from membership.actions.texts import preview, rule_in_words

__all__ = [
    "CALENDAR_NOTE",
    "cancel",
    "cities_without_lead",
    "close",
    "days_due",
    "deadline_from",
    "discard",
    "draft_for",
    "end_of_day",
    "extend",
    "issue",
    "period_warnings",
    "preview",
    "remind",
    "rule_in_words",
    "save_draft",
    "warnings",
]
