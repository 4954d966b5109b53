"""Rows that come again as they were: what was carried out and has not changed since is not read again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from django.db import connection

from alliance.pages.sheets.rows import Row
from companies.models import Import
from companies.states import ImportState

AROUND = 1000
# An entry still stands as the import left it if nobody has raised its revision since.
AS_THEN = """
    SELECT r.digest, company.id, company.revision
    FROM companies_importrow AS r JOIN companies_company AS company ON company.id = r.company_id
    WHERE r.run_id = %s AND r.number BETWEEN %s AND %s AND r.digest = ANY(string_to_array(%s, ',')::bigint[])
        AND r.verdict IN ('new', 'changed', 'unchanged') AND NOT (r.left_out OR r.corrected OR r.settled)
        AND company.revision = CASE r.verdict
            WHEN 'new' THEN 1 WHEN 'changed' THEN r.revision + 1 ELSE r.revision END
"""


def digest_of(row: Row) -> int:
    """What tells the cells of a row from any others."""
    cells = "\x1f".join(row.cells).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(cells, digest_size=8).digest(), signed=True)


class Earlier:
    """The last import of a city with the same columns: a row is looked for about where it stood then."""

    def __init__(self, run: Import) -> None:
        same = Import.objects.filter(city=run.city, heads=run.heads, mapping=run.mapping)
        last = same.filter(state=ImportState.DONE).exclude(pk=run.pk).order_by("done_at", "pk").last()
        self.run = last.pk if last else None

    def entries(self, rows: Sequence[Row], digests: Sequence[int]) -> dict[int, tuple[int, int]]:
        """By the digest of a row the entry that says just this, and its revision."""
        if self.run is None:
            return {}
        # As one text: a thousand numbers take longer to hand over one by one.
        asked = ",".join(map(str, digests))
        params: list[Any] = [self.run, rows[0].number - AROUND, rows[-1].number + AROUND, asked]
        with connection.cursor() as cursor:
            cursor.execute(AS_THEN, params)
            return {digest: (company, revision) for digest, company, revision in cursor.fetchall()}
