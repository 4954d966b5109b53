from django.db import migrations, models

from alliance.embedded_postgres.tables import ChangeTables

# Rows that were checked before, as those checked from now on are written.
FILL = """
    UPDATE companies_importrow SET
        city_id = (values->>'city_id')::bigint,
        register_kind = COALESCE(values->>'register_kind', ''),
        register_number = COALESCE(values->>'register_number', '')
    WHERE values ? 'city_id' OR values ? 'register_number'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("companies", "0001_initial"),
    ]

    operations = [
        ChangeTables(
            changes=[
                migrations.AddField(
                    model_name="importrow",
                    name="line",
                    field=models.TextField(blank=True, default="", editable=False),
                ),
                migrations.AddField(
                    model_name="importrow",
                    name="city_id",
                    field=models.BigIntegerField(editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="importrow",
                    name="register_kind",
                    field=models.CharField(blank=True, default="", editable=False, max_length=20),
                ),
                migrations.AddField(
                    model_name="importrow",
                    name="register_number",
                    field=models.CharField(blank=True, default="", editable=False, max_length=100),
                ),
            ]
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
