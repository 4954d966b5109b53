"""Changing rows behind the back of everything that holds them."""

from django.db import connection


def tamper(sql, *params):
    """One row, changed as somebody does who has the database and switches its triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, params)
        assert cursor.rowcount == 1
        cursor.execute("SET LOCAL session_replication_role = origin")
