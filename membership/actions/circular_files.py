"""Files that go with a circular, as long as it is a draft."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from alliance.accounts.models import User
from alliance.accounts.permissions import require_secretariat
from alliance.pages.files import stored_fields
from membership.actions.drafts import locked_draft
from membership.models import Circular, CircularAttachment


@transaction.atomic
def attach(
    circular: Circular, upload: File[Any], *, language: str, by: User | None, at: datetime | None = None
) -> CircularAttachment:
    """Add a file to a draft; the same file twice is there once."""
    at = at or timezone.now()
    require_secretariat(by)
    circular = locked_draft(circular)
    fields = stored_fields(upload)
    if there := circular.attachments.filter(sha256=fields["sha256"], language=language).first():
        return there
    return CircularAttachment.objects.create(circular=circular, language=language, added_at=at, **fields)


@transaction.atomic
def detach(attachment: CircularAttachment, *, by: User | None) -> None:
    """Take a file from a draft; the stored file stays, because an application may hold the same one."""
    require_secretariat(by)
    locked_draft(attachment.circular)
    attachment.delete()
