"""A chamber's file of companies from the upload to carried out, beside COPY and import-export."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ROWS = 100_000
OTHERS_ROWS = 1_000
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
LEFT_OUT = {"id", "city", "valid_until", "long_zh", "long_de", "long_en", "sites_abroad", "experience_note"}
AIMS = {"csv": 0.45, "xlsx": 0.40, "again": 0.75}
AIM_OTHERS, AIM_SEARCHABLE = 40, 4_000
AIM_MEGABYTES = {"csv": 30, "xlsx": 160}


@dataclass(frozen=True)
class Import:
    """One run in a process of its own: seconds, and how much memory it took above the idle process.

    `floor` is rows a second of plain COPY of the same rows right after it: both meet the same machine.
    """

    kind: str
    rows: int
    checking: float
    carrying_out: float
    indexing: float
    megabytes: float
    floor: float

    @property
    def seconds(self) -> float:
        return self.checking + self.carrying_out

    @property
    def rate(self) -> float:
        """Rows a second without what the search needs, as the floor is without it."""
        return self.rows / (self.seconds - self.indexing)

    @property
    def share(self) -> float:
        """Of what plain COPY does."""
        return self.rate / self.floor

    @property
    def searchable_rate(self) -> float:
        """Rows a second all in."""
        return self.rows / self.seconds


@dataclass(frozen=True)
class Imports:
    """What came of all runs; `others` are rows a second of django-import-export."""

    runs: list[Import]
    others: float


def measure(rows: int = ROWS, others_rows: int = OTHERS_ROWS) -> Imports:
    """In the database that is connected: a file of one city, as CSV and XLSX, and again unchanged."""
    city = prepare()
    with tempfile.TemporaryDirectory(prefix="bench-imports-") as folder:
        files = {kind: Path(folder, f"companies.{kind}") for kind in ("csv", "xlsx")}
        for path in files.values():
            write_file(path, rows, city)
        runs = []
        for kind in ("xlsx", "csv", "again"):
            if kind != "again":
                empty()
            found = imported(files["csv" if kind == "again" else kind], rows, again=kind == "again")
            runs.append(Import(kind, rows, **found, floor=copied(Path(folder, "floor"), rows)))
        others = by_import_export(files["csv"], others_rows)
    return Imports(runs, others)


def prepare() -> Any:
    """A member city and a secretary."""
    from tests.factories.cities import CityFactory
    from tests.factories.membership import MembershipFactory
    from tests.factories.people import SecretaryFactory

    city = CityFactory(name_de="Benchstadt")
    MembershipFactory(cities=[city])
    SecretaryFactory(email="import@bench.example")
    return city


def companies(count: int, city: Any) -> Iterator[Any]:
    from companies.management.invented.firms import invented, translations
    from companies.management.invented.loading import Industries
    from companies.models import Company

    industries = Industries()
    for values in itertools.islice(invented([city], seed=4, day=NOW.date()), count):
        said = values | translations(values)
        industry = industries.of(said.pop("industry"))
        company = Company(**said, industry_id=industry)
        company.valid_until = company.checked_on = None
        yield company


def write_file(path: Path, count: int, city: Any) -> None:
    """As our own template has it, in German."""
    from django.utils.translation import override

    from alliance.pages.sheets.writing import csv_lines, xlsx_file
    from cities.models import Industry
    from companies.actions.columns import COLUMNS

    columns = [column for column in COLUMNS if column.key not in LEFT_OUT]
    industries = Industry.objects.in_bulk()

    def rows() -> Iterator[list[str]]:
        for company in companies(count, city):
            company.industry = industries[company.industry_id]
            yield [column.write(company) for column in columns]

    with override("de"), path.open("wb") as target:
        heads = [column.label for column in columns]
        if path.suffix == ".csv":
            target.writelines(csv_lines(heads, rows()))
            return
        with xlsx_file(heads, rows()) as file:
            target.writelines(iter(lambda: file.read(1 << 16), b""))


def empty() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE companies_company, companies_companyevent, companies_searchchange CASCADE")
        cursor.execute("VACUUM ANALYZE")


def imported(path: Path, rows: int, *, again: bool) -> dict[str, float]:
    """The import in a process that does nothing else, connected to the same database."""
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    connection.close()
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench.imports", str(path)],
        cwd=ROOT,
        env={**os.environ, "BENCH_DATABASE": name},
        check=True,
        capture_output=True,
        text=True,
    )
    found = json.loads(answer.stdout.splitlines()[-1])
    assert found.pop("counts") == {"unchanged" if again else "new": rows}, answer.stdout
    return found


def copied(path: Path, rows: int) -> float:
    """The same rows by plain COPY into the same table, with the same indexes and triggers."""
    from django.db import connection

    table = "companies_company"
    with connection.cursor() as cursor, path.open("w+b") as file:
        cursor.cursor.copy_expert(f"COPY {table} TO STDOUT", file)
        empty()
        file.seek(0)
        began = time.perf_counter()
        cursor.cursor.copy_expert(f"COPY {table} FROM STDIN", file)
        seconds = time.perf_counter() - began
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone() == (rows,)
    return rows / seconds


def by_import_export(path: Path, rows: int) -> float:
    """Rows a second of django-import-export as it comes, on fewer rows."""
    from import_export import resources
    from tablib import Dataset

    from companies.models import Company

    class CompanyResource(resources.ModelResource):
        class Meta:
            model = Company
            import_id_fields = ("register_number",)
            fields = FIELDS
            skip_unchanged = True

    empty()
    city = Company._meta.get_field("city").related_model.objects.get(name_de="Benchstadt")
    dataset = Dataset(*map(as_texts, companies(rows, city)), headers=FIELDS)
    began = time.perf_counter()
    result = CompanyResource().import_data(dataset, raise_errors=True)
    seconds = time.perf_counter() - began
    assert result.totals["new"] == rows
    return rows / seconds


def as_texts(company: Any) -> list[Any]:
    """The values of an invented firm as django-import-export takes them."""
    values = [getattr(company, "city_id" if field == "city" else field) for field in FIELDS]
    texts = [",".join(value) if isinstance(value, list) else value for value in values]
    return [NOW if field.endswith("_at") else text for field, text in zip(FIELDS, texts, strict=True)]


FIELDS = (
    "registered_name", "latin_name", "name_zh", "name_de", "name_en", "translation_zh", "translation_de",
    "translation_en", "legal_form", "register_kind", "register_number", "city", "address", "website",
    "founded", "employees", "employees_year", "turnover_band", "turnover_currency", "turnover_year",
    "export_share", "ownership", "national_scheme", "national_code", "products", "certificates",
    "languages", "experience", "investment_direction", "investment_band", "cooperation_forms",
    "short_zh", "short_de", "short_en", "visibility", "entered_at", "changed_at",
)  # fmt: skip


def alone(path: Path) -> dict[str, Any]:
    """From the upload to carried out, in this process."""
    from companies.actions import indexing
    from companies.models.names import derived_names

    timed = Timed(indexing.index)
    indexing.index = timed  # type: ignore[assignment]
    # The dictionary of readings stays in every process that works.
    derived_names({"registered_name": "佛山 Köln"})
    idle = resident()
    forget_peak()
    found = brought_in(path)
    return found | {"indexing": timed.seconds, "megabytes": (resident("VmHWM") - idle) / 1024}


def brought_in(path: Path) -> dict[str, Any]:
    """Seconds, and how many rows of each verdict there are."""
    from django.core.files.base import File

    from alliance.accounts.models import User
    from cities.models import City
    from companies.actions import imports

    by, city = User.objects.get(email="import@bench.example"), City.objects.get(name_de="Benchstadt")
    began = time.perf_counter()
    with path.open("rb") as file:
        run = imports.begin(city, File(file, name=path.name), by=by, at=NOW)
    run = imports.set_columns(run, run.mapping, by=by, at=NOW)
    imports.work(run.pk)
    checked = time.perf_counter()
    run.refresh_from_db()
    if run.counts.keys() - {"unchanged"}:
        run = imports.carry_out(run, by=by, at=NOW)
        imports.work(run.pk)
        run.refresh_from_db()
    assert run.state in {"done", "checked"}, (run.state, run.report)
    return {
        "checking": checked - began,
        "carrying_out": time.perf_counter() - checked,
        "counts": run.counts,
    }


class Timed:
    """A function, and how long it has taken so far."""

    def __init__(self, act: Any) -> None:
        self.act, self.seconds = act, 0.0

    def __call__(self, *args: Any) -> None:
        began = time.perf_counter()
        self.act(*args)
        self.seconds += time.perf_counter() - began


def resident(line: str = "VmRSS") -> int:
    """Kilobytes of memory that this process has, or with VmHWM had at most."""
    status = Path("/proc/self/status").read_text()
    return next(int(row.split()[1]) for row in status.splitlines() if row.startswith(line))


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    import django

    django.setup()
    sys.stdout.write(json.dumps(alone(Path(sys.argv[1]))) + "\n")


if __name__ == "__main__":
    main()
