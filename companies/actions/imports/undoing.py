"""An import is undone as a whole, as long as nobody has touched what it wrote.

What it entered is taken out again (the trail keeps it); what it changed says again what it said before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection, router, transaction
from django.db.models import CASCADE
from django.utils import timezone

from alliance.accounts.models import User
from companies.actions import indexing
from companies.actions.imports.carrying_out import hold_cities
from companies.actions.imports.refusals import Touched
from companies.actions.imports.working import Lease, LostLease, locked, set_to_work, to_be_asked
from companies.actions.imports.writing import names_of
from companies.models import Company, Import
from companies.models.names import NAMES, derived_names
from companies.states import ImportState

BATCH = 2000
TOUCHED = """
    SELECT r.company_id FROM companies_importrow AS r LEFT JOIN companies_company AS company
        ON company.id = r.company_id
    WHERE r.run_id = %s AND NOT r.left_out AND (
        r.verdict = 'new' AND company.revision IS DISTINCT FROM 1
        OR r.verdict = 'changed' AND company.revision IS DISTINCT FROM r.revision + 1
    ) ORDER BY 1
"""
OF_VERDICT = """
    SELECT company_id FROM companies_importrow
    WHERE run_id = %s AND NOT left_out AND verdict = %s ORDER BY number
"""
RENAMED = """
    SELECT r.company_id, r.differences FROM companies_importrow AS r
    WHERE r.run_id = %s AND r.company_id = ANY(%s) AND r.sort_name <> ''
"""
RESTORE = """
    UPDATE companies_company AS company
    SET {fields}, changed_at = %(at)s, sort_name = COALESCE(derived.sort_name, company.sort_name),
        name_keys = COALESCE(derived.name_keys, company.name_keys)
    FROM companies_importrow AS r JOIN companies_company AS known ON known.id = r.company_id
    CROSS JOIN LATERAL (
        SELECT jsonb_object_agg(key, value->0) AS before FROM jsonb_each(r.differences)
    ) AS said_before
    CROSS JOIN LATERAL jsonb_populate_record(known, said_before.before) AS said
    LEFT JOIN jsonb_to_recordset(%(derived)s::jsonb) AS derived (id bigint, sort_name text, name_keys text[])
        ON derived.id = r.company_id
    WHERE r.run_id = %(run)s AND r.company_id = ANY(%(ids)s) AND r.verdict = 'changed' AND NOT r.left_out
        AND company.id = r.company_id AND company.revision = r.revision + 1
"""
DIFFERING = """
    SELECT DISTINCT jsonb_object_keys(differences) FROM companies_importrow
    WHERE run_id = %s AND verdict = 'changed' AND NOT left_out
"""


@transaction.atomic
def undo(run: Import, *, by: User | None, at: datetime | None = None) -> Import:
    """Have everything put back as it was, in the background. A second time changes nothing."""
    at = at or timezone.now()
    already = {ImportState.UNDOING, ImportState.UNDONE}
    run, still = to_be_asked(run, by=by, at=at, already=already, possible={ImportState.DONE})
    if not still:
        return run
    refuse_touched(run)
    run.ask_to_undo(by=by, at=at)
    return set_to_work(run)


def refuse_touched(run: Import) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED, [run.pk])
        touched = {company for (company,) in cursor.fetchall()}
    touched.update(referred_to(run))
    if touched:
        raise Touched(count=len(touched), names=names_of(sorted(touched)))


def referred_to(run: Import) -> Iterator[int]:
    """New entries to which somebody has added something: a contact, a document."""
    for ids in batches(run, "new"):
        for relation in relations():
            if relation.on_delete is not CASCADE and getattr(relation.field, "db_constraint", True):
                rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": ids})
                yield from rows.values_list(relation.field.attname, flat=True)


def relations() -> list[Any]:
    """Whatever points to companies, also what companies have no name for."""
    fields = Company._meta.get_fields(include_hidden=True)
    return [one for one in fields if one.auto_created and (one.one_to_many or one.one_to_one)]


def batches(run: Import, verdict: str) -> Iterator[list[int]]:
    with connection.cursor() as cursor:
        cursor.execute(OF_VERDICT, [run.pk, verdict])
        ids = [company for (company,) in cursor.fetchall()]
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


@transaction.atomic
def do_undo(run: Import, lease: Lease) -> None:
    """The work itself, in one transaction."""
    hold_cities(run)
    run.refresh_from_db()
    if run.state != ImportState.UNDOING:
        return
    refuse_touched(run)
    total = run.counts.get("new", 0) + run.counts.get("changed", 0)
    done = 0
    fields = restored_fields(run)
    for ids in batches(run, "changed"):
        restore(run, ids, fields)
        lease.renew(done := done + len(ids), total)
    for ids in batches(run, "new"):
        take_out(ids)
        lease.renew(done := done + len(ids), total)
    finish(run)


def restored_fields(run: Import) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(DIFFERING, [run.pk])
        return sorted(name for (name,) in cursor.fetchall())


def restore(run: Import, ids: list[int], fields: list[str]) -> None:
    """Entries say again what they said before."""
    params: dict[str, Any] = {
        "run": run.pk,
        "ids": ids,
        "at": run.asked_at,
        "derived": json.dumps(former_names(run, ids)),
    }
    with connection.cursor() as cursor:
        cursor.execute(RESTORE.format(fields=", ".join(f"{name} = said.{name}" for name in fields)), params)
        if cursor.rowcount != len(ids):
            raise Touched(count=len(ids) - cursor.rowcount, names=names_of(ids))
    indexing.index(ids)


def former_names(run: Import, ids: list[int]) -> list[dict]:
    """What is derived from the names that entries had before."""
    with connection.cursor() as cursor:
        cursor.execute(RENAMED, [run.pk, ids])
        before = dict(cursor.fetchall())
    rows = Company.objects.filter(pk__in=before).values("pk", *NAMES)
    found = []
    for row in rows:
        differences = before[row["pk"]]
        if isinstance(differences, str):
            differences = json.loads(differences)
        former = {name: differences[name][0] if name in differences else row[name] for name in NAMES}
        found.append({"id": row["pk"], **derived_names(former)})
    return found


def take_out(ids: list[int]) -> None:
    """Entries that nobody has touched, with what the machine itself keeps beside them."""
    using = router.db_for_write(Company)
    for relation in relations():
        if relation.on_delete is CASCADE:
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": ids})
            rows._raw_delete(using)
    Company.objects.filter(pk__in=ids)._raw_delete(using)


def finish(run: Import) -> None:
    kept = locked(run.pk)
    if kept.state != ImportState.UNDOING:
        raise LostLease
    kept.finish_undoing(at=run.asked_at or timezone.now())
    kept.save()
