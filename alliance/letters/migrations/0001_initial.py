import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models

import alliance.embedded_postgres.tables
import alliance.letters.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        alliance.embedded_postgres.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Heartbeat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("worker", models.CharField(max_length=100, unique=True, verbose_name="worker")),
                        ("beat_at", models.DateTimeField(verbose_name="last sign of life")),
                    ],
                    options={
                        "verbose_name": "sign of life of a worker",
                        "verbose_name_plural": "signs of life of workers",
                        "ordering": ["-beat_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                        ("address", models.EmailField(max_length=254, verbose_name="address")),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("de", "Deutsch"), ("zh-hans", "中文")],
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "on_behalf_of",
                            models.CharField(
                                blank=True,
                                db_index=True,
                                help_text="Slug of the city or institution that is told.",
                                max_length=100,
                                verbose_name="for",
                            ),
                        ),
                        (
                            "state",
                            django_fsm.FSMField(
                                choices=[
                                    ("queued", "Queued"),
                                    ("sending", "Being sent"),
                                    ("accepted", "Accepted by the mail server"),
                                    ("deferred", "Will be tried again"),
                                    ("failed", "Not deliverable"),
                                    ("uncertain", "Possibly sent"),
                                ],
                                default="queued",
                                max_length=50,
                                protected=True,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "message_id",
                            models.CharField(
                                default=alliance.letters.models.new_message_id,
                                editable=False,
                                max_length=100,
                                unique=True,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                        (
                            "next_attempt_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="next attempt"),
                        ),
                        (
                            "leased_until",
                            models.DateTimeField(blank=True, null=True, verbose_name="claimed until"),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="server's answer")),
                        (
                            "settled_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="accepted or failed at"),
                        ),
                        (
                            "possibly_twice",
                            models.BooleanField(
                                default=False,
                                help_text="It was not known whether the server had taken it, so it was sent again.",
                                verbose_name="possibly received twice",
                            ),
                        ),
                        (
                            "opened_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="opened in the inbox at"
                            ),
                        ),
                        (
                            "recipient",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="recipient",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="letters.letter",
                                verbose_name="letter",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "delivery",
                        "verbose_name_plural": "deliveries",
                        "ordering": ["-letter__written_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["queued", "deferred", "uncertain"])),
                                fields=["next_attempt_at"],
                                name="delivery_queue",
                            ),
                            models.Index(fields=["recipient", "opened_at"], name="delivery_inbox"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("letter", "address", "on_behalf_of"),
                                name="delivery_once_an_addressee",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["queued", "sending", "accepted", "deferred", "failed", "uncertain"],
                                    )
                                ),
                                name="delivery_state_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("leased_until__isnull", False), ("state", "sending")),
                                    models.Q(
                                        models.Q(("state", "sending"), _negated=True),
                                        ("leased_until__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="delivery_leased_while_sending",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("settled_at__isnull", False), ("state__in", ("accepted", "failed"))
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ("accepted", "failed")), _negated=True),
                                        ("settled_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="delivery_settled_pair",
                            ),
                        ],
                    },
                    bases=(django_fsm.FSMModelMixin, models.Model),
                ),
                migrations.CreateModel(
                    name="Letter",
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
                                    ("circular", "Circular"),
                                    ("reminder", "Reminder"),
                                    ("confirmation", "Confirmation"),
                                    ("notice", "Notice"),
                                    ("invitation", "Invitation"),
                                    ("sign_in", "Sign-in"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                blank=True, db_index=True, max_length=40, verbose_name="reference"
                            ),
                        ),
                        ("subject_en", models.CharField(max_length=300, verbose_name="subject in English")),
                        ("subject_de", models.CharField(max_length=300, verbose_name="subject in German")),
                        ("subject_zh", models.CharField(max_length=300, verbose_name="subject in Chinese")),
                        ("body_en", models.TextField(verbose_name="text in English")),
                        ("body_de", models.TextField(verbose_name="text in German")),
                        ("body_zh", models.TextField(verbose_name="text in Chinese")),
                        (
                            "path",
                            models.CharField(blank=True, max_length=300, verbose_name="page it is about"),
                        ),
                        (
                            "confidential",
                            models.BooleanField(
                                default=False,
                                help_text="Holds a link that opens an account: its text is wiped once it is sent, and staff never see it.",
                                verbose_name="confidential",
                            ),
                        ),
                        ("written_at", models.DateTimeField(verbose_name="written at")),
                        (
                            "written_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="written by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "letter",
                        "verbose_name_plural": "letters",
                        "ordering": ["-written_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "circular",
                                            "reminder",
                                            "confirmation",
                                            "notice",
                                            "invitation",
                                            "sign_in",
                                        ],
                                    )
                                ),
                                name="letter_kind_is_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeliveryEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                        ("address", models.EmailField(max_length=254, verbose_name="address")),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("de", "Deutsch"), ("zh-hans", "中文")],
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "on_behalf_of",
                            models.CharField(
                                blank=True,
                                help_text="Slug of the city or institution that is told.",
                                max_length=100,
                                verbose_name="for",
                            ),
                        ),
                        (
                            "state",
                            django_fsm.FSMField(
                                choices=[
                                    ("queued", "Queued"),
                                    ("sending", "Being sent"),
                                    ("accepted", "Accepted by the mail server"),
                                    ("deferred", "Will be tried again"),
                                    ("failed", "Not deliverable"),
                                    ("uncertain", "Possibly sent"),
                                ],
                                default="queued",
                                max_length=50,
                                protected=True,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "message_id",
                            models.CharField(
                                default=alliance.letters.models.new_message_id, editable=False, max_length=100
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                        (
                            "next_attempt_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="next attempt"),
                        ),
                        (
                            "leased_until",
                            models.DateTimeField(blank=True, null=True, verbose_name="claimed until"),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="server's answer")),
                        (
                            "settled_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="accepted or failed at"),
                        ),
                        (
                            "possibly_twice",
                            models.BooleanField(
                                default=False,
                                help_text="It was not known whether the server had taken it, so it was sent again.",
                                verbose_name="possibly received twice",
                            ),
                        ),
                        (
                            "opened_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="opened in the inbox at"
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
                                to="letters.delivery",
                            ),
                        ),
                        (
                            "recipient",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="recipient",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="LetterEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("circular", "Circular"),
                                    ("reminder", "Reminder"),
                                    ("confirmation", "Confirmation"),
                                    ("notice", "Notice"),
                                    ("invitation", "Invitation"),
                                    ("sign_in", "Sign-in"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("reference", models.CharField(blank=True, max_length=40, verbose_name="reference")),
                        ("subject_en", models.CharField(max_length=300, verbose_name="subject in English")),
                        ("subject_de", models.CharField(max_length=300, verbose_name="subject in German")),
                        ("subject_zh", models.CharField(max_length=300, verbose_name="subject in Chinese")),
                        (
                            "confidential",
                            models.BooleanField(
                                default=False,
                                help_text="Holds a link that opens an account: its text is wiped once it is sent, and staff never see it.",
                                verbose_name="confidential",
                            ),
                        ),
                        ("written_at", models.DateTimeField(verbose_name="written at")),
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
                                to="letters.letter",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="written by",
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
