from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """PostgreSQL's own extensions, before the first table that needs them."""

    dependencies: list[tuple[str, str]] = []
    run_before = [("cities", "0001_initial"), ("membership", "0001_initial")]
    operations = [TrigramExtension(), BtreeGistExtension()]
