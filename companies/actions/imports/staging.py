"""Rows of a file on their way into the table of rows: copied in one go, and read back."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from alliance.pages.sheets.reading import open_sheet
from companies.actions.imports.rows import Read, Reader
from companies.models import Company, ImportRow
from companies.states import Verdict

COLUMNS = (
    "run_id", "number", "texts", "values", "sort_name", "name_keys", "verdict", "mistakes", "company_id",
    "revision", "differences", "candidates", "settled", "left_out", "corrected", "changed_meanwhile",
    "digest",
)  # fmt: skip
COPY = f"COPY {ImportRow._meta.db_table} ({', '.join(COLUMNS)}) FROM STDIN"
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def copy_in(run: int, rows: Sequence[Read]) -> None:
    """Write the rows; new ones get the number that their entry will have."""
    give_numbers(rows)
    lines = "".join(line_of(run, row) for row in rows)
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(COPY, io.StringIO(lines))


def give_numbers(rows: Iterable[Read]) -> None:
    new = [row for row in rows if row.verdict == Verdict.NEW]
    if not new:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [Company._meta.db_table, len(new)],
        )
        for row, (number,) in zip(new, cursor.fetchall(), strict=True):
            row.company = number


def line_of(run: int, row: Read) -> str:
    """One row as COPY wants it."""
    texts = dumps(row.texts) if row.mistakes else "{}"
    # What changes nothing is not written down again; should it be needed, the file has it.
    values = dumps(row.values) if row.verdict != Verdict.UNCHANGED else "{}"
    keys = array(row.name_keys) if row.name_keys else "{}"
    return (
        f"{run}\t{row.number}\t{escaped(texts)}\t{escaped(values)}\t{escaped(row.sort_name)}\t"
        f"{escaped(keys)}\t{row.verdict}\t{escaped(dumps(row.mistakes)) if row.mistakes else '[]'}\t"
        f"{row.company or BACKSLASH_N}\t{row.revision}\t"
        f"{escaped(dumps(row.differences)) if row.differences else '{}'}\t"
        f"{array(map(str, row.candidates))}\t{row.settled}\tf\t{row.corrected}\tf\t{row.digest}\n"
    )


BACKSLASH_N = "\\N"


def escaped(text: str) -> str:
    if "\\" in text or "\n" in text or "\t" in text or "\r" in text:
        return text.translate(ESCAPES)
    return text


def array(texts: Iterable[str]) -> str:
    quoted = (text.replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    return "{" + ",".join(f'"{text}"' for text in quoted) + "}"


def copied(value: Any) -> str:
    """One value as COPY wants it."""
    if value.__class__ is str:
        return escaped(value)
    return escaped(array(value)) if value.__class__ is list else plainly(value)


def plainly(value: Any) -> str:
    """The same where nothing has to be escaped."""
    if value is None:
        return BACKSLASH_N
    if value.__class__ is list:
        return '{"' + '","'.join(value) + '"}' if value else "{}"
    return str(value)


def in_the_file(kept: ImportRow, reader: Reader) -> Read:
    """The row as it stands in the file."""
    with kept.run.file.open("rb") as file:
        rows = open_sheet(file, name=kept.run.filename).rows()
        return reader.read(next(row for row in rows if row.number == kept.number))


def save(kept: ImportRow, row: Read) -> ImportRow:
    """Write down anew what one row means now."""
    give_numbers([row])
    for name in (
        "values",
        "verdict",
        "mistakes",
        "revision",
        "differences",
        "candidates",
        "settled",
        "corrected",
    ):
        setattr(kept, name, getattr(row, name))
    kept.texts = row.texts if row.mistakes else {}
    kept.company_id, kept.sort_name, kept.name_keys = row.company, row.sort_name, row.name_keys
    kept.changed_meanwhile = False
    kept.save()
    return kept


def read_back(kept: ImportRow, reader: Reader) -> Read:
    """A row as it was read, to be looked at again; faults of the file itself stay."""
    if not kept.texts and not kept.values:
        read = in_the_file(kept, reader)
    elif kept.texts:
        read = reader.typed(kept.texts, kept.number)
        read.mistakes += [mistake for mistake in kept.mistakes if mistake[3].startswith("cell_")]
    else:
        values: dict[str, Any] = {name: value for name, value in kept.values.items() if name != "state"}
        read = Read(kept.number, values)
    if "id" in kept.values:
        read.values["id"] = kept.values["id"]
    read.settled, read.corrected, read.candidates = kept.settled, kept.corrected, kept.candidates
    return read
