"""Why a spreadsheet file is not taken: one sentence for each reason, and what would help."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alliance.pages.refusals import Refusal


class SheetRefused(Refusal):
    """A spreadsheet file that cannot be read in; subclasses say why."""


class SheetIsEmpty(SheetRefused):
    sentence = _("“%(name)s” is empty: there is nothing in it.")


class SheetHasOnlyHeads(SheetRefused):
    sentence = _("“%(name)s” has headings, but no row below them.")


class SheetIsTooLarge(SheetRefused):
    sentence = _("“%(name)s” is too large: it has %(size)s MB, %(most)s MB are possible. Please split it.")


class SheetHasTooManyRows(SheetRefused):
    sentence = _("“%(name)s” has more than %(most)s rows. Please split it into several files.")


class SheetHasTooManyColumns(SheetRefused):
    sentence = _("“%(name)s” has more than %(most)s columns. Please take out those that are not needed.")


class NotASheet(SheetRefused):
    sentence = _(
        "“%(name)s” is not a spreadsheet, whatever its name says. Please save it as XLSX, ODS or CSV and "
        "choose it again."
    )


class SheetIsProtected(SheetRefused):
    sentence = _("“%(name)s” is protected by a password. Please save it without one.")


class SheetIsOfOldFormat(SheetRefused):
    sentence = _("“%(name)s” is in an old Excel format (XLS). Please save it as XLSX.")


class SheetIsBinary(SheetRefused):
    sentence = _("“%(name)s” is a binary Excel workbook (XLSB). Please save it as XLSX.")


class SheetHasMacros(SheetRefused):
    sentence = _("“%(name)s” contains macros or other programs. Please save it as XLSX without them.")


class SheetIsBroken(SheetRefused):
    sentence = _("“%(name)s” cannot be read; it seems damaged. Please open it and save it again.")


class SheetUnpacksTooLarge(SheetRefused):
    sentence = _(
        "“%(name)s” would become far too large when unpacked. Please copy the rows into a new, empty file."
    )


class SheetDefinesEntities(SheetRefused):
    sentence = _(
        "“%(name)s” contains definitions that no spreadsheet program writes (XML entities). "
        "Please copy the rows into a new, empty file."
    )


class SheetHasMergedCells(SheetRefused):
    sentence = _(
        "In “%(name)s” the cells %(range)s are merged. Please undo that and fill each cell by itself."
    )


class SheetIsHidden(SheetRefused):
    sentence = _("In “%(name)s” every sheet is hidden. Please show the sheet that is meant.")


class SheetEncodingUnknown(SheetRefused):
    sentence = _(
        "The characters in “%(name)s” cannot be recognised. Please save it as “CSV UTF-8” or, "
        "better, as XLSX."
    )


class SheetIsCut(SheetRefused):
    sentence = _(
        "“%(name)s” ends in the middle of a quotation that begins in row %(row)s. "
        "Either the rest of the file is missing, or a quotation mark is."
    )


class SheetCellIsTooLong(SheetRefused):
    sentence = _(
        "“%(name)s” has a cell of more than %(most)s characters in row %(row)s or below; perhaps a "
        "quotation mark is missing."
    )


class SheetHeadTwice(SheetRefused):
    sentence = _(
        "In “%(name)s” the columns %(first)s and %(second)s have the same heading “%(head)s”. "
        "Please give each column a heading of its own."
    )
