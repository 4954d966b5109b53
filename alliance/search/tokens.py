"""From text to the words that are written into the search and asked of it; both come from here.

A word is folded Latin (ä, ae and a are one, ß is ss), or a run of Chinese. Runs are kept as pairs of
characters with the last character alone, so that any part of two characters finds the whole.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from alliance.search.folding import fold, is_unspaced, words_of
from alliance.search.legal_forms import without_chinese_form, without_latin_form

LONGEST_WORD = 60
LONGEST_TEXT = 20_000
_VOWEL_AND_E = re.compile("([aou])e+")
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


def folded_char(char: str) -> str:
    return _FOLDED[ord(char)]


@lru_cache(maxsize=100_000)
def canonical(word: str) -> str:
    """One form for ä, ae and a: "koeln" → "koln". What somebody types of a word stays its beginning."""
    return _VOWEL_AND_E.sub(r"\1", word)[:LONGEST_WORD]


def pairs(run: str) -> list[str]:
    """The pairs of characters of a Chinese run, and its last character: "佛山市" → 佛山, 山市, 市."""
    return [*(run[at : at + 2] for at in range(len(run) - 1)), run[-1]]


def tokens_of(words: list[str]) -> set[str]:
    found: set[str] = set()
    for word in words:
        if is_unspaced(word):
            found.update(pairs(word))
        else:
            found.add(canonical(word))
    return found


@lru_cache(maxsize=20_000)
def text_tokens(text: str) -> frozenset[str]:
    """The tokens of any text: products, addresses, descriptions."""
    return frozenset(tokens_of(words_of(plain(text[:LONGEST_TEXT]))))


@lru_cache(maxsize=20_000)
def name_tokens(name: str) -> frozenset[str]:
    """The tokens of a name: Latin legal forms do not count, hyphenated words are also one word.

    Chinese legal forms are written, so that any part of a name finds it, and left out when asking.
    """
    folded = " ".join(words_of(plain(name)))
    latin = without_latin_form(folded) or folded
    joined = {canonical("".join(words_of(plain(word)))) for word in _HYPHENATED.findall(name)}
    return frozenset(tokens_of(latin.split()) | {word for word in joined if not is_unspaced(word)})


def asked_words(q: str) -> list[str]:
    """What a question asks for: words and runs in order, each once, without legal forms."""
    folded = " ".join(words_of(plain(q)))
    kept = without_chinese_form(without_latin_form(folded))
    return list(dict.fromkeys(kept.split()))
