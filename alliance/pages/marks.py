"""Marks of answers and states: a word, a shape and a colour always stand together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

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


def answer(position: str | None) -> str:
    """The name of the mark for a position; whatever is no position is no answer yet."""
    return position if position in ANSWER_WORDS else "none"


def answer_word(position: str | None) -> str | Promise:
    """The word for a position."""
    return ANSWER_WORDS[answer(position)]


def mark(name: str, label: str | Promise = "", variant: str = "") -> SafeString:
    """One mark, drawn by reference to the shapes in ``base.html``; silent unless it has a label."""
    return _drawn(name, str(label), variant)


@lru_cache(maxsize=500)
def _drawn(name: str, label: str, variant: str) -> SafeString:
    shape = f"{name}-open" if variant else name
    classes = f"mark mark-{name} mark-{variant}" if variant else f"mark mark-{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="#m-{}"/></svg>', classes, label, shape
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="#m-{}"/></svg>', classes, shape)


def answer_mark(
    position: str | None, *, late: bool = False, contested: bool = False, label: str | Promise = ""
) -> SafeString:
    """The mark of an answer; one that does not count is drawn hollow."""
    name = answer(position)
    if name == "none":
        return mark(name, label)
    return mark(name, label, variant="late" if late else "contested" if contested else "")


def answer_items(rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """The lines of a list of answers. There may be thousands, of which most say the same: drawn once."""
    drawn: dict[tuple[Any, ...], tuple[str, str]] = {}
    return mark_safe("".join(_item(row, drawn) for row in rows))


def _item(row: Mapping[str, Any], drawn: dict[tuple[Any, ...], tuple[str, str]]) -> str:
    said = row.get("position"), row.get("late"), row.get("contested"), row.get("note")
    if said not in drawn:
        drawn[said] = _before_name(row), format_html('<span class="word">{}</span></li>', _words(row))
    before, after = drawn[said]
    return f"{before}{_name(row)}{after}"


def _before_name(row: Mapping[str, Any]) -> str:
    position, late, contested = row.get("position"), bool(row.get("late")), bool(row.get("contested"))
    stands_in_the_way = answer(position) == "objection" and not (late or contested)
    start = '<li class="is-objection">' if stands_in_the_way else "<li>"
    return start + answer_mark(position, late=late, contested=contested)


def _name(row: Mapping[str, Any]) -> str:
    name, url, lang = escape(row["name"]), row.get("url"), row.get("lang")
    language = f' lang="{escape(lang)}"' if lang else ""
    return f'<a href="{escape(url)}"{language}>{name}</a>' if url else f"<span{language}>{name}</span>"


def _words(row: Mapping[str, Any]) -> str:
    position, note = row.get("position"), str(row.get("note") or "")
    if answer(position) == "none":
        return note or str(answer_word(position))
    caveat = LATE if row.get("late") else CONTESTED if row.get("contested") else ""
    said = (
        gettext("%(answer)s, %(caveat)s") % {"answer": answer_word(position), "caveat": caveat}
        if caveat
        else ""
    )
    return " · ".join(part for part in (said or str(answer_word(position)), note) if part)


def status(word: str | Promise, tone: str = "neutral") -> SafeString:
    """A state: its word behind the shape and in the colour of its tone."""
    tone = tone if tone in TONES else "neutral"
    return format_html('<span class="status status-{}">{} {}</span>', tone, mark(tone), word)
