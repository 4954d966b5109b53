"""``manage.py translations extract|compile|check``: our message catalogs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alliance.pages import translations


class Command(BaseCommand):
    help = "Extracts texts into locale/, compiles the catalogs, or checks that every translation is there."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["extract", "compile", "check"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        """Do one of the three."""
        {"extract": self.extract, "compile": self.compile, "check": self.check_all}[what]()

    def extract(self) -> None:
        """Update the catalogs from the source."""
        for line in translations.extract():
            self.stdout.write(line)

    def compile(self) -> None:
        """Compile what changed."""
        for path in translations.ensure_compiled():
            self.stdout.write(f"Compiled {path.relative_to(translations.ROOT)}.")

    def check_all(self) -> None:
        """List what is missing and fail if anything is."""
        faults = translations.check()
        if faults:
            raise CommandError("\n".join([*faults, f"{len(faults)} faults in the translations."]))
        self.stdout.write("Every translation is there.")
