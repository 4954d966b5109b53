"""Companies are looked at anew by the search: Chinese legal forms are no words of a name any more."""

from django.db import migrations

LOOK_AGAIN = """
    INSERT INTO companies_searchchange (kind, subject) SELECT 'c', company_id FROM companies_companysearch
"""


class Migration(migrations.Migration):
    dependencies = [("companies", "0002_lines_of_new_companies")]

    operations = [migrations.RunSQL(LOOK_AGAIN, migrations.RunSQL.noop)]
