from datetime import UTC, datetime

from django.db import migrations

FOUNDED = datetime(2016, 4, 25, tzinfo=UTC)
COMMON = {"visibility": "members", "reminder_days": [14, 3], "made_at": FOUNDED}
RULES = [
    {
        "key": "all-expressly",
        "name_en": "All members consent expressly",
        "name_de": "Alle Mitglieder stimmen ausdrücklich zu",
        "name_zh": "全体成员明示同意",
        "threshold": "all_expressly",
        "silence": "blocks",
        "period_days": 42,
    },
    {
        "key": "silence-procedure",
        "name_en": "Silence procedure",
        "name_de": "Schweigeverfahren",
        "name_zh": "默示同意程序",
        "threshold": "no_objection",
        "silence": "consent",
        "period_days": 28,
    },
    {
        "key": "two-thirds",
        "name_en": "Two thirds of answers",
        "name_de": "Zwei Drittel der Antworten",
        "name_zh": "答复的三分之二同意",
        "threshold": "share",
        "silence": "ignored",
        "quorum_percent": 50,
        "period_days": 42,
    },
    {
        "key": "both-sides",
        "name_en": "Both sides",
        "name_de": "Beide Seiten",
        "name_zh": "中德双方同意",
        "threshold": "both_sides",
        "silence": "ignored",
        "quorum_percent": 50,
        "period_days": 42,
    },
]


def ship(apps, schema_editor):
    """Add the four rules that every alliance starts with; a key that is there stays as it is."""
    ConsentRule = apps.get_model("membership", "ConsentRule")
    for rule in RULES:
        if not ConsentRule.objects.filter(key=rule["key"]).exists():
            ConsentRule.objects.create(**COMMON, **rule)


class Migration(migrations.Migration):
    """The four shipped rules (docs/consent.md) as they stood at the beginning; a test compares them."""

    dependencies = [("membership", "0002_rows_of_one_circular")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
