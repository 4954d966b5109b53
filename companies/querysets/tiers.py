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


def query(parts: Iterable[Part], known: Known, tier: int) -> str:
    return all_of(f"({part_query(part, known, tier)})" for part in parts)


def part_query(part: Part, known: Known, tier: int) -> str:
    if isinstance(part, Run):
        return run_query(part, known, tier)
    if isinstance(part, Group):
        each = query(part.words, known, tier)
        return either([each, word_query(part.joined, known, tier)])
    return word_query(part, known, tier)


def term(words: Sequence[str], known: Known, tier: int) -> str:
    """Any of the words, where this tier looks for it."""
    lexemes: list[str] = []
    for word in words:
        labels = known.labels.get(word, ())
        if tier == NAME_AND_CITY:
            lexemes += [NAME + word, *(label for label in labels if label.startswith(CITY))]
        else:
            lexemes += [NAME + word, word, *labels]
    return any_of(lexemes) or NOTHING


def word_query(word: Word, known: Known, tier: int) -> str:
    if tier < RELATED:
        return term([word.text], known, tier)
    meant = known.mistyped.get(word.spelt, ()) if tier == MISTYPED else ()
    plain = term([word.text, *known.related.get(word.spelt, ()), *meant], known, tier)
    beginning = [f"{NAME}{word.text}:*", f"{word.text}:*"] if word.has_digits else []
    return either([plain, *beginning, *(pinyin_query(read, known, tier) for read in word.read)])


def pinyin_query(read: Sequence[tuple[str, bool]], known: Known, tier: int) -> str:
    """All pairs of syllables; "" where one of them is the reading of nothing."""
    if not all(known.read.get(pair) for pair in read):
        return ""
    return all_of(term(known.read[pair], known, tier) for pair in read)


def run_query(run: Run, known: Known, tier: int) -> str:
    if len(run.text) == 1:
        return term([run.text, *known.related.get(run.text, ())], known, tier)
    pairs = run.halves if tier >= RELATED else run.pairs
    whole = all_of(term([pair], known, tier) for pair in pairs)
    return either([whole, place_query(run, known, tier)])


def place_query(run: Run, known: Known, tier: int) -> str:
    """The name of a city with something before or after it, as in 佛山陶瓷; "" where there is no city."""
    places = [piece for piece in run.pieces if cities_of(piece, known)]
    for place in sorted(places, key=len, reverse=True):
        before, _, after = run.text.partition(place)
        rest = [part for part in (before, after.lstrip(MARKS_OF_A_PLACE)) if part]
        if rest and len(rest[0]) > 1:
            others = (run_query(Run(part), known, tier) for part in rest)
            return all_of([any_of(cities_of(place, known)), *(f"({other})" for other in others)])
    return ""


def cities_of(piece: str, known: Known) -> list[str]:
    return [label for label in known.labels.get(piece, ()) if label.startswith(CITY)]


def either(queries: Iterable[str]) -> str:
    """Any of the queries which is there."""
    return " | ".join(f"({query})" for query in dict.fromkeys(queries) if query)
