"""The mail server of EMAIL_URL."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import SMTP
from email.utils import formataddr
from socket import IPPROTO_TCP, TCP_NODELAY
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend

from alliance.letters.sending import mime
from alliance.letters.sending.answers import LEAVING, Answer, Outcome, acceptance, refusal
from alliance.letters.sending.stencils import Mail
from alliance.letters.states import CLAIM_OVER, KEPT_HERE, LOST_AFTER_TEXT, LOST_IN_TEXT, NO_CONNECTION

PATIENCE = 2
"""How many times longer than for a command to wait for the answer to a text: servers examine it first."""


GO_ON = (354, b"")
EXPECTED = ({250}, {250, 251}, {GO_ON[0]})
LEFT = {LEAVING, -1}
"""The server ends the conversation, or says what nobody understands."""


@dataclass(frozen=True)
class Pauses:
    """What is to be done in the course of a handing over."""

    before_end: Callable[[], bool]
    """Whether the mail may still go out. Until a server has the end of a text, it must not take the mail."""

    while_waiting: Callable[[], None] = lambda: None
    """Something useful while the server reads the text."""


AT_ONCE = Pauses(lambda: True)


class Kept(EmailMultiAlternatives):
    """A mail for Django's own backends, which keep it on this machine."""

    def __init__(self, mail: Mail) -> None:
        super().__init__(mail.subject, mail.plain, mail.sender, [formataddr((mail.name, mail.recipient))])
        self.attach_alternative(mail.html, "text/html")
        self.made = message_from_bytes(mail.content, policy=SMTP)
        self.extra_headers = {"Message-ID": self.made["Message-ID"]}

    def message(self) -> Message:  # type: ignore[override]
        return self.made


class Post:
    """The mail server of EMAIL_URL; many mails go over one connection.

    Without a mail server (in the demonstration, in tests) Django's own backends keep the mail here.
    """

    def __init__(self) -> None:
        self.backend: Any = get_connection()
        self.by_smtp = isinstance(self.backend, EmailBackend)

    def refused(self) -> Answer | None:
        """Connect unless there is a connection; why there is none, if so."""
        try:
            if self.backend.open() and self.by_smtp:
                # The end of a text is short, and must not wait until the server has confirmed the rest.
                self.backend.connection.sock.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        except OSError as error:
            self._drop()
            return Answer(Outcome.UNREACHABLE, f"{NO_CONNECTION}: {error}")
        return None

    def hand_over(self, mail: Mail, pauses: Pauses = AT_ONCE) -> Answer:
        """Hand over one mail, and tell what became of it."""
        if not self.by_smtp:
            if not pauses.before_end():
                return Answer(Outcome.DEFERRED, CLAIM_OVER)
            self.backend.send_messages([Kept(mail)])
            return Answer(Outcome.ACCEPTED, KEPT_HERE)
        connected_before = self.backend.connection is not None
        answer = self._attempt(mail, pauses)
        if connected_before and answer.outcome == Outcome.UNREACHABLE:
            # Servers close connections that were idle: that says nothing about the next one.
            return self._attempt(mail, pauses)
        return answer

    def close(self) -> None:
        """Take leave of the server."""
        try:
            self.backend.close()
        except OSError:
            if self.by_smtp:
                self._drop()

    def _attempt(self, mail: Mail, pauses: Pauses) -> Answer:
        refused = self.refused()
        if refused:
            return refused
        going_on = False
        try:
            answer, going_on = _dialogue(self.backend.connection, mail, pauses)
        except OSError as error:
            answer = Answer(Outcome.UNREACHABLE, f"{NO_CONNECTION}: {error}")
        finally:
            if not going_on:
                self._drop()
        return answer

    def _drop(self) -> None:
        if not self.by_smtp:
            return
        for connection in (self.backend.connection, self.backend._partial_connection):
            if connection is not None:
                connection.close()
        self.backend.connection = self.backend._partial_connection = None


def _dialogue(server: smtplib.SMTP, mail: Mail, pauses: Pauses) -> tuple[Answer, bool]:
    """Speak with the server about one mail; also tells whether the connection is good for more."""
    server.ehlo_or_helo_if_needed()
    replies = list(_replies(server, mail))
    code, words = next(
        (one for one, expected in zip(replies, EXPECTED, strict=False) if one[0] not in expected), GO_ON
    )
    if code != GO_ON[0]:
        # A server that awaits the text all the same can only be left.
        return refusal(code, words), replies[-1][0] != GO_ON[0] and _start_over(server, code)
    return _text(server, mail, pauses)


def _replies(server: smtplib.SMTP, mail: Mail) -> Iterator[tuple[int, bytes]]:
    """What the server says to sender, recipient and the wish to send a text, until it refuses one.

    Many servers take the three at once (RFC 2920), which saves the way there and back twice.
    """
    commands = (f"MAIL FROM:<{mail.sender}>", f"RCPT TO:<{mail.recipient}>", "DATA")
    at_once = server.has_extn("pipelining")
    if at_once:
        server.send("".join(f"{command}\r\n" for command in commands))
    for command, expected in zip(commands, EXPECTED, strict=True):
        code, words = server.getreply() if at_once else server.docmd(command)
        yield code, words
        if code in LEFT or (code not in expected and not at_once):
            return


def _text(server: smtplib.SMTP, mail: Mail, pauses: Pauses) -> tuple[Answer, bool]:
    """The text, and apart from it its end: with that the server has the mail, and not before."""
    try:
        server.send(mime.quoted(mail.content))
    except OSError as error:
        return Answer(Outcome.DEFERRED, f"{LOST_IN_TEXT}: {error}"), False
    pauses.while_waiting()
    if not pauses.before_end():
        return Answer(Outcome.DEFERRED, CLAIM_OVER), False
    try:
        server.send(mime.END)
        code, words = _patiently(server)
    except OSError as error:
        return Answer(Outcome.UNCERTAIN, f"{LOST_AFTER_TEXT}: {error}"), False
    if 200 <= code <= 299:
        return acceptance(code, words), True
    return refusal(code, words, otherwise=Outcome.UNCERTAIN), _start_over(server, code)


def _patiently(server: smtplib.SMTP) -> tuple[int, bytes]:
    line: Any = server.sock
    timeout = line.gettimeout()
    line.settimeout(timeout and timeout * PATIENCE)
    try:
        return server.getreply()
    finally:
        line.settimeout(timeout)


def _start_over(server: smtplib.SMTP, code: int) -> bool:
    """After a refusal the next mail begins anew, unless the server has taken its leave or babbles."""
    try:
        return code not in LEFT and server.rset()[0] == 250
    except OSError:
        return False
