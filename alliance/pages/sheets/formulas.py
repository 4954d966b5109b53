"""Text that begins like a formula: an apostrophe keeps programs from reckoning, and is taken off again."""

from __future__ import annotations

import re

# Spreadsheets in East Asian languages take full-width signs for formulas too.
FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_FIRST = frozenset([*FORMULA_BEGINNINGS, "'"])
_SIGNS = re.escape("".join(FORMULA_BEGINNINGS))
# Apostrophes of the text's own count too: only so can one be taken off without a doubt.
_NEEDS = re.compile(f"'*[{_SIGNS}]")
_HAS = re.compile(f"'+[{_SIGNS}]")


def defused(text: str) -> str:
    """The text as it stands in a CSV file: never a formula."""
    return f"'{text}" if text[:1] in _FIRST and _NEEDS.match(text) else text


def undefused(text: str) -> str:
    """The text as it was before `defused`."""
    return text[1:] if text[:1] == "'" and _HAS.match(text) else text
