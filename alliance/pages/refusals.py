"""What an action raises when it may not or cannot be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Refusal(Exception):
    """Somebody asked for something that is not possible now, or not theirs to do.

    Subclasses name the reason and carry its sentence: why, and what would help. Named
    placeholders in the sentence are filled from the keywords: ``raise Late(city=city.name)``.
    """

    sentence: StrOrPromise = _("This is not possible at the moment.")

    def __init__(self, sentence: StrOrPromise | None = None, **values: Any) -> None:
        text = str(type(self).sentence if sentence is None else sentence)
        self.values = values
        self.sentence = text % values if values else text
        super().__init__(self.sentence)
