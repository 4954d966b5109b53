import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models

import alliance.embedded_postgres.tables
import membership.models.application


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("cities", "0003_changed_addresses"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        alliance.embedded_postgres.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Company",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("registered_name", models.CharField(max_length=300, verbose_name="registered name")),
                        (
                            "latin_name",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="name in Latin letters"
                            ),
                        ),
                        (
                            "name_zh",
                            models.CharField(blank=True, max_length=300, verbose_name="name in Chinese"),
                        ),
                        (
                            "name_de",
                            models.CharField(blank=True, max_length=300, verbose_name="name in German"),
                        ),
                        (
                            "name_en",
                            models.CharField(blank=True, max_length=300, verbose_name="name in English"),
                        ),
                        (
                            "translation_zh",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("original", "Original"),
                                    ("checked", "Translation, checked"),
                                    ("unchecked", "Translation, not checked"),
                                ],
                                max_length=20,
                                verbose_name="Chinese texts are",
                            ),
                        ),
                        (
                            "translation_de",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("original", "Original"),
                                    ("checked", "Translation, checked"),
                                    ("unchecked", "Translation, not checked"),
                                ],
                                max_length=20,
                                verbose_name="German texts are",
                            ),
                        ),
                        (
                            "translation_en",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("original", "Original"),
                                    ("checked", "Translation, checked"),
                                    ("unchecked", "Translation, not checked"),
                                ],
                                max_length=20,
                                verbose_name="English texts are",
                            ),
                        ),
                        (
                            "legal_form",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("gmbh", "GmbH"),
                                    ("ug", "UG (haftungsbeschränkt)"),
                                    ("ag", "AG"),
                                    ("se", "SE"),
                                    ("kgaa", "KGaA"),
                                    ("kg", "KG"),
                                    ("gmbh_co_kg", "GmbH & Co. KG"),
                                    ("ohg", "OHG"),
                                    ("gbr", "GbR"),
                                    ("ek", "e. K."),
                                    ("eg", "eG"),
                                    ("cn_limited", "有限责任公司"),
                                    ("cn_shares", "股份有限公司"),
                                    ("cn_sole", "个人独资企业"),
                                    ("cn_partnership", "合伙企业"),
                                    ("cn_state", "国有独资公司"),
                                    ("cn_cooperative", "股份合作企业"),
                                    ("other", "Another legal form"),
                                ],
                                max_length=20,
                                verbose_name="legal form",
                            ),
                        ),
                        (
                            "register_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("uscc", "Unified social credit code (China)"),
                                    ("handelsregister", "Commercial register number (Germany)"),
                                    ("euid", "European unique identifier (EUID)"),
                                    ("vat", "VAT identification number"),
                                ],
                                max_length=20,
                                verbose_name="kind of register number",
                            ),
                        ),
                        (
                            "register_number",
                            models.CharField(blank=True, max_length=100, verbose_name="register number"),
                        ),
                        ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                        ("website", models.URLField(blank=True, max_length=300, verbose_name="web site")),
                        (
                            "founded",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1000),
                                    django.core.validators.MaxValueValidator(2100),
                                ],
                                verbose_name="founded in",
                            ),
                        ),
                        (
                            "employees",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="employees"),
                        ),
                        (
                            "employees_year",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="year of the employees"
                            ),
                        ),
                        (
                            "turnover_band",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("to_2", "Up to 2 million"),
                                    ("to_10", "2 to 10 million"),
                                    ("to_50", "10 to 50 million"),
                                    ("to_250", "50 to 250 million"),
                                    ("to_1000", "250 million to 1 billion"),
                                    ("over_1000", "More than 1 billion"),
                                ],
                                max_length=20,
                                verbose_name="turnover",
                            ),
                        ),
                        (
                            "turnover_currency",
                            models.CharField(
                                blank=True,
                                choices=[("EUR", "Euro"), ("CNY", "Renminbi")],
                                max_length=3,
                                verbose_name="currency of the turnover",
                            ),
                        ),
                        (
                            "turnover_year",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="year of the turnover"
                            ),
                        ),
                        (
                            "export_share",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(100)],
                                verbose_name="export share in percent",
                            ),
                        ),
                        (
                            "ownership",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("private", "Privately owned"),
                                    ("family", "Family business"),
                                    ("state", "State-owned"),
                                    ("listed", "Listed on a stock exchange"),
                                    ("foreign", "Foreign-invested"),
                                    ("joint_venture", "Joint venture"),
                                    ("cooperative", "Cooperative"),
                                    ("other", "Other"),
                                ],
                                max_length=20,
                                verbose_name="ownership",
                            ),
                        ),
                        (
                            "national_scheme",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("isic4", "ISIC Rev. 4"),
                                    ("nace2", "NACE Rev. 2"),
                                    ("nace21", "NACE Rev. 2.1"),
                                    ("wz2008", "WZ 2008"),
                                    ("wz2025", "WZ 2025"),
                                    ("gbt4754", "GB/T 4754"),
                                ],
                                max_length=20,
                                verbose_name="classification the code comes from",
                            ),
                        ),
                        (
                            "national_code",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="code in that classification"
                            ),
                        ),
                        (
                            "products",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="products and services",
                            ),
                        ),
                        (
                            "certificates",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="certificates",
                            ),
                        ),
                        (
                            "languages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("zh", "Chinese"),
                                        ("de", "German"),
                                        ("en", "English"),
                                        ("fr", "French"),
                                        ("ja", "Japanese"),
                                        ("ko", "Korean"),
                                        ("ru", "Russian"),
                                        ("es", "Spanish"),
                                    ],
                                    max_length=2,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="languages",
                            ),
                        ),
                        (
                            "sites_abroad",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="sites abroad",
                            ),
                        ),
                        (
                            "experience",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("none", "None yet"),
                                    ("trade", "Trade"),
                                    ("partner", "Cooperation with partners"),
                                    ("site", "A site of its own"),
                                ],
                                max_length=20,
                                verbose_name="experience with the other country",
                            ),
                        ),
                        (
                            "experience_note",
                            models.CharField(blank=True, max_length=300, verbose_name="which experience"),
                        ),
                        (
                            "investment_direction",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("outward", "Invests in the other country"),
                                    ("inward", "Seeks partners or investors from the other country"),
                                    ("both", "Both ways"),
                                ],
                                max_length=20,
                                verbose_name="investment interest",
                            ),
                        ),
                        (
                            "investment_band",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("to_1", "Up to 1 million euros"),
                                    ("to_5", "1 to 5 million euros"),
                                    ("to_20", "5 to 20 million euros"),
                                    ("to_100", "20 to 100 million euros"),
                                    ("over_100", "More than 100 million euros"),
                                ],
                                max_length=20,
                                verbose_name="size of the investment",
                            ),
                        ),
                        (
                            "cooperation_forms",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("joint_venture", "Joint venture"),
                                        ("acquisition", "Acquisition or stake"),
                                        ("new_site", "New site"),
                                        ("technology", "Technology and licences"),
                                        ("research", "Research and development"),
                                        ("supply", "Supply and contract manufacturing"),
                                        ("distribution", "Sales and distribution"),
                                        ("training", "Training and exchange of experts"),
                                    ],
                                    max_length=20,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="kinds of cooperation looked for",
                            ),
                        ),
                        (
                            "short_zh",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="short text in Chinese"
                            ),
                        ),
                        (
                            "short_de",
                            models.CharField(blank=True, max_length=300, verbose_name="short text in German"),
                        ),
                        (
                            "short_en",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="short text in English"
                            ),
                        ),
                        ("long_zh", models.TextField(blank=True, verbose_name="long text in Chinese")),
                        ("long_de", models.TextField(blank=True, verbose_name="long text in German")),
                        ("long_en", models.TextField(blank=True, verbose_name="long text in English")),
                        (
                            "state",
                            django_fsm.FSMField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("published", "Published"),
                                    ("stale", "Out of date"),
                                    ("archived", "Archived"),
                                ],
                                default="draft",
                                max_length=50,
                                protected=True,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("secretariat", "Secretariat only"),
                                    ("members", "Member cities and institutions"),
                                    ("public", "Everybody"),
                                ],
                                default="members",
                                max_length=20,
                                verbose_name="visible to",
                            ),
                        ),
                        (
                            "released",
                            models.BooleanField(
                                default=False,
                                help_text="May be passed on to member cities and investment promotion organisations.",
                                verbose_name="released for passing on",
                            ),
                        ),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        ("checked_on", models.DateField(blank=True, null=True, verbose_name="checked on")),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("changed_at", models.DateTimeField(verbose_name="changed at")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="archived at"),
                        ),
                        (
                            "archive_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("membership_ended", "The city's membership has ended"),
                                    ("closed_down", "The company does not exist any more"),
                                    ("at_its_request", "At the company's request"),
                                    ("merged", "Merged with another entry"),
                                    ("other", "Another reason"),
                                ],
                                max_length=20,
                                verbose_name="reason for archiving",
                            ),
                        ),
                        (
                            "archive_note",
                            models.CharField(blank=True, max_length=300, verbose_name="note on archiving"),
                        ),
                        ("sort_name", models.CharField(editable=False, max_length=300)),
                        (
                            "name_keys",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=300),
                                default=list,
                                editable=False,
                                size=None,
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "checked_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="checked by",
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="companies",
                                to="cities.city",
                                verbose_name="seat",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        (
                            "industry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="companies",
                                to="cities.industry",
                                verbose_name="industry",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="companies.company",
                                verbose_name="merged into",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "company",
                        "verbose_name_plural": "companies",
                        "ordering": ["sort_name", "pk"],
                        "indexes": [
                            models.Index(fields=["sort_name", "id"], name="company_by_name"),
                            models.Index(fields=["city", "valid_until"], name="company_by_city"),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["name_keys"], name="company_name_keys"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "published", "stale", "archived"])
                                ),
                                name="company_state_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("visibility__in", ["secretariat", "members", "public"])),
                                name="company_visibility_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "legal_form__in",
                                        [
                                            "gmbh",
                                            "ug",
                                            "ag",
                                            "se",
                                            "kgaa",
                                            "kg",
                                            "gmbh_co_kg",
                                            "ohg",
                                            "gbr",
                                            "ek",
                                            "eg",
                                            "cn_limited",
                                            "cn_shares",
                                            "cn_sole",
                                            "cn_partnership",
                                            "cn_state",
                                            "cn_cooperative",
                                            "other",
                                            "",
                                        ],
                                    )
                                ),
                                name="company_legal_form_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "turnover_band__in",
                                        ["to_2", "to_10", "to_50", "to_250", "to_1000", "over_1000", ""],
                                    )
                                ),
                                name="company_turnover_band_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("turnover_currency__in", ["EUR", "CNY", ""])),
                                name="company_turnover_currency_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "ownership__in",
                                        [
                                            "private",
                                            "family",
                                            "state",
                                            "listed",
                                            "foreign",
                                            "joint_venture",
                                            "cooperative",
                                            "other",
                                            "",
                                        ],
                                    )
                                ),
                                name="company_ownership_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("experience__in", ["none", "trade", "partner", "site", ""])
                                ),
                                name="company_experience_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("investment_direction__in", ["outward", "inward", "both", ""])
                                ),
                                name="company_investment_direction_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "investment_band__in",
                                        ["to_1", "to_5", "to_20", "to_100", "over_100", ""],
                                    )
                                ),
                                name="company_investment_band_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "national_scheme__in",
                                        ["isic4", "nace2", "nace21", "wz2008", "wz2025", "gbt4754", ""],
                                    )
                                ),
                                name="company_national_scheme_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "languages__contained_by",
                                        ["zh", "de", "en", "fr", "ja", "ko", "ru", "es"],
                                    )
                                ),
                                name="company_languages_are_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "cooperation_forms__contained_by",
                                        [
                                            "joint_venture",
                                            "acquisition",
                                            "new_site",
                                            "technology",
                                            "research",
                                            "supply",
                                            "distribution",
                                            "training",
                                        ],
                                    )
                                ),
                                name="company_cooperation_forms_are_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("long_zh", ""),
                                        ("name_zh", ""),
                                        ("short_zh", ""),
                                        ("translation_zh", ""),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("long_zh", ""), ("name_zh", ""), ("short_zh", ""), _negated=True
                                        ),
                                        ("translation_zh__in", ["original", "checked", "unchecked"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="company_translation_zh_is_said",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("long_de", ""),
                                        ("name_de", ""),
                                        ("short_de", ""),
                                        ("translation_de", ""),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("long_de", ""), ("name_de", ""), ("short_de", ""), _negated=True
                                        ),
                                        ("translation_de__in", ["original", "checked", "unchecked"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="company_translation_de_is_said",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("long_en", ""),
                                        ("name_en", ""),
                                        ("short_en", ""),
                                        ("translation_en", ""),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("long_en", ""), ("name_en", ""), ("short_en", ""), _negated=True
                                        ),
                                        ("translation_en__in", ["original", "checked", "unchecked"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="company_translation_en_is_said",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("registered_name", ""), _negated=True),
                                name="company_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("register_kind", ""), ("register_number", "")),
                                    models.Q(
                                        ("register_kind__in", ["uscc", "handelsregister", "euid", "vat"]),
                                        models.Q(("register_number", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="company_register_number_has_a_kind",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("register_number", ""), _negated=True),
                                    ("merged_into__isnull", True),
                                ),
                                fields=("register_number", "register_kind"),
                                name="company_register_number_once",
                                violation_error_message="There is a company with this register number already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("national_code", ""), ("national_scheme", "")),
                                    models.Q(
                                        models.Q(("national_scheme", ""), _negated=True),
                                        models.Q(("national_code", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="company_national_code_has_a_scheme",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("turnover_band", ""), ("turnover_currency", "")),
                                    models.Q(
                                        models.Q(("turnover_band", ""), _negated=True),
                                        models.Q(("turnover_currency", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="company_turnover_has_a_currency",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("export_share__isnull", True),
                                    ("export_share__lte", 100),
                                    _connector="OR",
                                ),
                                name="company_export_share_in_percent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("checked_by__isnull", True), ("checked_on__isnull", True)),
                                    models.Q(("checked_by__isnull", False), ("checked_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="company_checked_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "draft"),
                                    ("state", "archived"),
                                    ("valid_until__isnull", False),
                                    _connector="OR",
                                ),
                                name="company_published_until",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("archived_at__isnull", False),
                                        ("state", "archived"),
                                        models.Q(("archive_reason", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "archived"), _negated=True),
                                        ("archive_reason", ""),
                                        ("archived_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="company_archived_with_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "archive_reason__in",
                                            [
                                                "",
                                                "membership_ended",
                                                "closed_down",
                                                "at_its_request",
                                                "other",
                                            ],
                                        ),
                                        ("merged_into__isnull", True),
                                    ),
                                    models.Q(("archive_reason", "merged"), ("merged_into__isnull", False)),
                                    _connector="OR",
                                ),
                                name="company_merged_is_archived",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into__isnull", True),
                                    models.Q(("merged_into", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="company_not_merged_into_itself",
                            ),
                        ],
                    },
                    bases=(django_fsm.FSMModelMixin, models.Model),
                ),
                migrations.CreateModel(
                    name="CompanyDocument",
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
                        ("is_logo", models.BooleanField(default=False, verbose_name="logo")),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                        (
                            "language",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("zh", "Chinese"),
                                    ("de", "German"),
                                    ("en", "English"),
                                    ("fr", "French"),
                                    ("ja", "Japanese"),
                                    ("ko", "Korean"),
                                    ("ru", "Russian"),
                                    ("es", "Spanish"),
                                ],
                                max_length=2,
                                verbose_name="language",
                            ),
                        ),
                        ("added_at", models.DateTimeField(verbose_name="added at")),
                        (
                            "removed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="removed at"),
                        ),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="added by",
                            ),
                        ),
                        (
                            "company",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="companies.company",
                                verbose_name="company",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document of a company",
                        "verbose_name_plural": "documents of companies",
                        "ordering": ["company", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_logo", True), ("removed_at__isnull", True)),
                                fields=("company",),
                                name="company_one_logo",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CompanyDocumentEvent",
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
                        ("is_logo", models.BooleanField(default=False, verbose_name="logo")),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                        (
                            "language",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("zh", "Chinese"),
                                    ("de", "German"),
                                    ("en", "English"),
                                    ("fr", "French"),
                                    ("ja", "Japanese"),
                                    ("ko", "Korean"),
                                    ("ru", "Russian"),
                                    ("es", "Spanish"),
                                ],
                                max_length=2,
                                verbose_name="language",
                            ),
                        ),
                        ("added_at", models.DateTimeField(verbose_name="added at")),
                        (
                            "removed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="removed at"),
                        ),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="added by",
                            ),
                        ),
                        (
                            "company",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="companies.company",
                                verbose_name="company",
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
                                to="companies.companydocument",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CompanyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("registered_name", models.CharField(max_length=300, verbose_name="registered name")),
                        (
                            "latin_name",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="name in Latin letters"
                            ),
                        ),
                        (
                            "name_zh",
                            models.CharField(blank=True, max_length=300, verbose_name="name in Chinese"),
                        ),
                        (
                            "name_de",
                            models.CharField(blank=True, max_length=300, verbose_name="name in German"),
                        ),
                        (
                            "name_en",
                            models.CharField(blank=True, max_length=300, verbose_name="name in English"),
                        ),
                        (
                            "translation_zh",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("original", "Original"),
                                    ("checked", "Translation, checked"),
                                    ("unchecked", "Translation, not checked"),
                                ],
                                max_length=20,
                                verbose_name="Chinese texts are",
                            ),
                        ),
                        (
                            "translation_de",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("original", "Original"),
                                    ("checked", "Translation, checked"),
                                    ("unchecked", "Translation, not checked"),
                                ],
                                max_length=20,
                                verbose_name="German texts are",
                            ),
                        ),
                        (
                            "translation_en",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("original", "Original"),
                                    ("checked", "Translation, checked"),
                                    ("unchecked", "Translation, not checked"),
                                ],
                                max_length=20,
                                verbose_name="English texts are",
                            ),
                        ),
                        (
                            "legal_form",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("gmbh", "GmbH"),
                                    ("ug", "UG (haftungsbeschränkt)"),
                                    ("ag", "AG"),
                                    ("se", "SE"),
                                    ("kgaa", "KGaA"),
                                    ("kg", "KG"),
                                    ("gmbh_co_kg", "GmbH & Co. KG"),
                                    ("ohg", "OHG"),
                                    ("gbr", "GbR"),
                                    ("ek", "e. K."),
                                    ("eg", "eG"),
                                    ("cn_limited", "有限责任公司"),
                                    ("cn_shares", "股份有限公司"),
                                    ("cn_sole", "个人独资企业"),
                                    ("cn_partnership", "合伙企业"),
                                    ("cn_state", "国有独资公司"),
                                    ("cn_cooperative", "股份合作企业"),
                                    ("other", "Another legal form"),
                                ],
                                max_length=20,
                                verbose_name="legal form",
                            ),
                        ),
                        (
                            "register_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("uscc", "Unified social credit code (China)"),
                                    ("handelsregister", "Commercial register number (Germany)"),
                                    ("euid", "European unique identifier (EUID)"),
                                    ("vat", "VAT identification number"),
                                ],
                                max_length=20,
                                verbose_name="kind of register number",
                            ),
                        ),
                        (
                            "register_number",
                            models.CharField(blank=True, max_length=100, verbose_name="register number"),
                        ),
                        ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                        ("website", models.URLField(blank=True, max_length=300, verbose_name="web site")),
                        (
                            "founded",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1000),
                                    django.core.validators.MaxValueValidator(2100),
                                ],
                                verbose_name="founded in",
                            ),
                        ),
                        (
                            "employees",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="employees"),
                        ),
                        (
                            "employees_year",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="year of the employees"
                            ),
                        ),
                        (
                            "turnover_band",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("to_2", "Up to 2 million"),
                                    ("to_10", "2 to 10 million"),
                                    ("to_50", "10 to 50 million"),
                                    ("to_250", "50 to 250 million"),
                                    ("to_1000", "250 million to 1 billion"),
                                    ("over_1000", "More than 1 billion"),
                                ],
                                max_length=20,
                                verbose_name="turnover",
                            ),
                        ),
                        (
                            "turnover_currency",
                            models.CharField(
                                blank=True,
                                choices=[("EUR", "Euro"), ("CNY", "Renminbi")],
                                max_length=3,
                                verbose_name="currency of the turnover",
                            ),
                        ),
                        (
                            "turnover_year",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="year of the turnover"
                            ),
                        ),
                        (
                            "export_share",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(100)],
                                verbose_name="export share in percent",
                            ),
                        ),
                        (
                            "ownership",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("private", "Privately owned"),
                                    ("family", "Family business"),
                                    ("state", "State-owned"),
                                    ("listed", "Listed on a stock exchange"),
                                    ("foreign", "Foreign-invested"),
                                    ("joint_venture", "Joint venture"),
                                    ("cooperative", "Cooperative"),
                                    ("other", "Other"),
                                ],
                                max_length=20,
                                verbose_name="ownership",
                            ),
                        ),
                        (
                            "national_scheme",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("isic4", "ISIC Rev. 4"),
                                    ("nace2", "NACE Rev. 2"),
                                    ("nace21", "NACE Rev. 2.1"),
                                    ("wz2008", "WZ 2008"),
                                    ("wz2025", "WZ 2025"),
                                    ("gbt4754", "GB/T 4754"),
                                ],
                                max_length=20,
                                verbose_name="classification the code comes from",
                            ),
                        ),
                        (
                            "national_code",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="code in that classification"
                            ),
                        ),
                        (
                            "products",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="products and services",
                            ),
                        ),
                        (
                            "certificates",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="certificates",
                            ),
                        ),
                        (
                            "languages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("zh", "Chinese"),
                                        ("de", "German"),
                                        ("en", "English"),
                                        ("fr", "French"),
                                        ("ja", "Japanese"),
                                        ("ko", "Korean"),
                                        ("ru", "Russian"),
                                        ("es", "Spanish"),
                                    ],
                                    max_length=2,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="languages",
                            ),
                        ),
                        (
                            "sites_abroad",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="sites abroad",
                            ),
                        ),
                        (
                            "experience",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("none", "None yet"),
                                    ("trade", "Trade"),
                                    ("partner", "Cooperation with partners"),
                                    ("site", "A site of its own"),
                                ],
                                max_length=20,
                                verbose_name="experience with the other country",
                            ),
                        ),
                        (
                            "experience_note",
                            models.CharField(blank=True, max_length=300, verbose_name="which experience"),
                        ),
                        (
                            "investment_direction",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("outward", "Invests in the other country"),
                                    ("inward", "Seeks partners or investors from the other country"),
                                    ("both", "Both ways"),
                                ],
                                max_length=20,
                                verbose_name="investment interest",
                            ),
                        ),
                        (
                            "investment_band",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("to_1", "Up to 1 million euros"),
                                    ("to_5", "1 to 5 million euros"),
                                    ("to_20", "5 to 20 million euros"),
                                    ("to_100", "20 to 100 million euros"),
                                    ("over_100", "More than 100 million euros"),
                                ],
                                max_length=20,
                                verbose_name="size of the investment",
                            ),
                        ),
                        (
                            "cooperation_forms",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("joint_venture", "Joint venture"),
                                        ("acquisition", "Acquisition or stake"),
                                        ("new_site", "New site"),
                                        ("technology", "Technology and licences"),
                                        ("research", "Research and development"),
                                        ("supply", "Supply and contract manufacturing"),
                                        ("distribution", "Sales and distribution"),
                                        ("training", "Training and exchange of experts"),
                                    ],
                                    max_length=20,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="kinds of cooperation looked for",
                            ),
                        ),
                        (
                            "short_zh",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="short text in Chinese"
                            ),
                        ),
                        (
                            "short_de",
                            models.CharField(blank=True, max_length=300, verbose_name="short text in German"),
                        ),
                        (
                            "short_en",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="short text in English"
                            ),
                        ),
                        ("long_zh", models.TextField(blank=True, verbose_name="long text in Chinese")),
                        ("long_de", models.TextField(blank=True, verbose_name="long text in German")),
                        ("long_en", models.TextField(blank=True, verbose_name="long text in English")),
                        (
                            "state",
                            django_fsm.FSMField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("published", "Published"),
                                    ("stale", "Out of date"),
                                    ("archived", "Archived"),
                                ],
                                default="draft",
                                max_length=50,
                                protected=True,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("secretariat", "Secretariat only"),
                                    ("members", "Member cities and institutions"),
                                    ("public", "Everybody"),
                                ],
                                default="members",
                                max_length=20,
                                verbose_name="visible to",
                            ),
                        ),
                        (
                            "released",
                            models.BooleanField(
                                default=False,
                                help_text="May be passed on to member cities and investment promotion organisations.",
                                verbose_name="released for passing on",
                            ),
                        ),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        ("checked_on", models.DateField(blank=True, null=True, verbose_name="checked on")),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("changed_at", models.DateTimeField(verbose_name="changed at")),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="archived at"),
                        ),
                        (
                            "archive_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("membership_ended", "The city's membership has ended"),
                                    ("closed_down", "The company does not exist any more"),
                                    ("at_its_request", "At the company's request"),
                                    ("merged", "Merged with another entry"),
                                    ("other", "Another reason"),
                                ],
                                max_length=20,
                                verbose_name="reason for archiving",
                            ),
                        ),
                        (
                            "archive_note",
                            models.CharField(blank=True, max_length=300, verbose_name="note on archiving"),
                        ),
                        (
                            "checked_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="checked by",
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
                                verbose_name="seat",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        (
                            "industry",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cities.industry",
                                verbose_name="industry",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="companies.company",
                                verbose_name="merged into",
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
                                to="companies.company",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("function", models.CharField(max_length=200, verbose_name="function")),
                        (
                            "email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="e-mail address at work"
                            ),
                        ),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=50, verbose_name="telephone at work"),
                        ),
                        (
                            "legal_basis",
                            models.CharField(
                                choices=[
                                    ("consent", "Consent of the person"),
                                    ("contract", "Contract"),
                                    ("public_task", "Public task"),
                                    ("legitimate_interest", "Legitimate interest"),
                                    ("published", "Published by the company itself"),
                                ],
                                max_length=20,
                                verbose_name="legal basis",
                            ),
                        ),
                        (
                            "basis_note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="note on the legal basis"
                            ),
                        ),
                        (
                            "for_members",
                            models.BooleanField(
                                default=False, verbose_name="released to member cities and institutions"
                            ),
                        ),
                        (
                            "for_passing_on",
                            models.BooleanField(default=False, verbose_name="released for passing on"),
                        ),
                        (
                            "for_public",
                            models.BooleanField(default=False, verbose_name="released to everybody"),
                        ),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                        (
                            "company",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="companies.company",
                                verbose_name="company",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contact of a company",
                        "verbose_name_plural": "contacts of companies",
                        "ordering": ["company", "name", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "legal_basis__in",
                                        [
                                            "consent",
                                            "contract",
                                            "public_task",
                                            "legitimate_interest",
                                            "published",
                                        ],
                                    )
                                ),
                                name="contact_has_a_basis",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("email", ""), _negated=True),
                                    models.Q(("phone", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="company_contact_has_a_channel",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("function", models.CharField(max_length=200, verbose_name="function")),
                        (
                            "email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="e-mail address at work"
                            ),
                        ),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=50, verbose_name="telephone at work"),
                        ),
                        (
                            "legal_basis",
                            models.CharField(
                                choices=[
                                    ("consent", "Consent of the person"),
                                    ("contract", "Contract"),
                                    ("public_task", "Public task"),
                                    ("legitimate_interest", "Legitimate interest"),
                                    ("published", "Published by the company itself"),
                                ],
                                max_length=20,
                                verbose_name="legal basis",
                            ),
                        ),
                        (
                            "basis_note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="note on the legal basis"
                            ),
                        ),
                        (
                            "for_members",
                            models.BooleanField(
                                default=False, verbose_name="released to member cities and institutions"
                            ),
                        ),
                        (
                            "for_passing_on",
                            models.BooleanField(default=False, verbose_name="released for passing on"),
                        ),
                        (
                            "for_public",
                            models.BooleanField(default=False, verbose_name="released to everybody"),
                        ),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                        (
                            "company",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="companies.company",
                                verbose_name="company",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
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
                                to="companies.contact",
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
