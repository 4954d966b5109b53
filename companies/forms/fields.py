"""Fields that forms of companies have in common."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.pages.templatetags.pages import script_language

MOST_LINES = 50


class LinesField(forms.CharField):
    """A list that people write one to a line; empty lines and repetitions fall away."""

    default_error_messages = {
        "line_too_long": _("“%(line)s …” is too long: %(longest)s characters a line at most."),
        "too_many": _("%(count)s lines are too many; %(most)s at most."),
    }

    def __init__(self, *, longest: int = 200, rows: int = 4, **kwargs: Any) -> None:
        self.longest = longest
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = dict.fromkeys(" ".join(line.split()) for line in (value or "").splitlines())
        kept = [line for line in lines if line]
        for line in kept:
            if len(line) > self.longest:
                raise self.refused("line_too_long", line=line[:40], longest=self.longest)
        if len(kept) > MOST_LINES:
            raise self.refused("too_many", count=len(kept), most=MOST_LINES)
        return kept

    def refused(self, code: str, **params: Any) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code, params=params)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class ScriptSelect(forms.Select):
    """A list of names in several scripts, each with the language that it is to be read in."""

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, label, *args, **kwargs)
        if script_language(label) == "zh-Hans":
            option["attrs"]["lang"] = "zh-Hans"
        return option
