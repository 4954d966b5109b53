from django.db import migrations, models
from django.db.models import Q

import alliance.embedded_postgres.tables

LEVELS = [("section", "Section"), ("division", "Division"), ("group", "Group"), ("class", "Class")]


class Migration(migrations.Migration):
    dependencies = [
        ("cities", "0003_changed_addresses"),
    ]

    operations = [
        alliance.embedded_postgres.tables.ChangeTables(
            changes=[
                migrations.RemoveConstraint(
                    model_name="industry",
                    name="industry_parent_by_level",
                ),
                migrations.AddField(
                    model_name="industry",
                    name="search_key",
                    field=models.TextField(default="", editable=False),
                ),
                migrations.AlterField(
                    model_name="industry",
                    name="level",
                    field=models.CharField(choices=LEVELS, max_length=10, verbose_name="level"),
                ),
                migrations.AlterField(
                    model_name="industryevent",
                    name="level",
                    field=models.CharField(choices=LEVELS, max_length=10, verbose_name="level"),
                ),
                migrations.AddConstraint(
                    model_name="industry",
                    constraint=models.CheckConstraint(
                        condition=Q(code__regex="^[A-U]$", level="section", parent__isnull=True)
                        | Q(code__regex="^[0-9]{2}$", level="division", parent__isnull=False)
                        | Q(code__regex="^[0-9]{3}$", level="group", parent__isnull=False)
                        | Q(code__regex="^[0-9]{4}$", level="class", parent__isnull=False),
                        name="industry_parent_by_level",
                    ),
                ),
            ]
        )
    ]
