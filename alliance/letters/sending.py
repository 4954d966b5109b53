"""A delivery as a mail, and the mail server it is handed to."""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass
from email.utils import format_datetime, formataddr, parseaddr
from enum import Enum
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.template.loader import render_to_string
from django.utils.translation import override

from alliance.accounts.states import Language
from alliance.letters.models import Delivery
from alliance.letters.states import KEPT_HERE, LOST_AFTER_TEXT, NO_CONNECTION, LetterKind

LINE_BEGINNING_WITH_A_DOT = re.compile(rb"^\.", re.MULTILINE)
LEAVING = 421
LONGEST_ANSWER = 1000


class Outcome(Enum):
    """What became of one attempt."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Answer:
    """The outcome of an attempt, with what the server said."""

    outcome: Outcome
    text: str


def link_of(delivery: Delivery) -> str:
    """The address of the page a letter is about; without one, the letter in the recipient's inbox."""
    path = delivery.letter.path
    if not path and delivery.recipient_id and not delivery.letter.confidential:
        path = delivery.get_absolute_url()
    return link_to(path)


def link_to(path: str) -> str:
    """The full address of a page, as mails need it; none for no page."""
    return f"{settings.SITE_URL}{path}" if path else ""


def message_of(delivery: Delivery) -> EmailMultiAlternatives:
    """One addressee's copy as a mail, plain and HTML, in the addressee's language."""
    letter = delivery.letter
    subject = letter.in_language("subject", delivery.language)
    content = {
        "subject": subject,
        "body": letter.in_language("body", delivery.language),
        "name": delivery.name,
        "link": link_of(delivery),
        "site_url": settings.SITE_URL,
        "greets": delivery.letter.kind != LetterKind.CIRCULAR,  # which has a salutation of its own
        "chinese": delivery.language == Language.CHINESE,
    }
    with override(delivery.language):
        plain = render_to_string("letters/mail.txt", content)
        html = render_to_string("letters/mail.html", content)
    mail = EmailMultiAlternatives(
        subject, plain, settings.DEFAULT_FROM_EMAIL, [formataddr((delivery.name, delivery.address))]
    )
    mail.attach_alternative(html, "text/html")
    mail.extra_headers = _headers_of(delivery)
    return mail


def _headers_of(delivery: Delivery) -> dict[str, str]:
    """The same at every attempt, so that two copies of a mail are seen to be one."""
    return {
        "Message-ID": f"<{delivery.message_id}>",
        "Date": format_datetime(delivery.letter.written_at),
        "Content-Language": {"zh-hans": "zh-Hans"}.get(delivery.language, delivery.language),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }


class Post:
    """The mail server of EMAIL_URL; many mails go over one connection.

    Without a mail server (in the demonstration, in tests) Django's own backends keep the mail here.
    """

    def __init__(self) -> None:
        self.backend: Any = get_connection()
        self.by_smtp = isinstance(self.backend, EmailBackend)

    def hand_over(self, message: EmailMultiAlternatives) -> Answer:
        """Hand over one mail, and tell what became of it."""
        if not self.by_smtp:
            self.backend.send_messages([message])
            return Answer(Outcome.ACCEPTED, KEPT_HERE)
        connected_before = self.backend.connection is not None
        answer = self._attempt(message)
        if connected_before and answer.outcome == Outcome.UNREACHABLE:
            # Servers close connections that were idle: that says nothing about the next one.
            return self._attempt(message)
        return answer

    def close(self) -> None:
        """Take leave of the server."""
        try:
            self.backend.close()
        except OSError:
            if self.by_smtp:
                self._drop()

    def _attempt(self, message: EmailMultiAlternatives) -> Answer:
        try:
            self.backend.open()
            answer, going_on = _dialogue(self.backend.connection, message)
        except OSError as error:
            answer, going_on = Answer(Outcome.UNREACHABLE, f"{NO_CONNECTION}: {error}"), False
        if not going_on:
            self._drop()
        return answer

    def _drop(self) -> None:
        for connection in (self.backend.connection, self.backend._partial_connection):
            if connection is not None:
                connection.close()
        self.backend.connection = self.backend._partial_connection = None


def _dialogue(server: smtplib.SMTP, message: EmailMultiAlternatives) -> tuple[Answer, bool]:
    """Speak with the server about one mail; also tells whether the connection is good for more."""
    sender = sanitize_address(parseaddr(message.from_email)[1], "utf-8")
    recipient = sanitize_address(parseaddr(message.to[0])[1], "utf-8")
    text = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
    server.ehlo_or_helo_if_needed()
    options = ["BODY=8BITMIME"] if server.has_extn("8bitmime") else []
    for command, expected in (
        (lambda: server.mail(sender, options), {250}),
        (lambda: server.rcpt(recipient), {250, 251}),
        (lambda: server.docmd("DATA"), {354}),
    ):
        code, words = command()
        if code not in expected:
            return _refusal(code, words), _start_over(server, code)
    try:
        server.send(_quoted(text))
        code, words = server.getreply()
    except OSError as error:
        return Answer(Outcome.UNCERTAIN, f"{LOST_AFTER_TEXT}: {error}"), False
    if 200 <= code <= 299:
        return Answer(Outcome.ACCEPTED, _said(code, words)), True
    return _refusal(code, words, otherwise=Outcome.UNCERTAIN), _start_over(server, code)


def _refusal(code: int, words: bytes, otherwise: Outcome = Outcome.DEFERRED) -> Answer:
    if code == LEAVING:
        return Answer(Outcome.UNREACHABLE, _said(code, words))
    outcome = {4: Outcome.DEFERRED, 5: Outcome.FAILED}.get(code // 100, otherwise)
    return Answer(outcome, _said(code, words))


def _said(code: int, words: bytes) -> str:
    # PostgreSQL stores no zero bytes.
    text = words.decode(errors="replace").replace("\0", "")
    return f"{code} {text}".strip()[:LONGEST_ANSWER]


def _start_over(server: smtplib.SMTP, code: int) -> bool:
    """After a refusal the next mail begins anew, unless the server has taken its leave or babbles."""
    try:
        return code not in (LEAVING, -1) and server.rset()[0] == 250
    except OSError:
        return False


def _quoted(text: bytes) -> bytes:
    """The text as SMTP wants it: leading dots doubled, a single dot at the end."""
    quoted = LINE_BEGINNING_WITH_A_DOT.sub(b"..", text)
    return quoted + (b".\r\n" if quoted.endswith(b"\r\n") else b"\r\n.\r\n")
