"""The rows of a dossier: who was asked, what they answered, what was sent, as tables and records."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Model
from django.db.models.fields.files import FieldFile

from alliance.accounts.models import User
from alliance.letters.models import Delivery, Letter
from alliance.pages.sheets.formulas import defused
from alliance.pages.sheets.writing import BYTE_ORDER_MARK
from membership.models import Circular, Elector, Statement

Pieces = Iterator[bytes]
Column = tuple[str, Callable[[Any], Any]]


@dataclass(frozen=True)
class Proof:
    """A kept file, and where it stands in the dossier."""

    path: str
    file: FieldFile
    sha256: str


def of(circular: Circular) -> Iterator[tuple[str, Pieces]]:
    """Every table with its path."""
    yield "members/members.csv", table(MEMBERS, members(circular))
    yield "members/cities.csv", table(CITIES, cities(circular))
    yield "statements/statements.csv", table(STATEMENTS, statements(circular))
    yield "statements/questions.csv", table(QUESTIONS, questions(circular))
    yield "statements/observers.csv", table(WORDS, words_of(circular.observer_comments))
    yield "statements/acknowledgements.csv", table(ACKNOWLEDGEMENTS, words_of(circular.acknowledgements))
    yield "course/extension.csv", table(EXTENSION, [*filter(None, [getattr(circular, "extension", None)])])
    yield "course/reminders.csv", table(REMINDERS, reminders(circular))
    yield "delivery/letters.csv", table(LETTERS, letters(circular).iterator(chunk_size=100))
    yield "delivery/deliveries.csv", table(DELIVERIES, deliveries(circular).iterator(chunk_size=1000))
    yield "delivery/told.csv", table(TOLD, told(circular))


def table(columns: Sequence[Column], rows: Iterable[Any]) -> Pieces:
    """CSV as spreadsheets read it, line by line."""
    line = csv.writer(_Line()).writerow
    yield (BYTE_ORDER_MARK + line([head for head, _value in columns])).encode()
    for row in rows:
        yield line([plain(value(row)) for _head, value in columns]).encode()


class _Line:
    def write(self, text: str) -> str:
        return text


def plain(value: Any) -> str:
    """A value as text that does not depend on the reader; no text begins like a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return defused(value) if isinstance(value, str) else str(value)


def person(user: User | None) -> str:
    """A person by name and number of the account."""
    return f"{user.name} (no. {user.pk})" if user else ""


def field(name: str) -> Column:
    return name, lambda row: getattr(row, name)


def fields(*names: str) -> list[Column]:
    return [field(name) for name in names]


def by(name: str) -> Column:
    return name, lambda row: person(getattr(row, name))


def member_of(row: Any) -> str:
    return str(row.elector.name_en)


# --- who was asked ---

MEMBERS: list[Column] = [
    ("membership", lambda elector: elector.membership_id),
    *fields("side", "name_zh", "name_de", "name_en"),
    ("left_at", lambda elector: elector.exit.left_at if hasattr(elector, "exit") else None),
]
CITIES: list[Column] = [
    ("city", lambda row: row.city.slug),
    ("name_zh", lambda row: row.city.name_zh),
    ("name_de", lambda row: row.city.name_de),
    ("membership", lambda row: row.elector.membership_id if row.elector else None),
    ("for_information", lambda row: row.elector_id is None),
]


def members(circular: Circular) -> Iterable[Elector]:
    return circular.electors.select_related("exit").order_by("membership")


def cities(circular: Circular) -> Iterable[Any]:
    return circular.addressees.select_related("city", "elector").order_by("pk")


# --- what they answered ---

STATEMENTS: list[Column] = [
    ("number", lambda row: row.pk),
    ("membership", lambda row: row.elector.membership_id),
    ("member", member_of),
    *fields("position", "text", "channel", "given_by", "dated", "received_at", "recorded_at"),
    by("entered_by"),
    *fields("late", "note"),
    ("proof", lambda row: proof_path(row) if row.file else ""),
    field("sha256"),
    ("contested_at", lambda row: row.contestation.contested_at if hasattr(row, "contestation") else None),
    (
        "contested_by",
        lambda row: person(row.contestation.contested_by) if hasattr(row, "contestation") else "",
    ),
    ("contested_because", lambda row: row.contestation.reason if hasattr(row, "contestation") else ""),
]
QUESTIONS: list[Column] = [
    ("membership", lambda row: row.elector.membership_id),
    ("member", member_of),
    *fields("text", "asked_at"),
    by("asked_by"),
    *fields("answer", "answered_at"),
    by("answered_by"),
]
WORDS: list[Column] = [
    ("city", lambda row: row.city.slug),
    *fields("text", "made_at"),
    by("made_by"),
]
ACKNOWLEDGEMENTS: list[Column] = [
    ("city", lambda row: row.city.slug),
    *fields("channel", "made_at"),
    by("made_by"),
]


def statements(circular: Circular) -> Iterable[Statement]:
    """The whole series in the order of its recording, late and contested ones included."""
    rows = circular.statements.select_related("elector", "entered_by", "contestation__contested_by")
    return rows.order_by("pk")


def questions(circular: Circular) -> Iterable[Any]:
    return circular.questions.select_related("elector", "asked_by", "answered_by").order_by("pk")


def words_of(rows: Any) -> Iterable[Any]:
    return rows.select_related("city", "made_by").order_by("pk")


def proof_path(statement: Statement) -> str:
    return f"statements/proofs/{statement.pk}-{statement.filename}"


def statement_proofs(circular: Circular) -> Iterator[Proof]:
    for row in circular.statements.exclude(file="").order_by("pk"):
        yield Proof(proof_path(row), row.file, row.sha256)


# --- what moved and recalled the deadline ---

EXTENSION: list[Column] = [*fields("new_deadline", "reason", "extended_at"), by("extended_by")]
REMINDERS: list[Column] = [
    *fields("days_before", "due_at", "sent_at"),
    by("sent_by"),
    ("memberships", lambda row: " ".join(sorted_numbers(row))),
]


def reminders(circular: Circular) -> Iterable[Any]:
    return circular.reminders.select_related("sent_by").prefetch_related("electors").order_by("pk")


def sorted_numbers(reminder: Any) -> list[str]:
    return [str(number) for number in sorted(elector.membership_id for elector in reminder.electors.all())]


# --- what was sent, and whom it reached ---

LETTERS: list[Column] = [
    ("letter", lambda row: row.pk),
    *fields("kind", "written_at"),
    by("written_by"),
    *fields("subject_zh", "subject_de", "subject_en", "body_zh", "body_de", "body_en"),
]
DELIVERIES: list[Column] = [
    ("letter", lambda row: row.letter_id),
    ("copy", lambda row: row.pk),
    ("for", lambda row: row.on_behalf_of),
    *fields("name", "channel", "address", "language", "state", "attempts", "message_id", "answer"),
    *fields("settled_at", "possibly_twice", "bounced_at", "bounce", "handed_over_on", "note"),
    ("proof", lambda row: delivery_proof_path(row) if row.file else ""),
    field("sha256"),
    by("entered_by"),
    field("opened_at"),
]
TOLD: list[Column] = [
    ("city", lambda row: row.city.slug),
    *fields("told_at", "way"),
    ("copy", lambda row: row.delivery_id),
    field("recorded_at"),
]


def letters(circular: Circular) -> Any:
    """All that was written about the circular: itself, reminders, notices."""
    return Letter.objects.filter(reference=circular.label).select_related("written_by").order_by("pk")


def deliveries(circular: Circular) -> Any:
    rows = Delivery.objects.filter(letter__reference=circular.label)
    return rows.select_related("entered_by").order_by("letter", "pk")


def delivery_proof_path(delivery: Delivery) -> str:
    return f"delivery/proofs/{delivery.pk}-{delivery.filename}"


def delivery_proofs(circular: Circular) -> Iterator[Proof]:
    for row in deliveries(circular).exclude(file=""):
        yield Proof(delivery_proof_path(row), row.file, row.sha256)


def told(circular: Circular) -> Iterable[Any]:
    return circular.told.select_related("city").order_by("told_at", "pk")


# --- single records ---


def records_of(circular: Circular) -> Iterator[tuple[str, Any]]:
    """What there is one of, as it is kept."""
    yield "circular/circular.json", record(circular, *CIRCULAR_FACTS)
    if circular.application_version is not None:
        yield "circular/application.json", circular.application_version.content
    if circular.outcome is not None:
        yield "outcome/outcome.json", circular.outcome
    decisions = circular.decisions.select_related("decided_by").order_by("pk")
    for number, decision in enumerate(decisions, 1):
        yield f"decision/{number}.json", record(decision, *DECISION_FACTS)
    if withdrawal := getattr(circular, "withdrawal", None):
        yield "withdrawal/withdrawal.json", record(withdrawal, *WITHDRAWAL_FACTS)


CIRCULAR_FACTS = (
    "label", "kind", "state", "side", "deadline", "issued_at", "issued_by", "seal", "code", "trail_head",
    "closed_at", "closed_by", "closed_early", "result", "cancelled_at", "cancelled_by", "cancel_reason",
)  # fmt: skip
DECISION_FACTS = (
    "kind", "result", "outcome", "reason", "decided_at", "decided_by", "member_from", "occasion",
    "membership_id",
)  # fmt: skip
WITHDRAWAL_FACTS = (
    "reference", "state", "reason", "wished_end", "dated", "signed_by", "on_behalf", "filed_at", "filed_by",
    "communicated_at", "communicated_by", "effective_at", "revoked_at", "revoked_by", "revoke_reason",
    "filename", "sha256",
)  # fmt: skip


def record(row: Model, *names: str) -> dict[str, Any]:
    return {name: kept(getattr(row, name)) for name in names}


def kept(value: Any) -> Any:
    """A value as JSON: people by name and number, moments in UTC."""
    if isinstance(value, User):
        return person(value)
    return plain(value) if isinstance(value, date) else value


def withdrawal_proofs(circular: Circular) -> Iterator[Proof]:
    if withdrawal := getattr(circular, "withdrawal", None):
        yield Proof(f"withdrawal/request-{withdrawal.filename}", withdrawal.file, withdrawal.sha256)
