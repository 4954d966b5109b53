"""`manage.py seal_trail`: what the worker does by itself every day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alliance.accounts import trails


class Command(BaseCommand):
    help = "Seals every finished day of the audit trail, each hashed onto the day before; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            seals = trails.seal_days()
        except trails.TrailBroken as error:
            raise CommandError(str(error)) from error
        for seal in seals:
            self.stdout.write(f"{seal.day}: {seal.entries} entries, {seal.hash}")
        newest = trails.newest_hash()
        self.stdout.write(f"Days sealed: {len(seals)}. Newest hash: {newest or 'none yet'}")
