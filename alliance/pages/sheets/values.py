"""How values stand in files: the same in every format, in the person's language and zone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from alliance.pages.sheets.formulas import defused


def plain(value: Any) -> Any:
    """Lists joined, lazy texts made texts; numbers, dates and moments as they are."""
    if isinstance(value, (list, tuple, set, frozenset)):
        return "; ".join(str(one) for one in value)
    if value is None or isinstance(value, (bool, int, float, Decimal, dt.date, dt.time)):
        return value
    return str(value)


def in_csv(value: Any) -> str:
    """A value as a cell of a CSV file; text never begins a formula."""
    if type(value) is str:
        return defused(value)
    match plain(value):
        case None:
            return ""
        case bool(yes):
            return word_for(yes)
        case int() | float() | Decimal() as number:
            return str(number)
        case dt.datetime() as moment:
            return local(moment).isoformat(sep=" ", timespec="minutes")
        case dt.date() | dt.time() as date:
            return date.isoformat()
    return defused(plain(value))


def in_json(value: Any) -> Any:
    """A value that JSON has no word for: dates and moments in ISO form, numbers exact."""
    if isinstance(value, dt.datetime):
        return local(value).isoformat()
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return list(value) if isinstance(value, (set, frozenset)) else str(value)


def local(moment: dt.datetime) -> dt.datetime:
    """A moment in the person's zone."""
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def word_for(yes: bool) -> str:
    """Yes or no, in the person's language."""
    return gettext("yes") if yes else gettext("no")
