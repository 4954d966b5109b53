"""Choosing one industry by searching for it: a line to type in, and the few industries that may be meant.

With a script the industries found follow the typing; without one, the button "Search" sends the form back
with them beside the field and everything else as it was typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cities.actions.industry_search import LONGEST, MOST, find, meant
from cities.models import Industry

TEXT, SHOWN, SEARCH = "_text", "_shown", "_search"
"""Endings of the names that the parts of the field are sent under; the choice itself has the field's name."""


@dataclass
class Typed:
    """What somebody has typed, and which of the industries offered for it is chosen."""

    text: str = ""
    chosen: str = ""
    shown: str = ""
    """For which text the industries were offered; another text since then counts more than the choice."""
    searched: bool = False
    found: list[Industry] = field(default_factory=list)
    more: bool = False

    @classmethod
    def following(cls, text: str) -> Typed:
        """What is offered while somebody types."""
        typed = cls(text.strip()[:LONGEST])
        typed.look()
        exact = meant(typed.text)
        typed.chosen = exact.code if exact else ""
        return typed

    @property
    def settled(self) -> bool:
        """Whether the text is still the one that the choice belongs to."""
        return self.text == self.shown

    def look(self) -> None:
        """Find what may be meant."""
        found = find(self.text, most=MOST + 1) if self.text else []
        self.found, self.more = found[:MOST], len(found) > MOST


class IndustrySearch(forms.TextInput):
    """The line to type in, with what was found below it."""

    template_name = "cities/industry_search.html"
    input_type = "search"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        text, chosen, shown = (str(data.get(key) or "") for key in (name + TEXT, name, name + SHOWN))
        if name + TEXT not in data:
            text = shown = chosen
        return Typed(text.strip()[:LONGEST], chosen.strip(), shown.strip()[:LONGEST], name + SEARCH in data)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and name + TEXT not in data

    def format_value(self, value: Any) -> str:
        return value.text if isinstance(value, Typed) else ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        typed = value if isinstance(value, Typed) else Typed()
        found = f"{(attrs or {}).get('id', name)}_found"
        following = {
            "maxlength": LONGEST,
            "autocomplete": "off",
            "hx-get": f"{reverse('cities:industries')}?field={name}",
            "hx-trigger": "input changed delay:250ms",
            "hx-target": f"#{found}",
            "hx-sync": "this:replace",
        }
        context = super().get_context(name + TEXT, typed, {**following, **(attrs or {})})
        return {**context, "name": name, "typed": typed, "found": found}


class IndustryChoice(forms.Field):
    """One industry of any level; cleaned to an `Industry`, sent by its code, or by what was typed."""

    widget = IndustrySearch
    default_error_messages = {
        "unknown": _(
            "No industry is called “%(text)s”. Try another word for it, a broader one, or its ISIC code."
        ),
        "several": _("Several industries may be meant. Choose one of those found."),
        "searched": _("Choose one of the industries found, then send the form again."),
    }

    def __init__(self, **kwargs: Any) -> None:
        help_text = _("A word in Chinese, German or English, or the code of ISIC Rev. 4.")
        super().__init__(**{"label": _("Industry"), "help_text": help_text, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """From a kept industry, its key or its code to the text in the line."""
        if isinstance(value, Typed) or value in self.empty_values:
            return value
        row = value if isinstance(value, Industry) else self._kept(value)
        return Typed(str(row), row.code, str(row)) if row else None

    def bound_data(self, data: Any, initial: Any) -> Any:
        """A refused form shows what was found; a choice that holds is written out."""
        if not isinstance(data, Typed):
            return data
        row = self._chosen(data)
        if row and (data.settled or not data.searched):
            return Typed(str(row), row.code, str(row))
        data.chosen = row.code if row else ""
        data.look()
        return data

    def to_python(self, value: Any) -> Industry | None:
        if isinstance(value, Industry) or value in self.empty_values:
            return value or None
        typed = value if isinstance(value, Typed) else Typed(str(value), str(value), str(value))
        return self._of(typed) if typed.text else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = self.prepare_value(initial)
        row = self._chosen(data) if isinstance(data, Typed) else None
        if row is None:
            return bool(before) or bool(isinstance(data, Typed) and data.text)
        return not before or before.chosen != row.code

    def _of(self, typed: Typed) -> Industry:
        row = self._chosen(typed)
        if row and (typed.settled or not typed.searched):
            return row
        typed.look()
        if len(typed.found) == 1 and not typed.searched:
            return typed.found[0]
        reason = ("searched" if typed.searched else "several") if typed.found else "unknown"
        raise ValidationError(self.error_messages[reason], code=reason, params={"text": typed.text})

    def _chosen(self, typed: Typed) -> Industry | None:
        """The industry ticked for this text, else the one whose code or label the text is."""
        ticked = Industry.objects.with_path().filter(code=typed.chosen).first() if typed.chosen else None
        return ticked if ticked and typed.settled and typed.text else meant(typed.text)

    def _kept(self, value: Any) -> Industry | None:
        by = {"pk": value} if isinstance(value, int) else {"code": value}
        return Industry.objects.with_path().filter(**by).first()
