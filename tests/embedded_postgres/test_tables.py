"""Many changes of tables as one operation of a migration."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from alliance.embedded_postgres.tables import ChangeTables

pytestmark = pytest.mark.django_db

ROW = [("id", models.BigAutoField(primary_key=True))]


def field(name):
    return migrations.AddField(name, "note", models.TextField(default=""))


def run(operation, before):
    after = before.clone()
    operation.state_forwards("cities", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("cities", editor, before, after)
    return after


def columns(table):
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def test_a_table_made_here_gets_later_columns_at_once_and_an_old_one_is_changed():
    before = run(ChangeTables(changes=[migrations.CreateModel("Old", ROW)]), ProjectState())
    both = ChangeTables(changes=[migrations.CreateModel("New", ROW), field("new"), field("old")])
    after = run(both, before)
    assert (columns("cities_new"), columns("cities_old")) == ({"id", "note"}, {"id", "note"})
    with connection.schema_editor() as editor:
        both.database_backwards("cities", editor, after, before)
    assert columns("cities_old") == {"id"}
    assert "cities_new" not in connection.introspection.table_names()


def test_it_can_be_written_into_a_migration():
    operation = ChangeTables(changes=[field("old")])
    assert operation.deconstruct() == ("ChangeTables", [], {"changes": operation.changes})
    assert operation.describe() == "Make 1 changes"
