"""What the vocabulary knows about a question: cities, industries, related words, readings, slips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db import connection

from alliance.search.questions import SHORTEST_PART, Group, Part, Run, Word
from alliance.search.slips import meant, slips
from companies.querysets.tiers import Known

MOST_RELATED = 60
MOST_LABELS = 100
MOST_COMPARED = 400
NAMED = "SELECT word, lexeme, frequency FROM companies_searchword WHERE word = ANY(%s) ORDER BY lexeme"
WORDS = """
    (SELECT {number} AS question, known.word, array_agg(DISTINCT known.lexeme) AS lexemes
     FROM companies_searchword AS known WHERE {condition}
     GROUP BY known.word ORDER BY max(known.frequency) DESC, known.word LIMIT {most})
"""
READINGS = """
    (SELECT {number} AS question, known.word, array_agg(DISTINCT known.lexeme) AS lexemes
     FROM companies_searchreading AS read JOIN companies_searchword AS known ON known.word = read.word
     WHERE {condition} GROUP BY known.word ORDER BY max(known.frequency) DESC, known.word LIMIT {most})
"""
Question = tuple[str, str, Sequence]
"""A statement, its condition and the values of it."""


def named(parts: Iterable[Part]) -> Known:
    """The cities and industries that parts of the question name, and how frequent its words are."""
    labels: dict[str, list[str]] = defaultdict(list)
    frequency: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(NAMED, [sorted({text for part in parts for text in texts_of(part)})])
        for word, lexeme, times in cursor.fetchall():
            if lexeme == word:
                frequency[word] = times
            elif lexeme not in labels[word]:
                labels[word].append(lexeme)
    return Known({word: some[:MOST_LABELS] for word, some in labels.items()}, frequency)


def texts_of(part: Part) -> list[str]:
    if isinstance(part, Run):
        return [*part.pairs, *part.pieces]
    return [word.text for word in words_of([part])]


def words_of(parts: Iterable[Part]) -> list[Word]:
    """All Latin words, also those that syllables make when they are taken together."""
    found: list[Word] = []
    for part in parts:
        if isinstance(part, Group):
            found += [*part.words, part.joined]
        elif isinstance(part, Word):
            found.append(part)
    return found


def related(parts: Sequence[Part], known: Known) -> Known:
    """Words that begin with those asked for or contain them, and Chinese that is read like them."""
    words = [part.joined if isinstance(part, Group) else part for part in parts if not isinstance(part, Run)]
    chars = [part.text for part in parts if isinstance(part, Run) and len(part.text) == 1]
    pairs = sorted({pair for word in words for read in word.read for pair in read})
    questions = [question for word in words for question in parts_of(word)]
    owners: list = [word.spelt for word in words for _ in parts_of(word)]
    questions += [(WORDS, "known.word LIKE %s", [f"{char}%"]) for char in chars]
    owners += chars
    questions += [read_like(*pair) for pair in pairs]
    found, labels = gathered(questions, [*owners, *pairs])
    return replace(
        known,
        labels={**known.labels, **labels},
        related=found,
        read={pair: found[pair] for pair in pairs},
    )


def parts_of(word: Word) -> list[Question]:
    beginning: Question = (WORDS, "known.word LIKE %s", [f"{word.text}%"])
    inflected: Question = (WORDS, "known.word = ANY(%s)", [word.inflected])
    if word.has_digits:
        return []
    if len(word.spelt) < SHORTEST_PART:
        return [beginning]
    inside = [f"%{one}%" for one in word.inside]
    return [beginning, inflected, (WORDS, "known.word LIKE ANY(%s)", [inside])]


def read_like(reading: str, whole: bool) -> Question:
    if whole:
        return READINGS, "read.reading = %s", [reading]
    return READINGS, "read.reading LIKE %s", [f"{reading}%"]


def gathered(
    questions: Sequence[Question], owners: Sequence, most: int = MOST_RELATED
) -> tuple[dict, dict[str, list[str]]]:
    """The words that each question finds, by whom it is asked for, and what they name; in one statement."""
    found: dict = defaultdict(list)
    labels: dict[str, list[str]] = {}
    if not questions:
        return found, labels
    sql = " UNION ALL ".join(
        statement.format(number=number, condition=condition, most=most)
        for number, (statement, condition, _) in enumerate(questions)
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _, _, values in questions for value in values])
        for number, word, lexemes in cursor.fetchall():
            found[owners[number]].append(word)
            labels[word] = [lexeme for lexeme in lexemes if lexeme.startswith("#")][:MOST_LABELS]
    return found, labels


def mistyped(parts: Sequence[Part], known: Known) -> Known:
    """Words that somebody may have meant who typed these."""
    words = [word for word in words_of(parts) if slips(word.text) and not word.has_digits]
    questions: list[Question] = [
        (
            WORDS,
            "known.word %% %s OR known.word LIKE %s",
            [word.text, f"{word.text[: len(word.text) // 2 + 1]}%"],
        )
        for word in words
    ]
    found, labels = gathered(questions, [word.spelt for word in words], MOST_COMPARED)
    near = {word.spelt: meant(word.text, found[word.spelt]) for word in words}
    return replace(known, labels={**labels, **known.labels}, mistyped=near)
