from decimal import Decimal

import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models

import alliance.embedded_postgres.tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        alliance.embedded_postgres.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="City",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "slug",
                            models.SlugField(
                                blank=True, max_length=80, unique=True, verbose_name="short name in addresses"
                            ),
                        ),
                        (
                            "country",
                            models.CharField(
                                choices=[("CN", "China"), ("DE", "Germany")],
                                max_length=2,
                                verbose_name="country",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("city", "City"),
                                    ("district", "City district"),
                                    ("county", "County"),
                                    ("region", "Region"),
                                ],
                                default="city",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=100, verbose_name="name in Chinese")),
                        ("name_de", models.CharField(max_length=100, verbose_name="name in German")),
                        ("name_en", models.CharField(max_length=100, verbose_name="name in English")),
                        ("pinyin", models.CharField(blank=True, max_length=100, verbose_name="pinyin")),
                        (
                            "region_zh",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="province or Land in Chinese"
                            ),
                        ),
                        (
                            "region_de",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="province or Land in German"
                            ),
                        ),
                        (
                            "region_en",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="province or Land in English"
                            ),
                        ),
                        (
                            "official_code",
                            models.CharField(
                                blank=True,
                                help_text="AGS in Germany, GB/T 2260 in China.",
                                max_length=12,
                                verbose_name="official code",
                            ),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="latitude"
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=5,
                                max_digits=8,
                                null=True,
                                verbose_name="longitude",
                            ),
                        ),
                        ("website", models.URLField(blank=True, verbose_name="web site")),
                        ("postal_address", models.TextField(blank=True, verbose_name="postal address")),
                        (
                            "mailbox",
                            models.EmailField(blank=True, max_length=254, verbose_name="official mailbox"),
                        ),
                        ("registered_at", models.DateTimeField(verbose_name="in the register since")),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="confirmed at"),
                        ),
                        ("search_key", models.TextField(default="", editable=False)),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "city",
                        "verbose_name_plural": "cities",
                        "ordering": ["name_en", "pk"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search_key"], name="city_search", opclasses=["gin_trgm_ops"]
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("country__in", ["CN", "DE"])),
                                name="city_country_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["city", "district", "county", "region"])),
                                name="city_kind_is_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("official_code", ""), _negated=True),
                                fields=("country", "official_code"),
                                name="city_official_code_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by__isnull", True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="city_confirmed_pair",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CityEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "slug",
                            models.SlugField(
                                blank=True,
                                db_index=False,
                                max_length=80,
                                verbose_name="short name in addresses",
                            ),
                        ),
                        (
                            "country",
                            models.CharField(
                                choices=[("CN", "China"), ("DE", "Germany")],
                                max_length=2,
                                verbose_name="country",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("city", "City"),
                                    ("district", "City district"),
                                    ("county", "County"),
                                    ("region", "Region"),
                                ],
                                default="city",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=100, verbose_name="name in Chinese")),
                        ("name_de", models.CharField(max_length=100, verbose_name="name in German")),
                        ("name_en", models.CharField(max_length=100, verbose_name="name in English")),
                        ("pinyin", models.CharField(blank=True, max_length=100, verbose_name="pinyin")),
                        (
                            "region_zh",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="province or Land in Chinese"
                            ),
                        ),
                        (
                            "region_de",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="province or Land in German"
                            ),
                        ),
                        (
                            "region_en",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="province or Land in English"
                            ),
                        ),
                        (
                            "official_code",
                            models.CharField(
                                blank=True,
                                help_text="AGS in Germany, GB/T 2260 in China.",
                                max_length=12,
                                verbose_name="official code",
                            ),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="latitude"
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=5,
                                max_digits=8,
                                null=True,
                                verbose_name="longitude",
                            ),
                        ),
                        ("website", models.URLField(blank=True, verbose_name="web site")),
                        ("postal_address", models.TextField(blank=True, verbose_name="postal address")),
                        (
                            "mailbox",
                            models.EmailField(blank=True, max_length=254, verbose_name="official mailbox"),
                        ),
                        ("registered_at", models.DateTimeField(verbose_name="in the register since")),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="confirmed at"),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
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
                                to="cities.city",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ContactInvitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("function", models.CharField(max_length=200, verbose_name="function")),
                        (
                            "invitation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contact",
                                to="accounts.invitation",
                                verbose_name="invitation",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="cities.institution",
                                verbose_name="institution",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "invitation of a contact",
                        "verbose_name_plural": "invitations of contacts",
                        "ordering": ["-invitation__invited_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Cooperation",
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
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cooperations",
                                to="cities.city",
                                verbose_name="city",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "present cooperation",
                        "verbose_name_plural": "present cooperations",
                        "ordering": ["since", "partner", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "partner", "kind"), name="cooperation_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CooperationEvent",
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
                                to="cities.cooperation",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Industry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=4, unique=True, verbose_name="code")),
                        (
                            "level",
                            models.CharField(
                                choices=[("section", "Section"), ("division", "Division")],
                                max_length=10,
                                verbose_name="level",
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=200, verbose_name="name in Chinese")),
                        ("name_de", models.CharField(max_length=300, verbose_name="name in German")),
                        ("name_en", models.CharField(max_length=300, verbose_name="name in English")),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="cities.industry",
                                verbose_name="belongs to",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "industry",
                        "verbose_name_plural": "industries",
                        "ordering": ["code"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("level", "section"), ("parent__isnull", True)),
                                    models.Q(("level", "division"), ("parent__isnull", False)),
                                    _connector="OR",
                                ),
                                name="industry_parent_by_level",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndustryEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("code", models.CharField(max_length=4, verbose_name="code")),
                        (
                            "level",
                            models.CharField(
                                choices=[("section", "Section"), ("division", "Division")],
                                max_length=10,
                                verbose_name="level",
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=200, verbose_name="name in Chinese")),
                        ("name_de", models.CharField(max_length=300, verbose_name="name in German")),
                        ("name_en", models.CharField(max_length=300, verbose_name="name in English")),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cities.industry",
                                verbose_name="belongs to",
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
                                to="cities.industry",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Institution",
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
                                    ("investment_promotion", "Investment promotion"),
                                    ("chamber", "Chamber"),
                                    ("university", "University"),
                                    ("research", "Research institute"),
                                ],
                                max_length=30,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "name_zh",
                            models.CharField(blank=True, max_length=200, verbose_name="name in Chinese"),
                        ),
                        (
                            "name_de",
                            models.CharField(blank=True, max_length=200, verbose_name="name in German"),
                        ),
                        (
                            "name_en",
                            models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                        ),
                        ("website", models.URLField(blank=True, verbose_name="web site")),
                        ("about_zh", models.TextField(blank=True, verbose_name="description in Chinese")),
                        ("about_de", models.TextField(blank=True, verbose_name="description in German")),
                        ("about_en", models.TextField(blank=True, verbose_name="description in English")),
                        ("registered_at", models.DateTimeField(verbose_name="in the register since")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                        ("search_key", models.TextField(default="", editable=False)),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="institutions",
                                to="cities.city",
                                verbose_name="seat",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "institution",
                        "verbose_name_plural": "institutions",
                        "ordering": ["name_en", "name_de", "name_zh", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        ["investment_promotion", "chamber", "university", "research"],
                                    )
                                ),
                                name="institution_kind_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name_zh", ""), _negated=True),
                                    models.Q(("name_de", ""), _negated=True),
                                    models.Q(("name_en", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="institution_has_a_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactInvitationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("function", models.CharField(max_length=200, verbose_name="function")),
                        (
                            "invitation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.invitation",
                                verbose_name="invitation",
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
                                to="cities.contactinvitation",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cities.institution",
                                verbose_name="institution",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="InstitutionContact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("function", models.CharField(max_length=200, verbose_name="function")),
                        ("since", models.DateTimeField(verbose_name="since")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ended by",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="cities.institution",
                                verbose_name="institution",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="institution_contacts",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contact of an institution",
                        "verbose_name_plural": "contacts of institutions",
                        "ordering": ["institution", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("institution", "user"),
                                name="contact_once_an_institution",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="contact_ended_pair",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InstitutionContactEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("function", models.CharField(max_length=200, verbose_name="function")),
                        ("since", models.DateTimeField(verbose_name="since")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ended by",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cities.institution",
                                verbose_name="institution",
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
                                to="cities.institutioncontact",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="InstitutionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("investment_promotion", "Investment promotion"),
                                    ("chamber", "Chamber"),
                                    ("university", "University"),
                                    ("research", "Research institute"),
                                ],
                                max_length=30,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "name_zh",
                            models.CharField(blank=True, max_length=200, verbose_name="name in Chinese"),
                        ),
                        (
                            "name_de",
                            models.CharField(blank=True, max_length=200, verbose_name="name in German"),
                        ),
                        (
                            "name_en",
                            models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                        ),
                        ("website", models.URLField(blank=True, verbose_name="web site")),
                        ("about_zh", models.TextField(blank=True, verbose_name="description in Chinese")),
                        ("about_de", models.TextField(blank=True, verbose_name="description in German")),
                        ("about_en", models.TextField(blank=True, verbose_name="description in English")),
                        ("registered_at", models.DateTimeField(verbose_name="in the register since")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
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
                                to="cities.institution",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cities.city",
                                verbose_name="seat",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="KeyFigure",
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
                        ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="key_figures",
                                to="cities.city",
                                verbose_name="city",
                            ),
                        ),
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
                    ],
                    options={
                        "verbose_name": "key figure",
                        "verbose_name_plural": "key figures",
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
                                name="keyfigure_indicator_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("value__gte", 0)), name="keyfigure_is_not_negative"
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
                                name="keyfigure_currency_for_money",
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
                                name="keyfigure_concept_for_population",
                            ),
                            models.UniqueConstraint(
                                fields=("city", "indicator", "year", "concept", "territory"),
                                name="keyfigure_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeyFigureEvent",
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
                        ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
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
                                to="cities.keyfigure",
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
                    name="Officer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[("lead", "Lead"), ("deputy", "Deputy"), ("editor", "Editor")],
                                max_length=10,
                                verbose_name="level",
                            ),
                        ),
                        ("function", models.CharField(max_length=200, verbose_name="function")),
                        ("phone", models.CharField(blank=True, max_length=50, verbose_name="work telephone")),
                        (
                            "state",
                            django_fsm.FSMField(
                                choices=[
                                    ("registered", "To be confirmed"),
                                    ("confirmed", "Confirmed"),
                                    ("refused", "Refused"),
                                    ("ended", "Ended"),
                                ],
                                default="registered",
                                max_length=50,
                                protected=True,
                                verbose_name="state",
                            ),
                        ),
                        ("registered_at", models.DateTimeField(verbose_name="registered at")),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="confirmed at"),
                        ),
                        (
                            "ended_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="ended or refused at"),
                        ),
                        (
                            "end_reason",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="reason of the end or refusal"
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="officers",
                                to="cities.city",
                                verbose_name="city",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ended or refused by",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="officers",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "officer",
                        "verbose_name_plural": "officers",
                        "ordering": ["city", "level", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["registered", "confirmed"])),
                                fields=("city", "user"),
                                name="officer_once_a_city",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("level", "lead"), ("state", "confirmed")),
                                fields=("city",),
                                name="officer_one_lead_a_city",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["registered", "confirmed", "refused", "ended"])
                                ),
                                name="officer_state_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__in", ["lead", "deputy", "editor"])),
                                name="officer_level_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="officer_confirmed_has_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", False), ("state__in", ["refused", "ended"])
                                    ),
                                    models.Q(
                                        ("ended_at__isnull", True), ("state__in", ["registered", "confirmed"])
                                    ),
                                    _connector="OR",
                                ),
                                name="officer_ended_pair",
                            ),
                        ],
                    },
                    bases=(django_fsm.FSMModelMixin, models.Model),
                ),
                migrations.CreateModel(
                    name="OfficerEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "level",
                            models.CharField(
                                choices=[("lead", "Lead"), ("deputy", "Deputy"), ("editor", "Editor")],
                                max_length=10,
                                verbose_name="level",
                            ),
                        ),
                        ("function", models.CharField(max_length=200, verbose_name="function")),
                        ("phone", models.CharField(blank=True, max_length=50, verbose_name="work telephone")),
                        (
                            "state",
                            django_fsm.FSMField(
                                choices=[
                                    ("registered", "To be confirmed"),
                                    ("confirmed", "Confirmed"),
                                    ("refused", "Refused"),
                                    ("ended", "Ended"),
                                ],
                                default="registered",
                                max_length=50,
                                protected=True,
                                verbose_name="state",
                            ),
                        ),
                        ("registered_at", models.DateTimeField(verbose_name="registered at")),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="confirmed at"),
                        ),
                        (
                            "ended_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="ended or refused at"),
                        ),
                        (
                            "end_reason",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="reason of the end or refusal"
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
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ended or refused by",
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
                                to="cities.officer",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OfficerInvitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[("lead", "Lead"), ("deputy", "Deputy"), ("editor", "Editor")],
                                max_length=10,
                                verbose_name="level",
                            ),
                        ),
                        ("function", models.CharField(max_length=200, verbose_name="function")),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="cities.city",
                                verbose_name="city",
                            ),
                        ),
                        (
                            "invitation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="officer",
                                to="accounts.invitation",
                                verbose_name="invitation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "invitation of an officer",
                        "verbose_name_plural": "invitations of officers",
                        "ordering": ["-invitation__invited_at"],
                    },
                ),
                migrations.CreateModel(
                    name="OfficerInvitationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "level",
                            models.CharField(
                                choices=[("lead", "Lead"), ("deputy", "Deputy"), ("editor", "Editor")],
                                max_length=10,
                                verbose_name="level",
                            ),
                        ),
                        ("function", models.CharField(max_length=200, verbose_name="function")),
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
                            "invitation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.invitation",
                                verbose_name="invitation",
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
                                to="cities.officerinvitation",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Profile",
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
                        ("edited_at", models.DateTimeField(verbose_name="edited at")),
                        (
                            "city",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="profile",
                                to="cities.city",
                                verbose_name="city",
                            ),
                        ),
                        (
                            "edited_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="edited by",
                            ),
                        ),
                        (
                            "industries",
                            models.ManyToManyField(
                                blank=True,
                                related_name="profiles",
                                to="cities.industry",
                                verbose_name="industries",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "profile",
                        "verbose_name_plural": "profiles",
                    },
                ),
                migrations.CreateModel(
                    name="ProfileEvent",
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
                        ("edited_at", models.DateTimeField(verbose_name="edited at")),
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
                            "edited_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="edited by",
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
                                to="cities.profile",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ProfileIndustryEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
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
                        (
                            "profile",
                            models.ForeignKey(
                                db_constraint=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cities.profile",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ProfileVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="version")),
                        ("content", models.JSONField(verbose_name="content")),
                        ("made_at", models.DateTimeField(verbose_name="made at")),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="profile_versions",
                                to="cities.city",
                                verbose_name="city",
                            ),
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
                    ],
                    options={
                        "verbose_name": "version of a profile",
                        "verbose_name_plural": "versions of a profile",
                        "ordering": ["city", "-number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "number"), name="profile_version_number_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProfileVersionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("number", models.PositiveIntegerField(verbose_name="version")),
                        ("content", models.JSONField(verbose_name="content")),
                        ("made_at", models.DateTimeField(verbose_name="made at")),
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
                                to="cities.profileversion",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RegisterNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.SlugField(unique=True, verbose_name="short name")),
                        ("text_zh", models.TextField(verbose_name="text in Chinese")),
                        ("text_de", models.TextField(verbose_name="text in German")),
                        ("text_en", models.TextField(verbose_name="text in English")),
                        (
                            "city",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: it concerns the register as a whole.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notes",
                                to="cities.city",
                                verbose_name="city",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "note on the register",
                        "verbose_name_plural": "notes on the register",
                        "ordering": ["key"],
                    },
                ),
                migrations.CreateModel(
                    name="RegisterNoteEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("key", models.SlugField(db_index=False, verbose_name="short name")),
                        ("text_zh", models.TextField(verbose_name="text in Chinese")),
                        ("text_de", models.TextField(verbose_name="text in German")),
                        ("text_en", models.TextField(verbose_name="text in English")),
                        (
                            "city",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty: it concerns the register as a whole.",
                                null=True,
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
                                to="cities.registernote",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RegisterNoteSource",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                        ("title", models.CharField(max_length=300, verbose_name="source")),
                        ("says_zh", models.TextField(verbose_name="what it says, in Chinese")),
                        ("says_de", models.TextField(verbose_name="what it says, in German")),
                        ("says_en", models.TextField(verbose_name="what it says, in English")),
                        (
                            "note",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sources",
                                to="cities.registernote",
                                verbose_name="note",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "source of a note",
                        "verbose_name_plural": "sources of a note",
                        "ordering": ["note", "order"],
                        "constraints": [
                            models.UniqueConstraint(fields=("note", "order"), name="note_source_order_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegisterNoteSourceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("order", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                        ("title", models.CharField(max_length=300, verbose_name="source")),
                        ("says_zh", models.TextField(verbose_name="what it says, in Chinese")),
                        ("says_de", models.TextField(verbose_name="what it says, in German")),
                        ("says_en", models.TextField(verbose_name="what it says, in English")),
                        (
                            "note",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cities.registernote",
                                verbose_name="note",
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
                                to="cities.registernotesource",
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
