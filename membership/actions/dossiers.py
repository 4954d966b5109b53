"""The dossier of a circular that has ended: everything about it in one ZIP, for the archive.

The same record gives the same bytes: files are stored as they are, in a fixed order, and bear the moment of
issue; nothing in it depends on who asks, in which language or when.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from alliance.accounts.models import User
from alliance.pages.refusals import Refusal
from membership.actions import dossier_tables as tables
from membership.actions import dossier_words as words
from membership.actions.dossier_tables import Proof
from membership.actions.drafts import lock
from membership.models import Circular, SealedManifest
from membership.permissions.circulars import require_dossier_reader
from membership.states import OPEN_WITHDRAWAL, CircularKind, CircularState

FILE_MODE = 0o100644
UNIX = 3
CHUNK = 1024 * 1024
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"


class NotEnded(Refusal):
    """A dossier is made of what no longer goes on."""

    sentence = _(
        "The dossier of the circular %(number)s is made once it is closed or cancelled; "
        "that of a withdrawal notice once the withdrawal is effective or revoked."
    )


def has_ended(circular: Circular) -> bool:
    """Closed or cancelled; the notice of a withdrawal ends with the withdrawal."""
    if circular.state in (CircularState.CLOSED, CircularState.CANCELLED):
        return True
    if circular.kind != CircularKind.WITHDRAWAL_NOTICE or circular.state != CircularState.ISSUED:
        return False
    withdrawal = getattr(circular, "withdrawal", None)
    return withdrawal is not None and withdrawal.state not in OPEN_WITHDRAWAL


@transaction.atomic
def make(circular: Circular, *, by: User | None) -> IO[bytes]:
    """The dossier as an open temporary file; the circular is held meanwhile, so that it is of one piece."""
    require_dossier_reader(by)
    circular = lock(circular)
    if not has_ended(circular):
        raise NotEnded(number=circular.label or str(circular))
    file = TemporaryFile()  # noqa: SIM115 (whoever asked closes it)
    with ZipFile(file, "w", ZIP_STORED) as archive, override("en"):
        pack(Packing(archive, circular))
    file.seek(0)
    return file


def filename_of(circular: Circular) -> str:
    return f"dossier-{circular.slug}.zip"


class Packing:
    """A ZIP being filled; it remembers what it was given."""

    def __init__(self, archive: ZipFile, circular: Circular) -> None:
        self.archive = archive
        self.circular = circular
        self.listed: list[dict[str, Any]] = []

    def add(self, path: str, pieces: Iterable[bytes]) -> None:
        """A file in pieces, however large."""
        digest, size = hashlib.sha256(), 0
        with self.archive.open(self.entry(path), "w") as target:
            for piece in pieces:
                target.write(piece)
                digest.update(piece)
                size += len(piece)
        self.listed.append({"path": path, "size": size, "sha256": digest.hexdigest()})

    def entry(self, path: str) -> ZipInfo:
        issued = self.circular.issued_at
        assert issued is not None  # noqa: S101 - held by the database for what has a number
        entry = ZipInfo(f"dossier-{self.circular.slug}/{path}", issued.astimezone(UTC).timetuple()[:6])
        entry.create_system, entry.external_attr = UNIX, FILE_MODE << 16
        return entry

    def add_text(self, path: str, text: str) -> None:
        self.add(path, [text.encode()])

    def add_json(self, path: str, content: Any) -> None:
        self.add_text(path, json.dumps(content, ensure_ascii=False, sort_keys=True, indent=2) + "\n")

    def add_stored(self, path: str, stored: FieldFile, sha256: str) -> None:
        """A kept file; one that is lost is listed as lost, with the checksum it had."""
        try:
            with stored.open("rb") as file:
                self.add(path, file.chunks(CHUNK))
        except OSError:
            self.listed.append({"path": path, "missing": True, "sha256": sha256})


def pack(packing: Packing) -> None:
    """All parts in their order, then the list of them with their checksums."""
    circular = packing.circular
    packing.add_text("README.txt", words.readme(circular))
    pack_circular(packing)
    pack_attachments(packing)
    for path, table in tables.of(circular):
        packing.add(path, table)
    for proof in proofs_of(circular):
        packing.add_stored(proof.path, proof.file, proof.sha256)
    for path, text in words.of(circular):
        packing.add_text(path, text)
    for path, content in tables.records_of(circular):
        packing.add_json(path, content)
    pack_list(packing)


def proofs_of(circular: Circular) -> Iterator[Proof]:
    yield from tables.statement_proofs(circular)
    yield from tables.delivery_proofs(circular)
    yield from tables.withdrawal_proofs(circular)


def pack_circular(packing: Packing) -> None:
    """What was sealed, word for word: its SHA-256 is the seal; and the PDFs as they went out."""
    circular = packing.circular
    kept = SealedManifest.objects.filter(circular=circular).first()
    if kept is not None:
        packing.add_text("circular/sealed.json", kept.content)
    if circular.letter is not None:
        for row in circular.letter.attachments.order_by("filename", "language", "pk"):
            packing.add(f"circular/{row.filename}", [bytes(row.content)])


def pack_attachments(packing: Packing) -> None:
    for number, row in enumerate(packing.circular.attachments.order_by("pk"), 1):
        packing.add_stored(f"attachments/{number:02d}-{row.filename}", row.file, row.sha256)


def pack_list(packing: Packing) -> None:
    """The list for programs, and the one that `sha256sum --check` reads."""
    circular = packing.circular
    packing.add_json(MANIFEST, {"circular": circular.label, "seal": circular.seal, "files": packing.listed})
    found = [row for row in packing.listed if "size" in row]
    packing.add_text(SUMS, "".join(f"{row['sha256']}  {row['path']}\n" for row in found))
