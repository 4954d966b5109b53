"""A mail that came back, read: what it says, and of which copy. Whatever strangers send, nothing breaks."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from enum import Enum

from alliance.letters.bounces.words import (
    ABSENCE_SUBJECT,
    DAEMONS,
    DELAYED,
    FAILED,
    ORIGINAL_BEGINS,
    PERMANENT_CODE,
    TEMPORARY_CODE,
)

log = logging.getLogger("alliance.letters")

LONGEST_MAIL = 4 * 1024 * 1024
LONGEST_WORDS = 2000
LONGEST_TEXT = 50_000
MOST_PARTS = 100
MOST_IDS = 50

STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
RETURNED_TYPES = ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global-headers")
RECIPIENT_HEADERS = ("X-Original-To", "Delivered-To", "Envelope-To", "X-Envelope-To", "To")
OUR_IDS = re.compile(r"(?<![0-9a-z])([0-9a-f]{32})@([a-z0-9.-]+)", re.IGNORECASE)
OUR_RETURN_PATH = re.compile(r"\+([0-9a-f]{32})@", re.IGNORECASE)
MARKUP = re.compile(r"<(style|script)\b.{0,20000}?</\1>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
FIELD = re.compile(r"^([A-Za-z-]+):[ \t]*(.*(?:\n[ \t].*)*)", re.MULTILINE)


class Verdict(Enum):
    """What a mail is."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    AUTO_REPLY = "auto_reply"
    OTHER = "other"

    @property
    def is_bounce(self) -> bool:
        return self in (Verdict.PERMANENT, Verdict.TEMPORARY)


@dataclass(frozen=True)
class Reading:
    """What a mail is, what it says, and by what its copy is found, the surest first."""

    verdict: Verdict
    status: str = ""
    words: str = ""
    message_ids: tuple[str, ...] = ()
    return_paths: tuple[str, ...] = ()
    digest: str = ""


def read(raw: bytes, *, recipient: str = "") -> Reading:
    """Tell what a mail is; ``recipient`` is the address it was delivered to, where the server says so."""
    raw = raw[:LONGEST_MAIL]
    try:
        return _read(raw, recipient)
    except Exception:
        # Strangers' bytes find every hole of a mail parser; a mail nobody can read is no bounce.
        log.exception("A mail to the address for returned mail cannot be read")
        return Reading(Verdict.OTHER, digest=hashlib.sha256(raw).hexdigest())


def _read(raw: bytes, recipient: str) -> Reading:
    mail = message_from_bytes(raw)
    text = _text_of(mail)
    verdict, status, words = _what_it_says(mail, text)
    return Reading(
        verdict,
        status,
        _tidy(words),
        tuple(_message_ids(mail, raw, text)),
        tuple(_return_paths(mail, recipient)),
        _digest(mail, raw),
    )


def _what_it_says(mail: Message, text: str) -> tuple[Verdict, str, str]:
    kind = _report_type(mail)
    reports = [_fields(part) for part in _parts(mail) if part.get_content_type() in STATUS_TYPES]
    if reports:
        return _by_report([block for report in reports for block in report], text)
    if kind and kind != "delivery-status":
        return Verdict.OTHER, "", ""  # a receipt for reading, a complaint about spam
    if _is_auto_reply(mail):
        return Verdict.AUTO_REPLY, "", ""
    if _is_from_mail_server(mail):
        return _by_words(f"{header(mail, 'Subject')}\n{text}", certain=True)
    if header(mail, "Return-Path") == "<>" and not _is_automatic(mail):
        return _by_words(f"{header(mail, 'Subject')}\n{text}", certain=False)
    return (Verdict.AUTO_REPLY if _is_automatic(mail) else Verdict.OTHER), "", ""


def _report_type(mail: Message) -> str:
    if mail.get_content_type() != "multipart/report":
        return ""
    return str(mail.get_param("report-type") or "delivery-status").lower()


def _by_report(blocks: list[dict[str, str]], text: str) -> tuple[Verdict, str, str]:
    """RFC 3464: the worst that happened to any recipient; the action counts more than the status."""
    found = [(_verdict_of(block), block) for block in blocks if "action" in block or "status" in block]
    for wanted in (Verdict.PERMANENT, Verdict.TEMPORARY):
        for verdict, block in found:
            if verdict == wanted:
                diagnosis = block.get("diagnostic-code", "").partition(";")[2] or text
                return verdict, block.get("status", "").split(" ")[0][:20], diagnosis
    if found:
        return Verdict.OTHER, "", ""  # delivered, relayed, expanded
    return _by_words(text, certain=False)


def _verdict_of(block: dict[str, str]) -> Verdict:
    by_action = {
        "failed": Verdict.PERMANENT,
        "delayed": Verdict.TEMPORARY,
        "delivered": Verdict.OTHER,
        "relayed": Verdict.OTHER,
        "expanded": Verdict.OTHER,
    }
    action = re.split(r"[\s;(]", block.get("action", "").lower())[0]
    by_status = {"5": Verdict.PERMANENT, "4": Verdict.TEMPORARY}
    return by_action.get(action) or by_status.get(block.get("status", "")[:1], Verdict.OTHER)


def _by_words(text: str, *, certain: bool) -> tuple[Verdict, str, str]:
    """Bounces in the old manner: only their words tell. A mail server that says nothing else has given up."""
    text = ORIGINAL_BEGINS.split(text, maxsplit=1)[0]
    if DELAYED.search(text):
        return Verdict.TEMPORARY, _code(TEMPORARY_CODE, text), text
    if FAILED.search(text) or PERMANENT_CODE.search(text):
        return Verdict.PERMANENT, _code(PERMANENT_CODE, text), text
    if TEMPORARY_CODE.search(text):
        return Verdict.TEMPORARY, _code(TEMPORARY_CODE, text), text
    return (Verdict.PERMANENT if certain else Verdict.OTHER), "", text


def _code(codes: re.Pattern[str], text: str) -> str:
    found = codes.search(text)
    return (found.group(1) or found.group(0).strip(" -")) if found else ""


def _is_from_mail_server(mail: Message) -> bool:
    if mail["X-Failed-Recipients"]:
        return True
    senders = (parseaddr(header(mail, name))[1] for name in ("From", "Sender"))
    return any(DAEMONS.match(sender.partition("@")[0]) for sender in senders)


def _is_auto_reply(mail: Message) -> bool:
    """Somebody is away, or wants a confirmation first: said by headers that no mail server sets."""
    if mail["X-Failed-Recipients"]:
        return False
    named = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Autoresponder", "X-Vacation")
    return any(mail[name] for name in named) or bool(ABSENCE_SUBJECT.match(header(mail, "Subject")))


def _is_automatic(mail: Message) -> bool:
    """Written by a program. Mail servers say this of bounces too, so it is asked last."""
    by_program = header(mail, "Auto-Submitted").lower() not in ("", "no")
    precedence = header(mail, "Precedence").lower() in ("bulk", "junk", "auto_reply", "list")
    return by_program or precedence


def _parts(mail: Message) -> Iterator[Message]:
    """The parts of this mail itself, not of mails within it."""
    waiting, seen = [mail], 0
    while waiting and seen < MOST_PARTS:
        part, seen = waiting.pop(0), seen + 1
        yield part
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting = [*part.get_payload(), *waiting]  # type: ignore[list-item]


def _fields(part: Message) -> list[dict[str, str]]:
    """The blocks of a report, each with its fields; read from its text, as servers encode it at will."""
    text = _raw_text(part)
    blocks = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n"))
    return [{name.lower(): " ".join(value.split()) for name, value in FIELD.findall(one)} for one in blocks]


def _raw_text(part: Message) -> str:
    body = re.split(rb"\r?\n\r?\n", part.as_bytes(), maxsplit=1)[-1]
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding in ("base64", "quoted-printable"):
        plain = Message()
        plain["Content-Transfer-Encoding"] = encoding
        plain.set_payload(body.decode("ascii", "ignore"))
        content = plain.get_payload(decode=True)
        body = content if isinstance(content, bytes) else body
    return decoded(body)


def _text_of(mail: Message) -> str:
    """What people read of it: plain text, else HTML without its marks."""
    plain, html = [], []
    for part in _parts(mail):
        if part.get_content_type() == "text/plain":
            plain.append(_decoded(part))
        elif part.get_content_type() == "text/html":
            html.append(MARKUP.sub(" ", _decoded(part)[:LONGEST_TEXT]))
    return "\n".join(plain if any(one.strip() for one in plain) else html)[:LONGEST_TEXT]


def _decoded(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    charset = str(part.get_param("charset") or "").strip("\"'").lower()
    return decoded(content, charset)


def decoded(content: bytes, charset: str = "") -> str:
    """Text in the charset it says it has, or in the one it seems to have."""
    # GB18030 is what servers in China mean by its two predecessors.
    charset = "gb18030" if charset in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else charset
    for one in (charset, "utf-8", "gb18030"):
        try:
            return content.decode(one or "utf-8")
        except (LookupError, ValueError):
            continue
    return content.decode("utf-8", "replace")


def header(mail: Message, name: str) -> str:
    """A header in one line, decoded as far as it can be."""
    raw = next((value for key, value in mail.raw_items() if key.lower() == name.lower()), "")
    if not raw.isascii():
        raw = decoded(raw.encode("utf-8", "surrogateescape"))
    try:
        parts = decode_header(raw)
    except (HeaderParseError, ValueError):
        return " ".join(raw.split())
    words = [part if isinstance(part, str) else decoded(part, str(charset or "")) for part, charset in parts]
    return " ".join("".join(words).split())


def _message_ids(mail: Message, raw: bytes, text: str) -> Iterator[str]:
    """Message-IDs of the kind we give: in the returned mail, in what it answers, anywhere else in it."""
    sources = [
        *(_raw_text(part) for part in _parts(mail) if part.get_content_type() in RETURNED_TYPES),
        *(str(mail.get(name, "")) for name in ("In-Reply-To", "References", "X-Original-Message-ID")),
        text,
        raw.decode("latin-1"),
    ]
    seen: set[str] = set()
    for source in sources:
        for left, right in OUR_IDS.findall(source):
            one = f"{left}@{right}".lower().rstrip(".")
            if one not in seen and len(seen) < MOST_IDS:
                seen.add(one)
                yield one


def _return_paths(mail: Message, recipient: str) -> Iterator[str]:
    """What stands behind the plus sign of the address that the mail came to."""
    addresses = [recipient, *(str(value) for name in RECIPIENT_HEADERS for value in mail.get_all(name, []))]
    for address in addresses:
        for one in OUR_RETURN_PATH.findall(address):
            yield one.lower()


def _digest(mail: Message, raw: bytes) -> str:
    """By what the same mail is known again, over whichever way it comes."""
    own = str(mail.get("Message-ID", "")).strip()
    body = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[-1]
    return hashlib.sha256(own.encode("utf-8", "surrogateescape") if own else body.strip()).hexdigest()


def _tidy(words: str) -> str:
    """Without what the database does not keep and what nobody reads."""
    lines = (" ".join(line.split()) for line in words.replace("\0", "").splitlines())
    text = "\n".join(line for line in lines if line)
    return text.encode("utf-8", "replace").decode()[:LONGEST_WORDS]
