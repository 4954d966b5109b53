"""What the vocabulary knows about a question: cities, industries, related words, readings, slips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.db import connection, transaction

from alliance.search.questions import SHORTEST_PART, Group, Part, Run, Word
from alliance.search.readings import readings
from alliance.search.slips import meant, slips
from companies.actions.vocabulary import LONGEST_NUMBER
from companies.querysets.tiers import Known

MOST_RELATED = 60
MOST_LABELS = 100
MOST_COMPARED = 200
SIMILAR = "SET LOCAL pg_trgm.word_similarity_threshold = 0.36"
NAMED = """
    SELECT DISTINCT word, lexeme FROM companies_searchword
    WHERE word = ANY(%s) AND lexeme <> word ORDER BY lexeme
"""
WORDS = """
    (SELECT %s AS question, known.word, array_agg(DISTINCT known.lexeme) AS lexemes
     FROM companies_searchword AS known WHERE {condition}
     GROUP BY known.word ORDER BY {first} max(known.frequency) DESC, known.word LIMIT {most})
"""
READINGS = """
    (SELECT {question}, known.word, array_agg(DISTINCT known.lexeme) AS lexemes
     FROM companies_searchreading AS read JOIN companies_searchword AS known ON known.word = read.word
     WHERE {condition} GROUP BY 1, known.word
     ORDER BY max(known.frequency) DESC, known.word LIMIT {most})
"""
Question = tuple[str, Sequence]
"""A statement and its values."""


def named(parts: Iterable[Part]) -> Known:
    """The cities and industries that parts of the question name."""
    labels: dict[str, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(NAMED, [sorted({text for part in parts for text in texts_of(part)})])
        for word, lexeme in cursor.fetchall():
            labels[word].append(lexeme)
    return Known({word: some[:MOST_LABELS] for word, some in labels.items()})


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
    words = list(typed(parts))
    chars = [part.text for part in parts if isinstance(part, Run) and len(part.text) == 1]
    pairs = sorted({pair for word in words for read in word.read for pair in read})
    questions = [*map(alike, words), *(beginning(char, char) for char in chars), *read_like(pairs)]
    found, labels = gathered(list(filter(None, questions)))
    return replace(
        known,
        labels={**known.labels, **labels},
        related=found,
        read={pair: found[reading_of(*pair)][:MOST_RELATED] for pair in pairs},
    )


def typed(parts: Iterable[Part]) -> Iterator[Word]:
    """The words, those made of syllables as one, and numbers beside letters."""
    for part in parts:
        if isinstance(part, Group):
            yield from (part.joined, *(word for word in part.words if word.has_digits))
        elif isinstance(part, Word):
            yield part


def alike(word: Word) -> Question | None:
    """The beginnings of words, other endings, and where it stands in a compound; beginnings first."""
    if len(word.spelt) < SHORTEST_PART or word.has_digits:
        return beginning(word.spelt, word.text) if len(word.spelt) <= LONGEST_NUMBER else None
    condition = "known.word = ANY(%s) OR known.word LIKE ANY(%s)"
    sql = WORDS.format(condition=condition, first="known.word NOT LIKE %s,", most=2 * MOST_RELATED)
    inside = [f"%{one}%" for one in word.inside]
    return sql, [word.spelt, word.inflected, inside, f"{word.text}%"]


def beginning(question: str, text: str) -> Question:
    sql = WORDS.format(condition="known.word LIKE %s", first="", most=MOST_RELATED)
    return sql, [question, f"{text}%"]


def read_like(pairs: Sequence[tuple[str, bool]]) -> Iterator[Question]:
    """All that are read as whole syllables at once; the others are cut short one by one."""
    whole = [reading for reading, is_whole in pairs if is_whole]
    if whole:
        sql = READINGS.format(
            question="read.reading || '='", condition="read.reading = ANY(%s)", most=MOST_COMPARED
        )
        yield sql, [whole]
    sql = READINGS.format(question="%s", condition="read.reading LIKE %s", most=MOST_RELATED)
    for reading, is_whole in pairs:
        if not is_whole:
            yield sql, [reading_of(reading, is_whole), f"{reading}%"]


def reading_of(reading: str, is_whole: bool) -> str:
    return f"{reading}=" if is_whole else f"{reading}…"


def gathered(questions: Sequence[Question]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The words that each question finds, and what they name; in one statement."""
    found: dict[str, list[str]] = defaultdict(list)
    labels: dict[str, list[str]] = {}
    if not questions:
        return found, labels
    with connection.cursor() as cursor:
        sql = " UNION ALL ".join(sql for sql, _ in questions)
        cursor.execute(sql, [value for _, values in questions for value in values])
        for question, word, lexemes in cursor.fetchall():
            found[question].append(word)
            labels[word] = [lexeme for lexeme in lexemes if lexeme.startswith("#")][:MOST_LABELS]
    return found, labels


@transaction.atomic(savepoint=False)
def mistyped(parts: Sequence[Part], known: Known) -> Known:
    """Words that somebody may have meant who typed these; Chinese by what is read like it."""
    words = [word for word in words_of(parts) if slips(word.text) and not word.has_digits]
    pairs = {pair: readings(pair) for part in parts if isinstance(part, Run) for pair in part.halves}
    read = sorted({(reading, True) for some in pairs.values() for reading in some})
    with connection.cursor() as cursor:
        cursor.execute(SIMILAR)
    found, labels = gathered([*map(similar, words), *read_like(read)])
    near = {word.spelt: meant(word.text, found[word.spelt]) for word in words}
    sounding = {
        pair: [word for reading in some for word in found[reading_of(reading, True)]]
        for pair, some in pairs.items()
    }
    return replace(known, labels={**labels, **known.labels}, mistyped=near | sounding)


def similar(word: Word) -> Question:
    """Words that are like it or have a part that is, the likest first, and some that begin alike."""
    condition = "known.word %% %s OR %s <%% known.word OR known.word LIKE %s"
    first = "word_similarity(%s, known.word) DESC,"
    beginning = f"{word.text[: len(word.text) // 2 + 1]}%"
    sql = WORDS.format(condition=condition, first=first, most=MOST_COMPARED)
    return sql, [word.spelt, word.text, word.text, beginning, word.text]
