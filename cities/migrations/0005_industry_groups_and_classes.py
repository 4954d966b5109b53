import json
from functools import cache
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from alliance.search import search_key

DATA = Path(__file__).resolve().parent.parent / "management" / "data" / "industries_detail.json"
LEVELS = ["group", "class"]


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the groups and classes of ISIC Rev. 4, and the search key of every industry."""
    model = apps.get_model("cities", "Industry")
    for level in LEVELS:
        industries = dict(model.objects.values_list("code", "pk"))
        model.objects.bulk_create(
            model(
                **row,
                parent_id=industries[parent],
                search_key=key(row["name_zh"], row["name_de"], row["name_en"]),
            )
            for row, parent in rows_of(level)
        )
    broad = list(model.objects.filter(search_key=""))
    for industry in broad:
        industry.search_key = key(industry.name_zh, industry.name_de, industry.name_en)
    model.objects.bulk_update(broad, ["search_key"])


@cache
def key(*names: str) -> str:
    """Tests load the same names again and again."""
    return search_key(*names)


@cache
def rows() -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = json.loads(DATA.read_text(encoding="utf-8"))
    return data


def rows_of(level: str) -> list[tuple[dict[str, Any], str]]:
    """The rows of one level without their parent, and the code of the parent."""
    return [
        ({name: value for name, value in row.items() if name != "parent"}, row["parent"])
        for row in rows()
        if row["level"] == level
    ]


def unload(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    industries = apps.get_model("cities", "Industry").objects
    for level in reversed(LEVELS):
        industries.filter(level=level).delete()


class Migration(migrations.Migration):
    dependencies = [("cities", "0004_industry_levels")]

    operations = [migrations.RunPython(load, unload)]
