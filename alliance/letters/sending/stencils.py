"""A delivery as a mail: what is the same for all is made once, what is the addressee's own is put in."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from email.utils import format_datetime, parseaddr
from functools import cached_property
from secrets import token_hex

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import override

from alliance.accounts.states import Language
from alliance.letters import parties
from alliance.letters.models import Delivery, Letter
from alliance.letters.sending import mime
from alliance.letters.sending.links import link_of, personal_link_of, return_path
from alliance.letters.states import LetterKind

KEPT_STENCILS = 12
MARK = token_hex()  # nobody who writes a text knows it


@dataclass(frozen=True)
class Mail:
    """One addressee's copy as a mail, plain and HTML, in the addressee's language."""

    sender: str
    recipient: str
    name: str
    subject: str
    plain: str
    html: str
    content: bytes


@dataclass(frozen=True)
class Own:
    """What differs from one addressee's text to the next; empty where there is none."""

    name: str
    link: str
    personal_link: str

    def marks(self) -> Own:
        """What stands in the common text in place of each."""
        return Own(*(value and f"{number}{MARK}" for number, value in enumerate(self.values())))

    def put_into(self, text: str, *, html: bool = False) -> str:
        for number, value in enumerate(self.values()):
            if value:
                text = text.replace(f"{number}{MARK}", escape(value) if html else value)
        return text

    def values(self) -> tuple[str, str, str]:
        return self.name, self.link, self.personal_link


class Stencil:
    """What all mails of a letter in one language have in common, made once."""

    def __init__(self, letter: Letter, language: str) -> None:
        self.letter, self.language = letter, language
        self.subject = letter.in_language("subject", language)
        self.greets = letter.kind != LetterKind.CIRCULAR  # which has a salutation of its own
        self.boundary = f"=_{letter.pk}.{language}"  # "=_" stands in no encoded text
        self.drawn: dict[Own, tuple[str, str]] = {}
        self.last: tuple[Own, str, str, bytes] | None = None

    def mail_for(self, delivery: Delivery) -> Mail:
        name = delivery.name if self.greets else ""
        personal = "" if delivery.recipient_id in self.without_link else personal_link_of(delivery)
        plain, html, texts = self._texts_for(Own(name, link_of(delivery), personal))
        recipient = mime.bare(delivery.address)
        own = {
            "Message-ID": f"<{delivery.message_id}>",
            "To": mime.mailbox(delivery.name, recipient, "To"),
        }
        content = b"".join((mime.headers(own), self.before_texts, texts, self.after_texts))
        return Mail(return_path(delivery), recipient, delivery.name, self.subject, plain, html, content)

    @cached_property
    def without_link(self) -> set[int]:
        return parties.without_link(self.letter)

    @cached_property
    def before_texts(self) -> bytes:
        """Headers, the same at every attempt, so that two copies of a mail are seen to be one."""
        name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
        common = {
            "From": mime.mailbox(name, mime.bare(address), "From"),
            "Subject": mime.words(self.subject, "Subject"),
            "Date": format_datetime(self.letter.written_at),
            "Content-Language": {"zh-hans": "zh-Hans"}.get(self.language, self.language),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "MIME-Version": "1.0",
        }
        return mime.headers(common) + (mime.opening("mixed", self.boundary) if self.after_texts else b"")

    @cached_property
    def after_texts(self) -> bytes:
        """The files that go with the letter in this language; nothing without."""
        rows = self.letter.attachments.filter(language__in=["", self.language])
        parts = [mime.file_part(row.filename, row.media_type, bytes(row.content)) for row in rows]
        return mime.following(self.boundary, *parts) if parts else b""

    def _texts_for(self, own: Own) -> tuple[str, str, bytes]:
        if self.last is None or self.last[0] != own:
            plain, html = self._drawn(own.marks())
            plain, html = own.put_into(plain), own.put_into(html, html=True)
            self.last = own, plain, html, self._part(plain, html)
        return self.last[1:]

    def _drawn(self, marks: Own) -> tuple[str, str]:
        """Both texts with marks where the addressee's own goes."""
        if marks not in self.drawn:
            content = {
                "subject": self.subject,
                "body": self.letter.in_language("body", self.language),
                "name": marks.name,
                "link": marks.link,
                "personal_link": marks.personal_link,
                "site_url": settings.SITE_URL,
                "greets": self.greets,
                "chinese": self.language == Language.CHINESE,
            }
            with override(self.language):
                plain, html = (render_to_string(f"letters/mail.{kind}", content) for kind in ("txt", "html"))
            self.drawn[marks] = f"{plain.strip()}\n", f"{html.strip()}\n"
        return self.drawn[marks]

    def _part(self, plain: str, html: str) -> bytes:
        boundary = f"{self.boundary}.texts"
        first, second = mime.text_part("plain", plain), mime.text_part("html", html)
        return mime.opening("alternative", boundary) + first + mime.following(boundary, second)


class Stencils:
    """The stencils last used, so that a circular's mails are made of one in each language."""

    def __init__(self) -> None:
        self.kept: OrderedDict[tuple[int, str], Stencil] = OrderedDict()
        self.ahead: tuple[Delivery, Mail] | None = None

    def make_ahead(self, delivery: Delivery) -> None:
        """Make a mail before it is asked for; what goes wrong is told when it is."""
        with suppress(Exception):
            self.ahead = delivery, self._made(delivery)

    def mail_for(self, delivery: Delivery) -> Mail:
        if self.ahead and self.ahead[0] is delivery:
            return self.ahead[1]
        return self._made(delivery)

    def _made(self, delivery: Delivery) -> Mail:
        key = delivery.letter_id, delivery.language
        if key not in self.kept:
            self.kept[key] = Stencil(delivery.letter, delivery.language)
        self.kept.move_to_end(key)
        if len(self.kept) > KEPT_STENCILS:
            self.kept.popitem(last=False)
        return self.kept[key].mail_for(delivery)

    def clear(self) -> None:
        """Keep no text of a letter longer than it is needed."""
        self.kept.clear()
        self.ahead = None
