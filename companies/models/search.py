"""What the search knows about companies: their lexemes, the words they came from, what has changed since."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from cities.models import City, Industry
from companies.models.company import Company
from companies.states import Changed

NAMES_OF_A_PLACE = "name_zh", "name_de", "name_en", "pinyin", "country"
NAMES_OF_AN_INDUSTRY = "name_zh", "name_de", "name_en"


class CompanySearch(models.Model):
    """A company as the search sees it; written by `companies.actions.indexing`, never by hand."""

    company = models.OneToOneField(Company, models.CASCADE, primary_key=True, related_name="search")
    lexemes = SearchVectorField()
    valid_until = models.DateField(null=True)

    class Meta:
        indexes = [GinIndex(fields=["lexemes"], name="company_search_lexemes")]


class SearchWord(models.Model):
    """A word that somebody may ask for, and the lexeme that it stands for: itself, a city or an industry.

    The same word may stand here twice when two have written it at once; asking takes it for one.
    """

    word = models.CharField(max_length=100)
    lexeme = models.CharField(max_length=110)
    frequency = models.PositiveIntegerField(default=1)
    """In how many companies it stood when last counted; asking begins with the most frequent words."""

    class Meta:
        indexes = [
            models.Index(OpClass("word", name="varchar_pattern_ops"), name="search_word_beginning"),
            models.Index(fields=["lexeme"], name="search_word_lexeme"),
            GinIndex(OpClass("word", name="gin_trgm_ops"), name="search_word_parts"),
        ]


class SearchReading(models.Model):
    """How a Chinese word is read, in pinyin without tones; a word may be read in several ways."""

    reading = models.CharField(max_length=20)
    word = models.CharField(max_length=100)

    class Meta:
        indexes = [
            models.Index(OpClass("reading", name="varchar_pattern_ops"), name="search_reading_beginning"),
        ]


class SearchChange(models.Model):
    """A company, city or industry that was changed and not indexed since; written by triggers."""

    kind = models.CharField(max_length=1, choices=Changed)
    subject = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["kind", "subject"], name="search_change_subject")]


def note(kind: str, operation: pgtrigger.Operation, differing: tuple[str, ...] = ()) -> pgtrigger.Trigger:
    """Note every row that a statement has written, where one of the fields differs from before."""
    updated = operation is pgtrigger.Update
    join = "JOIN before ON before.id = after.id" if updated and differing else ""
    old, new = (", ".join(f"{row}.{field}" for field in differing) for row in ("before", "after"))
    where = f"WHERE ({old}) IS DISTINCT FROM ({new})" if join else ""
    table = SearchChange._meta.db_table
    return pgtrigger.Trigger(
        name=f"search_{'changed' if updated else 'added'}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(old="before" if join else None, new="after"),
        func=f"INSERT INTO {table} (kind, subject) SELECT '{kind}', after.id FROM after {join} {where};"
        " RETURN NULL;",
    )


for model, kind, differing in (
    (Company, Changed.COMPANY, ()),
    (City, Changed.CITY, NAMES_OF_A_PLACE),
    (Industry, Changed.INDUSTRY, NAMES_OF_AN_INDUSTRY),
):
    pgtrigger.register(note(kind, pgtrigger.Insert), note(kind, pgtrigger.Update, differing))(model)
