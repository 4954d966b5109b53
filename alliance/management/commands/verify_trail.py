"""`manage.py verify_trail`: is the audit trail still what was sealed, and printed on the circulars?"""

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alliance.accounts import trails
from alliance.accounts.models import TrailRedaction, TrailSeal
from membership.models import Circular

SHOWN = 500


class Command(BaseCommand):
    help = "Names changed, missing and inserted entries of the audit trail, by day, table and entry."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--hash", action="append", default=[], help="a hash from paper that must be in the chain"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        findings = trails.verify(printed=[*on_circulars(), *(("The paper", one) for one in options["hash"])])
        for finding in findings[:SHOWN]:
            self.stdout.write(str(finding))
        if findings:
            raise CommandError(f"The trail is not what was sealed: {len(findings)} findings.")
        newest = TrailSeal.objects.order_by("-day").first()
        self.stdout.write(
            f"The trail is what was sealed, up to {newest}: {newest.hash}. Redactions on record:"
            f" {TrailRedaction.objects.count()}."
            if newest
            else "No day of the trail has been sealed yet."
        )


def on_circulars() -> Iterable[tuple[str, str]]:
    """The hashes that were printed on circulars."""
    for circular in Circular.objects.exclude(trail_head="").order_by("pk"):
        yield f"Circular {circular.label}", circular.trail_head
