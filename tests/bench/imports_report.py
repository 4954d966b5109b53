"""The table of imports that `make bench` prints."""

from __future__ import annotations

from tests.bench.imports import AIM_MEGABYTES, AIM_OTHERS, AIM_SEARCHABLE, AIMS, Import, Imports

NAMES = {"xlsx": "XLSX, all new", "csv": "CSV, all new", "again": "CSV again, unchanged"}


def table_of(found: Imports) -> list[list[str]]:
    """Each run beside plain COPY and beside django-import-export; what is over the aim is said."""
    heads = [
        "import", "rows/s", "COPY beside", "of it", "aim", "× import-export", "searchable rows/s",
        "MB above idle", "aim",
    ]  # fmt: skip
    return [heads, *(row(one, found) for one in found.runs)]


def row(one: Import, found: Imports) -> list[str]:
    most = AIM_MEGABYTES["xlsx" if one.kind == "xlsx" else "csv"]
    return [
        NAMES[one.kind],
        f"{one.rate:.0f}",
        f"{one.floor:.0f}",
        f"{one.share:.2f}",
        kept(one.share >= AIMS[one.kind], f"≥ {AIMS[one.kind]}"),
        f"{one.rate / found.others:.0f}",
        "" if one.kind == "again" else f"{one.searchable_rate:.0f}",
        f"{one.megabytes:.0f}",
        kept(one.megabytes <= most, f"≤ {most}"),
    ]


def kept(is_kept: bool, aim: str) -> str:
    return f"{aim} {'kept' if is_kept else 'missed'}"


def lines_of(found: Imports) -> list[str]:
    """What stands around the table."""
    return [
        f"Imports: {found.runs[0].rows} rows from the upload to carried out, search rows apart; "
        "beside each plain COPY of the same rows, rows/s, with the same indexes and triggers",
        f"Aims beside: ≥ {AIM_OTHERS} × django-import-export ({found.others:.0f} rows/s), "
        f"searchable at ≥ {AIM_SEARCHABLE} rows/s.",
    ]
