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
    frequency: Mapping[str, int] = field(default_factory=dict)
    """In how many companies a word stands, about."""
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

    def query(self, parts: Iterable[Part]) -> str:
        return all_of(f"({self.part(part)})" for part in parts)

    def part(self, part: Part) -> str:
        if isinstance(part, Run):
            return self.run(part)
        if isinstance(part, Group):
            each = all_of(self.term([word.text]) for word in part.words)
            return either([each, self.word(part.joined)])
        return self.word(part)

    def term(self, words: Sequence[str]) -> str:
        """Any of the words, where this tier looks for it."""
        lexemes: list[str] = []
        for word in words:
            labels = self.known.labels.get(word, ())
            if self.names_only:
                lexemes += [NAME + word, *(label for label in labels if label.startswith(CITY))]
            else:
                lexemes += [NAME + word, word, *labels]
        return any_of(lexemes)

    def word(self, word: Word) -> str:
        if self.number < RELATED:
            return self.term([word.text])
        meant = self.known.mistyped.get(word.spelt, ()) if self.number == MISTYPED else ()
        plain = self.term([word.text, *self.known.related.get(word.spelt, ()), *meant])
        beginning = [f"{NAME}{word.text}:*", f"{word.text}:*"] if word.has_digits else []
        return either([plain, *beginning, *map(self.pinyin, word.read)])

    def pinyin(self, read: Sequence[tuple[str, bool]]) -> str:
        """All pairs of syllables; "" where one of them is the reading of nothing."""
        if not all(self.known.read.get(pair) for pair in read):
            return ""
        return all_of(self.term(self.known.read[pair]) for pair in read)

    def run(self, run: Run) -> str:
        if len(run.text) == 1:
            return self.term([run.text, *self.known.related.get(run.text, ())])
        pairs = run.halves if self.number >= RELATED else run.pairs
        return either([all_of(self.term([pair]) for pair in pairs), self.place(run)])

    def place(self, run: Run) -> str:
        """The name of a city with something before or after it, as in 佛山陶瓷; "" where there is no city."""
        places = [piece for piece in run.pieces if self.cities(piece)]
        for place in sorted(places, key=len, reverse=True):
            before, _, after = run.text.partition(place)
            rest = [part for part in (before, after.lstrip(MARKS_OF_A_PLACE)) if part]
            if rest and len(rest[0]) > 1:
                return all_of([any_of(self.cities(place)), *(f"({self.run(Run(part))})" for part in rest)])
        return ""

    def expected(self, parts: Iterable[Part]) -> int | None:
        """How many answers there are at most, by the rarest word that names nothing; None where all do."""
        words = [word for part in parts for word in (part.pairs if isinstance(part, Run) else texts(part))]
        rare = [self.known.frequency.get(word, 0) for word in words if not self.known.labels.get(word)]
        return min(rare, default=None)

    def cities(self, piece: str) -> list[str]:
        return [label for label in self.known.labels.get(piece, ()) if label.startswith(CITY)]


def texts(part: Part) -> list[str]:
    """The word as it is written; none for what may be written otherwise, or is a number."""
    return [part.text] if isinstance(part, Word) and not part.has_digits else []


def either(queries: Iterable[str]) -> str:
    """Any of the queries which is there."""
    return " | ".join(f"({query})" for query in dict.fromkeys(queries) if query)
