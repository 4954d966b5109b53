import json
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

DATA = Path(__file__).resolve().parent.parent / "management" / "data"
CORRECTED = ["45", "66", "81"]


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Say in Chinese what three divisions are: 45 is the trade in vehicles only, 66 and 81 were misread."""
    industries, key = apps.get_model("cities", "Industry").objects, read("industries_keys")
    for row in read("industries"):
        if row["code"] in CORRECTED:
            said = {"name_zh": row["name_zh"], "search_key": key[row["code"]]}
            industries.filter(code=row["code"]).update(**said)


def read(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


class Migration(migrations.Migration):
    dependencies = [("cities", "0005_industry_groups_and_classes")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
