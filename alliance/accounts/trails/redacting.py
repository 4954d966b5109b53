"""Redacting: words leave the trail for good, and the proof that nothing else was touched stays."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pgtrigger
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import TrailMark, TrailRedaction, TrailSeal, User
from alliance.accounts.permissions import require_administrator
from alliance.accounts.trails import digests
from alliance.pages.refusals import Refusal


class NotRedactable(Refusal):
    sentence = _(
        "“%(column)s” cannot be redacted: only columns with words can, not states, moments or references."
    )


class NothingToRedact(Refusal):
    sentence = _("The trail has no entries of this row.")


class ReasonMissing(Refusal):
    sentence = _("Please give the reason.")


@transaction.atomic
def redact(
    model: type[models.Model],
    row: Any,
    *,
    columns: Sequence[str],
    reason: str,
    by: User | None,
    at: datetime | None = None,
) -> TrailRedaction:
    """Take words out of every entry that the trail has of a row; who did it and why becomes an entry.

    The row itself is not touched: what it says now is redacted by the action it belongs to, first.
    """
    at = at or timezone.now()
    require_administrator(by)
    if not reason.strip():
        raise ReasonMissing
    events = next(iter(model.pgh_event_models.values()))  # type: ignore[attr-defined]
    blanks = {column: blank_of(events, column) for column in columns}
    found = events._default_manager.filter(pgh_obj_id=row).order_by("pk")
    entries = list(found.values_list("pk", flat=True))
    if not entries:
        raise NothingToRedact
    black_out(events, entries, blanks)
    return TrailRedaction.objects.create(
        table_name=events._meta.db_table,
        entries=entries,
        columns=sorted(columns),
        reason=reason.strip(),
        redacted_at=at,
        redacted_by=by,
    )


def black_out(events: type[models.Model], entries: list[int], blanks: dict[str, Any]) -> None:
    """Write the blanks over the words; marks keep what proves the rest of their entries."""
    digests.wait_for_sealers()
    digests.speak_one_spelling()
    marks = TrailMark.objects.select_for_update().filter(table_name=events._meta.db_table, entry__in=entries)
    for mark in marks:
        keep_parts(mark, list(blanks))
    with pgtrigger.ignore(f"{events._meta.label}:append_only"):
        events._default_manager.filter(pk__in=entries).update(**blanks)


def blank_of(events: type[models.Model], column: str) -> Any:
    """What stands in a column afterwards."""
    shape = digests.present_shapes()[events._meta.db_table]
    field = next((one for one in events._meta.fields if one.column == column), None)
    if column not in shape.words or field is None or field.choices:
        raise NotRedactable(column=column)
    if field.null:
        return None
    return "" if isinstance(field, models.CharField | models.TextField) else field.to_python([])


def keep_parts(mark: TrailMark, columns: Sequence[str]) -> None:
    """Give up the salt of an entry; keep those of the words that stay, and the digests of the others."""
    if mark.salt is not None:
        salts = {name: word_salt(bytes(mark.salt), name).hex() for name in words_of(mark)}
        parts: Any = {"salts": salts, "digests": {}}
    else:
        parts = mark.parts
    for name in columns:
        if name in parts["salts"]:
            salt = bytes.fromhex(parts["salts"].pop(name))
            parts["digests"][name] = hashlib.sha256(salt + value_of(mark, name).encode()).hexdigest()
    TrailMark.objects.filter(pk=mark.pk).update(salt=None, parts=parts)


def words_of(mark: TrailMark) -> list[str]:
    """The columns with words that the table had when the entry was sealed."""
    return list(TrailSeal.objects.get(day=mark.day).tables[mark.table_name]["words"])


def word_salt(salt: bytes, column: str) -> bytes:
    return hashlib.sha256(salt + column.encode()).digest()


def value_of(mark: TrailMark, column: str) -> str:
    """A word as the digest takes it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce(to_jsonb({digests.quoted(column)})::text, 'null')"
            f" FROM {digests.quoted(mark.table_name)} WHERE pgh_id = %s",
            [mark.entry],
        )
        return str(cursor.fetchone()[0])
