"""Which sheet of several is meant, and what is said about the others."""

from __future__ import annotations

from django.utils.translation import gettext

# How our templates call the sheet that explains the columns, in every language.
EXPLANATIONS = frozenset(["explanations", "erläuterungen", "说明"])


def is_explanation(title: str) -> bool:
    """Whether a sheet only explains the columns, as in our templates."""
    return title.strip().lower() in EXPLANATIONS


def notes_on(title: str, *, others: bool, hidden: bool, formulas: bool, links: bool) -> list[str]:
    """What the person should know about how her file is read."""
    notes = []
    if others:
        notes.append(gettext("The file has several sheets; only “%(title)s” is read.") % {"title": title})
    if hidden:
        notes.append(gettext("Hidden sheets are not read."))
    if formulas:
        notes.append(gettext("Formulas are not calculated anew: the values last saved are read."))
    if links:
        notes.append(gettext("Links to other files are not followed: the values last saved are read."))
    return notes
