"""How Chinese is read, in pinyin without tones."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import product

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

LONGEST_PHRASE = 4
FIRST_READ = "〇"  # no character before it in Unicode has a reading
MOST_READINGS = 8
MOST_SPLITS = 6
LONGEST_SYLLABLE = 6
_ALSO_READ = {"朝阳": ("chaoyang",), "薄膜": ("bomo",)}
"""What the dictionary leaves out: it has the morning sun (zhaoyang), but not the places of that name."""


def toneless(syllable: str) -> str:
    """ "fó" → "fo"; ü is u, as people type it."""
    apart = unicodedata.normalize("NFD", syllable)
    return "".join(char for char in apart if char.isascii() and char.isalpha())


@lru_cache(maxsize=50_000)
def char_readings(char: str) -> tuple[str, ...]:
    """Every reading of a character, the usual one first; none of what is not Chinese."""
    known = PINYIN_DICT.get(ord(char), "")
    return tuple(dict.fromkeys(filter(None, map(toneless, known.split(",")))))


@lru_cache(maxsize=10_000)
def phrase_reading(phrase: str) -> tuple[str, ...]:
    """The syllables of a phrase that the dictionary knows: 佛山 is fo shan, though 佛 alone is also fu."""
    return tuple(toneless(syllables[0]) for syllables in PHRASES_DICT.get(phrase, ()))


def pinyin(run: str) -> list[str]:
    """The syllables of a Chinese run, by the longest phrases known; what has no reading stays as it is."""
    syllables: list[str] = []
    at = 0
    while at < len(run):
        phrase = run[at]
        if phrase < FIRST_READ:
            syllables.append(phrase)
        else:
            phrase = _phrase_at(run, at)
            syllables += phrase_reading(phrase) or (char_readings(phrase) or (phrase,))[:1]
        at += len(phrase)
    return syllables


def _phrase_at(run: str, at: int) -> str:
    for length in range(min(LONGEST_PHRASE, len(run) - at), 1, -1):
        phrase = run[at : at + length]
        if phrase in PHRASES_DICT:
            return phrase
    return run[at]


@lru_cache(maxsize=10_000)
def readings(token: str) -> tuple[str, ...]:
    """The readings of a pair of characters: as a phrase, else every way to read the two; of one the usual."""
    if known := phrase_reading(token):
        return ("".join(known), *_ALSO_READ.get(token, ()))
    if len(token) == 1:
        return char_readings(token)[:1]
    ways = sorted(product(*(enumerate(char_readings(char)) for char in token)), key=_rarity)
    return tuple(dict.fromkeys("".join(syllable for _, syllable in way) for way in ways[:MOST_READINGS]))


def _rarity(way: tuple[tuple[int, str], ...]) -> int:
    """Usual readings of both characters come first."""
    return sum(place for place, _ in way)


@lru_cache(maxsize=1)
def syllables() -> frozenset[str]:
    """All syllables of Chinese."""
    every = {reading for code in range(0x4E00, 0x9FA6) for reading in char_readings(chr(code))}
    return frozenset(one for one in every if len(one) > 1 or one in "aeo")


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    return frozenset(one[:length] for one in syllables() for length in range(1, len(one) + 1))


@lru_cache(maxsize=1000)
def splits(word: str) -> tuple[tuple[str, ...], ...]:
    """The ways to read a Latin word as syllables, the last of which may be still being typed.

    "xian" → (xian), (xi, an); "foshant" → (fo, shan, t). Nothing where it cannot be pinyin.
    """
    word = _typed(word)
    found: list[tuple[str, ...]] = []
    _split(word, (), found)
    return tuple(sorted(found, key=_likelihood)[:MOST_SPLITS])


def _typed(word: str) -> str:
    return word.replace("lv", "lu").replace("nv", "nu")


def _likelihood(parts: tuple[str, ...]) -> tuple[bool, int]:
    """Whole syllables before unfinished ones, few before many."""
    return parts[-1] not in syllables(), len(parts)


def _split(rest: str, before: tuple[str, ...], found: list[tuple[str, ...]]) -> None:
    if len(found) >= 4 * MOST_SPLITS:
        return
    if before and not rest:
        found.append(before)
    for length in range(min(LONGEST_SYLLABLE, len(rest)), 0, -1):
        part, after = rest[:length], rest[length:]
        if part in syllables() or (not after and part in _beginnings()):
            _split(after, (*before, part), found)
