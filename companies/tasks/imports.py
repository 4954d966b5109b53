"""What is done for files of companies in the background."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from companies.actions import imports


@task()
def work(pk: int) -> None:
    """Check, carry out or undo the import, whichever was asked for."""
    imports.work(pk)


def take_up_abandoned(at: datetime | None = None) -> int:
    """Ask again for work whose worker was killed; for how many imports it was."""
    return imports.take_up_abandoned(at=at)
