"""What is wrong with a cell or a row, as a sentence for whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alliance.pages.sheets.rows import SENTENCES as OF_CELLS
from alliance.pages.sheets.rows import MistakeKind
from companies.actions.numbers import NumberRefused

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SENTENCES: dict[str, StrOrPromise] = {
    "too_long": _("This text has %(length)s characters; %(most)s are possible. Please shorten it."),
    "not_in_list": _("This is none of the values of the list. The template has the list."),
    "part_not_in_list": _("“%(part)s” is none of the values of the list. The template has the list."),
    "too_many_parts": _("These are %(count)s values; %(most)s are possible."),
    "not_a_number": _("This is not a whole number. Please write digits only."),
    "number_too_large": _("This number is too large. Please check it."),
    "not_a_year": _("This is not a year. Please write four digits, such as 1998."),
    "year_not_possible": _("The year must lie between %(first)s and %(last)s."),
    "not_a_percentage": _("This is not a share in percent. Please write a whole number from 0 to 100."),
    "not_a_day": _("This is not a day. Please write it as 2026-12-31 or 31.12.2026."),
    "not_yes_or_no": _("Please write yes or no."),
    "not_a_web_address": _("This is not the address of a web site. It looks like https://firm.example."),
    "not_our_number": _("This is not a number of an entry. For a new company leave the cell empty."),
    "another_city": _("The file is for the companies of one city, and this row names another."),
    "city_unknown": _("There is no city of this name in the register."),
    "city_ambiguous": _("Several cities are called so. Please write the short name from the city's address."),
    "city_missing": _("Please say in which city the company is."),
    "city_not_kept": _("This city has left the alliance, so no company of it is entered any more."),
    "industry_unknown": _("This is neither a code of ISIC Rev. 4 nor the label of an industry."),
    "code_too_long": _("A code has %(most)s characters at most."),
    "code_unknown": _("%(scheme)s has no code %(code)s. Please check it, or name the classification."),
    "name_missing": _("A new company needs its registered name."),
    "cannot_be_emptied": _("This cannot be emptied."),
    "no_such_entry": _("There is no entry with this number among the companies that you keep."),
    "number_not_possible_here": _(
        "This register number cannot be entered here. Please ask the secretariat to look at it."
    ),
    "number_of_another": _(
        "Another entry has this register number: “%(company)s”. "
        "Please check which of the two the row is about."
    ),
    "archived": _("“%(company)s” is archived and kept as it is. Restore it first, or leave the row out."),
    "moves_away": _("The entry is in another city. Companies do not move by a file: please change its page."),
    "same_as_row": _("Row %(row)s is about the same company. Please leave one of them out."),
    "perhaps": _("This may be “%(company)s”, which is known already. Please say whether it is the same."),
    "perhaps_row": _("This may be the same company as in row %(row)s. Please say whether it is the same."),
}
SENTENCES |= {f"cell_{kind.name.lower()}": OF_CELLS[kind] for kind in MistakeKind}
SENTENCES |= {kind.__name__: kind.sentence for kind in NumberRefused.__subclasses__()}


def sentence(code: str, params: Mapping[str, object]) -> str:
    """The sentence in the active language."""
    text = str(SENTENCES[code])
    return text % params if params else text
