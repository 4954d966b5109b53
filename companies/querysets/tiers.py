"""A question as queries for the index: first name and city, then anywhere, then with related words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from alliance.search.questions import Group, Part, Run, Word
from companies.querysets.lexemes import CITY, NAME, all_of, any_of

NAME_AND_CITY, ANYWHERE, RELATED, MISTYPED = 1, 2, 3, 4
MARKS_OF_A_PLACE = "省市区县"
NOTHING = "#none"


@dataclass(frozen=True)
class Known:
    """What the vocabulary knows about a question."""

    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Cities and industries that a word names."""
    related: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Words that begin with a word or contain it, or have a character in front."""
    read: Mapping[tuple[str, bool], Sequence[str]] = field(default_factory=dict)
    """Chinese by its reading, whole or beginning."""
    mistyped: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Words that somebody may have meant."""


@dataclass(frozen=True)
class Tier:
    """One way to look for the parts of a question."""

    number: int
    known: Known
    names_only: bool = False
    industries: bool = False
    """Whether also what only its industry says finds a company."""
    readings: bool = True
    """Whether Chinese that is read like a word counts as the word."""

    def queries(self, parts: Iterable[Part]) -> list[str]:
        """What is asked for all together. The index is asked for each by itself: that is much quicker."""
        return [query for part in parts for query in self.part(part)]

    def part(self, part: Part) -> list[str]:
        if isinstance(part, Run):
            return self.run(part)
        if isinstance(part, Group):
            return either([[self.piece(word) for word in part.words], self.word(part.joined)])
        return self.word(part)

    def term(self, words: Sequence[str]) -> str:
        """Any of the words, where this tier looks for it."""
        lexemes: list[str] = []
        for word in words:
            said = [NAME + word] if self.names_only else [NAME + word, word]
            lexemes += [*said, *self.labels(word)]
        return any_of(lexemes)

    def labels(self, word: str) -> Sequence[str]:
        with_industries = self.industries and not self.names_only
        return self.known.labels.get(word, ()) if with_industries else self.cities(word)

    def word(self, word: Word) -> list[str]:
        if self.number < RELATED:
            return [self.term([word.text])]
        meant = self.known.mistyped.get(word.spelt, ()) if self.number == MISTYPED else ()
        plain = self.term([word.text, *self.known.related.get(word.spelt, ()), *meant])
        read = word.read if self.readings else []
        return either([[any_of([plain, *self.beginning(word)])], *map(self.pinyin, read)])

    def piece(self, word: Word) -> str:
        """A syllable, letters or a number; numbers that begin so are as good."""
        related = self.known.related.get(word.spelt, ()) if word.has_digits and self.number >= RELATED else ()
        return any_of([self.term([word.text, *related]), *self.beginning(word)])

    def beginning(self, word: Word) -> list[str]:
        """A number that is still being typed; the vocabulary has no long ones."""
        if self.number < MISTYPED or not word.has_digits:
            return []
        return [f"{NAME}{word.text}:*", f"{word.text}:*"]

    def pinyin(self, read: Sequence[tuple[str, bool]]) -> list[str]:
        """All pairs of syllables; nothing where one of them is the reading of nothing."""
        if not all(self.known.read.get(pair) for pair in read):
            return []
        return [self.term(self.known.read[pair]) for pair in read]

    def run(self, run: Run) -> list[str]:
        if len(run.text) == 1:
            return [self.term([run.text, *self.known.related.get(run.text, ())])]
        pairs = run.halves if self.number >= RELATED else run.pairs
        meant = self.known.mistyped if self.number == MISTYPED else {}
        return either([[self.term([pair, *meant.get(pair, ())]) for pair in pairs], self.place(run)])

    def place(self, run: Run) -> list[str]:
        """The name of a city with something before or after it, as in 佛山陶瓷; nothing without a city."""
        places = [piece for piece in run.pieces if self.cities(piece)]
        for place in sorted(places, key=len, reverse=True):
            before, _, after = run.text.partition(place)
            rest = [part for part in (before, after.lstrip(MARKS_OF_A_PLACE)) if part]
            if rest and len(rest[0]) > 1:
                return [any_of(self.cities(place)), *self.queries(map(Run, rest))]
        return []

    def cities(self, piece: str) -> list[str]:
        return [label for label in self.known.labels.get(piece, ()) if label.startswith(CITY)]


def either(ways: Iterable[Sequence[str]]) -> list[str]:
    """Any of the ways which there are, each of which asks for all its queries."""
    some = [list(dict.fromkeys(way)) for way in ways if way]
    if not some:
        return []
    common = [query for query in some[0] if all(query in way for way in some)]
    rests = [all_of(query for query in way if query not in common) for way in some]
    return [*common, any_of(rests)] if all(rests) else common
