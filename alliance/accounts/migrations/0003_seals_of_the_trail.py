import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_cache_table"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="TrailSeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True, verbose_name="day (UTC)")),
                ("entries", models.PositiveBigIntegerField(verbose_name="entries")),
                (
                    "tables",
                    models.JSONField(
                        help_text="For each table: entries, digest, columns.", verbose_name="tables"
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="digest of the day")),
                (
                    "previous",
                    models.CharField(blank=True, max_length=64, verbose_name="hash of the day before"),
                ),
                ("hash", models.CharField(max_length=64, unique=True, verbose_name="hash")),
                ("sealed_at", models.DateTimeField(verbose_name="sealed at")),
            ],
            options={
                "verbose_name": "seal of the trail",
                "verbose_name_plural": "seals of the trail",
                "ordering": ["-day"],
            },
        ),
        migrations.CreateModel(
            name="TrailMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day (UTC)")),
                ("table_name", models.CharField(max_length=63, verbose_name="table")),
                ("entry", models.BigIntegerField(verbose_name="entry")),
                ("salt", models.BinaryField(null=True, verbose_name="salt")),
                ("digest", models.BinaryField(verbose_name="digest")),
                (
                    "parts",
                    models.JSONField(blank=True, null=True, verbose_name="parts kept of redacted entries"),
                ),
            ],
            options={
                "verbose_name": "mark of an entry",
                "verbose_name_plural": "marks of entries",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["day", "table_name", "entry"], name="trail_mark_in_order")],
                "constraints": [
                    models.UniqueConstraint(fields=("table_name", "entry"), name="trail_mark_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("parts__isnull", True), ("salt__isnull", False)),
                            models.Q(("parts__isnull", False), ("salt__isnull", True)),
                            _connector="OR",
                        ),
                        name="trail_mark_salt_or_parts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrailRedaction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table_name", models.CharField(max_length=63, verbose_name="table")),
                (
                    "entries",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None, verbose_name="entries"
                    ),
                ),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=63), size=None, verbose_name="columns"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("redacted_at", models.DateTimeField(verbose_name="redacted at")),
                (
                    "redacted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="redacted by",
                    ),
                ),
            ],
            options={
                "verbose_name": "redaction of the trail",
                "verbose_name_plural": "redactions of the trail",
                "ordering": ["-redacted_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="TrailRedactionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("table_name", models.CharField(max_length=63, verbose_name="table")),
                (
                    "entries",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None, verbose_name="entries"
                    ),
                ),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=63), size=None, verbose_name="columns"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("redacted_at", models.DateTimeField(verbose_name="redacted at")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="accounts.trailredaction",
                    ),
                ),
                (
                    "redacted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="redacted by",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="trailredaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="trail_redaction_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="trailredaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("columns__len__gt", 0), ("entries__len__gt", 0)),
                name="trail_redaction_of_something",
            ),
        ),
    ]
