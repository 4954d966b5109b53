import json
from functools import cache
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

DATA = Path(__file__).resolve().parent.parent / "management" / "data"
LEVELS = ["group", "class"]


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the groups and classes of ISIC Rev. 4, and the search key of every industry."""
    model = apps.get_model("cities", "Industry")
    key, above = read("industries_keys"), dict(model.objects.values_list("code", "pk"))
    broad = [model(pk=pk, search_key=key[code]) for code, pk in above.items()]
    for level in LEVELS:
        rows = [row for row in read("industries_detail") if row["level"] == level]
        made = model.objects.bulk_create(
            model(
                **{**row, "parent": None, "parent_id": above[row["parent"]], "search_key": key[row["code"]]}
            )
            for row in rows
        )
        above = {industry.code: industry.pk for industry in made}
    model.objects.bulk_update(broad, ["search_key"])


@cache
def read(name: str) -> Any:
    """Tests load the same rows again and again."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def unload(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    industries = apps.get_model("cities", "Industry").objects
    for level in reversed(LEVELS):
        industries.filter(level=level).delete()


class Migration(migrations.Migration):
    dependencies = [("cities", "0004_industry_levels")]

    operations = [migrations.RunPython(load, unload)]
