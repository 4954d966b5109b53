"""A mail server on loopback that costs next to nothing, and can be as bad as mail servers are."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

END = b"\r\n.\r\n"
MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^>]+)>", re.IGNORECASE | re.MULTILINE)
TAKEN = "250 2.0.0 Taken"
READ_AT_ONCE = 1 << 20

DROP = ""
"""In place of an answer: the connection is closed without a word."""


@dataclass
class Mail:
    """One mail as it was handed over, and the client's port."""

    client: int
    sender: str = ""
    address: str = ""
    text: bytes = field(default=b"", repr=False)

    @property
    def message_id(self) -> str:
        found = MESSAGE_ID.search(self.text, 0, 4000)
        return found[1].decode() if found else ""


@dataclass
class MailServer:
    """Answers one connection a thread. What it answers to a step can be chosen by the test.

    ``answer_to`` gets the step ("connect", "rcpt", "midst", "text") and the mail as far as it is known, and
    gives the answer, DROP, or None for the usual one; nobody hears it in the midst of a text.
    ``after_answer`` is called when a text was answered.
    """

    answer_to: Callable[[str, Mail], str | None] | None = None
    after_answer: Callable[[Mail], None] | None = None
    keep_text: bool = True
    received: list[Mail] = field(default_factory=list)
    connections: int = 0

    def __enter__(self) -> MailServer:
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listening.getsockname()[1]
        self.open: set[socket.socket] = set()
        self.threads = [threading.Thread(target=self._accept, daemon=True)]
        self.threads[0].start()
        return self

    def __exit__(self, *_error: object) -> None:
        for one in (self.listening, *self.open):
            _close(one)
        for thread in self.threads:
            thread.join(10)

    def _accept(self) -> None:
        while True:
            try:
                connection, _address = self.listening.accept()
            except OSError:
                return
            self.connections += 1
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.open.add(connection)
            self.threads.append(threading.Thread(target=self._serve, args=[connection], daemon=True))
            self.threads[-1].start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            _Dialogue(self, connection).hold()
        except OSError:
            pass  # the client is gone
        finally:
            self.open.discard(connection)
            _close(connection)

    def answer(self, step: str, mail: Mail, usual: str) -> str:
        chosen = self.answer_to(step, mail) if self.answer_to else None
        return usual if chosen is None else chosen


class _Dialogue:
    """One connection from the greeting to the end."""

    def __init__(self, server: MailServer, connection: socket.socket) -> None:
        self.server, self.connection = server, connection
        self.lines = b""
        self.client = connection.getpeername()[1]
        self.mail = Mail(self.client)

    def hold(self) -> None:
        if not self.say(self.server.answer("connect", self.mail, "220 Good day")):
            return
        while (line := self.next_line()) is not None and self.obey(line):
            pass

    def say(self, words: str) -> bool:
        """Say it; False when the connection ends instead or thereby."""
        if words == DROP:
            return False
        self.connection.sendall(words.encode() + b"\r\n")
        return not words.startswith("421")

    def next_line(self) -> str | None:
        while b"\r\n" not in self.lines:
            more = self.connection.recv(READ_AT_ONCE)
            if not more:
                return None
            self.lines += more
        line, _end, self.lines = self.lines.partition(b"\r\n")
        return line.decode()

    def obey(self, line: str) -> bool:
        match line[:4].upper():
            case "EHLO":
                return self.say("250-127.0.0.1\r\n250 PIPELINING")
            case "MAIL":
                self.mail = Mail(self.client, _address_in(line))
                return self.say("250 OK")
            case "RCPT":
                return self.take_address(_address_in(line))
            case "DATA":
                return self.begin_text()
            case "RSET" | "NOOP":
                return self.say("250 OK")
            case "QUIT":
                self.say("221 Bye")
                return False
        return self.say("500 What?")

    def take_address(self, address: str) -> bool:
        self.mail.address = address
        words = self.server.answer("rcpt", self.mail, "250 OK")
        if not words.startswith("2"):
            self.mail = Mail(self.client, self.mail.sender)
        return self.say(words)

    def begin_text(self) -> bool:
        if self.mail.address:
            return self.say("354 Go on") and self.take_text()
        return self.say("554 5.5.1 To whom?")

    def take_text(self) -> bool:
        chunks, tail = [self.lines], self.lines
        self.server.answer("midst", self.mail, "")
        while not tail.endswith(END):
            more = self.connection.recv(READ_AT_ONCE)
            if not more:
                return False
            chunks.append(more)
            tail = (tail + more)[-len(END) :]
        self.lines = b""
        self.mail.text = b"".join(chunks) if self.server.keep_text else chunks[0][:2000]
        words = self.server.answer("text", self.mail, TAKEN)
        if words == DROP or words.startswith("2"):  # without an answer it may or may not be kept: here it is
            self.server.received.append(self.mail)
        going_on = self.say(words)
        if self.server.after_answer:
            self.server.after_answer(self.mail)
        return going_on


def _address_in(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]


def _close(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
