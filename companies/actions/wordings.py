"""Values of a company's entry in words, as people compare them."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.utils.translation import gettext as _

from cities.models import Industry
from companies.models import Company

NOTHING = "–"


def in_words(company: Company, field: str, value: Any) -> str:
    """One value of a field in the active language."""
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Industry):
        return str(value)
    known: Any = Company._meta.get_field(field)
    choices = known.base_field.choices if isinstance(known, ArrayField) else known.choices
    labels = dict(choices or ())
    every = value if isinstance(value, list) else [value]
    return " · ".join(str(labels.get(one, one)) for one in every)
