"""Bring text of any script into the plain form in which it is compared."""

import re
import unicodedata
from collections.abc import Iterator

from alliance.search.traditional import TO_SIMPLIFIED

# Letters that Unicode does not take apart, though people leave out the stroke.
_STROKED = {ord("ø"): "o", ord("ł"): "l", ord("đ"): "d", ord("ı"): "i", ord("æ"): "ae", ord("œ"): "oe"}

_UNSPACED = (
    "\u1100-\u11ff\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7ff\U00020000-\U000323af"
)
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]").match
_RUNS = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED} ]+")


def _take_apart(text: str) -> str:
    """Separate letters from their marks and drop marks and invisible characters."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(char for char in apart if unicodedata.category(char)[0] != "M" and not _is_invisible(char))


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) == "Cf"


def _letter_or_space(char: str) -> str:
    return char if unicodedata.category(char)[0] in "LN" else " "


def fold(text: str) -> str:
    """Return the text without case, marks, width, punctuation and spare blanks: "Köln–Süd" → "koln sud".

    ß becomes ss and traditional Chinese characters become simplified ones. Folding twice changes nothing.
    """
    plain = _take_apart(_take_apart(text).casefold()).translate(_STROKED).translate(TO_SIMPLIFIED)
    words = "".join(map(_letter_or_space, plain)).split()
    return unicodedata.normalize("NFC", " ".join(words))


def words_of(folded: str) -> list[str]:
    """The words of a folded text; Chinese and Latin are parted even without a blank between them."""
    return _RUNS.findall(folded)


def spans_of_words(folded: str) -> Iterator[tuple[int, int]]:
    """Where the words of a folded text begin and end."""
    return (found.span() for found in _RUNS.finditer(folded))


def folded_words(text: str) -> list[str]:
    """Return the folded words in order."""
    return words_of(fold(text))


def is_unspaced(word: str) -> bool:
    """Whether the folded word is of a script that writes without blanks (Chinese, Japanese, Korean)."""
    return _IS_UNSPACED(word) is not None
