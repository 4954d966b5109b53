from django.db import migrations


class Migration(migrations.Migration):
    """A city's place has the kind of its membership: a foreign key over both columns holds it."""

    dependencies = [("membership", "0001_initial")]
    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE membership_membershipcity ADD CONSTRAINT membershipcity_kind_of_membership
            FOREIGN KEY (membership_id, kind) REFERENCES membership_membership (id, kind)
            DEFERRABLE INITIALLY DEFERRED
            """,
            "ALTER TABLE membership_membershipcity DROP CONSTRAINT membershipcity_kind_of_membership",
        ),
    ]
