"""What an action raises when it may not or cannot be done."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Somebody asked for something that is not possible now, or not theirs to do.

    Subclasses name the reason and carry its sentence: why, and what would help. Named
    placeholders in the sentence are filled from the keywords: ``raise Late(city=city.name)``.
    """

    sentence: str = _("This is not possible at the moment.")  # type: ignore[assignment]

    def __init__(self, sentence: str | None = None, **values: Any) -> None:
        text = str(type(self).sentence if sentence is None else sentence)
        self.values = values
        self.sentence = text % values if values else text
        super().__init__(self.sentence)
