from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models

import alliance.accounts.models
import alliance.embedded_postgres.tables
import membership.models.application


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("cities", "0001_initial"),
        ("letters", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        alliance.embedded_postgres.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Application",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "economic_zh",
                            models.TextField(blank=True, verbose_name="economic key data, in Chinese"),
                        ),
                        (
                            "economic_de",
                            models.TextField(blank=True, verbose_name="economic key data, in German"),
                        ),
                        (
                            "economic_en",
                            models.TextField(blank=True, verbose_name="economic key data, in English"),
                        ),
                        (
                            "industrial_zh",
                            models.TextField(
                                blank=True, verbose_name="industrial characteristics, in Chinese"
                            ),
                        ),
                        (
                            "industrial_de",
                            models.TextField(
                                blank=True, verbose_name="industrial characteristics, in German"
                            ),
                        ),
                        (
                            "industrial_en",
                            models.TextField(
                                blank=True, verbose_name="industrial characteristics, in English"
                            ),
                        ),
                        (
                            "cooperations_zh",
                            models.TextField(blank=True, verbose_name="present cooperations, in Chinese"),
                        ),
                        (
                            "cooperations_de",
                            models.TextField(blank=True, verbose_name="present cooperations, in German"),
                        ),
                        (
                            "cooperations_en",
                            models.TextField(blank=True, verbose_name="present cooperations, in English"),
                        ),
                        (
                            "wishes_zh",
                            models.TextField(blank=True, verbose_name="cooperation wishes, in Chinese"),
                        ),
                        (
                            "wishes_de",
                            models.TextField(blank=True, verbose_name="cooperation wishes, in German"),
                        ),
                        (
                            "wishes_en",
                            models.TextField(blank=True, verbose_name="cooperation wishes, in English"),
                        ),
                        (
                            "reference",
                            models.CharField(max_length=20, unique=True, verbose_name="reference number"),
                        ),
                        (
                            "state",
                            django_fsm.FSMField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("submitted", "Submitted"),
                                    ("returned", "Returned for correction"),
                                    ("in_consultation", "In consultation"),
                                    ("accepted", "Accepted"),
                                    ("declined", "Declined"),
                                    ("postponed", "Postponed"),
                                    ("retracted", "Retracted"),
                                ],
                                default="draft",
                                max_length=50,
                                protected=True,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "contact_name",
                            models.CharField(blank=True, max_length=200, verbose_name="contact"),
                        ),
                        (
                            "contact_function",
                            models.CharField(blank=True, max_length=200, verbose_name="contact's function"),
                        ),
                        (
                            "contact_email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="contact's e-mail address"
                            ),
                        ),
                        (
                            "contact_phone",
                            models.CharField(blank=True, max_length=50, verbose_name="contact's telephone"),
                        ),
                        (
                            "signatory_name",
                            models.CharField(blank=True, max_length=200, verbose_name="who signs"),
                        ),
                        (
                            "signatory_function",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="function of who signs"
                            ),
                        ),
                        (
                            "resolution_body",
                            models.CharField(blank=True, max_length=200, verbose_name="body that resolved"),
                        ),
                        (
                            "resolution_number",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="number of the resolution"
                            ),
                        ),
                        (
                            "resolution_date",
                            models.DateField(blank=True, null=True, verbose_name="date of the resolution"),
                        ),
                        ("begun_at", models.DateTimeField(verbose_name="begun at")),
                        ("edited_at", models.DateTimeField(verbose_name="edited at")),
                        (
                            "submitted_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="submitted at"),
                        ),
                        (
                            "returned_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="returned at"),
                        ),
                        (
                            "passed_on_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="found complete at"),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="decided at"),
                        ),
                        (
                            "retracted_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="retracted at"),
                        ),
                        (
                            "retraction_reason",
                            models.TextField(blank=True, verbose_name="reason of the retraction"),
                        ),
                        (
                            "begun_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="begun by",
                            ),
                        ),
                        (
                            "industries",
                            models.ManyToManyField(
                                blank=True,
                                related_name="applications",
                                to="cities.industry",
                                verbose_name="industries",
                            ),
                        ),
                        (
                            "passed_on_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="found complete by",
                            ),
                        ),
                        (
                            "retracted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="retracted by",
                            ),
                        ),
                        (
                            "returned_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="returned by",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "cities",
                            models.ManyToManyField(
                                related_name="applications",
                                through="membership.ApplicationCity",
                                to="cities.city",
                                verbose_name="cities",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "application",
                        "verbose_name_plural": "applications",
                        "ordering": ["-begun_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "submitted",
                                            "returned",
                                            "in_consultation",
                                            "accepted",
                                            "declined",
                                            "postponed",
                                            "retracted",
                                        ],
                                    )
                                ),
                                name="application_state_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                                    models.Q(
                                        ("submitted_at__isnull", False), ("submitted_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="application_submitted_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("returned_at__isnull", True), ("returned_by__isnull", True)),
                                    models.Q(("returned_at__isnull", False), ("returned_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="application_returned_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("passed_on_at__isnull", True), ("passed_on_by__isnull", True)),
                                    models.Q(
                                        ("passed_on_at__isnull", False), ("passed_on_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="application_passed_on_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("retracted_at__isnull", True), ("retracted_by__isnull", True)),
                                    models.Q(
                                        ("retracted_at__isnull", False), ("retracted_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="application_retracted_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("retracted_at__isnull", False), ("state", "retracted")),
                                    models.Q(
                                        models.Q(("state", "retracted"), _negated=True),
                                        ("retracted_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="application_retracted_has_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["accepted", "declined", "postponed"]), _negated=True
                                    ),
                                    ("decided_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="application_decided_has_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "state__in",
                                            [
                                                "submitted",
                                                "in_consultation",
                                                "accepted",
                                                "declined",
                                                "postponed",
                                            ],
                                        ),
                                        _negated=True,
                                    ),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="application_submitted_has_moment",
                            ),
                        ],
                    },
                    bases=(django_fsm.FSMModelMixin, models.Model),
                ),
                migrations.CreateModel(
                    name="ApplicationCity",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "is_open",
                            models.BooleanField(
                                default=True, editable=False, verbose_name="application still stands"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="places",
                                to="membership.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="application_places",
                                to="cities.city",
                                verbose_name="city",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "city that applies",
                        "verbose_name_plural": "cities that apply",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "city"), name="applicationcity_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_open", True)),
                                fields=("city",),
                                name="one_open_application_a_city",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationCityEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "is_open",
                            models.BooleanField(
                                default=True, editable=False, verbose_name="application still stands"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cities.city",
                                verbose_name="city",
                            ),
                        ),
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
                                to="membership.applicationcity",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationCooperation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("partner", models.CharField(max_length=200, verbose_name="partner")),
                        (
                            "partner_country",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="country of the partner"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("twinning", "Town twinning"),
                                    ("friendship", "Friendly relations"),
                                    ("industrial_park", "Industrial park"),
                                    ("company", "Cooperation of companies"),
                                    ("university", "Cooperation of universities"),
                                    ("network", "Network"),
                                    ("other", "Other"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "since",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="since (year)"
                            ),
                        ),
                        (
                            "description",
                            models.CharField(blank=True, max_length=500, verbose_name="description"),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cooperations",
                                to="membership.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cities.city",
                                verbose_name="city",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "present cooperation of an application",
                        "verbose_name_plural": "present cooperations of applications",
                        "ordering": ["since", "partner", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "city", "partner", "kind"),
                                name="applicationcooperation_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationCooperationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("partner", models.CharField(max_length=200, verbose_name="partner")),
                        (
                            "partner_country",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="country of the partner"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("twinning", "Town twinning"),
                                    ("friendship", "Friendly relations"),
                                    ("industrial_park", "Industrial park"),
                                    ("company", "Cooperation of companies"),
                                    ("university", "Cooperation of universities"),
                                    ("network", "Network"),
                                    ("other", "Other"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "since",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="since (year)"
                            ),
                        ),
                        (
                            "description",
                            models.CharField(blank=True, max_length=500, verbose_name="description"),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cities.city",
                                verbose_name="city",
                            ),
                        ),
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
                                to="membership.applicationcooperation",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "economic_zh",
                            models.TextField(blank=True, verbose_name="economic key data, in Chinese"),
                        ),
                        (
                            "economic_de",
                            models.TextField(blank=True, verbose_name="economic key data, in German"),
                        ),
                        (
                            "economic_en",
                            models.TextField(blank=True, verbose_name="economic key data, in English"),
                        ),
                        (
                            "industrial_zh",
                            models.TextField(
                                blank=True, verbose_name="industrial characteristics, in Chinese"
                            ),
                        ),
                        (
                            "industrial_de",
                            models.TextField(
                                blank=True, verbose_name="industrial characteristics, in German"
                            ),
                        ),
                        (
                            "industrial_en",
                            models.TextField(
                                blank=True, verbose_name="industrial characteristics, in English"
                            ),
                        ),
                        (
                            "cooperations_zh",
                            models.TextField(blank=True, verbose_name="present cooperations, in Chinese"),
                        ),
                        (
                            "cooperations_de",
                            models.TextField(blank=True, verbose_name="present cooperations, in German"),
                        ),
                        (
                            "cooperations_en",
                            models.TextField(blank=True, verbose_name="present cooperations, in English"),
                        ),
                        (
                            "wishes_zh",
                            models.TextField(blank=True, verbose_name="cooperation wishes, in Chinese"),
                        ),
                        (
                            "wishes_de",
                            models.TextField(blank=True, verbose_name="cooperation wishes, in German"),
                        ),
                        (
                            "wishes_en",
                            models.TextField(blank=True, verbose_name="cooperation wishes, in English"),
                        ),
                        ("reference", models.CharField(max_length=20, verbose_name="reference number")),
                        (
                            "state",
                            django_fsm.FSMField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("submitted", "Submitted"),
                                    ("returned", "Returned for correction"),
                                    ("in_consultation", "In consultation"),
                                    ("accepted", "Accepted"),
                                    ("declined", "Declined"),
                                    ("postponed", "Postponed"),
                                    ("retracted", "Retracted"),
                                ],
                                default="draft",
                                max_length=50,
                                protected=True,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "contact_name",
                            models.CharField(blank=True, max_length=200, verbose_name="contact"),
                        ),
                        (
                            "contact_function",
                            models.CharField(blank=True, max_length=200, verbose_name="contact's function"),
                        ),
                        (
                            "contact_email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="contact's e-mail address"
                            ),
                        ),
                        (
                            "contact_phone",
                            models.CharField(blank=True, max_length=50, verbose_name="contact's telephone"),
                        ),
                        (
                            "signatory_name",
                            models.CharField(blank=True, max_length=200, verbose_name="who signs"),
                        ),
                        (
                            "signatory_function",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="function of who signs"
                            ),
                        ),
                        (
                            "resolution_body",
                            models.CharField(blank=True, max_length=200, verbose_name="body that resolved"),
                        ),
                        (
                            "resolution_number",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="number of the resolution"
                            ),
                        ),
                        (
                            "resolution_date",
                            models.DateField(blank=True, null=True, verbose_name="date of the resolution"),
                        ),
                        ("begun_at", models.DateTimeField(verbose_name="begun at")),
                        ("edited_at", models.DateTimeField(verbose_name="edited at")),
                        (
                            "submitted_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="submitted at"),
                        ),
                        (
                            "returned_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="returned at"),
                        ),
                        (
                            "passed_on_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="found complete at"),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="decided at"),
                        ),
                        (
                            "retracted_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="retracted at"),
                        ),
                        (
                            "retraction_reason",
                            models.TextField(blank=True, verbose_name="reason of the retraction"),
                        ),
                        (
                            "begun_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="begun by",
                            ),
                        ),
                        (
                            "passed_on_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="found complete by",
                            ),
                        ),
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
                                to="membership.application",
                            ),
                        ),
                        (
                            "retracted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="retracted by",
                            ),
                        ),
                        (
                            "returned_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="returned by",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationFigure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "indicator",
                            models.CharField(
                                choices=[
                                    ("gdp", "Gross domestic product"),
                                    ("population", "Population"),
                                    ("area", "Area"),
                                    ("industrial_value_added", "Industrial value added"),
                                    ("industrial_employment", "Employment in industry"),
                                    ("industrial_companies", "Industrial companies"),
                                    ("exports", "Exports"),
                                    ("imports", "Imports"),
                                    ("fdi", "Foreign direct investment"),
                                    ("unemployment_rate", "Unemployment rate"),
                                ],
                                max_length=30,
                                verbose_name="indicator",
                            ),
                        ),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1950),
                                    django.core.validators.MaxValueValidator(2100),
                                ],
                                verbose_name="year",
                            ),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=18,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="value",
                            ),
                        ),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("million", "million"),
                                    ("persons", "persons"),
                                    ("count", "number"),
                                    ("km2", "km²"),
                                    ("percent", "%"),
                                ],
                                editable=False,
                                max_length=10,
                                verbose_name="unit",
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(
                                blank=True,
                                choices=[("EUR", "euro"), ("CNY", "yuan")],
                                max_length=3,
                                verbose_name="currency",
                            ),
                        ),
                        (
                            "territory",
                            models.CharField(
                                blank=True,
                                help_text="If it is not the city's own: for example the county for which the figure is published.",
                                max_length=200,
                                verbose_name="territory",
                            ),
                        ),
                        (
                            "concept",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not applicable"),
                                    ("resident", "Resident population"),
                                    ("registered", "Registered population"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="concept",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Final"),
                                    ("p", "Provisional"),
                                    ("r", "Revised"),
                                    ("s", "Estimated"),
                                ],
                                default="",
                                max_length=1,
                                verbose_name="status",
                            ),
                        ),
                        ("source", models.CharField(max_length=300, verbose_name="source")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="figures",
                                to="membership.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cities.city",
                                verbose_name="city",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "key figure of an application",
                        "verbose_name_plural": "key figures of applications",
                        "ordering": ["city", "indicator", "year", "concept", "territory"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "indicator__in",
                                        [
                                            "gdp",
                                            "population",
                                            "area",
                                            "industrial_value_added",
                                            "industrial_employment",
                                            "industrial_companies",
                                            "exports",
                                            "imports",
                                            "fdi",
                                            "unemployment_rate",
                                        ],
                                    )
                                ),
                                name="applicationfigure_indicator_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("value__gte", 0)),
                                name="applicationfigure_is_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "indicator__in",
                                            ["gdp", "industrial_value_added", "exports", "imports", "fdi"],
                                        ),
                                        ("currency__in", ["EUR", "CNY"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            (
                                                "indicator__in",
                                                [
                                                    "gdp",
                                                    "industrial_value_added",
                                                    "exports",
                                                    "imports",
                                                    "fdi",
                                                ],
                                            ),
                                            _negated=True,
                                        ),
                                        ("currency", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="applicationfigure_currency_for_money",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("indicator", "population"), models.Q(("concept", ""), _negated=True)
                                    ),
                                    models.Q(
                                        models.Q(("indicator", "population"), _negated=True), ("concept", "")
                                    ),
                                    _connector="OR",
                                ),
                                name="applicationfigure_concept_for_population",
                            ),
                            models.UniqueConstraint(
                                fields=("application", "city", "indicator", "year", "concept", "territory"),
                                name="applicationfigure_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationFigureEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "indicator",
                            models.CharField(
                                choices=[
                                    ("gdp", "Gross domestic product"),
                                    ("population", "Population"),
                                    ("area", "Area"),
                                    ("industrial_value_added", "Industrial value added"),
                                    ("industrial_employment", "Employment in industry"),
                                    ("industrial_companies", "Industrial companies"),
                                    ("exports", "Exports"),
                                    ("imports", "Imports"),
                                    ("fdi", "Foreign direct investment"),
                                    ("unemployment_rate", "Unemployment rate"),
                                ],
                                max_length=30,
                                verbose_name="indicator",
                            ),
                        ),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1950),
                                    django.core.validators.MaxValueValidator(2100),
                                ],
                                verbose_name="year",
                            ),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=18,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="value",
                            ),
                        ),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("million", "million"),
                                    ("persons", "persons"),
                                    ("count", "number"),
                                    ("km2", "km²"),
                                    ("percent", "%"),
                                ],
                                editable=False,
                                max_length=10,
                                verbose_name="unit",
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(
                                blank=True,
                                choices=[("EUR", "euro"), ("CNY", "yuan")],
                                max_length=3,
                                verbose_name="currency",
                            ),
                        ),
                        (
                            "territory",
                            models.CharField(
                                blank=True,
                                help_text="If it is not the city's own: for example the county for which the figure is published.",
                                max_length=200,
                                verbose_name="territory",
                            ),
                        ),
                        (
                            "concept",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not applicable"),
                                    ("resident", "Resident population"),
                                    ("registered", "Registered population"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="concept",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Final"),
                                    ("p", "Provisional"),
                                    ("r", "Revised"),
                                    ("s", "Estimated"),
                                ],
                                default="",
                                max_length=1,
                                verbose_name="status",
                            ),
                        ),
                        ("source", models.CharField(max_length=300, verbose_name="source")),
                        (
                            "application",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cities.city",
                                verbose_name="city",
                            ),
                        ),
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
                                to="membership.applicationfigure",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationIndustryEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "application",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.application",
                            ),
                        ),
                        (
                            "industry",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cities.industry",
                            ),
                        ),
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="version",
                            ),
                        ),
                        ("content", models.JSONField(verbose_name="content")),
                        ("submitted_at", models.DateTimeField(verbose_name="submitted at")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="membership.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of an application",
                        "verbose_name_plural": "versions of applications",
                        "ordering": ["application", "-number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "number"), name="application_version_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationVersionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="version",
                            ),
                        ),
                        ("content", models.JSONField(verbose_name="content")),
                        ("submitted_at", models.DateTimeField(verbose_name="submitted at")),
                        (
                            "application",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.application",
                                verbose_name="application",
                            ),
                        ),
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
                                to="membership.applicationversion",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "file",
                            models.FileField(
                                max_length=200,
                                upload_to=membership.models.application.file_path,
                                verbose_name="file",
                            ),
                        ),
                        ("filename", models.CharField(max_length=255, verbose_name="name of the file")),
                        ("media_type", models.CharField(max_length=100, verbose_name="type of the file")),
                        ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("resolution", "Resolution"),
                                    ("letter", "Letter"),
                                    ("statistics", "Statistics"),
                                    ("brochure", "Brochure"),
                                    ("other", "Other"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("de", "Deutsch"), ("zh-hans", "中文")],
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        ("date", models.DateField(blank=True, null=True, verbose_name="date")),
                        ("reference", models.CharField(blank=True, max_length=100, verbose_name="reference")),
                        ("uploaded_at", models.DateTimeField(verbose_name="uploaded at")),
                        (
                            "removed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="removed at"),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attachments",
                                to="membership.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="uploaded by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attachment",
                        "verbose_name_plural": "attachments",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="AttachmentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "file",
                            models.FileField(
                                max_length=200,
                                upload_to=membership.models.application.file_path,
                                verbose_name="file",
                            ),
                        ),
                        ("filename", models.CharField(max_length=255, verbose_name="name of the file")),
                        ("media_type", models.CharField(max_length=100, verbose_name="type of the file")),
                        ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("resolution", "Resolution"),
                                    ("letter", "Letter"),
                                    ("statistics", "Statistics"),
                                    ("brochure", "Brochure"),
                                    ("other", "Other"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("de", "Deutsch"), ("zh-hans", "中文")],
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        ("date", models.DateField(blank=True, null=True, verbose_name="date")),
                        ("reference", models.CharField(blank=True, max_length=100, verbose_name="reference")),
                        ("uploaded_at", models.DateTimeField(verbose_name="uploaded at")),
                        (
                            "removed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="removed at"),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.application",
                                verbose_name="application",
                            ),
                        ),
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
                                to="membership.attachment",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="uploaded by",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Circular",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("accession", "Accession"),
                                    ("withdrawal_notice", "Withdrawal notice"),
                                    ("information", "Information"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "state",
                            django_fsm.FSMField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("issued", "With the member cities"),
                                    ("closed", "Closed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="draft",
                                max_length=50,
                                protected=True,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "year",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year"),
                        ),
                        ("number", models.PositiveIntegerField(blank=True, null=True, verbose_name="number")),
                        ("subject_zh", models.CharField(max_length=300, verbose_name="subject in Chinese")),
                        ("subject_de", models.CharField(max_length=300, verbose_name="subject in German")),
                        ("subject_en", models.CharField(max_length=300, verbose_name="subject in English")),
                        ("body_zh", models.TextField(verbose_name="text in Chinese")),
                        ("body_de", models.TextField(verbose_name="text in German")),
                        ("body_en", models.TextField(verbose_name="text in English")),
                        (
                            "rule_content",
                            models.JSONField(blank=True, null=True, verbose_name="copy of the rule"),
                        ),
                        (
                            "deadline",
                            models.DateTimeField(blank=True, null=True, verbose_name="deadline as issued"),
                        ),
                        ("drafted_at", models.DateTimeField(verbose_name="drafted at")),
                        ("issued_at", models.DateTimeField(blank=True, null=True, verbose_name="issued at")),
                        ("seal", models.CharField(blank=True, max_length=64, verbose_name="seal")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                        ("closed_early", models.BooleanField(default=False, verbose_name="closed early")),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not yet computed"),
                                    ("carried", "Carried"),
                                    ("failed", "Failed"),
                                    ("no_quorum", "No quorum"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="result",
                            ),
                        ),
                        (
                            "outcome",
                            models.JSONField(
                                blank=True, null=True, verbose_name="computation of the outcome"
                            ),
                        ),
                        (
                            "cancelled_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="cancelled at"),
                        ),
                        (
                            "cancel_reason",
                            models.TextField(blank=True, verbose_name="reason of the cancellation"),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="circulars",
                                to="membership.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "application_version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="membership.applicationversion",
                                verbose_name="version of the application",
                            ),
                        ),
                        (
                            "cancelled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="cancelled by",
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: it closed by itself at the deadline.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="closed by",
                            ),
                        ),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="drafted by",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="issued by",
                            ),
                        ),
                        (
                            "letter",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="circular",
                                to="letters.letter",
                                verbose_name="letter",
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="circulars",
                                to="membership.consentrule",
                                verbose_name="consent rule",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "circular",
                        "verbose_name_plural": "circulars",
                        "ordering": [
                            models.OrderBy(models.F("year"), descending=True, nulls_first=True),
                            models.OrderBy(models.F("number"), descending=True, nulls_first=True),
                            "-pk",
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("year", "number"), name="circular_number_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["draft", "issued"])),
                                fields=("application",),
                                name="circular_one_open_an_application",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["draft", "issued", "closed", "cancelled"])),
                                name="circular_state_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["accession", "withdrawal_notice", "information"])
                                ),
                                name="circular_kind_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("issued_at__isnull", True),
                                        ("number__isnull", True),
                                        ("seal", ""),
                                        ("state", "draft"),
                                        ("year__isnull", True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "draft"), _negated=True),
                                        ("issued_at__isnull", False),
                                        ("number__isnull", False),
                                        ("year__isnull", False),
                                        models.Q(("seal", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="circular_issued_has_number_and_seal",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "accession"), _negated=True),
                                    ("state", "draft"),
                                    models.Q(
                                        ("application__isnull", False),
                                        ("application_version__isnull", False),
                                        ("deadline__isnull", False),
                                        ("rule_content__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="circular_accession_has_rule_and_deadline",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("deadline__isnull", True),
                                    ("issued_at__isnull", True),
                                    ("deadline__gt", models.F("issued_at")),
                                    _connector="OR",
                                ),
                                name="circular_deadline_after_issue",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", False), ("state", "closed")),
                                    models.Q(
                                        models.Q(("state", "closed"), _negated=True),
                                        ("closed_at__isnull", True),
                                        ("result", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="circular_closed_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_by__isnull", True), ("closed_at__isnull", False), _connector="OR"
                                ),
                                name="circular_closed_by_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "accession"), _negated=True),
                                    models.Q(("state", "closed"), _negated=True),
                                    models.Q(
                                        models.Q(("result", ""), _negated=True), ("outcome__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="circular_closed_accession_has_result",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("cancelled_at__isnull", False),
                                        ("state", "cancelled"),
                                        models.Q(("cancel_reason", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "cancelled"), _negated=True),
                                        ("cancelled_at__isnull", True),
                                        ("cancelled_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="circular_cancelled_pair",
                            ),
                        ],
                    },
                    bases=(django_fsm.FSMModelMixin, models.Model),
                ),
                migrations.CreateModel(
                    name="Addressee",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cities.city",
                                verbose_name="city",
                            ),
                        ),
                        (
                            "circular",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="addressees",
                                to="membership.circular",
                                verbose_name="circular",
                            ),
                        ),
                        (
                            "elector",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty for observers, who get it for information.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="addressees",
                                to="membership.elector",
                                verbose_name="member asked",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "city told",
                        "verbose_name_plural": "cities told",
                        "ordering": ["circular", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("circular", "city"), name="addressee_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CircularAttachment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "file",
                            models.FileField(
                                max_length=200,
                                upload_to=membership.models.application.file_path,
                                verbose_name="file",
                            ),
                        ),
                        ("filename", models.CharField(max_length=255, verbose_name="name of the file")),
                        ("media_type", models.CharField(max_length=100, verbose_name="type of the file")),
                        ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("de", "Deutsch"), ("zh-hans", "中文")],
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        ("added_at", models.DateTimeField(verbose_name="added at")),
                        (
                            "circular",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attachments",
                                to="membership.circular",
                                verbose_name="circular",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attachment of a circular",
                        "verbose_name_plural": "attachments of circulars",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="CircularAttachmentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "file",
                            models.FileField(
                                max_length=200,
                                upload_to=membership.models.application.file_path,
                                verbose_name="file",
                            ),
                        ),
                        ("filename", models.CharField(max_length=255, verbose_name="name of the file")),
                        ("media_type", models.CharField(max_length=100, verbose_name="type of the file")),
                        ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("de", "Deutsch"), ("zh-hans", "中文")],
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        ("added_at", models.DateTimeField(verbose_name="added at")),
                        (
                            "circular",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.circular",
                                verbose_name="circular",
                            ),
                        ),
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
                                to="membership.circularattachment",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ConsentRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.SlugField(max_length=60, verbose_name="short name")),
                        ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                        ("name_zh", models.CharField(max_length=200, verbose_name="name in Chinese")),
                        ("name_de", models.CharField(max_length=200, verbose_name="name in German")),
                        ("name_en", models.CharField(max_length=200, verbose_name="name in English")),
                        (
                            "threshold",
                            models.CharField(
                                choices=[
                                    ("all_expressly", "All members expressly"),
                                    ("no_objection", "No objection"),
                                    ("share", "Share of answers"),
                                    ("two_thirds_and_a_quarter", "Two thirds and at most a quarter against"),
                                    ("both_sides", "Both sides"),
                                ],
                                max_length=30,
                                verbose_name="threshold",
                            ),
                        ),
                        (
                            "share_numerator",
                            models.PositiveSmallIntegerField(default=2, verbose_name="share, numerator"),
                        ),
                        (
                            "share_denominator",
                            models.PositiveSmallIntegerField(default=3, verbose_name="share, denominator"),
                        ),
                        (
                            "share_cn_numerator",
                            models.PositiveSmallIntegerField(
                                default=2, verbose_name="share of the Chinese side, numerator"
                            ),
                        ),
                        (
                            "share_cn_denominator",
                            models.PositiveSmallIntegerField(
                                default=3, verbose_name="share of the Chinese side, denominator"
                            ),
                        ),
                        (
                            "share_de_numerator",
                            models.PositiveSmallIntegerField(
                                default=2, verbose_name="share of the German side, numerator"
                            ),
                        ),
                        (
                            "share_de_denominator",
                            models.PositiveSmallIntegerField(
                                default=3, verbose_name="share of the German side, denominator"
                            ),
                        ),
                        (
                            "silence",
                            models.CharField(
                                choices=[
                                    ("blocks", "Silence stands in the way"),
                                    ("consent", "Silence is consent"),
                                    ("abstention", "Silence is abstention"),
                                    ("ignored", "Silence is left out"),
                                ],
                                max_length=12,
                                verbose_name="silence",
                            ),
                        ),
                        (
                            "quorum_percent",
                            models.PositiveSmallIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(100)],
                                verbose_name="quorum in per cent",
                            ),
                        ),
                        (
                            "period_days",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(365),
                                ],
                                verbose_name="period in days",
                            ),
                        ),
                        (
                            "zone",
                            models.CharField(
                                default="Asia/Shanghai",
                                max_length=50,
                                validators=[alliance.accounts.models.validate_time_zone],
                                verbose_name="time zone of the deadline",
                            ),
                        ),
                        ("early_close", models.BooleanField(default=False, verbose_name="may close early")),
                        (
                            "visibility",
                            models.CharField(
                                choices=[("secretariat", "Only the secretariat"), ("members", "All members")],
                                default="secretariat",
                                max_length=12,
                                verbose_name="who sees the answers before the close",
                            ),
                        ),
                        (
                            "reminder_days",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="reminders, days before the deadline",
                            ),
                        ),
                        (
                            "wait_days",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="wait before a new application, in days"
                            ),
                        ),
                        ("made_at", models.DateTimeField(verbose_name="made at")),
                        (
                            "superseded_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="superseded at"),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        (
                            "superseded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="superseded by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "consent rule",
                        "verbose_name_plural": "consent rules",
                        "ordering": ["key", "-version"],
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "version"), name="rule_version_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("superseded_at__isnull", True)),
                                fields=("key",),
                                name="rule_one_current",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "threshold__in",
                                        [
                                            "all_expressly",
                                            "no_objection",
                                            "share",
                                            "two_thirds_and_a_quarter",
                                            "both_sides",
                                        ],
                                    )
                                ),
                                name="rule_threshold_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("silence__in", ["blocks", "consent", "abstention", "ignored"])
                                ),
                                name="rule_silence_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("visibility__in", ["secretariat", "members"])),
                                name="rule_visibility_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("threshold", "all_expressly"), _negated=True),
                                    ("silence__in", ["blocks", "ignored"]),
                                    _connector="OR",
                                ),
                                name="rule_pair_has_a_meaning",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quorum_percent__lte", 100)),
                                name="rule_quorum_is_a_share",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("period_days__gte", 1)), name="rule_period_is_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("share_denominator__gte", 1),
                                    ("share_numerator__gte", 1),
                                    ("share_numerator__lte", models.F("share_denominator")),
                                ),
                                name="rule_share_is_a_share",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("share_cn_denominator__gte", 1),
                                    ("share_cn_numerator__gte", 1),
                                    ("share_cn_numerator__lte", models.F("share_cn_denominator")),
                                ),
                                name="rule_share_cn_is_a_share",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("share_de_denominator__gte", 1),
                                    ("share_de_numerator__gte", 1),
                                    ("share_de_numerator__lte", models.F("share_de_denominator")),
                                ),
                                name="rule_share_de_is_a_share",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CircularEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("accession", "Accession"),
                                    ("withdrawal_notice", "Withdrawal notice"),
                                    ("information", "Information"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "state",
                            django_fsm.FSMField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("issued", "With the member cities"),
                                    ("closed", "Closed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="draft",
                                max_length=50,
                                protected=True,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "year",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year"),
                        ),
                        ("number", models.PositiveIntegerField(blank=True, null=True, verbose_name="number")),
                        ("subject_zh", models.CharField(max_length=300, verbose_name="subject in Chinese")),
                        ("subject_de", models.CharField(max_length=300, verbose_name="subject in German")),
                        ("subject_en", models.CharField(max_length=300, verbose_name="subject in English")),
                        ("body_zh", models.TextField(verbose_name="text in Chinese")),
                        ("body_de", models.TextField(verbose_name="text in German")),
                        ("body_en", models.TextField(verbose_name="text in English")),
                        (
                            "rule_content",
                            models.JSONField(blank=True, null=True, verbose_name="copy of the rule"),
                        ),
                        (
                            "deadline",
                            models.DateTimeField(blank=True, null=True, verbose_name="deadline as issued"),
                        ),
                        ("drafted_at", models.DateTimeField(verbose_name="drafted at")),
                        ("issued_at", models.DateTimeField(blank=True, null=True, verbose_name="issued at")),
                        ("seal", models.CharField(blank=True, max_length=64, verbose_name="seal")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                        ("closed_early", models.BooleanField(default=False, verbose_name="closed early")),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not yet computed"),
                                    ("carried", "Carried"),
                                    ("failed", "Failed"),
                                    ("no_quorum", "No quorum"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="result",
                            ),
                        ),
                        (
                            "outcome",
                            models.JSONField(
                                blank=True, null=True, verbose_name="computation of the outcome"
                            ),
                        ),
                        (
                            "cancelled_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="cancelled at"),
                        ),
                        (
                            "cancel_reason",
                            models.TextField(blank=True, verbose_name="reason of the cancellation"),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "application_version",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.applicationversion",
                                verbose_name="version of the application",
                            ),
                        ),
                        (
                            "cancelled_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="cancelled by",
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty: it closed by itself at the deadline.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="closed by",
                            ),
                        ),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="drafted by",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="issued by",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="letters.letter",
                                verbose_name="letter",
                            ),
                        ),
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
                                to="membership.circular",
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.consentrule",
                                verbose_name="consent rule",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ConsentRuleEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("key", models.SlugField(db_index=False, max_length=60, verbose_name="short name")),
                        ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                        ("name_zh", models.CharField(max_length=200, verbose_name="name in Chinese")),
                        ("name_de", models.CharField(max_length=200, verbose_name="name in German")),
                        ("name_en", models.CharField(max_length=200, verbose_name="name in English")),
                        (
                            "threshold",
                            models.CharField(
                                choices=[
                                    ("all_expressly", "All members expressly"),
                                    ("no_objection", "No objection"),
                                    ("share", "Share of answers"),
                                    ("two_thirds_and_a_quarter", "Two thirds and at most a quarter against"),
                                    ("both_sides", "Both sides"),
                                ],
                                max_length=30,
                                verbose_name="threshold",
                            ),
                        ),
                        (
                            "share_numerator",
                            models.PositiveSmallIntegerField(default=2, verbose_name="share, numerator"),
                        ),
                        (
                            "share_denominator",
                            models.PositiveSmallIntegerField(default=3, verbose_name="share, denominator"),
                        ),
                        (
                            "share_cn_numerator",
                            models.PositiveSmallIntegerField(
                                default=2, verbose_name="share of the Chinese side, numerator"
                            ),
                        ),
                        (
                            "share_cn_denominator",
                            models.PositiveSmallIntegerField(
                                default=3, verbose_name="share of the Chinese side, denominator"
                            ),
                        ),
                        (
                            "share_de_numerator",
                            models.PositiveSmallIntegerField(
                                default=2, verbose_name="share of the German side, numerator"
                            ),
                        ),
                        (
                            "share_de_denominator",
                            models.PositiveSmallIntegerField(
                                default=3, verbose_name="share of the German side, denominator"
                            ),
                        ),
                        (
                            "silence",
                            models.CharField(
                                choices=[
                                    ("blocks", "Silence stands in the way"),
                                    ("consent", "Silence is consent"),
                                    ("abstention", "Silence is abstention"),
                                    ("ignored", "Silence is left out"),
                                ],
                                max_length=12,
                                verbose_name="silence",
                            ),
                        ),
                        (
                            "quorum_percent",
                            models.PositiveSmallIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(100)],
                                verbose_name="quorum in per cent",
                            ),
                        ),
                        (
                            "period_days",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(365),
                                ],
                                verbose_name="period in days",
                            ),
                        ),
                        (
                            "zone",
                            models.CharField(
                                default="Asia/Shanghai",
                                max_length=50,
                                validators=[alliance.accounts.models.validate_time_zone],
                                verbose_name="time zone of the deadline",
                            ),
                        ),
                        ("early_close", models.BooleanField(default=False, verbose_name="may close early")),
                        (
                            "visibility",
                            models.CharField(
                                choices=[("secretariat", "Only the secretariat"), ("members", "All members")],
                                default="secretariat",
                                max_length=12,
                                verbose_name="who sees the answers before the close",
                            ),
                        ),
                        (
                            "reminder_days",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="reminders, days before the deadline",
                            ),
                        ),
                        (
                            "wait_days",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="wait before a new application, in days"
                            ),
                        ),
                        ("made_at", models.DateTimeField(verbose_name="made at")),
                        (
                            "superseded_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="superseded at"),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
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
                                to="membership.consentrule",
                            ),
                        ),
                        (
                            "superseded_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="superseded by",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Contestation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("contested_at", models.DateTimeField(verbose_name="contested at")),
                        (
                            "contested_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="contested by",
                            ),
                        ),
                        (
                            "statement",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contestation",
                                to="membership.statement",
                                verbose_name="statement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contestation",
                        "verbose_name_plural": "contestations",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason__regex", "\\S")), name="contestation_has_a_reason"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeadlineExtension",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("new_deadline", models.DateTimeField(verbose_name="new deadline")),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("extended_at", models.DateTimeField(verbose_name="extended at")),
                        (
                            "circular",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="extension",
                                to="membership.circular",
                                verbose_name="circular",
                            ),
                        ),
                        (
                            "extended_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="extended by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "extension of a deadline",
                        "verbose_name_plural": "extensions of deadlines",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="extension_has_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("new_deadline__gt", models.F("extended_at"))),
                                name="extension_lies_ahead",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeadlineExtensionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("new_deadline", models.DateTimeField(verbose_name="new deadline")),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("extended_at", models.DateTimeField(verbose_name="extended at")),
                        (
                            "circular",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.circular",
                                verbose_name="circular",
                            ),
                        ),
                        (
                            "extended_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="extended by",
                            ),
                        ),
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
                                to="membership.deadlineextension",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("accepted", "Accepted"),
                                    ("declined", "Declined"),
                                    ("postponed", "Postponed"),
                                ],
                                max_length=10,
                                verbose_name="decision",
                            ),
                        ),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("carried", "Carried"),
                                    ("failed", "Failed"),
                                    ("no_quorum", "No quorum"),
                                ],
                                max_length=10,
                                verbose_name="outcome at the decision",
                            ),
                        ),
                        ("outcome", models.JSONField(verbose_name="computation of the outcome")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("decided_at", models.DateTimeField(verbose_name="decided at")),
                        ("member_from", models.DateField(blank=True, null=True, verbose_name="member from")),
                        (
                            "occasion",
                            models.CharField(
                                blank=True,
                                help_text="For example a plenary.",
                                max_length=200,
                                verbose_name="occasion",
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="membership.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "circular",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="membership.circular",
                                verbose_name="circular",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "membership",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision",
                                to="membership.membership",
                                verbose_name="membership",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "decision",
                        "verbose_name_plural": "decisions",
                        "ordering": ["decided_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["accepted", "declined", "postponed"])),
                                name="decision_kind_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "accepted"),
                                        ("member_from__isnull", False),
                                        ("membership__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("kind", "accepted"), _negated=True),
                                        ("member_from__isnull", True),
                                        ("membership__isnull", True),
                                        ("reason__regex", "\\S"),
                                    ),
                                    _connector="OR",
                                ),
                                name="decision_has_date_or_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "accepted")),
                                fields=("application",),
                                name="decision_accepted_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Elector",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("CN", "China"), ("DE", "Germany")],
                                max_length=2,
                                verbose_name="side",
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=300, verbose_name="name in Chinese")),
                        ("name_de", models.CharField(max_length=300, verbose_name="name in German")),
                        ("name_en", models.CharField(max_length=300, verbose_name="name in English")),
                        (
                            "circular",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="electors",
                                to="membership.circular",
                                verbose_name="circular",
                            ),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="electors",
                                to="membership.membership",
                                verbose_name="membership",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "member asked",
                        "verbose_name_plural": "members asked",
                        "ordering": ["circular", "side", "name_en", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("circular", "membership"), name="elector_once"),
                            models.UniqueConstraint(fields=("id", "circular"), name="elector_circular_key"),
                            models.CheckConstraint(
                                condition=models.Q(("side__in", ["CN", "DE"])), name="elector_side_is_known"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AddresseeEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "city",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cities.city",
                                verbose_name="city",
                            ),
                        ),
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
                                to="membership.addressee",
                            ),
                        ),
                        (
                            "circular",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.circular",
                                verbose_name="circular",
                            ),
                        ),
                        (
                            "elector",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty for observers, who get it for information.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.elector",
                                verbose_name="member asked",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ElectorateExit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("left_at", models.DateTimeField(verbose_name="left at")),
                        (
                            "elector",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exit",
                                to="membership.elector",
                                verbose_name="member asked",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "exit from the electorate",
                        "verbose_name_plural": "exits from the electorate",
                    },
                ),
                migrations.CreateModel(
                    name="ElectorateExitEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("left_at", models.DateTimeField(verbose_name="left at")),
                        (
                            "elector",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.elector",
                                verbose_name="member asked",
                            ),
                        ),
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
                                to="membership.electorateexit",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("full", "Full member"),
                                    ("observer", "Observer"),
                                    ("guest", "Guest"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "name_zh",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="joint name in Chinese"
                            ),
                        ),
                        (
                            "name_de",
                            models.CharField(blank=True, max_length=200, verbose_name="joint name in German"),
                        ),
                        (
                            "name_en",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="joint name in English"
                            ),
                        ),
                        (
                            "beginning",
                            models.CharField(
                                choices=[
                                    ("founding", "Founding"),
                                    ("application", "Application"),
                                    ("invitation", "Invitation"),
                                ],
                                max_length=12,
                                verbose_name="began by",
                            ),
                        ),
                        (
                            "ending",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not ended"),
                                    ("withdrawal", "Withdrawal"),
                                    ("accession", "Accession as a full member"),
                                    ("ended", "Ended by the secretariat"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="ended by",
                            ),
                        ),
                        (
                            "certificate_number",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="number of the certificate"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="recorded by",
                            ),
                        ),
                        (
                            "cities",
                            models.ManyToManyField(
                                related_name="memberships",
                                through="membership.MembershipCity",
                                to="cities.city",
                                verbose_name="cities",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "membership",
                        "verbose_name_plural": "memberships",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["full", "observer", "guest"])),
                                name="membership_kind_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("beginning__in", ["founding", "application", "invitation"])
                                ),
                                name="membership_beginning_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ending__in", ["", "withdrawal", "accession", "ended"])),
                                name="membership_ending_is_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("certificate_number", ""), _negated=True),
                                fields=("certificate_number",),
                                name="membership_certificate_once",
                            ),
                            models.UniqueConstraint(fields=("id", "kind"), name="membership_kind_key"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ElectorEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "side",
                            models.CharField(
                                choices=[("CN", "China"), ("DE", "Germany")],
                                max_length=2,
                                verbose_name="side",
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=300, verbose_name="name in Chinese")),
                        ("name_de", models.CharField(max_length=300, verbose_name="name in German")),
                        ("name_en", models.CharField(max_length=300, verbose_name="name in English")),
                        (
                            "circular",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.circular",
                                verbose_name="circular",
                            ),
                        ),
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
                                to="membership.elector",
                            ),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.membership",
                                verbose_name="membership",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DecisionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("accepted", "Accepted"),
                                    ("declined", "Declined"),
                                    ("postponed", "Postponed"),
                                ],
                                max_length=10,
                                verbose_name="decision",
                            ),
                        ),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("carried", "Carried"),
                                    ("failed", "Failed"),
                                    ("no_quorum", "No quorum"),
                                ],
                                max_length=10,
                                verbose_name="outcome at the decision",
                            ),
                        ),
                        ("outcome", models.JSONField(verbose_name="computation of the outcome")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("decided_at", models.DateTimeField(verbose_name="decided at")),
                        ("member_from", models.DateField(blank=True, null=True, verbose_name="member from")),
                        (
                            "occasion",
                            models.CharField(
                                blank=True,
                                help_text="For example a plenary.",
                                max_length=200,
                                verbose_name="occasion",
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "circular",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.circular",
                                verbose_name="circular",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
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
                                to="membership.decision",
                            ),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.membership",
                                verbose_name="membership",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MembershipCity",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("full", "Full member"),
                                    ("observer", "Observer"),
                                    ("guest", "Guest"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period"),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="places",
                                to="cities.city",
                                verbose_name="city",
                            ),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="places",
                                to="membership.membership",
                                verbose_name="membership",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "membership of a city",
                        "verbose_name_plural": "memberships of cities",
                        "ordering": ["period", "pk"],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("city", "="), ("kind", "="), ("period", "&&")],
                                name="city_once_of_a_kind_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period__isempty", False), ("period__startswith__isnull", False)
                                ),
                                name="membership_period_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MembershipCityEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("full", "Full member"),
                                    ("observer", "Observer"),
                                    ("guest", "Guest"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period"),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cities.city",
                                verbose_name="city",
                            ),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.membership",
                                verbose_name="membership",
                            ),
                        ),
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
                                to="membership.membershipcity",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MembershipEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("full", "Full member"),
                                    ("observer", "Observer"),
                                    ("guest", "Guest"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "name_zh",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="joint name in Chinese"
                            ),
                        ),
                        (
                            "name_de",
                            models.CharField(blank=True, max_length=200, verbose_name="joint name in German"),
                        ),
                        (
                            "name_en",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="joint name in English"
                            ),
                        ),
                        (
                            "beginning",
                            models.CharField(
                                choices=[
                                    ("founding", "Founding"),
                                    ("application", "Application"),
                                    ("invitation", "Invitation"),
                                ],
                                max_length=12,
                                verbose_name="began by",
                            ),
                        ),
                        (
                            "ending",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Not ended"),
                                    ("withdrawal", "Withdrawal"),
                                    ("accession", "Accession as a full member"),
                                    ("ended", "Ended by the secretariat"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="ended by",
                            ),
                        ),
                        (
                            "certificate_number",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="number of the certificate"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
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
                                to="membership.membership",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="recorded by",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="NumberSeries",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("series", models.CharField(max_length=20, verbose_name="series")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("last", models.PositiveIntegerField(default=0, verbose_name="last number")),
                    ],
                    options={
                        "verbose_name": "series of numbers",
                        "verbose_name_plural": "series of numbers",
                        "constraints": [
                            models.UniqueConstraint(fields=("series", "year"), name="number_series_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NumberSeriesEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("series", models.CharField(max_length=20, verbose_name="series")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("last", models.PositiveIntegerField(default=0, verbose_name="last number")),
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
                                to="membership.numberseries",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(verbose_name="question")),
                        ("asked_at", models.DateTimeField(verbose_name="asked at")),
                        ("answer", models.TextField(blank=True, verbose_name="answer")),
                        (
                            "answered_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="answered at"),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="answered by",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
                            ),
                        ),
                        (
                            "circular",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="membership.circular",
                                verbose_name="circular",
                            ),
                        ),
                        (
                            "elector",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="membership.elector",
                                verbose_name="member",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question",
                        "verbose_name_plural": "questions",
                        "ordering": ["asked_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answer", ""),
                                        ("answered_at__isnull", True),
                                        ("answered_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("answered_at__isnull", False),
                                        ("answered_by__isnull", False),
                                        models.Q(("answer", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="question_answered_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text__regex", "\\S")), name="question_has_a_text"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuestionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("text", models.TextField(verbose_name="question")),
                        ("asked_at", models.DateTimeField(verbose_name="asked at")),
                        ("answer", models.TextField(blank=True, verbose_name="answer")),
                        (
                            "answered_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="answered at"),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="answered by",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
                            ),
                        ),
                        (
                            "circular",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.circular",
                                verbose_name="circular",
                            ),
                        ),
                        (
                            "elector",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.elector",
                                verbose_name="member",
                            ),
                        ),
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
                                to="membership.question",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "days_before",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="days before the deadline"
                            ),
                        ),
                        (
                            "due_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Empty: sent by hand.",
                                null=True,
                                verbose_name="moment the rule names",
                            ),
                        ),
                        ("sent_at", models.DateTimeField(verbose_name="sent at")),
                        (
                            "circular",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="membership.circular",
                                verbose_name="circular",
                            ),
                        ),
                        (
                            "electors",
                            models.ManyToManyField(
                                related_name="reminders",
                                to="membership.elector",
                                verbose_name="members reminded",
                            ),
                        ),
                        (
                            "letter",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminder",
                                to="letters.letter",
                                verbose_name="letter",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="sent by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reminder",
                        "verbose_name_plural": "reminders",
                        "ordering": ["sent_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("due_at__isnull", False)),
                                fields=("circular", "due_at"),
                                name="reminder_once_a_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("days_before__isnull", True), ("due_at__isnull", True)),
                                    models.Q(
                                        ("days_before__isnull", False),
                                        ("due_at__isnull", False),
                                        ("due_at__lte", models.F("sent_at")),
                                    ),
                                    _connector="OR",
                                ),
                                name="reminder_due_pair",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReminderElectorEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "elector",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.elector",
                            ),
                        ),
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
                            "reminder",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.reminder",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ReminderEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "days_before",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="days before the deadline"
                            ),
                        ),
                        (
                            "due_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Empty: sent by hand.",
                                null=True,
                                verbose_name="moment the rule names",
                            ),
                        ),
                        ("sent_at", models.DateTimeField(verbose_name="sent at")),
                        (
                            "circular",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.circular",
                                verbose_name="circular",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="letters.letter",
                                verbose_name="letter",
                            ),
                        ),
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
                                to="membership.reminder",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="sent by",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ReturnComment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "section",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("economic", "Economic key data"),
                                    ("industrial", "Industrial characteristics"),
                                    ("cooperations", "Present cooperations"),
                                    ("wishes", "Cooperation wishes"),
                                    ("attachments", "Attachments"),
                                    ("", "General"),
                                ],
                                max_length=12,
                                verbose_name="section",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="comment")),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="membership.applicationversion",
                                verbose_name="version",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "comment on return",
                        "verbose_name_plural": "comments on return",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "section"), name="return_comment_once_a_section"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReturnCommentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "section",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("economic", "Economic key data"),
                                    ("industrial", "Industrial characteristics"),
                                    ("cooperations", "Present cooperations"),
                                    ("wishes", "Cooperation wishes"),
                                    ("attachments", "Attachments"),
                                    ("", "General"),
                                ],
                                max_length=12,
                                verbose_name="section",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="comment")),
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
                                to="membership.returncomment",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.applicationversion",
                                verbose_name="version",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Statement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "position",
                            models.CharField(
                                choices=[
                                    ("consent", "Consent"),
                                    ("consent_with_comment", "Consent with comment"),
                                    ("objection", "Objection"),
                                    ("abstention", "Abstention"),
                                ],
                                max_length=20,
                                verbose_name="position",
                            ),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="comment or reason")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("signed_in", "Signed in"),
                                    ("personal_link", "By personal link"),
                                    ("mail", "By e-mail"),
                                    ("letter", "By letter"),
                                    ("telephone", "By telephone"),
                                ],
                                max_length=15,
                                verbose_name="channel",
                            ),
                        ),
                        (
                            "given_by",
                            models.CharField(
                                blank=True,
                                help_text="The person who gave the answer for the city.",
                                max_length=200,
                                verbose_name="given by",
                            ),
                        ),
                        ("dated", models.DateField(verbose_name="date it bears")),
                        ("received_at", models.DateTimeField(verbose_name="received at")),
                        ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                        (
                            "late",
                            models.BooleanField(
                                default=False,
                                help_text="Received after the deadline: kept, not counted.",
                                verbose_name="late",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note as proof")),
                        (
                            "file",
                            models.FileField(
                                blank=True,
                                max_length=200,
                                upload_to=membership.models.application.file_path,
                                verbose_name="proof",
                            ),
                        ),
                        (
                            "filename",
                            models.CharField(blank=True, max_length=255, verbose_name="name of the file"),
                        ),
                        (
                            "media_type",
                            models.CharField(blank=True, max_length=100, verbose_name="type of the file"),
                        ),
                        ("size", models.PositiveIntegerField(default=0, verbose_name="size in bytes")),
                        ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                        (
                            "circular",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="membership.circular",
                                verbose_name="circular",
                            ),
                        ),
                        (
                            "elector",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="membership.elector",
                                verbose_name="member",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "statement",
                        "verbose_name_plural": "statements",
                        "ordering": ["received_at", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["circular", "elector", "received_at"], name="statement_series"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "position__in",
                                        ["consent", "consent_with_comment", "objection", "abstention"],
                                    )
                                ),
                                name="statement_position_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "channel__in",
                                        ["signed_in", "personal_link", "mail", "letter", "telephone"],
                                    )
                                ),
                                name="statement_channel_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("position__in", ["objection", "consent_with_comment"]), _negated=True
                                    ),
                                    ("text__regex", "\\S"),
                                    _connector="OR",
                                ),
                                name="statement_objection_has_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("channel__in", ("mail", "letter", "telephone")), _negated=True),
                                    models.Q(
                                        models.Q(("given_by", ""), _negated=True),
                                        models.Q(
                                            models.Q(("note", ""), _negated=True),
                                            models.Q(("file", ""), _negated=True),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="statement_on_behalf_has_proof",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("recorded_at__gte", models.F("received_at"))),
                                name="statement_received_first",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContestationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("contested_at", models.DateTimeField(verbose_name="contested at")),
                        (
                            "contested_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="contested by",
                            ),
                        ),
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
                                to="membership.contestation",
                            ),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.statement",
                                verbose_name="statement",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="StatementEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "position",
                            models.CharField(
                                choices=[
                                    ("consent", "Consent"),
                                    ("consent_with_comment", "Consent with comment"),
                                    ("objection", "Objection"),
                                    ("abstention", "Abstention"),
                                ],
                                max_length=20,
                                verbose_name="position",
                            ),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="comment or reason")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("signed_in", "Signed in"),
                                    ("personal_link", "By personal link"),
                                    ("mail", "By e-mail"),
                                    ("letter", "By letter"),
                                    ("telephone", "By telephone"),
                                ],
                                max_length=15,
                                verbose_name="channel",
                            ),
                        ),
                        (
                            "given_by",
                            models.CharField(
                                blank=True,
                                help_text="The person who gave the answer for the city.",
                                max_length=200,
                                verbose_name="given by",
                            ),
                        ),
                        ("dated", models.DateField(verbose_name="date it bears")),
                        ("received_at", models.DateTimeField(verbose_name="received at")),
                        ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                        (
                            "late",
                            models.BooleanField(
                                default=False,
                                help_text="Received after the deadline: kept, not counted.",
                                verbose_name="late",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note as proof")),
                        (
                            "file",
                            models.FileField(
                                blank=True,
                                max_length=200,
                                upload_to=membership.models.application.file_path,
                                verbose_name="proof",
                            ),
                        ),
                        (
                            "filename",
                            models.CharField(blank=True, max_length=255, verbose_name="name of the file"),
                        ),
                        (
                            "media_type",
                            models.CharField(blank=True, max_length=100, verbose_name="type of the file"),
                        ),
                        ("size", models.PositiveIntegerField(default=0, verbose_name="size in bytes")),
                        ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                        (
                            "circular",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.circular",
                                verbose_name="circular",
                            ),
                        ),
                        (
                            "elector",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="membership.elector",
                                verbose_name="member",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
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
                                to="membership.statement",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ],
        ),
    ]
