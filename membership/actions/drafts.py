"""Preparing a circular."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from alliance.accounts.models import User
from alliance.accounts.permissions import require_secretariat
from alliance.pages.moments import moment_text
from membership.actions.circular_refusals import (
    AlreadyCarried,
    AlreadyWithMembers,
    DeadlineInThePast,
    DeadlineTooFar,
    Discarded,
    NotADraft,
    NotInConsultation,
)
from membership.actions.deadlines import deadline_from
from membership.actions.outcomes import outcome_of
from membership.actions.texts import draft_texts
from membership.models import Application, Circular, CircularAttachment, ConsentRule
from membership.states import ApplicationState, CircularKind, CircularState

FURTHEST = timedelta(days=2 * 366)


def lock(circular: Circular) -> Circular:
    """The circular as it is now, held until the surrounding transaction ends.

    Whoever also holds its application takes that first (`lock_with_application`).
    """
    rows = Circular.objects.select_for_update(of=("self",)).select_related(
        "application", "application_version", "rule", "extension", "issued_by"
    )
    found = rows.filter(pk=circular.pk).first()
    if found is None:
        raise Discarded
    return found


def lock_with_application(circular: Circular) -> Circular:
    """The same, after its application, so that nobody decides or retracts meanwhile."""
    if circular.application_id:
        Application.objects.select_for_update().get(pk=circular.application_id)
    return lock(circular)


@transaction.atomic
def draft_for(application: Application, *, by: User | None, at: datetime | None = None) -> Circular:
    """The draft of the circular that asks the members; the one there is, or a new one from the template."""
    at = at or timezone.now()
    require_secretariat(by)
    application = Application.objects.select_for_update().get(pk=application.pk)
    if draft := application.circulars.filter(state=CircularState.DRAFT).first():
        return draft
    refuse_to_ask(application, at=at)
    rule = ConsentRule.objects.default()
    circular = Circular.objects.create(
        kind=CircularKind.ACCESSION,
        application=application,
        rule=rule,
        deadline=deadline_from(rule, at),
        drafted_at=at,
        drafted_by=by,
        **draft_texts(application),
    )
    copy_attachments(application, circular, at=at)
    return circular


def refuse_to_ask(application: Application, *, at: datetime) -> None:
    """The members are asked while the application is in consultation, and not while they have consented."""
    if application.state != ApplicationState.IN_CONSULTATION:
        raise NotInConsultation(reference=application.reference)
    latest = application.circulars.exclude(state=CircularState.CANCELLED).order_by("pk").last()
    if latest is None:
        return
    if latest.state == CircularState.ISSUED:
        raise AlreadyWithMembers(number=latest.label)
    if outcome_of(latest, at=at).carried:
        raise AlreadyCarried(number=latest.label)


def copy_attachments(application: Application, circular: Circular, *, at: datetime) -> None:
    """The application's files go with the circular."""
    for attachment in application.attachments.filter(removed_at__isnull=True):
        CircularAttachment.objects.create(
            circular=circular,
            file=attachment.file.name,
            filename=attachment.filename,
            media_type=attachment.media_type,
            size=attachment.size,
            sha256=attachment.sha256,
            language=attachment.language,
            added_at=at,
        )


@transaction.atomic
def save_draft(
    circular: Circular,
    *,
    subject_zh: str | None = None,
    subject_de: str | None = None,
    subject_en: str | None = None,
    body_zh: str | None = None,
    body_de: str | None = None,
    body_en: str | None = None,
    rule: ConsentRule | None = None,
    deadline: datetime | None = None,
    by: User | None,
    at: datetime | None = None,
) -> Circular:
    """Keep what was edited; what is not given stays. Another rule without a deadline brings its own."""
    at = at or timezone.now()
    require_secretariat(by)
    circular = locked_draft(circular)
    if rule is not None and rule != circular.rule:
        circular.rule = rule
        deadline = deadline or deadline_from(rule, at)
    texts = {
        "subject_zh": subject_zh,
        "subject_de": subject_de,
        "subject_en": subject_en,
        "body_zh": body_zh,
        "body_de": body_de,
        "body_en": body_en,
    }
    for field, text in texts.items():
        if text is not None:
            setattr(circular, field, text.strip())
    if deadline is not None:
        circular.deadline = later_than(at, deadline)
    circular.save()
    return circular


@transaction.atomic
def discard(circular: Circular, *, by: User | None, at: datetime | None = None) -> None:
    """Throw a draft away; nobody was told about it."""
    require_secretariat(by)
    locked_draft(circular).delete()


def locked_draft(circular: Circular) -> Circular:
    circular = lock(circular)
    if circular.state != CircularState.DRAFT:
        raise NotADraft(number=circular.label)
    return circular


def later_than(at: datetime, deadline: datetime) -> datetime:
    """A deadline that lies ahead, and not in another age."""
    if deadline <= at:
        raise DeadlineInThePast(deadline=moment_text(deadline))
    if deadline > at + FURTHEST:
        raise DeadlineTooFar
    return deadline
