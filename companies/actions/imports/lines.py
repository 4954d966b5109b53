"""A new company as COPY wants it: made while its row is looked at, so that entering it needs no more thought.

What is known only when it is entered (its number, who, when) is left out. Texts stand before what never
needs escaping, and last the day until which it is valid, which the person may still say for all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from typing import Any

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
    """Texts and lists first, then numbers, then the day."""
    return (
        0
        if isinstance(field, CharField | TextField) or field.name in LISTS
        else 1 + isinstance(field, DateField)
    )


BLANK_COMPANY = Company()
FIELDS = [field for field in Company._meta.concrete_fields if field.column not in LATER]
LISTS = {field.name for field in FIELDS if field.get_internal_type() == "ArrayField"}
SAID = sorted(FIELDS, key=_place)
COLUMNS = [str(field.column) for field in SAID]
BLANK = {str(field.column): written(getattr(BLANK_COMPANY, field.attname)) for field in SAID}
TEXTS = sum(_place(field) == 0 for field in SAID)
CLEAN = TEXTS - 1
"""As many tabs stand between the texts of a line when none of them has one itself."""


def line_of(values: Mapping[str, Any], sort_name: str, name_keys: list[str]) -> str:
    """The line of a new company of which the row says this."""
    said = {**BLANK, **values, "sort_name": sort_name, "name_keys": name_keys}
    said.pop("id", None)
    parts = [value if value.__class__ is str else written(value) for value in said.values()]
    texts = "\t".join(parts[:TEXTS])
    if "\\" in texts or "\n" in texts or "\r" in texts or texts.count("\t") != CLEAN:
        texts = "\t".join(map(escaped, parts[:TEXTS]))
    return "\t".join([texts, *parts[TEXTS:]])


def values_of(line: str) -> dict[str, Any]:
    """What the line says, but for what it says as a blank entry does."""
    parts = zip(SAID, line.split("\t"), strict=True)
    return {field.column: meant(field, text) for field, text in parts if text != BLANK[field.column]}


def meant(field: Any, text: str) -> Any:
    if text == NOTHING:
        return None
    if isinstance(field, BooleanField):
        return text == "True"
    if _place(field):
        return text if isinstance(field, DateField) else int(text)
    plain = ESCAPED.sub(lambda found: MEANT[found[1]], text) if "\\" in text else text
    return json.loads(f"[{plain[1:-1]}]", strict=False) if field.name in LISTS else plain
