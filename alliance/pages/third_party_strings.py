"""Texts of packages that come without German or Simplified Chinese; our catalogs fill the holes.

Nothing imports this list: it is there to be extracted. A test compares it with the packages.
"""

from django.utils.translation import gettext_noop, ngettext

DJANGO_FILTER = [
    gettext_noop("%s (descending)"),
    gettext_noop("Multiple values may be separated by commas."),
    gettext_noop("Ordering"),
    gettext_noop("Range query expects two values."),
    gettext_noop("Select a lookup."),
    gettext_noop("Submit"),
    gettext_noop("Yesterday"),
    gettext_noop("contains"),
    gettext_noop("date"),
    gettext_noop("day"),
    gettext_noop("ends with"),
    gettext_noop("exclude"),
    gettext_noop("has any keys"),
    gettext_noop("has key"),
    gettext_noop("has keys"),
    gettext_noop("hour"),
    gettext_noop("is contained by"),
    gettext_noop("is greater than"),
    gettext_noop("is greater than or equal to"),
    gettext_noop("is in"),
    gettext_noop("is in range"),
    gettext_noop("is less than"),
    gettext_noop("is less than or equal to"),
    gettext_noop("is null"),
    gettext_noop("matches regex"),
    gettext_noop("minute"),
    gettext_noop("month"),
    gettext_noop("overlaps"),
    gettext_noop("search"),
    gettext_noop("second"),
    gettext_noop("starts with"),
    gettext_noop("week day"),
    gettext_noop("year"),
]

DJANGO_FSM = [
    gettext_noop("Apply"),
    gettext_noop("FSM transition '{transition_name}' failed: {error}."),
    gettext_noop("FSM transition '{transition_name}' is not allowed."),
    gettext_noop("FSM transition '{transition_name}' succeeded."),
]

PGHISTORY = [
    gettext_noop("Events"),
]

DJANGO = [
    gettext_noop("%(model)s instance with %(field)s %(value)r is not a valid choice."),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
    gettext_noop("Error:"),
    gettext_noop("Forgotten your login credentials?"),
    gettext_noop("Model name"),
]


def too_short(count: int) -> str:
    """The one text of Django's forms with two forms of number that has no Chinese."""
    return ngettext(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        count,
    )
