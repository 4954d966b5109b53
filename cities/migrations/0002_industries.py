import json
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

DATA = Path(__file__).resolve().parent.parent / "management" / "data" / "industries.json"


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the sections and divisions of ISIC Rev. 4; a section stands before its divisions in the file."""
    industries = apps.get_model("cities", "Industry").objects
    sections: dict[str, Any] = {}
    for row in json.loads(DATA.read_text(encoding="utf-8")):
        parent = sections.get(row.pop("parent"))
        industry = industries.create(parent=parent, **row)
        sections[industry.code] = industry


def unload(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    industries = apps.get_model("cities", "Industry").objects
    industries.filter(parent__isnull=False).delete()
    industries.all().delete()


class Migration(migrations.Migration):
    dependencies = [("cities", "0001_initial")]

    operations = [migrations.RunPython(load, unload)]
