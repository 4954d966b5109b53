"""A file of companies comes in: looked at as a whole, put right, then carried out at once or not at all."""

from companies.actions.imports.beginning import begin, set_columns, suggest
from companies.actions.imports.carrying_out import cancel, carry_out
from companies.actions.imports.checking import check, words_of
from companies.actions.imports.correcting import correct, leave_out, settle, take_in
from companies.actions.imports.staging import said_by
from companies.actions.imports.texts import Difference, Shown, differences, shown, texts_of
from companies.actions.imports.undoing import undo
from companies.actions.imports.working import Progress, progress, take_up_abandoned, work

__all__ = [
    "Difference",
    "Progress",
    "Shown",
    "begin",
    "cancel",
    "carry_out",
    "check",
    "correct",
    "differences",
    "leave_out",
    "progress",
    "said_by",
    "set_columns",
    "settle",
    "shown",
    "suggest",
    "take_in",
    "take_up_abandoned",
    "texts_of",
    "undo",
    "words_of",
    "work",
]
