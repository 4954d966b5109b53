"""Numbers as people type them: 209.779 in German is 209,779 in English."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from alliance.pages.charts import number

SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’]")


def plain_number(text: str, *, point: str, comma: str) -> str:
    """A number with at most one decimal point, from one in the notation of a language.

    ``point`` separates decimals in that language, ``comma`` thousands. A separator of thousands that
    does not stand before three digits can only be meant as a decimal point.
    """
    bare = SPACES.sub("", text)
    grouped = rf"[+-]?\d{{1,3}}({re.escape(comma)}\d{{3}})+({re.escape(point)}\d*)?"
    if re.fullmatch(grouped, bare):
        bare = bare.replace(comma, "")
    elif comma in bare and point not in bare and bare.count(comma) == 1:
        bare = bare.replace(comma, point)
    return bare.replace(point, ".") if bare.count(point) <= 1 else bare


class NumberField(forms.DecimalField):
    """A number typed and shown in the notation of the page's language."""

    default_error_messages = {"invalid": _("Please enter a number, such as %(example)s.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """The number meant."""
        if isinstance(value, str):
            point, comma = get_format("DECIMAL_SEPARATOR"), get_format("THOUSAND_SEPARATOR")
            value = plain_number(value, point=point, comma="," if comma not in ".," else comma)
        try:
            meant = super().to_python(value)
            if meant is not None and not meant.is_finite():
                raise ValidationError("")
        except ValidationError as error:
            params = {"example": number("12345.6")}
            raise ValidationError(self.error_messages["invalid"], "invalid", params) from error
        return meant

    def prepare_value(self, value: Any) -> Any:
        """A number in the reader's notation; what was typed stays as it was typed."""
        return number(value) if isinstance(value, Decimal) else value
