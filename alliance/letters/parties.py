"""Cities and institutions for which letters are sent: here they are slugs, the apps above know the rest.

The module named in settings.LETTER_PARTIES tells their names, whom a letter should reach, and for whom a
person acts.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from alliance.accounts.models import User
    from alliance.letters.models import Letter


def names_of(slugs: Iterable[str]) -> dict[str, str]:
    """The names in the active language; what nobody knows any more keeps its slug."""
    slugs = {slug for slug in slugs if slug}
    known: dict[str, str] = _source().names_of(slugs) if slugs else {}
    return {slug: known.get(slug, slug) for slug in sorted(slugs)}


def asked_by(letter: Letter) -> list[str]:
    """The slugs of all that a letter should reach, whether or not there is somebody to write to."""
    asked: list[str] = _source().asked_by(letter)
    return asked


def of_person(user: User) -> set[str]:
    """The slugs of those for whom a person acts."""
    own: set[str] = _source().of_person(user)
    return own


def without_link(letter: Letter) -> set[int]:
    """The keys of the people whose own page is closed to them by now: a mail does not name it any more."""
    closed: set[int] = _source().without_link(letter) if letter.personal_path else set()
    return closed


def everybody() -> list[tuple[str, str]]:
    """Slug and name of all, as a list to choose from."""
    all_of_them: list[tuple[str, str]] = _source().everybody()
    return all_of_them


def _source() -> Any:
    return import_module(settings.LETTER_PARTIES)
