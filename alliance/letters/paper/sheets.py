"""What stands on a sheet of paper, as data for the templates in templates/paper/."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

LONG_WORD = re.compile(r"([^\W\d_]{18,})")
"""A German word that would leave a ragged line behind; to try all words at all joints takes too long."""

TAGS = {"zh-hans": ("zh", "CN"), "de": ("de", "DE"), "en": ("en", "GB")}
"""Language and region of a text, which choose hyphenation, punctuation and the forms of Chinese signs."""


@dataclass(frozen=True)
class Fact:
    """A label and what stands beside it; checksums are set in type of one width."""

    label: str
    lines: Sequence[str]
    mono: bool = False


@dataclass(frozen=True)
class Section:
    """A part below the text: paragraphs, facts, and a list with its heads and shares of the width."""

    title: str = ""
    paragraphs: Sequence[str] = ()
    facts: Sequence[Fact] = ()
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    columns: Sequence[float] = ()
    mono: Sequence[int] = ()


@dataclass(frozen=True)
class Sheet:
    """A letter or a record in the active language; paragraphs are split by empty lines."""

    title: str
    text: str = ""
    addressed: str = ""
    dated: str = ""
    reference: str = ""
    sections: Sequence[Section] = ()
    footer: str = ""
    seal: str = ""
    mark: str = ""
    description: str = field(default="")

    def as_data(self) -> dict[str, Any]:
        """The sheet as the templates read it, with sender and page numbers in the active language."""
        language, region = TAGS.get(get_language() or "", TAGS["en"])
        return {
            "lang": language,
            "region": region,
            "title": self.title,
            "description": self.description or self.title,
            "sender": sender(),
            "addressed": self.addressed,
            "dated": self.dated,
            "reference": self.reference,
            "paragraphs": paragraphs(self.text),
            "sections": [section_data(section) for section in self.sections],
            "footer": {"text": self.footer, "seal": self.seal, "page": page_words()},
            "mark": self.mark,
        }


def paragraphs(text: str) -> list[list[list[str]]]:
    """Paragraphs as lists of their lines; each second piece of a line is a word that may be hyphenated."""
    blocks = "\n".join(line.rstrip() for line in text.splitlines()).split("\n\n")
    return [list(map(pieces, block.strip("\n").split("\n"))) for block in blocks if block.strip()]


def pieces(line: str) -> list[str]:
    return LONG_WORD.split(line) if get_language() == "de" else [line]


def section_data(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "paragraphs": [lines for text in section.paragraphs for lines in paragraphs(text)],
        "facts": [{"label": one.label, "lines": list(one.lines), "mono": one.mono} for one in section.facts],
        "heads": list(section.heads),
        "rows": [[str(cell) for cell in row] for row in section.rows],
        "columns": list(section.columns) or [1] * len(section.heads),
        "mono": list(section.mono),
    }


def sender() -> dict[str, Any]:
    """The letterhead: the alliance's name in the active language, then in the others."""
    return {
        "name": alliance_name(),
        "others": [{"lang": TAGS[code][0], "name": name_in(code)} for code in TAGS if code != get_language()],
        "address": [_("Secretariat"), _("Foshan, Guangdong, China"), settings.DEFAULT_FROM_EMAIL],
    }


def alliance_name() -> str:
    return _("Sino-German Industrial Cities Alliance")


def name_in(language: str) -> str:
    with override(language):
        return alliance_name()


def page_words() -> str:
    return _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"}
