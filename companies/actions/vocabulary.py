"""The words that somebody may ask for: learnt from companies, and from the names of cities and industries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain

from django.db import connection, transaction

from alliance.search.folding import is_unspaced
from alliance.search.legal_forms import joins_a_form
from alliance.search.readings import readings
from alliance.search.tokens import text_tokens
from cities.models import City, Industry
from companies.models import SearchReading, SearchWord
from companies.querysets.lexemes import CITY, INDUSTRY, NAME

LONGEST_NUMBER = 4
"""Digits: longer numbers are looked for as they stand, and fill no vocabulary."""
BATCH = 5000
LEARN = """
    INSERT INTO companies_searchword (word, lexeme, frequency)
    SELECT said.word, said.word, said.frequency
    FROM unnest(%s::text[], %s::int[]) AS said (word, frequency)
    WHERE NOT EXISTS (SELECT FROM companies_searchword AS known
                      WHERE known.word = said.word AND known.lexeme = said.word)
    RETURNING word
"""
# Not by ts_stat: it puts words into a tree that numbers in a row make a chain of, hours long.
RECOUNT = """
    DROP TABLE IF EXISTS counted;
    CREATE TEMPORARY TABLE counted ON COMMIT DROP AS
    SELECT ltrim(word, '~') AS word, count(*)::int AS frequency
    FROM companies_companysearch, unnest(tsvector_to_array(lexemes)) AS word
    WHERE left(word, 1) <> '#' GROUP BY 1;
    CREATE UNIQUE INDEX ON counted (word);
    ANALYZE counted, companies_searchword, companies_searchreading;
    DELETE FROM companies_searchword AS known WHERE known.lexeme = known.word AND
        (NOT EXISTS (SELECT FROM counted WHERE counted.word = known.word)
         OR EXISTS (SELECT FROM companies_searchword AS same WHERE same.word = known.word
                    AND same.lexeme = known.lexeme AND same.id < known.id));
    UPDATE companies_searchword AS known SET frequency = counted.frequency FROM counted
    WHERE counted.word = known.word AND known.lexeme = known.word
          AND known.frequency <> counted.frequency;
    DELETE FROM companies_searchreading AS known WHERE EXISTS (
        SELECT FROM companies_searchreading AS same WHERE same.word = known.word
        AND same.reading = known.reading AND same.id < known.id);
    ANALYZE companies_searchword, companies_searchreading;
"""


def learn(counted: Mapping[str, int]) -> None:
    """Add the words that are not known yet, with how often they were met."""
    words = [word for word in counted if is_kept(word)]
    with connection.cursor() as cursor:
        cursor.execute(LEARN, [words, [counted[word] for word in words]])
        learn_readings(row[0] for row in cursor.fetchall())


def is_kept(word: str) -> bool:
    return len(word) <= LONGEST_NUMBER or not any(map(str.isdigit, word))


def learn_readings(words: Iterable[str]) -> None:
    SearchReading.objects.bulk_create(
        (
            SearchReading(word=word, reading=reading)
            for word in words
            if is_unspaced(word) and len(word) <= 2 and not joins_a_form(word)
            for reading in readings(word)
        ),
        batch_size=BATCH,
    )


@transaction.atomic
def recount() -> None:
    """Count again in how many companies each word stands, and forget those that stand in none."""
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT)


def name_cities(cities: Iterable[int]) -> None:
    """Learn the names of cities anew; 佛山 also as 佛山市, and by its region."""
    rows = City.objects.filter(pk__in=list(cities))
    write_labels({f"{CITY}{city.pk}": words_of_a_city(city) for city in rows})


def words_of_a_city(city: City) -> set[str]:
    chinese = {city.name_zh, f"{city.name_zh.removesuffix('市')}市"}
    texts = [
        *chinese,
        city.name_de,
        city.name_en,
        city.pinyin,
        city.region_zh,
        city.region_de,
        city.region_en,
    ]
    whole = {name.removesuffix("市") for name in chinese} | chinese
    return set(filter(said, text_tokens(*texts))) | set(filter(None, whole))


def name_industries(codes: Iterable[str]) -> None:
    """Learn the labels of industries anew; what the level above says already finds its companies too."""
    rows = Industry.objects.filter(code__in=list(codes)).select_related("parent__parent__parent")
    write_labels({f"{INDUSTRY}{industry.code}": words_of_an_industry(industry) for industry in rows})


def words_of_an_industry(industry: Industry) -> set[str]:
    above: set[str] = set()
    upper = industry.parent
    while upper is not None:
        above |= label_words(upper)
        upper = upper.parent
    return label_words(industry) - above


def label_words(industry: Industry) -> set[str]:
    texts = industry.name_zh, industry.name_de, industry.name_en
    return set(filter(said, text_tokens(*texts)))


def said(word: str) -> bool:
    """Whether anybody would name a label by it: no single character of Chinese, no single letter."""
    return len(word) > 1


def write_labels(words: Mapping[str, Iterable[str]]) -> None:
    SearchWord.objects.filter(lexeme__in=list(words)).delete()
    said = [(word, lexeme) for lexeme, some in words.items() for word in sorted(some)]
    SearchWord.objects.bulk_create(
        (SearchWord(word=word, lexeme=lexeme) for word, lexeme in said), batch_size=BATCH
    )
    unread = {word for word, _ in said if is_unspaced(word) and len(word) == 2}
    known = SearchReading.objects.filter(word__in=unread).values_list("word", flat=True)
    learn_readings(sorted(unread.difference(known)))


def count(lexemes: Iterable[Iterable[str]]) -> Counter[str]:
    """How many companies each word stands in, about: a word of a name and of a text counts for two."""
    written = Counter(chain.from_iterable(lexemes))
    counted: Counter[str] = Counter()
    for word, companies in written.items():
        counted[word.removeprefix(NAME)] += companies
    return counted
