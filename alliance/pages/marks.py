"""Marks of answers and states: a word, a shape and a colour always stand together."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ANSWER_WORDS: dict[str, str | Promise] = {
    "consent": pgettext_lazy("answer", "Consent"),
    "consent_with_comment": pgettext_lazy("answer", "Consent with comment"),
    "objection": pgettext_lazy("answer", "Objection"),
    "abstention": pgettext_lazy("answer", "Abstention"),
    "none": pgettext_lazy("answer", "No answer yet"),
}
LATE = _("late, not counted")
CONTESTED = _("contested, not counted")

# A tone is what a state means for the reader; its shape can be told apart without colour.
TONES = ("done", "active", "waiting", "warning", "ended", "neutral")
ALERT_WORDS: dict[str, str | Promise] = {
    "note": pgettext_lazy("message", "Note"),
    "done": pgettext_lazy("message", "Done"),
    "warning": pgettext_lazy("message", "Please note"),
    "error": pgettext_lazy("message", "Not possible"),
}
MESSAGE_TONES = {"debug": "note", "info": "note", "success": "done", "warning": "warning", "error": "error"}


def answer(position: object) -> str:
    """The name of the mark for a position; whatever is no position is no answer yet."""
    name = str(position or "none")
    return name if name in ANSWER_WORDS else "none"


def answer_word(position: object) -> str | Promise:
    """The word for a position."""
    return ANSWER_WORDS[answer(position)]


def mark(name: str, label: str | Promise = "", variant: str = "") -> SafeString:
    """One mark, drawn by reference to the shapes in ``base.html``; silent unless it has a label."""
    shape = f"{name}-open" if variant else name
    classes = f"mark mark-{name} mark-{variant}" if variant else f"mark mark-{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="#m-{}"/></svg>', classes, label, shape
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="#m-{}"/></svg>', classes, shape)


def answer_mark(
    position: object, *, late: bool = False, contested: bool = False, label: str | Promise = ""
) -> SafeString:
    """The mark of an answer; one that does not count is drawn hollow."""
    name = answer(position)
    if name == "none":
        return mark(name, label)
    return mark(name, label, variant="late" if late else "contested" if contested else "")


def status(word: str | Promise, tone: str = "neutral") -> SafeString:
    """A state: its word behind the shape and in the colour of its tone."""
    tone = tone if tone in TONES else "neutral"
    return format_html('<span class="status status-{}">{} {}</span>', tone, mark(tone), word)
