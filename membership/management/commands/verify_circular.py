"""`manage.py verify_circular 2016/01`: is it still what was sealed?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from membership.actions import verification
from membership.models import Circular

LONGEST = 200


class Command(BaseCommand):
    help = "Recompute the seal of circulars from the database and the stored files, and name any difference."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("numbers", nargs="*", metavar="2016/01", help="none: all that were issued")
        parser.add_argument("--seal", default="", help="the seal or code on the paper, to compare with")

    def handle(self, *args: Any, **options: Any) -> None:
        circulars = self.asked_for(options["numbers"])
        broken = [circular.label for circular in circulars if not self.verify(circular, options["seal"])]
        if broken:
            raise CommandError(f"Not as sealed: {', '.join(broken)}")

    def asked_for(self, numbers: list[str]) -> list[Circular]:
        issued = Circular.objects.issued().order_by("year", "number")
        if not numbers:
            return list(issued)
        known = {circular.label: circular for circular in issued}
        if unknown := [number for number in numbers if number.replace("-", "/") not in known]:
            raise CommandError(f"There is no circular {', '.join(unknown)}.")
        return [known[number.replace("-", "/")] for number in numbers]

    def verify(self, circular: Circular, printed: str) -> bool:
        """Say how a circular stands; True if it is as it was sealed."""
        found = verification.differences(circular)
        other = bool(printed) and verification.find(printed) != circular
        if other:
            self.stdout.write(f"{circular.label}: the seal is {circular.seal}, not the one on the paper.")
        for difference in found:
            self.stdout.write(f"{circular.label}: {difference}")
            self.stdout.write(f"  sealed: {short(difference.sealed)}\n  found:  {short(difference.found)}")
        if found or other:
            return False
        self.stdout.write(f"{circular.label}: intact, seal {circular.seal}")
        return True


def short(text: str | None) -> str:
    if text is None:
        return "(none)"
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]} …"
