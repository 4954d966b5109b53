import logging
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from alliance.letters.bounces import LONGEST_MAIL, Result, Taken, record
from alliance.pages.refusals import Refusal

log = logging.getLogger("alliance.letters")

TRY_LATER = 75  # EX_TEMPFAIL: the mail server keeps the mail and comes again
NO_INPUT = 66  # EX_NOINPUT
PROCESSED = ".processed"

SENTENCES = {
    Result.BOUNCED: "came back: {delivery}",
    Result.NOTED: "noted: {delivery}",
    Result.KNOWN: "taken before, nothing changed: {delivery}",
    Result.UNKNOWN_COPY: "a bounce, but of no mail of ours: nothing changed",
    Result.AUTO_REPLY: "an automatic reply, no bounce: nothing changed",
    Result.NO_BOUNCE: "no bounce: nothing changed",
}


class Command(BaseCommand):
    """Take in mails that came back: one on standard input, or all new ones of a mailbox.

    In a pipe a mail server is answered as it understands: 0 is taken, 75 is “come again later”.
    """

    help = (
        "Reads a returned mail on standard input (for a mail server's pipe), or the new mails of a Maildir, "
        "and writes it to the copy it is about. Ends with 0 if the mail is taken, with 75 if it is to be "
        "brought again later."
    )
    requires_system_checks: ClassVar[list[str]] = []  # type: ignore[misc]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--recipient",
            default="",
            help="the address the mail was delivered to, as the mail server has it (bounces+…@…)",
        )
        parser.add_argument("--maildir", help="a Maildir whose new mails are taken in")

    def handle(self, *args: Any, **options: Any) -> None:
        recipient = options["recipient"] or os.environ.get("ORIGINAL_RECIPIENT", "")
        if options["maildir"]:
            self.take_mailbox(Path(options["maildir"]))
            return
        raw = _all_of(sys.stdin.buffer)
        if not self.take(raw, recipient, name="the mail"):
            raise CommandError("The mail is to be brought again later.", returncode=TRY_LATER)

    def take(self, raw: bytes, recipient: str, *, name: str) -> Taken | None:
        """Take in one mail, and say what was done with it; None if it is to be tried again."""
        try:
            taken = record(raw, recipient=recipient)
        except Refusal as refusal:
            self.stderr.write(f"{name}: {refusal.sentence}")
            return None
        except Exception as error:
            # Whatever fails here, a database that is away first of all: the mail must not be lost.
            log.exception("A returned mail could not be taken in")
            self.stderr.write(f"{name}: {error}")
            close_old_connections()
            return None
        self.stdout.write(f"{name}: {SENTENCES[taken.result].format(delivery=taken.delivery)}")
        return taken

    def take_mailbox(self, mailbox: Path) -> None:
        """Bounces go to the folder “processed”, all else from new to cur, where people look for it."""
        if not (mailbox / "new").is_dir():
            raise CommandError(f"{mailbox} is no Maildir.", returncode=NO_INPUT)
        later = 0
        for path in sorted((mailbox / "new").iterdir()):
            try:
                with path.open("rb") as file:
                    raw = _all_of(file)
            except OSError as error:
                self.stderr.write(f"{path.name}: {error}")
                continue
            taken = self.take(raw, "", name=path.name)
            if taken is None:
                later += 1
            else:
                _put_away(path, mailbox / PROCESSED if taken.reading.verdict.is_bounce else mailbox)
        if later:
            raise CommandError(
                f"{later} mails stay where they are until the next time.", returncode=TRY_LATER
            )


def _all_of(file: IO[bytes]) -> bytes:
    """The whole mail is read, as a mail server expects; only its beginning is kept."""
    kept = file.read(LONGEST_MAIL)
    while file.read(LONGEST_MAIL):
        pass
    return kept


def _put_away(path: Path, folder: Path) -> None:
    for part in ("cur", "new", "tmp"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    if folder.name == PROCESSED:
        (folder / "maildirfolder").touch()
    name = path.name if ":2," in path.name else f"{path.name}:2,"
    path.rename(folder / "cur" / name)
