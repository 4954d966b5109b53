"""Questions of members to the applicant."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alliance.accounts.models import User
from alliance.letters.states import LetterKind
from membership.actions import notices
from membership.actions.addressees import applicants_of, voices_of_elector
from membership.actions.circular_refusals import DeadlinePassed
from membership.actions.closing import refuse_unless_open
from membership.actions.drafts import lock
from membership.actions.outcomes import counting_deadline
from membership.actions.statement_refusals import AlreadyAnswered, EmptyAnswer, EmptyQuestion
from membership.actions.statements import elector_meant, refuse_unless_asking
from membership.models import Circular, Elector, Question
from membership.permissions.circulars import require_applicant, require_voice


@transaction.atomic
def ask(
    circular: Circular,
    *,
    elector: Elector | None = None,
    text: str,
    by: User | None,
    at: datetime | None = None,
) -> Question:
    """Ask the applicant for a member; all members see it. A question is no answer to the circular."""
    at = at or timezone.now()
    circular = lock(circular)
    elector = elector_meant(circular, None, elector, by=by, at=at)
    by = require_voice(by, elector, at=at)
    refuse_unless_asking(circular)
    refuse_unless_open(circular)
    if at > counting_deadline(circular):
        raise DeadlinePassed
    if not text.strip():
        raise EmptyQuestion
    if there := elector.questions.filter(text=text.strip(), asked_by=by, answered_at__isnull=True).first():
        return there
    question = Question.objects.create(
        circular=circular, elector=elector, text=text.strip(), asked_at=at, asked_by=by
    )
    if circular.application is not None:
        to = applicants_of(circular.application)
        notices.tell(circular, LetterKind.NOTICE, notices.asked(question), to, by=by, at=at)
    return question


@transaction.atomic
def answer(question: Question, *, text: str, by: User | None, at: datetime | None = None) -> Question:
    """Answer a member's question, for the applicant; the member is told, all members see it."""
    at = at or timezone.now()
    circular = lock(question.circular)
    question = Question.objects.select_for_update().get(pk=question.pk)
    require_applicant(by, question)
    if question.answered_at is not None and question.answer == text.strip():
        return question
    refuse_unless_asking(circular)
    if question.answered_at is not None:
        raise AlreadyAnswered
    if not text.strip():
        raise EmptyAnswer
    question.answer, question.answered_at, question.answered_by = text.strip(), at, by
    question.save(update_fields=["answer", "answered_at", "answered_by"])
    to = voices_of_elector(question.elector, at=at)
    notices.tell(circular, LetterKind.NOTICE, notices.answered(question), to, by=by, at=at)
    return question
