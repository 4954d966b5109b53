"""What the database itself says to raw SQL, the checks at the end of a transaction included."""

import pytest
from django.db import DatabaseError, connection, transaction

KEPT = "Cannot update|Cannot delete|or delete"


def check_now():
    """What is checked at the end of a transaction, at once."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def run(sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        check_now()


def refused(sql, *params, match=""):
    with pytest.raises(DatabaseError, match=match):
        run(sql, *params)
