"""The other side of `nursery.Nursery`: knows the database, and forks workers: quicker than to start them.

One command a line on standard input, one answer a line on standard output, both JSON.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import Any

PACE = ["--batch=10", "--lease=4", "--first-pause=0.05", "--idle=0.05"]


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    tell("ready")
    for line in sys.stdin:
        name, arguments = json.loads(line)
        tell(COMMANDS[name](*arguments))


def tell(answer: Any) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def mail_server(port: int, timeout: float) -> None:
    """Where workers that are started from now on bring their mails, and how long they wait for a word."""
    from django.conf import settings

    settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = port, timeout


def write(addresses: list[str]) -> None:
    """One circular to all of them, with a file, in the languages in turn."""
    from alliance.letters.actions import Addressee, Enclosure, write
    from alliance.letters.states import LetterKind

    languages = ["en", "de", "zh-hans"]
    to = [Addressee(one, languages[number % 3], name="王伟") for number, one in enumerate(addresses)]
    file = Enclosure("议程.pdf", "application/pdf", bytes(range(256)) * 20)
    write(LetterKind.NOTICE, lambda: ("题目", "正文"), to, by=None, path="/", enclosures=[file])


def start() -> int:
    """A new worker's pid."""
    from django.db import connection

    connection.close()
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        os.dup2(2, 1)
        work()
    return pid


def work() -> None:
    from django.core.management import call_command

    code = 1
    try:
        call_command("worker", *PACE)
        code = 0
    finally:
        os._exit(code)


def bury(pid: int) -> int:
    """Wait until a worker has ended; how it did."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def waiting() -> int:
    from alliance.letters.models import Delivery

    return Delivery.objects.unsettled().count()


def record() -> dict[str, Any]:
    """What is known of each copy, by its message id; also how often it was begun."""
    from django.db.models import Count, Q

    from alliance.letters.models import Delivery

    events = Delivery.pgh_event_model.objects.values_list("pgh_obj_id")  # type: ignore[attr-defined]
    begun = dict(events.annotate(number=Count("pk", filter=Q(begun_at__isnull=False))))
    fields = ("pk", "message_id", "address", "state", "possibly_twice", "attempts", "answer")
    rows = Delivery.objects.order_by("pk").values(*fields)
    return {row["message_id"]: {**row, "begun": begun[row["pk"]]} for row in rows}


def empty() -> None:
    import pgtrigger

    from alliance.letters.models import Delivery, Letter, LetterAttachment

    with pgtrigger.ignore():
        for model in (Delivery, LetterAttachment, Letter):
            model.objects.all().delete()
            model.pgh_event_model.objects.all().delete()


COMMANDS = {one.__name__: one for one in (mail_server, write, start, bury, waiting, record, empty)}

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    main()
