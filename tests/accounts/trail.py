"""A trail of a few days, and hands that reach behind the triggers."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from django.db import connection

from tests.factories.people import UserFactory

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2016, 3, day) for day in (7, 8, 9, 10))
AFTERWARDS = datetime(2016, 3, 10, 1, tzinfo=UTC)
USERS = "accounts_userevent"


@contextmanager
def triggers_off():
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield cursor
        finally:
            cursor.execute("SET session_replication_role = DEFAULT")


def behind(sql, *values):
    """Do what only somebody with the keys of the database can."""
    with triggers_off() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def ask(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def write(day, hour=12, **person):
    """A person whose first entry bears a day; gives the number of the entry."""
    user = UserFactory(**person)
    moment = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=hour)
    behind(f"UPDATE {USERS} SET pgh_created_at = %s WHERE pgh_obj_id = %s", moment, user.pk)
    return user.events.get().pgh_id


def write_three_days():
    """Two entries on Monday, none on Tuesday, one on Wednesday."""
    return [
        write(MONDAY, name="Anna Schmidt", email="anna@mainz.example"),
        write(MONDAY, name="Wang Wei"),
        write(WEDNESDAY, hour=23.99, name="Ma Li"),
    ]
