"""Which entry a row is about: by our number, by register number, then by name and city.

What belongs to another city is never named to somebody who keeps one city's companies only.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection

from companies.actions import duplicates
from companies.actions.columns import Words
from companies.actions.imports.judging import ALWAYS, Entry, judge, names, touched
from companies.actions.imports.rows import Read, fields_of
from companies.models import Company, Import
from companies.states import DuplicateReason, Verdict

MOST_NAMED = 5
BETWEEN = "\n"
"""Parts the numbers of many rows, handed over as one text: no number has a line break."""
BY_NUMBER = f"""
    SELECT {{columns}} FROM companies_company c
    JOIN unnest(string_to_array(%s, '{BETWEEN}'), string_to_array(%s, '{BETWEEN}')) AS asked (kind, number)
        ON c.register_number = asked.number AND c.register_kind = asked.kind
    WHERE c.register_number <> '' AND c.merged_into_id IS NULL
"""
BY_ID = "SELECT {columns} FROM companies_company c WHERE c.id = ANY(%s::bigint[])"
RELATION = """
    SELECT * FROM jsonb_to_recordset(%s::jsonb) AS rows (
        row int, city_id bigint, register_kind text, register_number text, name_keys text[],
        website text, address text, founded int
    )
"""
OF_DUPLICATES = "register_kind", "register_number", "website", "address", "founded"


class Matcher:
    """Finds the entries that the rows of one run are about, many rows at a time."""

    def __init__(self, run: Import, words: Words) -> None:
        self.words = words
        self.city = run.city_id
        self.columns = sorted({"registered_name", *ALWAYS, *touched(fields_of(run.mapping))})
        self.selected = ", ".join(f"c.{name}" for name in self.columns)
        cities = [self.city] if self.city else None
        self.nothing_yet = not entries_in(cities)

    def judge(self, rows: Sequence[Read]) -> None:
        """Give every row its verdict."""
        good = [row for row in rows if not row.mistakes]
        keys = [key_of(row.values) for row in good]
        by_id = self.entries(BY_ID, [row.values["id"] for row in good if "id" in row.values])
        by_number = self.numbered({key for key in keys if key[1]})
        unknown: list[Read] = []
        for row, key in zip(good, keys, strict=True):
            entry = self.entry_of(row, by_id, by_number.get(key))
            if not row.mistakes:
                judge(row, entry, self.words)
                if row.verdict == Verdict.NEW:
                    unknown.append(row)
        for row in rows:
            if row.mistakes:
                row.verdict = Verdict.MISTAKE
        self.by_name(unknown)

    def entry_of(self, row: Read, by_id: dict[Any, Entry], numbered: Entry | None) -> Entry | None:
        """The entry by the numbers of the row; what speaks against it is written down as a mistake."""
        values = row.values
        if row.settled:
            return by_id.get(values.get("id")) or numbered
        if "id" in values:
            entry = by_id.get(values["id"])
            if entry is None or not self.is_ours(entry):
                row.mistaken("id", "no_such_entry", values["id"])
                return None
            if numbered and numbered["id"] != entry["id"]:
                self.refuse_number(row, numbered)
            return entry
        if numbered and not self.is_ours(numbered):
            self.refuse_number(row, numbered)
            return None
        return numbered

    def is_ours(self, entry: Entry) -> bool:
        return self.city is None or entry["city_id"] == self.city

    def refuse_number(self, row: Read, other: Entry) -> None:
        number = row.values["register_number"]
        if self.is_ours(other):
            row.mistaken("register_number", "number_of_another", number, {"company": other["id"]})
        else:
            row.mistaken("register_number", "number_not_possible_here", number)

    def numbered(self, asked: Collection[tuple[str, str]]) -> dict[Any, Entry]:
        if not asked:
            return {}
        kinds, numbers = zip(*asked, strict=True)
        found = self.rows(BY_NUMBER, [BETWEEN.join(kinds), BETWEEN.join(numbers)])
        return {key_of(entry): entry for entry in found}

    def entries(self, sql: str, ids: Iterable[int]) -> dict[Any, Entry]:
        asked = list(ids)
        return {entry["id"]: entry for entry in self.rows(sql, [asked])} if asked else {}

    def rows(self, sql: str, params: list[Any]) -> list[Entry]:
        with connection.cursor() as cursor:
            cursor.execute(sql.format(columns=self.selected), params)
            found: list[dict[str, Any]] = [
                dict(zip(self.columns, row, strict=True)) for row in cursor.fetchall()
            ]
        for entry in found:
            if isinstance(entry["valid_until"], date):
                entry["valid_until"] = entry["valid_until"].isoformat()
        return list[Entry](found)

    def by_name(self, rows: Sequence[Read]) -> None:
        """Rows whose numbers nobody has: by their names in their city."""
        for row in rows:
            names(row, row.values)
        asked = [row for row in rows if not row.settled]
        if self.nothing_yet or not asked:
            return
        found = candidates_of(asked)
        same = self.entries(BY_ID, {ids[0] for ids in found.values() if len(ids) == 1})
        for row in asked:
            if ids := found.get(row.number):
                self.judge_alike(row, ids, same.get(ids[0]) if len(ids) == 1 else None)

    def judge_alike(self, row: Read, ids: list[int], only: Entry | None) -> None:
        """One entry of exactly this name is the company itself; anything less is for a person to say."""
        if only and is_same_name(only, row) and not conflicting(only, row):
            row.sort_name, row.name_keys = "", []
            judge(row, only, self.words)
            return
        row.verdict, row.candidates = Verdict.DUPLICATE, ids
        for company in ids[:MOST_NAMED]:
            name = row.values["registered_name"]
            row.mistakes.append(["registered_name", None, name, "perhaps", {"company": company}])


def candidates_of(rows: Sequence[Read]) -> dict[int, list[int]]:
    """By row the entries of the same name in the same city, the likeliest first."""
    asked = [
        {
            "row": row.number,
            "city_id": row.values["city_id"],
            "name_keys": row.name_keys,
            **{name: row.values.get(name) or ("" if name != "founded" else None) for name in OF_DUPLICATES},
        }
        for row in rows
    ]
    found: dict[int, list[tuple[int, int]]] = {}
    for number, company, reasons in duplicates.for_rows(RELATION, [json.dumps(asked)]):
        if DuplicateReason.NAME in reasons:
            found.setdefault(number, []).append((-len(reasons), company))
    return {number: [company for _weight, company in sorted(likely)] for number, likely in found.items()}


def entries_in(cities: list[int] | None) -> bool:
    """Whether there is any entry yet, in these cities or at all."""
    rows = Company.objects.all() if cities is None else Company.objects.filter(city__in=cities)
    return rows.exists()


def key_of(values: Any) -> tuple[str, str]:
    return values.get("register_kind") or "", values.get("register_number") or ""


def is_same_name(entry: Entry, row: Read) -> bool:
    return bool(entry["registered_name"].casefold() == row.values["registered_name"].casefold())


def conflicting(entry: Entry, row: Read) -> bool:
    """Two numbers that differ speak against one company."""
    mine, theirs = key_of(row.values), key_of(entry)
    return bool(mine[1] and theirs[1] and mine != theirs)
