"""Sentences put together, in any of the three languages."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

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


def enumerated(parts: Iterable[object]) -> str:
    """Short words one after the other: “German, English”, in Chinese “德文、英文”."""
    return pgettext("between the words of a list", ", ").join(map(str, parts))


def percentage(share: object) -> str:
    """A share as the language writes it: “85%”, in German “85 %”."""
    return _("%(percent)s%%") % {"percent": share}
