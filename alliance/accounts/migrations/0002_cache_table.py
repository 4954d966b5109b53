from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):  # type: ignore[no-untyped-def]
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """The table in which sign-in attempts are counted, shared by all web processes."""

    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.RunPython(create, migrations.RunPython.noop, elidable=False),
    ]
