"""``manage.py workflows draw|check``: the pictures of all workflows in docs/workflows/."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alliance.pages import workflows


class Command(BaseCommand):
    help = "Draws the workflows of all models from the code, or checks that the pictures are current."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["draw", "check"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        """Do one of the two."""
        {"draw": self.draw, "check": self.check_all}[what]()

    def draw(self) -> None:
        """Write what changed."""
        for name in workflows.draw(workflows.folder()):
            self.stdout.write(f"Drew docs/workflows/{name}.")

    def check_all(self) -> None:
        """Fail if a picture is not what the code says."""
        if stale := workflows.out_of_date(workflows.folder()):
            names = ", ".join(stale)
            raise CommandError(f"Out of date, run “manage.py workflows draw”: {names}.")
        self.stdout.write("All pictures of workflows are current.")
