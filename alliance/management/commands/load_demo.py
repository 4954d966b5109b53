"""`manage.py load_demo`: the demonstration, only with DEMO=1."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

import pghistory
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from alliance.management import demo, demo_companies
from alliance.management.local import far_host


class Command(BaseCommand):
    help = "Adds the people, figures and consultations of the demonstration; safe to repeat. Needs DEMO=1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--companies",
            type=a_number,
            default=demo_companies.USUAL,
            metavar="N",
            help="how many invented companies there are to be (%(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demonstration has accounts with a known password: it needs DEMO=1.")
        if far := far_host():
            raise CommandError(
                f"DATABASE_URL names the host {far}: the demonstration needs one of this machine."
            )
        with pghistory.context(command="load_demo"), transaction.atomic():
            written = demo.load(timezone.now())
        self.stdout.write(
            "The demonstration is loaded." if written else "The demonstration was loaded before."
        )
        with pghistory.context(command="load_demo"):
            added = demo_companies.load(options["companies"], at=timezone.now(), say=self.stdout.write)
        if added:
            self.stdout.write(f"{added:,} invented companies are added.")


def a_number(text: str) -> int:
    """A number of companies, from none to a million."""
    if not text.isdecimal() or int(text) > demo_companies.MOST:
        raise ArgumentTypeError(f"“{text}” is not a number from 0 to {demo_companies.MOST:,}.")
    return int(text)
