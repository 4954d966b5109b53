"""Headers and parts of a mail as bytes, as RFC 5322 and MIME want them: short lines of plain ASCII."""

from __future__ import annotations

from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Mapping
from email.header import Header
from email.message import EmailMessage, Message
from email.policy import SMTP
from email.utils import formataddr, parseaddr

from django.core.mail import BadHeaderError
from django.core.mail.message import sanitize_address

NEWLINE = "\r\n"

END = b".\r\n"
"""The end of a text, as SMTP knows it."""


def headers(values: Mapping[str, str]) -> bytes:
    """Lines of headers whose values are encoded already."""
    return "".join(f"{name}: {value}{NEWLINE}" for name, value in values.items()).encode("ascii")


def words(text: str, header: str) -> str:
    """A text as the value of a header: folded, encoded where it is not ASCII."""
    text = " ".join(text.split())
    plain = text.isascii() and "=?" not in text
    return Header(text, "us-ascii" if plain else "utf-8", header_name=header).encode(linesep=NEWLINE)


def mailbox(name: str, address: str, header: str) -> str:
    """Somebody's name and address as the value of a header."""
    if name.isascii() and "=?" not in name:
        return formataddr((" ".join(name.split()), address))
    return f"{words(name, header)}{NEWLINE} <{address}>"


def bare(address: str) -> str:
    """An address as mail servers take it: the domain in ASCII, and nothing that would end the line."""
    if not all(character.isprintable() and character not in " <>" for character in address):
        raise BadHeaderError(f"{address!r} is no address.")
    return address if address.isascii() else parseaddr(sanitize_address(address, "utf-8"))[1]


def text_part(subtype: str, text: str) -> bytes:
    """A text as a part of a mail, in lines that are readable where most of it is ASCII."""
    text = text.replace("\r\n", "\n").replace("\n", NEWLINE)
    content = text.encode()
    if len(content) < 1.2 * len(text):
        encoding, encoded = "quoted-printable", b2a_qp(content, istext=True)
    else:
        encoding, encoded = "base64", encodebytes(content).replace(b"\n", b"\r\n")
    return headers(part_headers(subtype, encoding)) + b"\r\n" + encoded


def part_headers(subtype: str, encoding: str) -> dict[str, str]:
    return {"Content-Type": f'text/{subtype}; charset="utf-8"', "Content-Transfer-Encoding": encoding}


def file_part(filename: str, media_type: str, content: bytes) -> bytes:
    """A file as a part of a mail."""
    given = Message()
    given["Content-Type"] = media_type
    part = EmailMessage(policy=SMTP)
    part.set_content(
        content,
        given.get_content_maintype(),
        given.get_content_subtype(),
        disposition="attachment",
        filename=filename,
        params=dict(given.get_params(failobj=[("", "")])[1:]),
    )
    del part["MIME-Version"]
    return part.as_bytes()


def opening(kind: str, boundary: str) -> bytes:
    """The header of several parts, up to where the first of them begins."""
    value = f'multipart/{kind}; boundary="{boundary}"'
    return headers({"Content-Type": value}) + f"\r\n--{boundary}\r\n".encode()


def following(boundary: str, *parts: bytes) -> bytes:
    """What comes after the first part: the others, each behind its boundary, and the end."""
    line = f"\r\n--{boundary}".encode()
    return b"".join(line + b"\r\n" + part for part in parts) + line + b"--\r\n"


def quoted(text: bytes) -> bytes:
    """The text as SMTP wants it, up to its end: leading dots doubled, the last line ended."""
    stuffed = text.replace(b"\r\n.", b"\r\n..")
    return stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"
