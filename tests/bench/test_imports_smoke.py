"""What `make bench` measures of imports works: three runs from the upload to carried out, and COPY beside."""

import pytest
from django.core.files.base import ContentFile
from django.utils.translation import override

from companies.actions import imports
from companies.models import Company
from tests.bench import imports as bench
from tests.bench.imports_report import lines_of, table_of
from tests.factories.people import SecretaryFactory

pytestmark = pytest.mark.django_db
ROWS = 12


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_that_is_measured_is_new_at_first_and_then_unchanged(tmp_path, kind):
    city, by, path = bench.prepare(), SecretaryFactory(), tmp_path / f"companies.{kind}"
    bench.write_file(path, ROWS, city)
    counts = []
    for name in (f"first.{kind}", f"again.{kind}"):
        with override("de"):
            run = imports.begin(city, ContentFile(path.read_bytes(), name=name), by=by, at=bench.NOW)
        run = imports.set_columns(run, run.mapping, by=by, at=bench.NOW)
        counts.append(run.counts)
        if "new" in run.counts:
            imports.carry_out(run, by=by, at=bench.NOW)
    assert (counts, Company.objects.count()) == ([{"new": ROWS}, {"unchanged": ROWS}], ROWS)


def test_each_run_stands_beside_copy():
    runs = [bench.Import(kind, 100, 1.0, 2.0, 1.0, 20.0, 100.0) for kind in ("xlsx", "csv", "again")]
    found = bench.Imports(runs, others=1.0)
    heads, *rows = table_of(found)
    assert [row[2:4] for row in rows] == [["100", "0.50"]] * 3
    assert {len(row) for row in rows} == {len(heads)}
    assert "100" in lines_of(found)[0]
