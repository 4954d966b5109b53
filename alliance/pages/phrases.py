"""Sentences put together, in any of the three languages."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

FULL_WIDTH_ENDS = "。！？；："
"""Chinese punctuation holds its own space."""


def sentences(parts: Iterable[object]) -> str:
    """Sentences as running text: a space between them, none after Chinese punctuation."""
    text = ""
    for part in filter(None, map(str, parts)):
        text += part if not text or text[-1] in FULL_WIDTH_ENDS else f" {part}"
    return text


def labelled(label: object, text: object) -> str:
    """What is said of something: “Partner: required”; only what is said where there is no label."""
    return _("%(label)s: %(text)s") % {"label": label, "text": text} if label else str(text)
