"""Sealing: what was written on a finished day is marked entry by entry and hashed onto the day before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from alliance.accounts.models import TrailMark, TrailSeal
from alliance.accounts.trails import digests
from alliance.accounts.trails.digests import Shape

GRACE = timedelta(hours=1)
"""A day is left alone for so long: clocks differ, and a request may still say why it acted."""
DAY = timedelta(days=1)
LOCK_NOT_AVAILABLE = "55P03"


class TrailBroken(Exception):
    """Days are marked that have no seal: nothing is sealed onto a chain that somebody has cut."""


def newest_hash() -> str:
    """The hash of the newest seal, which pins everything before it; empty before the first."""
    return TrailSeal.objects.order_by("-day").values_list("hash", flat=True).first() or ""


@transaction.atomic
def seal_days(*, at: datetime | None = None) -> list[TrailSeal]:
    """Seal every finished day that is not sealed yet; none while somebody may still be writing on one."""
    at = at or timezone.now()
    if not due_days(at):
        return []
    digests.wait_for_sealers()
    days, shapes = due_days(at), digests.present_shapes()
    if not days or not is_quiet(shapes):
        return []
    refuse_a_cut_chain(days[0])
    digests.speak_one_spelling()
    for shape in shapes.values():
        mark_entries(shape, days)
    return TrailSeal.objects.bulk_create(chained(days, shapes, at))


def due_days(at: datetime, *, grace: timedelta = GRACE) -> list[date]:
    """The days, in UTC, that have ended and are not sealed: from the first entry on, without a gap."""
    newest = TrailSeal.objects.order_by("-day").values_list("day", flat=True).first()
    first = newest + DAY if newest else first_day()
    last = (at - grace).astimezone(UTC).date() - DAY
    if first is None or first > last:
        return []
    return [first + DAY * number for number in range((last - first).days + 1)]


def first_day() -> date | None:
    """The day of the oldest entry."""
    oldest = (
        f"(SELECT min(pgh_created_at) FROM {digests.quoted(table)})" for table in digests.present_shapes()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT least({', '.join(oldest)})")
        (moment,) = cursor.fetchone()
    return moment.astimezone(UTC).date() if moment else None


def is_quiet(tables: Iterable[str]) -> bool:
    """Whether no transaction is under way that has written entries: a moment alone with all the tables.

    Whoever has written holds a lock until the end. Entries bear the moment of writing, not of the
    transaction's beginning: so whoever writes afterwards writes on a later day.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            names = ", ".join(map(digests.quoted, tables))
            cursor.execute(f"LOCK TABLE {names} IN SHARE MODE NOWAIT")
            transaction.set_rollback(True)  # gives the locks back at once
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") != LOCK_NOT_AVAILABLE:
            raise
        return False
    return True


def refuse_a_cut_chain(first: date) -> None:
    if TrailMark.objects.filter(day__gte=first).exists():
        raise TrailBroken(
            f"Entries of {first} or later are marked, but the day has no seal: seals were removed."
            " Run “manage.py verify_trail”."
        )


def mark_entries(shape: Shape, days: list[date]) -> None:
    """Give every entry of these days in one table its salt and its digest."""
    digest = digests.digest_sql(shape, salt="e.new_salt", parts="NULL::jsonb")
    salted = (
        "(SELECT *, uuid_send(gen_random_uuid()) AS new_salt"
        f" FROM {digests.quoted(shape.table)} WHERE pgh_created_at >= %s AND pgh_created_at < %s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_trailmark (day, table_name, entry, salt, digest)"
            " SELECT (e.pgh_created_at AT TIME ZONE 'UTC')::date, %s, e.pgh_id, e.new_salt,"
            f" {digest} FROM {salted} AS e {digests.WITH_CONTEXT}",
            [shape.table, beginning(days[0]), beginning(days[-1] + DAY)],
        )


def beginning(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def chained(days: list[date], shapes: dict[str, Shape], at: datetime) -> list[TrailSeal]:
    """The seals of these days, each with the hash of the one before."""
    tables: dict[date, dict[str, Any]] = defaultdict(dict)
    for day, table, number, digest in digests.marked_days(since=days[0], until=days[-1]):
        shape = shapes[table]
        said = {"entries": number, "digest": digest, "columns": [*shape.rest], "words": [*shape.words]}
        tables[day][table] = said
    seals, previous = [], newest_hash()
    for day in days:
        seals.append(seal_of(day, tables[day], previous, at))
        previous = seals[-1].hash
    return seals


def seal_of(day: date, tables: dict[str, Any], previous: str, at: datetime) -> TrailSeal:
    said = {
        "day": day,
        "entries": sum(table["entries"] for table in tables.values()),
        "digest": digests.digest_of_day(tables),
        "previous": previous,
        "sealed_at": at,
    }
    return TrailSeal(tables=tables, hash=digests.hash_of_seal(**said), **said)
