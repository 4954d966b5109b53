"""What somebody typed, taken apart: Chinese runs, Latin words, and pinyin typed syllable by syllable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

from alliance.search.folding import is_unspaced
from alliance.search.legal_forms import is_pair_of_form
from alliance.search.readings import splits, syllables
from alliance.search.tokens import asked_words, canonical, pairs

LONGEST_QUESTION = 200
MOST_WORDS = 12
LONGEST_PLACE = 8
SHORTEST_PART = 3
"""Letters: what is shorter is looked for at the beginning of words only."""
_CONNECTING = frozenset(["of", "and", "the", "for", "with", "und", "von", "der", "die", "das", "fur", "mit"])
_CODE = re.compile(r"(?<![^ ])([a-z]{1,3}) ?(\d+)(?![^ ])")
_ENDINGS = ("", "e", "en", "er", "es", "n", "s")


@dataclass(frozen=True)
class Run:
    """Chinese without a blank in it."""

    text: str

    @cached_property
    def pairs(self) -> list[str]:
        """Its pairs; those of a legal form only where there are no others."""
        every = pairs(self.text)[:-1] or [self.text]
        return [pair for pair in every if not is_pair_of_form(pair)] or every

    @cached_property
    def halves(self) -> list[str]:
        """Every second pair and the last: 佛山陶瓷 is also asked for as 佛山 and 陶瓷."""
        return list(dict.fromkeys([*self.pairs[::2], self.pairs[-1]]))

    @cached_property
    def pieces(self) -> list[str]:
        """All parts that may be the name of a place."""
        text = self.text
        sizes = range(2, LONGEST_PLACE + 1)
        return [text[at : at + size] for at in range(len(text)) for size in sizes if at + size <= len(text)]


@dataclass(frozen=True)
class Word:
    """A Latin word, or pinyin."""

    spelt: str

    @cached_property
    def text(self) -> str:
        return canonical(self.spelt)

    @cached_property
    def has_digits(self) -> bool:
        return any(char.isdigit() for char in self.spelt)

    @cached_property
    def inside(self) -> list[str]:
        """How it stands in a compound: after a, o or u its first e is not kept, as in Bauelemente."""
        if not self.text.startswith("e"):
            return [self.text]
        return [self.text, *(vowel + self.text.lstrip("e") for vowel in "aou")]

    @cached_property
    def inflected(self) -> list[str]:
        """The word with other endings: Maschine for Maschinen, ceramic for ceramics."""
        stems = {self.text.removesuffix(ending) for ending in _ENDINGS}
        return sorted({stem + ending for stem in stems if len(stem) >= 4 for ending in _ENDINGS})

    @cached_property
    def read(self) -> list[list[tuple[str, bool]]]:
        """The ways to read it as pairs of syllables, each whole or only the beginning of a pair."""
        return [_paired(split) for split in splits(self.spelt)]


@dataclass(frozen=True)
class Group:
    """Syllables typed one by one, or letters and a number, which may be one word: "fo shan", "ISO 9001"."""

    words: tuple[Word, ...]

    @cached_property
    def joined(self) -> Word:
        return Word("".join(word.spelt for word in self.words))


Part = Run | Word | Group


@lru_cache(maxsize=1000)
def parts(q: str) -> tuple[Part, ...]:
    """The parts of a question, all of which are asked for; connecting words only where nothing else is."""
    words = asked_words(q[:LONGEST_QUESTION])[:MOST_WORDS]
    kept = [word for word in words if word not in _CONNECTING] or words
    found: list[Part] = []
    for kind, group in groupby(_coded(" ".join(kept)), key=_kind):
        found += _parts(kind, list(group))
    return tuple(found)


def _coded(words: str) -> list[str]:
    """The words; letters and the number after them as one: "iso 9001", "iso9001" → "iso_9001"."""
    return _CODE.sub(r"\1_\2", words).split()


def _kind(word: str) -> str:
    if "_" in word:
        return "code"
    if is_unspaced(word):
        return "run"
    return "syllable" if word in syllables() else "word"


def _parts(kind: str, words: list[str]) -> list[Part]:
    if kind == "run":
        return [Run(word) for word in words]
    if kind == "code":
        return [Group(tuple(map(Word, word.split("_")))) for word in words]
    latin = [Word(word) for word in words]
    return [Group(tuple(latin))] if kind == "syllable" and len(latin) > 1 else list(latin)


def _paired(split: tuple[str, ...]) -> list[tuple[str, bool]]:
    """Every second pair of syllables and the last; the beginning of a pair where one is still being typed."""
    whole = len(split) > 1 and split[-1] in syllables()
    if len(split) == 1:
        return [(split[0], whole)]
    starts = dict.fromkeys([*range(0, len(split) - 1, 2), len(split) - 2])
    return [("".join(split[at : at + 2]), whole or at + 2 < len(split)) for at in starts]
