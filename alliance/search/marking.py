"""Showing in a text what a question has found in it, whichever script either is written in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from alliance.search.folding import is_unspaced, spans_of_words
from alliance.search.legal_forms import places_without_form
from alliance.search.questions import SHORTEST_PART, Group, Run, Word, parts
from alliance.search.readings import char_readings, readings
from alliance.search.tokens import canonical, folded_char

Span = tuple[int, int]


@dataclass(frozen=True)
class Stretch:
    """A word or a Chinese run of a text, folded, with where each of its characters stands in the text."""

    word: str
    places: tuple[int, ...]
    end: int

    def span(self, begin: int, end: int) -> Span:
        """From one character of the word to before another, as it stands in the text."""
        return self.places[begin], self.places[end] if end < len(self.places) else self.end

    @cached_property
    def pairs(self) -> list[tuple[int, str]]:
        """Its pairs of characters, but for those of a legal form."""
        return places_without_form(self.word)


def marked(text: str, q: str) -> SafeString:
    """The text, escaped, with every part that the question asks for in <mark>."""
    asked = parts(q)
    if not asked or not text:
        return mark_safe(escape(text))
    stretches = list(stretches_of(text))
    spans = (span for part in asked for span in found(part, stretches))
    return mark_safe("".join(pieces(text, united(spans))))


def stretches_of(text: str) -> Iterator[Stretch]:
    laid = [(char, place) for place, source in enumerate(text) for char in folded_char(source)]
    for begin, end in spans_of_words("".join(char for char, _ in laid)):
        places = tuple(place for _, place in laid[begin:end])
        after = laid[end][1] if end < len(laid) else len(text)
        yield Stretch("".join(char for char, _ in laid[begin:end]), places, max(after, places[-1] + 1))


def found(part: Run | Word | Group, stretches: list[Stretch]) -> Iterator[Span]:
    chinese = [one for one in stretches if is_unspaced(one.word)]
    latin = [one for one in stretches if not is_unspaced(one.word)]
    if isinstance(part, Run):
        whole = len(part.text) > 1 and [span for one in chinese for span in in_one_piece(part, one)]
        return iter(whole or [span for one in chinese for span in in_run(part, one)])
    words = [*part.words, part.joined] if isinstance(part, Group) else [part]
    return (
        span
        for word in words
        for spans in (*(in_word(word, one) for one in latin), by_reading(word, chinese))
        for span in spans
    )


def in_one_piece(run: Run, stretch: Stretch) -> Iterator[Span]:
    """Wherever all of it stands together."""
    at = stretch.word.find(run.text)
    while at >= 0:
        yield stretch.span(at, at + len(run.text))
        at = stretch.word.find(run.text, at + 1)


def in_run(run: Run, stretch: Stretch) -> Iterator[Span]:
    for at, pair in stretch.pairs:
        if pair in run.pairs or pair[0] == run.text:
            yield stretch.span(at, at + min(len(pair), len(run.text)))


def in_word(word: Word, stretch: Stretch) -> Iterator[Span]:
    """The word itself, its beginning, or the part of a compound; ä, ae and a are one."""
    kept = kept_letters(stretch.word)
    text = "".join(stretch.word[at] for at in kept)
    for part in word.inside if len(word.spelt) >= SHORTEST_PART else [word.text]:
        begin = text.find(part)
        if begin == 0 or (begin > 0 and len(word.spelt) >= SHORTEST_PART):
            first = begin + (part != word.text)
            end = kept[begin + len(part)] if begin + len(part) < len(kept) else len(stretch.word)
            yield stretch.span(kept[first - 1] + 1 if part != word.text else kept[first], end)
            return
    if text in word.inflected:
        yield stretch.span(0, len(stretch.word))


def kept_letters(word: str) -> list[int]:
    """The places of the letters that the one form of a word keeps."""
    whole = [at for at, letter in enumerate(word) if letter != "e" or not follows_vowel(word, at)]
    return whole[: len(canonical(word))]


def follows_vowel(word: str, at: int) -> bool:
    before = word[:at].rstrip("e")
    return bool(before) and before[-1] in "aou"


def by_reading(word: Word, stretches: list[Stretch]) -> Iterator[Span]:
    """Chinese that is read like the word; only where all of its syllables are there."""
    for way in word.read:
        spans = [list(read_like(reading, whole, stretches)) for reading, whole in way]
        if all(spans):
            yield from (span for some in spans for span in some)


def read_like(reading: str, whole: bool, stretches: list[Stretch]) -> Iterator[Span]:
    for stretch in stretches:
        for at, pair in stretch.pairs:
            said = readings(pair)
            if reading in said if whole else any(one.startswith(reading) for one in said):
                alone = not whole and any(one.startswith(reading) for one in char_readings(pair[0]))
                yield stretch.span(at, at + (1 if alone else len(pair)))


def united(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch as one."""
    joined: list[Span] = []
    for begin, end in sorted(spans):
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((begin, end))
    return joined


def pieces(text: str, spans: list[Span]) -> Iterator[str]:
    at = 0
    for begin, end in spans:
        yield from (escape(text[at:begin]), "<mark>", escape(text[begin:end]), "</mark>")
        at = end
    yield escape(text[at:])
