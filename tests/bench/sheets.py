"""Reading and writing spreadsheets: rows a second, and how much memory a process of its own takes for it."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

COLUMNS = 25
ROOT = Path(__file__).resolve().parents[2]


def heads() -> list[str]:
    return [f"column {place}" for place in range(COLUMNS)]


def rows(count: int) -> Iterator[list[Any]]:
    """Rows as chambers have them: most cells text in either script, every fifth a number."""
    for row in range(count):
        yield [
            row * place
            if place % 5 == 4
            else f"Wert {row % 977} {place} ü"
            if place % 2
            else f"佛山陶瓷{row}"
            for place in range(COLUMNS)
        ]


def write_file(path: Path, count: int) -> None:
    """A file of so many rows, by its ending."""
    from alliance.pages.sheets.writing import csv_lines, jsonl_lines, xlsx_file

    with path.open("wb") as target:
        if path.suffix == ".csv":
            target.writelines(csv_lines(heads(), rows(count)))
        elif path.suffix == ".jsonl":
            target.writelines(jsonl_lines(dict(zip(heads(), row, strict=True)) for row in rows(count)))
        else:
            with xlsx_file(heads(), rows(count)) as file:
                target.writelines(iter(lambda: file.read(1 << 16), b""))


def read_file(path: Path, count: int) -> None:
    """Every row of a file, looked at and let go."""
    from alliance.pages.sheets.reading import open_sheet

    seen = sum(1 for _row in open_sheet(path, name=path.name).rows())
    assert seen == count, (seen, count)


def measured(what: str, path: Path, count: int) -> dict[str, float]:
    """What reading (“read”) or writing (“write”) a file takes, in a process that does nothing else."""
    command = [sys.executable, "-m", "tests.bench.sheets", what, str(path), str(count)]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(answer.stdout.splitlines()[-1])


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _measure(what: str, path: Path, count: int) -> dict[str, float]:
    import django

    django.setup()
    work = read_file if what == "read" else write_file
    warm = path.with_name(f"warm{path.suffix}")
    write_file(warm, 10)
    read_file(warm, 10) if path.suffix != ".jsonl" else None
    warm.unlink()
    idle, start = _peak(), time.perf_counter()
    work(path, count)
    seconds = time.perf_counter() - start
    return {"rows_per_second": count / seconds, "seconds": seconds, "megabytes_above_idle": _peak() - idle}


if __name__ == "__main__":
    print(json.dumps(_measure(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))  # noqa: T201
