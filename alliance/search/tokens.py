"""From text to the words that are written into the search and asked of it; both come from here.

A word is folded Latin (ä, ae and a are one, ß is ss), or a run of Chinese. Runs are kept as pairs of
characters with the last character alone, so that any part of two characters finds the whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

from alliance.search.folding import fold, is_unspaced, words_of
from alliance.search.legal_forms import (
    is_part_of_form,
    pairs_without_form,
    without_chinese_form,
    without_latin_form,
    words_without_form,
)

LONGEST_WORD = 60
LONGEST_TEXT = 20_000
_VOWEL_AND_E = re.compile("([aou])e+")
_HYPHENS = frozenset("-‐‑–")
_HYPHENATED = re.compile(r"\w+(?:[-‐‑–]\w+)+")


class _Folded(dict[int, str]):
    """Each character as it is folded; a letter's mark becomes nothing, what parts words a blank."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        dropped = unicodedata.category(char)[0] == "M" or unicodedata.category(char) == "Cf"
        self[code] = folded = "" if dropped else fold(char) or " "
        return folded


_FOLDED = _Folded()


def plain(text: str) -> str:
    """The same as `fold`, but for blanks, and quick enough for a million texts."""
    return unicodedata.normalize("NFC", text).translate(_FOLDED)


# Each of the first 256 characters as it is folded; 0 where it becomes none or several, or no plain letter.
_LATIN = bytes(
    ord(folded) if len(folded := plain(chr(code))) == 1 and folded.isascii() else 0 for code in range(256)
)


def words_in(text: str) -> list[str]:
    """The folded words of a text; one in Western letters is folded at once, not letter by letter."""
    try:
        folded = text.replace("ß", "ss").encode("latin-1").translate(_LATIN)
    except UnicodeEncodeError:
        return words_of(plain(text))
    return words_of(plain(text)) if b"\0" in folded else folded.decode().split()


def folded_char(char: str) -> str:
    return _FOLDED[ord(char)]


# Words come again at once or hardly ever: register numbers of a large file would fill any memory.
@lru_cache(maxsize=10_000)
def canonical(word: str) -> str:
    """One form for ä, ae and a: "koeln" → "koln". What somebody types of a word stays its beginning."""
    return _VOWEL_AND_E.sub(r"\1", word)[:LONGEST_WORD]


def pairs(run: str) -> list[str]:
    """The pairs of characters of a Chinese run, and its last character: "佛山市" → 佛山, 山市, 市."""
    return [*map(str.__add__, run, run[1:]), run[-1]]


def tokens_of(words: Iterable[str], pairs: Callable[[str], list[str]] = pairs) -> set[str]:
    words = list(words)
    found = set(map(canonical, filter(str.isascii, words)))
    for word in (word for word in words if not word.isascii()):
        found.update(pairs(word) if is_unspaced(word) else [canonical(word)])
    return found


def text_tokens(*texts: str) -> set[str]:
    """The tokens of any texts: products, addresses, descriptions."""
    return tokens_of(words_in("\n".join(text[:LONGEST_TEXT] for text in texts)))


@lru_cache(maxsize=1000)
def name_tokens(name: str) -> frozenset[str]:
    """The tokens of a name: legal forms do not count, hyphenated words are also one word.

    Of a Chinese legal form only the pair that joins it to what stands before or after is kept.
    """
    folded = words_in(name)
    found = tokens_of(words_without_form(folded) or folded, pairs=pairs_without_form)
    if not _HYPHENS.isdisjoint(name):
        joined = ("".join(words_in(word)) for word in _HYPHENATED.findall(name))
        found.update(canonical(word) for word in joined if word and not is_unspaced(word))
    return frozenset(found)


def asked_words(q: str) -> list[str]:
    """What a question asks for: words and runs in order, each once, without legal forms."""
    folded = " ".join(words_in(q))
    kept = without_chinese_form(without_latin_form(folded))
    return [word for word in dict.fromkeys(kept.split()) if not is_part_of_form(word)]
