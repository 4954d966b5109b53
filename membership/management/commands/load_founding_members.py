import json
from pathlib import Path
from typing import Any

import pghistory
from django.core.management.base import BaseCommand

from membership.actions.founding import record_founding

DATA = Path(__file__).resolve().parent.parent / "data" / "founding_members.json"


class Command(BaseCommand):
    """Load the founding members as the paper 1720/2016 of the City of Mainz lists them."""

    help = "Adds the founding cities, their founding memberships and the note on the sources; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        with pghistory.context(command="load_founding_members"):
            written = record_founding(json.loads(DATA.read_text(encoding="utf-8")))
        self.stdout.write(
            f"Founding members added: {written.cities} cities, {written.memberships} memberships,"
            f" {written.notes} {'note' if written.notes == 1 else 'notes'} on the register."
        )
