"""What many tests begin with: made once by the real actions, afterwards put back as it was, rows and files.

Only for the first thing that a test writes, in a transaction that is taken back, and only for the same
arguments under the same settings: then making it again could give nothing else. Everywhere else it is made.
"""

import io
from datetime import date
from functools import wraps
from pathlib import Path

from django.conf import UserSettingsHolder, settings
from django.db import connection
from django.db.models import Model
from django.db.models.signals import post_migrate
from django.utils.translation import get_language

MEMORY = {}
PLAIN = (str, int, date, type(None))
UNTOUCHED = "SELECT pg_current_xact_id_if_assigned() IS NULL AND current_setting('is_superuser') = 'on'"
TABLES = """
    SELECT format('%I', c.relname), string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    GROUP BY c.oid, c.relname
"""
# A part of a transaction has a later number than the whole.
WRITTEN_HERE = "xmin::text::bigint >= pg_current_xact_id()::xid::text::bigint"

# A flush gives reference data new numbers.
post_migrate.connect(lambda **more: MEMORY.clear(), weak=False)


def remembered(make):
    """A maker whose work is put back where a test begins with it."""

    @wraps(make)
    def made(*args, **given):
        what = key_of(args, given)
        if what is None or not is_untouched():
            return make(*args, **given)
        key = (make.__module__, make.__qualname__, *what)
        if key not in MEMORY:
            rows = make(*args, **given)
            MEMORY[key] = (rows, written_rows(), written_files())
        rows, tables, files = MEMORY[key]
        if is_untouched():
            put_back(tables, files)
        return as_stored(rows)

    return made


def key_of(args, given):
    """What a maker depends on; None where that is more than plain values and rows that everybody has."""
    values = [*args, *given.values()]
    if not all(isinstance(value, (*PLAIN, Model)) for value in values):
        return None
    named = [(type(value), value.pk if isinstance(value, Model) else value) for value in values]
    return (len(args), *named, *given, get_language(), changed_settings())


def changed_settings():
    found, holder = {}, settings._wrapped
    while isinstance(holder, UserSettingsHolder):
        found, holder = {**vars(holder), **found}, holder.default_settings
    left_out = {"default_settings", "_deleted", "MEDIA_ROOT"}
    return repr(sorted((name, value) for name, value in found.items() if name not in left_out))


def is_untouched():
    """Whether this is the transaction of a test, in which nothing was written yet."""
    blocks = connection.atomic_blocks
    if not (blocks and blocks[0]._from_testcase):
        return False
    with connection.connection.cursor() as cursor:
        cursor.execute(UNTOUCHED)
        return cursor.fetchone()[0]


def written_rows():
    """(table, columns, rows as COPY gives them) for every table in which this transaction wrote."""
    found = []
    with connection.connection.cursor() as cursor:
        cursor.execute(TABLES)
        for table, columns in cursor.fetchall():
            rows = io.StringIO()
            cursor.copy_expert(f"COPY (SELECT {columns} FROM {table} WHERE {WRITTEN_HERE}) TO STDOUT", rows)
            if rows.getvalue():
                found.append((table, columns, rows.getvalue()))
    return found


def written_files():
    root = Path(settings.MEDIA_ROOT)
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def put_back(tables, files):
    """The rows as they were; the checks and trails of writing them ran when they were made."""
    with connection.connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, columns, rows in tables:
            cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", io.StringIO(rows))
        cursor.execute("SET LOCAL session_replication_role = origin")
    for name, content in files.items():
        path = Path(settings.MEDIA_ROOT) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def as_stored(made):
    if isinstance(made, list):
        return [as_stored(row) for row in made]
    return type(made)._base_manager.get(pk=made.pk)
