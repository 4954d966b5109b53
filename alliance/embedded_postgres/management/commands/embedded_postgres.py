from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alliance.embedded_postgres import server
from alliance.embedded_postgres.launcher import Server


class Command(BaseCommand):
    """Starts, stops or shows the embedded PostgreSQL."""

    help = "Start or stop the embedded PostgreSQL, or say whether it runs (with exit code 3 if not)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["start", "stop", "status"])

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        found = server.configured()
        if found is None:
            raise CommandError("DATABASE_URL names another PostgreSQL: there is no embedded one.")
        getattr(self, f"_{action}")(found)

    def _start(self, found: Server) -> None:
        self.stdout.write("Started." if server.ensure() else "It was running already.")
        self._status(found)

    def _stop(self, found: Server) -> None:
        self.stdout.write("Stopped." if found.stop() else "It was not running.")

    def _status(self, found: Server) -> None:
        status = found.status()
        if status.why_not_as_wanted:
            self.stdout.write(f"The database is {status.why_not_as_wanted}.")
        if not status.running:
            raise CommandError(f"Not running; its folder is {status.folder}.", returncode=3)
        self.stdout.write(f"PostgreSQL {status.version} runs in {status.folder} (process {status.pid}).")
