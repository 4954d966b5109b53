"""Rows of a file on their way into the table of rows: copied in one go, and read back."""

from __future__ import annotations

import io
import json
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import connection

from alliance.pages.sheets.reading import open_sheet
from companies.actions.imports.lines import NOTHING, array, escaped, line_of, values_of
from companies.actions.imports.rows import Read, Reader
from companies.models import Company, Import, ImportRow
from companies.states import Verdict

COLUMNS = (
    "run_id", "number", "verdict", "company_id", "revision", "digest", "city_id", "register_kind",
    "register_number", "sort_name", "name_keys", "line", "texts", "values", "mistakes", "differences",
    "candidates", "settled", "corrected", "left_out", "changed_meanwhile",
)  # fmt: skip
COPY = f"COPY {ImportRow._meta.db_table} ({', '.join(COLUMNS)}) FROM STDIN"
PLAIN = "{}\t{}\t[]\t{}\t{}\tf\tf\tf\tf\n"
"""What is said of a row that raises no question: nothing from `texts` on."""
# The sequence is found once, not once for each number.
NUMBERS = """
    SELECT nextval(known.sequence) FROM generate_series(1, %s) AS places,
        (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS sequence OFFSET 0) AS known
"""
dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Copying:
    """Writes rows while others are taken from their file: the database has work to do by itself.

    Nothing else may be asked of the connection until the copy was waited for.
    """

    def __init__(self, run: int) -> None:
        self.run = run
        self.behind = ThreadPoolExecutor(max_workers=1)
        self.copy: Future[None] | None = None

    def __enter__(self) -> Copying:
        return self

    def __exit__(self, *failure: object) -> None:
        with self.behind:
            self.wait()

    def begin(self, rows: Sequence[Read]) -> None:
        """Have the rows written; new ones get the number that their entry will have."""
        give_numbers(rows)
        lines = "".join([row_line(self.run, row) for row in rows])
        self.copy = self.behind.submit(copy_in, connection.cursor().cursor, lines)

    def wait(self) -> None:
        """Until the rows are written."""
        copy, self.copy = self.copy, None
        if copy is not None:
            with connection.wrap_database_errors:
                copy.result()


def copy_in(cursor: Any, lines: str) -> None:
    # In one piece: each further one would have to wait until the thread that reads lets go.
    cursor.copy_expert(COPY, io.StringIO(lines), len(lines))


def give_numbers(rows: Iterable[Read]) -> None:
    new = [row for row in rows if row.verdict == Verdict.NEW]
    if not new:
        return
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, [len(new), Company._meta.db_table])
        for row, (number,) in zip(new, cursor.fetchall(), strict=True):
            row.company = number


def row_line(run: int, row: Read) -> str:
    """One row as COPY wants it; what a new or an unchanged row says stands in its line and in the file."""
    said = row.values
    start = f"{run}\t{row.number}\t{row.verdict}\t{row.company or NOTHING}\t{row.revision}\t{row.digest}\t"
    if row.verdict == Verdict.UNCHANGED and not row.mistakes:
        return f"{start}{NOTHING}\t\t\t\t{{}}\t\t{PLAIN}"
    about = (
        f"{said.get('city_id') or NOTHING}\t{said.get('register_kind') or ''}\t"
        f"{escaped(said.get('register_number') or '')}\t{escaped(row.sort_name)}\t"
        f"{escaped(array(row.name_keys))}\t"
    )
    if row.verdict == Verdict.NEW:
        # The line is one value here; besides backslashes and tabs it has nothing left to be escaped.
        line = line_of(said, row.sort_name, row.name_keys).replace("\\", "\\\\").replace("\t", "\\t")
        return f"{start}{about}{line}\t{PLAIN}"
    return f"{start}{about}\t{questions(row)}"


def questions(row: Read) -> str:
    """What has to be looked at by somebody, or compared."""
    found = (row.texts if row.mistakes else {}, row.values, row.mistakes, row.differences)
    lists = "\t".join(escaped(dumps(one)) for one in found)
    return f"{lists}\t{array([*map(str, row.candidates)])}\t{row.settled}\t{row.corrected}\tf\tf\n"


def said_by(kept: ImportRow) -> dict[str, Any]:
    """What a row says about its company, by field."""
    return kept.values or (values_of(kept.line) if kept.line else {})


def is_only_in_the_file(kept: ImportRow) -> bool:
    """Whether what the cells say was not written down again, as nothing was to be asked about them."""
    return not kept.texts and not kept.values


def in_the_file(run: Import, numbers: Collection[int], reader: Reader) -> dict[int, Read]:
    """Rows as they stand in the file, by their numbers; the file is read once for all of them."""
    wanted = set(numbers)
    found: dict[int, Read] = {}
    if not wanted:
        return found
    with run.file.open("rb") as file:
        for row in open_sheet(file, name=run.filename, again=True).rows():
            if row.number in wanted:
                found[row.number] = reader.read(row)
                if len(found) == len(wanted):
                    break
    return found


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
        "sort_name",
        "name_keys",
    ):
        setattr(kept, name, getattr(row, name))
    kept.texts = row.texts if row.mistakes else {}
    kept.line = line_of(row.values, row.sort_name, row.name_keys) if row.verdict == Verdict.NEW else ""
    kept.company_id, kept.city_id = row.company, row.values.get("city_id")
    kept.register_kind = row.values.get("register_kind") or ""
    kept.register_number = row.values.get("register_number") or ""
    kept.changed_meanwhile = False
    kept.save()
    return kept


def make_missing_lines(run: Import) -> None:
    """Rows that were checked before lines were made then."""
    for kept in ImportRow.objects.filter(run=run, verdict=Verdict.NEW, line="").iterator():
        line = line_of(kept.values, kept.sort_name, kept.name_keys)
        ImportRow.objects.filter(pk=kept.pk).update(line=line)


def read_all_back(run: Import, kept: Sequence[ImportRow], reader: Reader) -> list[Read]:
    """Rows as they were read, to be looked at again; faults of the file itself stay."""
    asked = [row.number for row in kept if is_only_in_the_file(row)]
    from_file = in_the_file(run, asked, reader)
    return [read_back(row, from_file.get(row.number), reader) for row in kept]


def read_back(kept: ImportRow, from_file: Read | None, reader: Reader) -> Read:
    if from_file is not None:
        read = from_file
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
