"""The seal of a circular: a digest over everything that is frozen when it is issued."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from membership.models import Circular, SealedManifest

FORM = 1
"""The form of the manifest; a seal is recomputed in the form in which it was made."""
TEXTS = ("subject_zh", "subject_de", "subject_en", "body_zh", "body_de", "body_en")


def manifest_of(circular: Circular) -> dict[str, Any]:
    """What the seal stands for. People are named by their account's number alone."""
    return {
        "form": FORM,
        "number": circular.label,
        "kind": circular.kind,
        "side": circular.side,
        "texts": {field: getattr(circular, field) for field in TEXTS},
        "attachments": attachments_of(circular),
        "application": application_of(circular),
        "rule": circular.rule_content,
        "electorate": electorate_rows(circular),
        "deadline": moment_of(circular.deadline),
        "issued_at": moment_of(circular.issued_at),
        "issued_by": circular.issued_by_id,
        "trail_head": circular.trail_head,
    }


def put_seal(circular: Circular) -> None:
    """Seal all that is frozen now, and keep what the seal stands for."""
    content = canonical(manifest_of(circular))
    circular.seal = sha256(content)
    SealedManifest.objects.create(circular=circular, content=content)


def seal_of(circular: Circular) -> str:
    """The SHA-256 of the manifest in its canonical form."""
    return digest(manifest_of(circular))


def digest(content: Any) -> str:
    """The SHA-256 of data as JSON in one canonical form: sorted keys, no spaces, UTF-8."""
    return sha256(canonical(content))


def canonical(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def is_intact(circular: Circular) -> bool:
    """Whether what is in the database is still what was sealed."""
    return seal_of(circular) == circular.seal


def attachments_of(circular: Circular) -> list[dict[str, Any]]:
    fields = ("filename", "language", "media_type", "size", "sha256")
    return list(circular.attachments.order_by("sha256", "pk").values(*fields))


def application_of(circular: Circular) -> dict[str, Any] | None:
    version = circular.application_version
    if version is None or circular.application is None:
        return None
    return {
        "reference": circular.application.reference,
        "version": version.number,
        "sha256": digest(version.content),
    }


def electorate_rows(circular: Circular) -> list[dict[str, Any]]:
    """Each member asked with its side, its names and its cities; then the observers."""
    fields = ("membership", "side", "name_zh", "name_de", "name_en")
    electors = circular.electors.order_by("membership").values("pk", *fields)
    cities: dict[int | None, list[int]] = {}
    for elector, city in circular.addressees.order_by("city").values_list("elector", "city"):
        cities.setdefault(elector, []).append(city)
    members: list[dict[str, Any]] = [
        {**{name: row[name] for name in fields}, "cities": cities.get(row["pk"], [])} for row in electors
    ]
    return [*members, {"observers": cities.get(None, [])}]


def moment_of(value: datetime | None) -> str | None:
    return value.astimezone(UTC).isoformat() if value else None
