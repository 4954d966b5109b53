import signal
from argparse import ArgumentParser
from threading import Thread
from typing import Any

from django.core.management.base import BaseCommand

from alliance.letters.worker import Worker


class Command(BaseCommand):
    """Run a worker: it sends letters, closes circulars at their deadline and reminds those who are silent."""

    help = "Sends queued letters and does what is due. Any number of workers may run at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do everything that is due now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker()
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
