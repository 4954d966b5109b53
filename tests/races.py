"""Two people at once: one in a transaction that is not committed yet, the other beginning meanwhile."""

import threading

from django.db import connection, connections, models, transaction

PATIENCE = 10


def at_once(first, second):
    """Do the first; before it is committed, begin the second.

    Returns what came of the second, and whether it waited for the first.
    """
    outcome, pause = [], threading.Event()

    def run():
        try:
            outcome.append(second())
        except Exception as error:
            outcome.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        first()
        thread.start()
        for _attempt in range(PATIENCE * 100):
            if outcome or somebody_waits_for_us():
                break
            pause.wait(0.01)
        waited = not outcome
    thread.join(PATIENCE)
    return outcome[0], waited


def somebody_waits_for_us():
    """Whether another connection is held up by a lock of this one.

    Asked of the locks as they are now; who is active is remembered until the end of the transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_locks"
            " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
        )
        return cursor.fetchone()[0]


def without_locks(monkeypatch):
    """Rows are read as if nobody had thought of others."""
    monkeypatch.setattr(models.QuerySet, "select_for_update", lambda rows, **options: rows.all())
