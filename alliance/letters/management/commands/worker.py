import signal
from argparse import ArgumentParser
from datetime import timedelta
from threading import Thread
from typing import Any

from django.core.management.base import BaseCommand

from alliance.letters.worker import Worker
from alliance.letters.worker.pace import USUAL, Pace

PACE = [
    ("lease", USUAL.lease, "for which a claimed mail is this worker's (%(default)s)"),
    ("first-pause", USUAL.first_pause, "before a second attempt; doubled each time (%(default)s)"),
    ("idle", USUAL.idle, "between two looks at an empty queue (%(default)s)"),
]


class Command(BaseCommand):
    """Run a worker: it sends letters, closes circulars at their deadline and reminds those who are silent."""

    help = "Sends queued letters and does what is due. Any number of workers may run at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do everything that is due now, then end")
        parser.add_argument(
            "--batch", type=int, default=USUAL.batch, help="mails claimed at once (%(default)s)"
        )
        for name, usual, what in PACE:
            parser.add_argument(
                f"--{name}", type=float, default=usual.total_seconds(), help=f"seconds {what}"
            )

    def handle(self, *args: Any, **options: Any) -> None:
        seconds = {
            name.replace("-", "_"): timedelta(seconds=options[name.replace("-", "_")]) for name, *_ in PACE
        }
        worker = Worker(pace=Pace(batch=options["batch"], **seconds))
        before = {number: signal.signal(number, _ender(worker)) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            if options["once"]:
                worker.once()
            else:
                self.stdout.write("The worker is running.")
                worker.run()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _ender(worker: Worker) -> Any:
    # In a thread of its own: the interrupted main thread may itself be holding the lock of the event.
    return lambda _number, _frame: Thread(target=worker.stop).start()
