from django.db import migrations

TABLES = ("statement", "question", "addressee")


class Migration(migrations.Migration):
    """What a member says or gets belongs to the circular that asked it: foreign keys over both columns."""

    dependencies = [("membership", "0002_kind_of_places")]
    operations = [
        migrations.RunSQL(
            f"""
            ALTER TABLE membership_{table} ADD CONSTRAINT {table}_elector_of_circular
            FOREIGN KEY (elector_id, circular_id) REFERENCES membership_elector (id, circular_id)
            DEFERRABLE INITIALLY DEFERRED
            """,
            f"ALTER TABLE membership_{table} DROP CONSTRAINT {table}_elector_of_circular",
        )
        for table in TABLES
    ]
