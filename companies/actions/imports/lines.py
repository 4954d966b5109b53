"""A new company as COPY wants it: made while its row is looked at, so that entering it needs no more thought.

What is known only when it is entered (its number, who, when) is left out. Texts come first, then lists,
then what never needs escaping, and last the day until which it is valid: the person may still say it for all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, CharField, DateField, TextField

from companies.models import Company

NOTHING = "\\N"
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
ESCAPED = re.compile(r"\\([\\tnr])")
MEANT = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}
LATER = (
    "id", "state", "checked_on", "checked_by_id", "entered_at", "entered_by_id", "changed_at", "archived_at",
    "archive_reason", "archive_note", "merged_into_id", "revision",
)  # fmt: skip


def escaped(text: str) -> str:
    if "\\" in text or "\n" in text or "\t" in text or "\r" in text:
        return text.translate(ESCAPES)
    return text


def array(texts: Collection[str]) -> str:
    """A list as PostgreSQL writes it."""
    joined = "".join(texts)
    if '"' in joined or "\\" in joined:
        texts = [text.replace("\\", "\\\\").replace('"', '\\"') for text in texts]
    return '{"' + '","'.join(texts) + '"}' if texts else "{}"


def written(value: Any) -> str:
    """One value as PostgreSQL writes it; texts and lists are still to be escaped."""
    if value.__class__ is list:
        return array(value)
    return NOTHING if value is None else str(value)


def copied(value: Any) -> str:
    """One value as COPY wants it."""
    return NOTHING if value is None else escaped(written(value))


def _place(field: Any) -> int:
    if isinstance(field, ArrayField):
        return 1
    return 0 if isinstance(field, CharField | TextField) else 3 if isinstance(field, DateField) else 2


SAID = sorted((field for field in Company._meta.concrete_fields if field.column not in LATER), key=_place)
COLUMNS = [str(field.column) for field in SAID]
BLANK = {str(field.column): getattr(Company(), field.attname) for field in SAID}
TEXTS = sum(_place(field) == 0 for field in SAID)
LISTS = TEXTS + sum(_place(field) == 1 for field in SAID)
"""Where texts and lists end."""
BETWEEN = LISTS - 2
"""How many tabs stand between them, if none of them has a tab of its own."""


def line_of(values: Mapping[str, Any], sort_name: str, name_keys: list[str]) -> str:
    """The line of a new company of which the row says this."""
    said = {**BLANK, **values, "sort_name": sort_name, "name_keys": name_keys}
    said.pop("id", None)
    parts = [*said.values()]
    texts, lists, others = "\t".join(parts[:TEXTS]), "\t".join(map(array, parts[TEXTS:LISTS])), parts[LISTS:]
    if not is_plain(texts, lists):
        texts = "\t".join(map(escaped, parts[:TEXTS]))
        lists = "\t".join(escaped(array(one)) for one in parts[TEXTS:LISTS])
    numbers = "\t".join([NOTHING if value is None else str(value) for value in others])
    return f"{texts}\t{lists}\t{numbers}"


def is_plain(texts: str, lists: str) -> bool:
    """Whether nothing has to be escaped."""
    if "\\" in texts or "\n" in texts or "\r" in texts or "\\" in lists or "\n" in lists or "\r" in lists:
        return False
    return texts.count("\t") + lists.count("\t") == BETWEEN


def values_of(line: str) -> dict[str, Any]:
    """What the line says, but for what it says as a blank entry does."""
    meanings = map(meant, SAID, line.split("\t"))
    return {column: value for column, value in zip(COLUMNS, meanings, strict=True) if value != BLANK[column]}


def meant(field: Any, text: str) -> Any:
    if text == NOTHING:
        return None
    if isinstance(field, BooleanField):
        return text == "True"
    if _place(field) > 1:
        return text if isinstance(field, DateField) else int(text)
    plain = ESCAPED.sub(lambda found: MEANT[found[1]], text) if "\\" in text else text
    return json.loads(f"[{plain[1:-1]}]", strict=False) if isinstance(field, ArrayField) else plain
