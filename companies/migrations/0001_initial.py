import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django_fsm
from django.conf import settings
from django.db import migrations, models

import alliance.embedded_postgres.tables
import membership.models.application


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("cities", "0005_industry_groups_and_classes"),
        ("letters", "0003_returned_mails"),
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
                            models.Index(fields=["city", "state", "valid_until"], name="company_by_city"),
                            models.Index(fields=["-entered_at", "-id"], name="company_by_entry"),
                            models.Index(
                                models.OrderBy(
                                    django.db.models.functions.comparison.Coalesce(
                                        "valid_until", models.Value(datetime.date(1, 1, 1))
                                    ),
                                    descending=True,
                                ),
                                models.OrderBy(models.F("id"), descending=True),
                                name="company_by_validity",
                            ),
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
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_logo", False),
                                    ("media_type__in", ["image/png", "image/jpeg"]),
                                    _connector="OR",
                                ),
                                name="company_logo_is_a_picture",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_logo", False), ("removed_at__isnull", True)),
                                fields=("company", "sha256"),
                                name="company_document_once",
                            ),
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
                            "stated_as_work",
                            models.BooleanField(
                                default=False,
                                help_text="Stated by who entered it; needed where the address is of a private mail service.",
                                verbose_name="is used for work",
                            ),
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("legal_basis__in", ["consent", "legitimate_interest"]), _negated=True
                                    ),
                                    models.Q(("basis_note", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="contact_basis_is_explained",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("for_public", False),
                                    ("legal_basis__in", ["consent", "published"]),
                                    _connector="OR",
                                ),
                                name="contact_public_by_consent",
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
                            "stated_as_work",
                            models.BooleanField(
                                default=False,
                                help_text="Stated by who entered it; needed where the address is of a private mail service.",
                                verbose_name="is used for work",
                            ),
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
                migrations.CreateModel(
                    name="DuplicatePair",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "reasons",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("number", "Same register number"),
                                        ("name", "Same name, apart from spelling and legal form"),
                                        ("website", "Same web site"),
                                        ("address", "Same address"),
                                        ("founded", "Founded in the same year"),
                                    ],
                                    max_length=20,
                                ),
                                size=None,
                                verbose_name="what speaks for it",
                            ),
                        ),
                        (
                            "state",
                            django_fsm.FSMField(
                                choices=[
                                    ("open", "To be decided"),
                                    ("different", "Not a duplicate"),
                                    ("merged", "Merged"),
                                ],
                                default="open",
                                max_length=50,
                                protected=True,
                                verbose_name="state",
                            ),
                        ),
                        ("found_at", models.DateTimeField(verbose_name="found at")),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="decided at"),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="companies.company",
                                verbose_name="first entry",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="companies.company",
                                verbose_name="second entry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "possible duplicate",
                        "verbose_name_plural": "possible duplicates",
                        "ordering": ["-found_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("first", "second"), name="duplicate_pair_once"),
                            models.CheckConstraint(
                                condition=models.Q(("first__lt", models.F("second"))),
                                name="duplicate_pair_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "different", "merged"])),
                                name="duplicate_state_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "reasons__contained_by",
                                        ["number", "name", "website", "address", "founded"],
                                    ),
                                    models.Q(("reasons", []), _negated=True),
                                ),
                                name="duplicate_has_reasons",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("state", "open")),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="duplicate_decided_pair",
                            ),
                        ],
                    },
                    bases=(django_fsm.FSMModelMixin, models.Model),
                ),
                migrations.CreateModel(
                    name="DuplicatePairEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "reasons",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("number", "Same register number"),
                                        ("name", "Same name, apart from spelling and legal form"),
                                        ("website", "Same web site"),
                                        ("address", "Same address"),
                                        ("founded", "Founded in the same year"),
                                    ],
                                    max_length=20,
                                ),
                                size=None,
                                verbose_name="what speaks for it",
                            ),
                        ),
                        (
                            "state",
                            django_fsm.FSMField(
                                choices=[
                                    ("open", "To be decided"),
                                    ("different", "Not a duplicate"),
                                    ("merged", "Merged"),
                                ],
                                default="open",
                                max_length=50,
                                protected=True,
                                verbose_name="state",
                            ),
                        ),
                        ("found_at", models.DateTimeField(verbose_name="found at")),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="decided at"),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "first",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="companies.company",
                                verbose_name="first entry",
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
                                to="companies.duplicatepair",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="companies.company",
                                verbose_name="second entry",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="FreshnessReminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("days_before", models.PositiveSmallIntegerField(verbose_name="days before")),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                verbose_name="entries valid until a day of"
                            ),
                        ),
                        ("entries", models.PositiveIntegerField(verbose_name="number of entries")),
                        ("sent_at", models.DateTimeField(verbose_name="sent at")),
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
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="letters.letter",
                                verbose_name="letter",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reminder of entries that end",
                        "verbose_name_plural": "reminders of entries that end",
                        "ordering": ["-sent_at", "-pk"],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("city", "="), ("days_before", "="), ("period", "&&")],
                                name="freshness_reminded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FreshnessReminderEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("days_before", models.PositiveSmallIntegerField(verbose_name="days before")),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                verbose_name="entries valid until a day of"
                            ),
                        ),
                        ("entries", models.PositiveIntegerField(verbose_name="number of entries")),
                        ("sent_at", models.DateTimeField(verbose_name="sent at")),
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
                            "letter",
                            models.ForeignKey(
                                db_constraint=False,
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
                                to="companies.freshnessreminder",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Import",
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
                            "state",
                            django_fsm.FSMField(
                                choices=[
                                    ("uploaded", "Uploaded"),
                                    ("checking", "Being checked"),
                                    ("checked", "Checked"),
                                    ("carrying_out", "Being carried out"),
                                    ("done", "Carried out"),
                                    ("failed", "Failed"),
                                    ("cancelled", "Cancelled"),
                                    ("undoing", "Being undone"),
                                    ("undone", "Undone"),
                                ],
                                default="uploaded",
                                max_length=50,
                                protected=True,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "heads",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(blank=True, max_length=300),
                                default=list,
                                size=None,
                                verbose_name="heads",
                            ),
                        ),
                        (
                            "mapping",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(blank=True, max_length=40),
                                blank=True,
                                default=list,
                                help_text="Which of our columns each column of the file is; empty where it is left out.",
                                size=None,
                                verbose_name="columns",
                            ),
                        ),
                        (
                            "publish_until",
                            models.DateField(
                                blank=True,
                                help_text="New companies are published at once and valid until this day; without it they are drafts.",
                                null=True,
                                verbose_name="new companies are valid until",
                            ),
                        ),
                        ("counts", models.JSONField(blank=True, default=dict, verbose_name="counts")),
                        ("report", models.JSONField(blank=True, default=dict, verbose_name="report")),
                        ("progress", models.PositiveIntegerField(default=0, verbose_name="rows dealt with")),
                        (
                            "progress_of",
                            models.PositiveIntegerField(default=0, verbose_name="rows to deal with"),
                        ),
                        ("leased_by", models.CharField(blank=True, max_length=100, verbose_name="worker")),
                        (
                            "leased_until",
                            models.DateTimeField(blank=True, null=True, verbose_name="worker's until"),
                        ),
                        ("begun_at", models.DateTimeField(verbose_name="begun at")),
                        (
                            "asked_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="work asked for at"),
                        ),
                        (
                            "done_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="carried out at"),
                        ),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone at")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="work asked for by",
                            ),
                        ),
                        (
                            "begun_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="begun by",
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="company_imports",
                                to="cities.city",
                                verbose_name="companies of",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "import of companies",
                        "verbose_name_plural": "imports of companies",
                        "ordering": ["-begun_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "uploaded",
                                            "checking",
                                            "checked",
                                            "carrying_out",
                                            "done",
                                            "failed",
                                            "cancelled",
                                            "undoing",
                                            "undone",
                                        ],
                                    )
                                ),
                                name="import_state_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ("done", "undoing", "undone")),
                                        ("done_at__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ("done", "undoing", "undone")), _negated=True),
                                        models.Q(("done_at__isnull", False), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="import_done_at_by_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("undone",)), ("undone_at__isnull", False)),
                                    models.Q(
                                        models.Q(("state__in", ("undone",)), _negated=True),
                                        models.Q(("undone_at__isnull", False), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="import_undone_at_by_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ("failed", "cancelled")), ("ended_at__isnull", False)
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ("failed", "cancelled")), _negated=True),
                                        models.Q(("ended_at__isnull", False), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="import_ended_at_by_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("checking", "carrying_out", "undoing")),
                                    models.Q(("leased_by", ""), ("leased_until__isnull", True)),
                                    _connector="OR",
                                ),
                                name="import_leased_in_the_works",
                            ),
                        ],
                    },
                    bases=(django_fsm.FSMModelMixin, models.Model),
                ),
                migrations.CreateModel(
                    name="ImportEvent",
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
                            "state",
                            django_fsm.FSMField(
                                choices=[
                                    ("uploaded", "Uploaded"),
                                    ("checking", "Being checked"),
                                    ("checked", "Checked"),
                                    ("carrying_out", "Being carried out"),
                                    ("done", "Carried out"),
                                    ("failed", "Failed"),
                                    ("cancelled", "Cancelled"),
                                    ("undoing", "Being undone"),
                                    ("undone", "Undone"),
                                ],
                                default="uploaded",
                                max_length=50,
                                protected=True,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "heads",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(blank=True, max_length=300),
                                default=list,
                                size=None,
                                verbose_name="heads",
                            ),
                        ),
                        (
                            "mapping",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(blank=True, max_length=40),
                                blank=True,
                                default=list,
                                help_text="Which of our columns each column of the file is; empty where it is left out.",
                                size=None,
                                verbose_name="columns",
                            ),
                        ),
                        (
                            "publish_until",
                            models.DateField(
                                blank=True,
                                help_text="New companies are published at once and valid until this day; without it they are drafts.",
                                null=True,
                                verbose_name="new companies are valid until",
                            ),
                        ),
                        ("counts", models.JSONField(blank=True, default=dict, verbose_name="counts")),
                        ("report", models.JSONField(blank=True, default=dict, verbose_name="report")),
                        ("begun_at", models.DateTimeField(verbose_name="begun at")),
                        (
                            "asked_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="work asked for at"),
                        ),
                        (
                            "done_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="carried out at"),
                        ),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone at")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="work asked for by",
                            ),
                        ),
                        (
                            "begun_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="begun by",
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cities.city",
                                verbose_name="companies of",
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
                                to="companies.import",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ImportRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="row")),
                        ("texts", models.JSONField(default=dict, verbose_name="texts")),
                        ("values", models.JSONField(default=dict, verbose_name="values")),
                        ("digest", models.BigIntegerField(default=0, editable=False)),
                        ("sort_name", models.CharField(blank=True, editable=False, max_length=300)),
                        (
                            "name_keys",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=300),
                                default=list,
                                editable=False,
                                size=None,
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("new", "New"),
                                    ("changed", "Changed"),
                                    ("unchanged", "Unchanged"),
                                    ("duplicate", "Perhaps a duplicate"),
                                    ("mistake", "Mistake"),
                                ],
                                max_length=10,
                                verbose_name="verdict",
                            ),
                        ),
                        ("mistakes", models.JSONField(default=list, verbose_name="mistakes")),
                        ("revision", models.PositiveIntegerField(default=0, verbose_name="revision seen")),
                        ("differences", models.JSONField(default=dict, verbose_name="differences")),
                        (
                            "candidates",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), blank=True, default=list, size=None
                            ),
                        ),
                        ("settled", models.BooleanField(default=False, verbose_name="settled")),
                        ("left_out", models.BooleanField(default=False, verbose_name="left out")),
                        ("corrected", models.BooleanField(default=False, verbose_name="corrected")),
                        (
                            "changed_meanwhile",
                            models.BooleanField(default=False, verbose_name="changed meanwhile"),
                        ),
                        (
                            "company",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="companies.company",
                                verbose_name="company",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="companies.import",
                                verbose_name="import",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "row of an import",
                        "verbose_name_plural": "rows of imports",
                        "ordering": ["run", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("run", "number"), name="import_row_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("verdict__in", ["new", "changed", "unchanged", "duplicate", "mistake"])
                                ),
                                name="import_row_verdict_is_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SearchChange",
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
                                choices=[("c", "Company"), ("p", "City"), ("i", "Industry")], max_length=1
                            ),
                        ),
                        ("subject", models.BigIntegerField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["kind", "subject"], name="search_change_subject")],
                    },
                ),
                migrations.CreateModel(
                    name="SearchReading",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reading", models.CharField(max_length=20)),
                        ("word", models.CharField(max_length=100)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                django.contrib.postgres.indexes.OpClass(
                                    "reading", name="varchar_pattern_ops"
                                ),
                                name="search_reading_beginning",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SearchWord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("word", models.CharField(max_length=100)),
                        ("lexeme", models.CharField(max_length=110)),
                        ("frequency", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                django.contrib.postgres.indexes.OpClass("word", name="varchar_pattern_ops"),
                                name="search_word_beginning",
                            ),
                            models.Index(fields=["lexeme"], name="search_word_lexeme"),
                            django.contrib.postgres.indexes.GinIndex(
                                django.contrib.postgres.indexes.OpClass("word", name="gin_trgm_ops"),
                                name="search_word_parts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SheetLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail address at work")),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("de", "Deutsch"), ("zh-hans", "中文")],
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        ("sent_at", models.DateTimeField(verbose_name="sent at")),
                        ("expires_at", models.DateTimeField(verbose_name="expires at")),
                        (
                            "revoked_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="revoked at"),
                        ),
                        (
                            "company",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sheet_links",
                                to="companies.company",
                                verbose_name="company",
                            ),
                        ),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="revoked by",
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
                        "verbose_name": "link to a company's own sheet",
                        "verbose_name_plural": "links to companies' own sheets",
                        "ordering": ["-sent_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("sent_at"))),
                                name="sheet_link_expires_after_it_was_sent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("language__in", ["en", "de", "zh-hans"])),
                                name="sheet_link_language_is_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at__isnull", True)),
                                fields=("company",),
                                name="sheet_link_one_a_company",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SheetLinkEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail address at work")),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("de", "Deutsch"), ("zh-hans", "中文")],
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        ("sent_at", models.DateTimeField(verbose_name="sent at")),
                        ("expires_at", models.DateTimeField(verbose_name="expires at")),
                        (
                            "revoked_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="revoked at"),
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
                                to="companies.sheetlink",
                            ),
                        ),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="revoked by",
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
                    name="SheetSubmission",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "values",
                            models.JSONField(
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                verbose_name="what was filled in",
                            ),
                        ),
                        (
                            "state",
                            django_fsm.FSMField(
                                choices=[
                                    ("waiting", "Waiting to be checked"),
                                    ("taken_over", "Taken over"),
                                    ("refused", "Not taken over"),
                                    ("replaced", "Replaced by a later one"),
                                ],
                                default="waiting",
                                max_length=50,
                                protected=True,
                                verbose_name="state",
                            ),
                        ),
                        ("submitted_at", models.DateTimeField(verbose_name="submitted at")),
                        (
                            "taken",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=50),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="fields taken over",
                            ),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="decided at"),
                        ),
                        (
                            "note",
                            models.CharField(blank=True, max_length=500, verbose_name="note to the firm"),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "link",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="submissions",
                                to="companies.sheetlink",
                                verbose_name="link",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sheet filled in by a company",
                        "verbose_name_plural": "sheets filled in by companies",
                        "ordering": ["-submitted_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["waiting", "taken_over", "refused", "replaced"])
                                ),
                                name="submission_state_is_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "waiting")),
                                fields=("link",),
                                name="submission_one_waits_a_link",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("state", "waiting")),
                                    models.Q(
                                        models.Q(("state", "waiting"), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="submission_decided_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "taken_over"), ("taken", []), _connector="OR"),
                                name="submission_taken_fields",
                            ),
                        ],
                    },
                    bases=(django_fsm.FSMModelMixin, models.Model),
                ),
                migrations.CreateModel(
                    name="SheetSubmissionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "values",
                            models.JSONField(
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                verbose_name="what was filled in",
                            ),
                        ),
                        (
                            "state",
                            django_fsm.FSMField(
                                choices=[
                                    ("waiting", "Waiting to be checked"),
                                    ("taken_over", "Taken over"),
                                    ("refused", "Not taken over"),
                                    ("replaced", "Replaced by a later one"),
                                ],
                                default="waiting",
                                max_length=50,
                                protected=True,
                                verbose_name="state",
                            ),
                        ),
                        ("submitted_at", models.DateTimeField(verbose_name="submitted at")),
                        (
                            "taken",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=50),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="fields taken over",
                            ),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="decided at"),
                        ),
                        (
                            "note",
                            models.CharField(blank=True, max_length=500, verbose_name="note to the firm"),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "link",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="companies.sheetlink",
                                verbose_name="link",
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
                                to="companies.sheetsubmission",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ColumnMemory",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("head", models.CharField(max_length=300, verbose_name="head")),
                        ("key", models.CharField(blank=True, max_length=40, verbose_name="column")),
                        ("remembered_at", models.DateTimeField(verbose_name="remembered at")),
                        (
                            "city",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cities.city",
                                verbose_name="city",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "remembered column",
                        "verbose_name_plural": "remembered columns",
                        "ordering": ["city", "head"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "head"), name="column_remembered_once", nulls_distinct=False
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CompanySearch",
                    fields=[
                        (
                            "company",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="search",
                                serialize=False,
                                to="companies.company",
                            ),
                        ),
                        ("lexemes", django.contrib.postgres.search.SearchVectorField()),
                        ("valid_until", models.DateField(null=True)),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["lexemes"], name="company_search_lexemes"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
