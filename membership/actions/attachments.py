"""Files attached to an application."""

from __future__ import annotations

from datetime import date as Day
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.accounts.models import User
from alliance.pages.files import stored_fields
from alliance.pages.refusals import Refusal
from membership.actions.application_sections import editable, edited
from membership.models import Application, Attachment

MOST_ATTACHMENTS = 30


class TooManyAttachments(Refusal):
    """A limit that only mistakes reach."""

    sentence = _(
        "An application can have 30 attachments. Please remove one first, or put several into one file."
    )


class SameFileTwice(Refusal):
    """The same content is attached already."""

    sentence = _("This file is attached already, as “%(name)s”.")


@transaction.atomic
def attach(
    application: Application,
    upload: File[Any],
    *,
    kind: str,
    language: str,
    date: Day | None = None,
    reference: str = "",
    by: User,
    at: datetime | None = None,
) -> Attachment:
    """Attach a file, after checking what is in it."""
    at = at or timezone.now()
    application = editable(application, by=by)
    fields = stored_fields(upload)
    _refuse_more(application, fields["sha256"])
    attachment = Attachment(
        application=application,
        kind=kind,
        language=language,
        date=date,
        reference=reference,
        uploaded_at=at,
        uploaded_by=by,
        **fields,
    )
    attachment.save()
    edited(application, at)
    return attachment


@transaction.atomic
def remove_attachment(attachment: Attachment, *, by: User, at: datetime | None = None) -> Attachment:
    """Take a file out of the application; versions submitted with it keep it."""
    at = at or timezone.now()
    application = editable(attachment.application, by=by)
    attachment = application.attachments.select_for_update().get(pk=attachment.pk)
    if attachment.removed_at is None:
        attachment.removed_at = at
        attachment.save(update_fields=["removed_at"])
        edited(application, at)
    return attachment


def _refuse_more(application: Application, sha256: str) -> None:
    kept = application.attachments.filter(removed_at=None)
    if kept.count() >= MOST_ATTACHMENTS:
        raise TooManyAttachments
    if same := kept.filter(sha256=sha256).first():
        raise SameFileTwice(name=same.filename)
