"""What changed between two texts, word by word; Chinese has no spaces, so there it is sign by sign."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
PIECES = re.compile(rf"[{HAN}]|\d(?:[\d.,]*\d)?|[^\W{HAN}]+|\s+|.", re.DOTALL)
DELETED, ADDED = _("Deleted:"), _("Added:")


def pieces(text: str) -> list[str]:
    """The smallest parts that are compared: words, single Chinese signs, marks, spaces."""
    return PIECES.findall(text)


def compare(before: str, after: str) -> tuple[SafeString, SafeString]:
    """The text before with what was taken out, and the text after with what was put in."""
    old, new = pieces(before), pieces(after)
    left: list[tuple[bool, str]] = []
    right: list[tuple[bool, str]] = []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left.append((what != "equal", "".join(old[i1:i2])))
        right.append((what != "equal", "".join(new[j1:j2])))
    return _marked(left, "del", DELETED), _marked(right, "ins", ADDED)


def _marked(parts: list[tuple[bool, str]], tag: str, spoken: str | Promise) -> SafeString:
    return format_html_join(
        "", "{}", ((_change(text, tag, spoken) if changed else text,) for changed, text in parts if text)
    )


def _change(text: str, tag: str, spoken: str | Promise) -> SafeString:
    pattern = '<{0}><span class="visually-hidden">{1} </span>{2}</{0}>'
    return format_html(pattern, tag, spoken, text)
