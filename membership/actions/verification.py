"""Whether a circular is still what was sealed; and if not, what was changed."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from alliance.letters.models import LetterAttachment
from membership.actions.papers import CODES, filename_of
from membership.actions.seals import canonical, manifest_of, sha256
from membership.models import Circular, CircularAttachment, ConsentRule, SealedManifest
from membership.models.circular import CODE_LENGTH

SEAL_LENGTH = 64
BETWEEN = {"Pd", "Zs", "Zl", "Zp", "Cc", "Cf"}
"""Kinds of signs that may stand between those of a code: hyphens, blanks, unseen ones."""
HEX = set("0123456789abcdef")
Path = tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was sealed: its name, how it was and is; None where it is not there."""

    name: str
    sealed: str | None
    found: str | None

    def __str__(self) -> str:
        if self.found is None:
            return _("%(name)s: missing") % {"name": self.name}
        if self.sealed is None:
            return _("%(name)s: added") % {"name": self.name}
        return _("%(name)s: changed") % {"name": self.name}


def find(code: str) -> Circular | None:
    """The circular of a code or a whole seal, as people type or copy it, with hyphens and blanks or not."""
    plain = "".join(sign for sign in code if unicodedata.category(sign) not in BETWEEN).lower()
    if len(plain) not in (CODE_LENGTH, SEAL_LENGTH) or not set(plain) <= HEX:
        return None
    return Circular.objects.issued().filter(seal__startswith=plain).order_by("pk").first()


def differences(circular: Circular) -> list[Difference]:
    """Everything that is not as it was sealed, recomputed from the database and the stored files."""
    circular = Circular.objects.select_related("application", "application_version").get(pk=circular.pk)
    return [
        *seal_differences(circular),
        *content_differences(circular),
        *file_differences(circular),
        *paper_differences(circular),
    ]


def seal_differences(circular: Circular) -> Iterator[Difference]:
    """The manifest that was kept must have the seal that is printed on every copy."""
    kept = kept_manifest(circular)
    if kept is None:
        yield Difference(_("Manifest kept with the seal"), circular.seal, None)
    elif (found := sha256(kept)) != circular.seal:
        unchanged = found == sha256(canonical(manifest_of(circular)))
        if unchanged:
            yield Difference(_("Seal"), found, circular.seal)
        else:
            yield Difference(_("Manifest kept with the seal"), circular.seal, found)


def content_differences(circular: Circular) -> Iterator[Difference]:
    """Part by part, what the manifest says and what is in the database."""
    found = manifest_of(circular)
    kept = kept_manifest(circular)
    sealed = read(kept) if kept is not None else None
    if sealed is None:
        if kept is None and sha256(canonical(found)) != circular.seal:
            yield Difference(_("Content of the circular"), circular.seal, sha256(canonical(found)))
        return
    yield from parts_compared(dict(parts_of(sealed)), dict(parts_of(found)))


def parts_compared(sealed: Mapping[Path, str], found: Mapping[Path, str]) -> Iterator[Difference]:
    for path in dict.fromkeys([*sealed, *found]):
        before, after = sealed.get(path), found.get(path)
        if before != after:
            yield Difference(name_of(path), before, after)


def kept_manifest(circular: Circular) -> str | None:
    return SealedManifest.objects.filter(circular=circular).values_list("content", flat=True).first()


def read(kept: str) -> Any:
    """The manifest as data; None if it was so damaged that it cannot be read."""
    try:
        manifest = json.loads(kept)
    except ValueError:
        return None
    return manifest if isinstance(manifest, dict) else None


def parts_of(manifest: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """Each single thing in a manifest by its path; members are found by their number, files by their name."""
    for key, value in manifest.items():
        if key == "electorate":
            rows = {str(row.get("membership", "observers")): row for row in value}
            yield from flat((key,), rows)
        elif key == "attachments":
            yield from flat((key,), named_files(value))
        else:
            yield from flat((key,), value)


def named_files(rows: list[dict[str, Any]]) -> dict[str, Any]:
    named: dict[str, Any] = {}
    for row in sorted(rows, key=canonical):
        name = str(row.get("filename"))
        while name in named:
            name += " +"
        named[name] = row
    return named


def flat(path: Path, value: Any) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from flat((*path, str(key)), inner)
    else:
        yield path, value if isinstance(value, str) else canonical(value)


def name_of(path: Path) -> str:
    """What a part of the manifest is called."""
    first, *rest = path
    if first == "texts":
        return field_name(Circular, rest[0])
    if first == "attachments":
        return _("Attachment “%(name)s”") % {"name": rest[0]} + f" ({rest[-1]})"
    if first == "application":
        return _("Application") + f" ({rest[-1] if rest else first})"
    if first == "rule" and rest:
        return f"{_('Consent rule')} ({field_name(ConsentRule, rest[-1])})"
    if first == "electorate":
        return electorate_name(rest)
    return field_name(Circular, "rule_content" if first == "rule" else first)


def electorate_name(rest: list[str]) -> str:
    if rest[0] == "observers":
        return _("Observers told")
    return _("Member no. %(number)s") % {"number": rest[0]} + f" ({rest[-1]})"


def field_name(model: Any, field: str) -> str:
    known = {one.name: one for one in model._meta.get_fields() if hasattr(one, "verbose_name")}
    name = str(known[field].verbose_name) if field in known else field
    return name[:1].upper() + name[1:]


def file_differences(circular: Circular) -> Iterator[Difference]:
    """The files on disk must have the checksums of their rows, and the rows those that were sealed."""
    for row in circular.attachments.all():
        name = _("Stored file of the attachment “%(name)s”") % {"name": row.filename}
        found = stored_sha256(row)
        if found != row.sha256:
            yield Difference(name, row.sha256, found)


def stored_sha256(row: CircularAttachment) -> str | None:
    try:
        with row.file.open("rb") as stored:
            return sha256_of_file(stored)
    except OSError:
        return None


def sha256_of_file(stored: File[Any]) -> str:
    digest = hashlib.sha256()
    for piece in stored.chunks():
        digest.update(piece)
    return digest.hexdigest()


def paper_differences(circular: Circular) -> Iterator[Difference]:
    """The PDFs that went out are still those that were made."""
    rows = LetterAttachment.objects.filter(letter=circular.letter_id) if circular.letter_id else ()
    kept = {row.filename: row for row in rows}
    for ending in CODES.values():
        filename = filename_of(circular, ending)
        name = _("PDF “%(name)s”") % {"name": filename}
        if filename not in kept:
            yield Difference(name, filename, None)
            continue
        found = hashlib.sha256(bytes(kept[filename].content)).hexdigest()
        if found != kept[filename].sha256:
            yield Difference(name, kept[filename].sha256, found)
