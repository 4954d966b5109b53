"""How frequent the words of the search are: counted again once a day, since it takes a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from companies.actions import vocabulary

EVERY = timedelta(days=1)
AFTER_EVERYTHING_ELSE = -10
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('companies.vocabulary'))"


@task(priority=AFTER_EVERYTHING_ELSE)
def count_words() -> None:
    """Count them all; imports that somebody waits for come first."""
    vocabulary.recount()


@transaction.atomic
def have_words_counted(at: datetime | None = None) -> bool:
    """Have the background count, unless it was asked to within a day or has not come to it yet."""
    at = at or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
    asked = DBTaskResult.objects.filter(task_path=count_words.module_path)
    waiting = Q(status=TaskResultStatus.READY)
    if asked.filter(waiting | Q(enqueued_at__gt=at - EVERY)).exists():
        return False
    count_words.enqueue()
    return True
