"""`manage.py redact_trail`: take words about a person out of the trail of a row."""

from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from alliance.accounts import trails
from alliance.accounts.models import User
from alliance.pages.refusals import Refusal


class Command(BaseCommand):
    help = "Empties columns in all entries that the trail has of a row; the seals stay provable."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("model", help="such as accounts.User")
        parser.add_argument("row", type=int, help="the number of the row")
        parser.add_argument("columns", nargs="+", help="such as name email")
        parser.add_argument("--reason", required=True)
        parser.add_argument("--by", required=True, help="the e-mail address of the administrator")

    def handle(self, *args: Any, **options: Any) -> None:
        by = User.objects.filter(email=options["by"].lower()).first()
        if by is None:
            raise CommandError(f"Nobody has the address {options['by']}.")
        try:
            done = trails.redact(
                apps.get_model(options["model"]),
                options["row"],
                columns=options["columns"],
                reason=options["reason"],
                by=by,
            )
        except (Refusal, LookupError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Entries redacted: {len(done.entries)}.")
