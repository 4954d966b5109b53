"""Writing letters: once, in three languages, with a copy for each addressee."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from alliance.accounts.models import User
from alliance.accounts.states import Language
from alliance.letters.models import SUFFIXES, Delivery, Letter, LetterAttachment
from alliance.letters.states import LetterKind

LONGEST_SUBJECT = 300
LONGEST_NAME = 200
NAMES_ADDRESSEE = "{token}"

Compose = Callable[[], tuple[str, str]]


@dataclass(frozen=True)
class Addressee:
    """Whom a letter goes to, in which language, and for which city or institution."""

    address: str
    language: str
    name: str = ""
    user: User | None = None
    on_behalf_of: str = ""

    @classmethod
    def of(cls, user: User, on_behalf_of: str = "") -> Addressee:
        """A person with an account, in the person's own language."""
        return cls(user.email, user.language or settings.LANGUAGE_CODE, user.name, user, on_behalf_of)


@dataclass(frozen=True)
class Enclosure:
    """A file that goes with the copies in one language, or with all of them."""

    filename: str
    media_type: str
    content: bytes
    language: str = ""


@transaction.atomic
def write(
    kind: LetterKind,
    compose: Compose,
    to: Iterable[Addressee],
    *,
    by: User | None,
    at: datetime | None = None,
    reference: str = "",
    path: str = "",
    confidential: bool = False,
    enclosures: Iterable[Enclosure] = (),
    personal_path: str = "",
) -> Letter:
    """Write a letter once and queue a copy for each addressee, in the transaction of what it tells.

    ``compose`` gives subject and text in the active language; paragraphs are split by empty lines.
    ``path`` is the page the letter is about; ``personal_path`` each addressee's own page, in which
    ``{token}`` stands for what names the addressee.
    """
    at = at or timezone.now()
    _refuse_other_sites(path, personal_path)
    letter = Letter.objects.create(
        kind=kind,
        reference=reference,
        path=path,
        personal_path=personal_path,
        confidential=confidential,
        written_at=at,
        written_by=by,
        **_in_all_languages(compose),
    )
    Delivery.objects.bulk_create(_copy(letter, one, at) for one in _each_once(to))
    LetterAttachment.objects.bulk_create(_attached(letter, one) for one in enclosures)
    return letter


def _refuse_other_sites(path: str, personal_path: str) -> None:
    for page in filter(None, (path, personal_path)):
        if not page.startswith("/") or page.startswith("//"):
            raise ValueError(f"“{page}” is no page of this site.")
    if personal_path and NAMES_ADDRESSEE not in personal_path:
        raise ValueError(f"“{personal_path}” has no place for {NAMES_ADDRESSEE}.")


def _copy(letter: Letter, to: Addressee, at: datetime) -> Delivery:
    return Delivery(
        letter=letter,
        recipient=to.user,
        name=_one_line(to.name)[:LONGEST_NAME],
        address=to.address.strip(),
        language=to.language if to.language in Language.values else settings.LANGUAGE_CODE,
        on_behalf_of=to.on_behalf_of,
        next_attempt_at=at,
    )


def _attached(letter: Letter, enclosure: Enclosure) -> LetterAttachment:
    return LetterAttachment(
        letter=letter,
        language=enclosure.language,
        filename=_one_line(enclosure.filename),
        media_type=enclosure.media_type,
        content=enclosure.content,
        sha256=hashlib.sha256(enclosure.content).hexdigest(),
    )


def _in_all_languages(compose: Compose) -> dict[str, str]:
    texts = {}
    for language, suffix in SUFFIXES.items():
        with override(language):
            subject, body = compose()
            texts[f"subject_{suffix}"] = _one_line(str(subject))[:LONGEST_SUBJECT]
            texts[f"body_{suffix}"] = str(body).strip()
    return texts


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _each_once(to: Iterable[Addressee]) -> Iterator[Addressee]:
    seen = set()
    for one in to:
        key = one.address.strip().lower(), one.on_behalf_of
        if key not in seen:
            seen.add(key)
            yield one
