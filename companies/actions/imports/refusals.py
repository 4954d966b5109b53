"""Why an import cannot go on; the file's own faults are in `alliance.pages.sheets`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alliance.pages.refusals import Refusal
from companies.models import Import


class ImportRefused(Refusal):
    """Something that cannot be done with an import now; subclasses say why."""


class ImportNotPossibleNow(ImportRefused):
    sentence = _("This is not possible: the import is in the state “%(state)s”. Please look at its page.")


class ColumnUnknown(ImportRefused):
    sentence = _("There is no column “%(key)s”. Please choose one of the list.")


class ColumnTwice(ImportRefused):
    sentence = _(
        "Two columns of the file are “%(column)s”. Please choose one of them and leave out the other."
    )


class ColumnsMissing(ImportRefused):
    sentence = _(
        "No column of the file says which company a row is about. "
        "Please choose the column with the registered name, or the one with our number."
    )


class CityColumnMissing(ImportRefused):
    sentence = _("No column of the file says in which city a company is. Please choose it.")


class RowsOpen(ImportRefused):
    sentence = _(
        "%(mistakes)s rows have mistakes and %(duplicates)s may be duplicates. "
        "Please correct them, say which company they are, or leave them out."
    )


class NothingToCarryOut(ImportRefused):
    sentence = _("No row of the file would change anything, so there is nothing to carry out.")


class NotACandidate(ImportRefused):
    sentence = _("The row can be about one of the companies found for it, or about a new one.")


class Touched(ImportRefused):
    sentence = _(
        "This import cannot be undone any more: %(count)s of its companies have been changed since, such as "
        "%(names)s."
    )


def not_possible(run: Import) -> ImportNotPossibleNow:
    return ImportNotPossibleNow(state=run.get_state_display())
