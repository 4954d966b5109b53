"""The typesetter: one compiler a process, its fonts from packages alone, the same bytes for the same input.

What it makes is tagged for screen readers (PDF/UA-1, see docs/paper.md).
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from threading import Lock
from typing import Any

import typst
from django.conf import settings
from noto_cjk_sans_otc import FONT_PATH

TEMPLATES = settings.BASE_DIR / "templates" / "paper"
GETA = "〓"
"""What printers in East Asia set in the place of a sign that they have no type for."""
SIGNS = b"""
    #set document(title: "Signs")
    #set text(font: ("Noto Sans CJK SC", "Libertinus Serif", "DejaVu Sans Mono"))
    #sys.inputs.signs
"""

# A compiler serves one caller at a time; a web process of ours has one thread, a test server has many.
_in_use = Lock()


def typeset(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """A PDF from a template and its data; `at` is the moment that the file bears as its date.

    Data never becomes markup. A sign that the fonts lack is shown as 〓: a paper is better with a gap than
    not made at all. Who cannot do with a gap asks `unprintable` before.
    """
    data = seen(data)
    try:
        return compiled(template, data, at)
    except typst.TypstError:
        missing = unprintable(data)
        if not missing:
            raise
        return compiled(template, replaced(data, missing), at)


def unprintable(content: Any) -> list[str]:
    """The signs in texts, or in data of any shape, that the fonts lack, in their order."""
    signs = dict.fromkeys(sign for text in texts_in(content) for sign in unicodedata.normalize("NFC", text))
    doubtful = [sign for sign in signs if not sign.isascii() and not sign.isspace() and visible(sign)]
    if are_printable("".join(doubtful)):
        return []
    return [sign for sign in doubtful if not are_printable(sign)]


def compiled(template: str, data: Mapping[str, Any], at: datetime) -> bytes:
    inputs = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    return as_pdf(str(TEMPLATES / f"{template}.typ"), inputs, int(at.astimezone(UTC).timestamp()))


def as_pdf(source: Any, inputs: dict[str, str], moment: int) -> bytes:
    """One document from a template's path or its text; whoever comes meanwhile waits."""
    with _in_use:
        made = compiler(os.getpid()).compile(
            input=source, format="pdf", sys_inputs=inputs, pdf_standards="ua-1", timestamp=moment
        )
    assert isinstance(made, bytes)  # noqa: S101 - a list only for one picture a page
    return made


@lru_cache(maxsize=1)
def compiler(process: int) -> typst.Compiler:
    """The compiler of this process: it keeps fonts and parsed templates. A forked process makes its own."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONT_PATH.parent)]
    )
    return typst.Compiler(root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)


@lru_cache(maxsize=1000)
def are_printable(signs: str) -> bool:
    """Whether the fonts have all these signs; asked of the typesetter itself."""
    try:
        as_pdf(SIGNS, {"signs": signs}, 0)
    except typst.TypstError:
        return False
    return True


def seen(data: Any) -> Any:
    """The data with its texts composed (é as one sign) and without control signs."""
    return mapped(data, lambda text: "".join(map(visible, unicodedata.normalize("NFC", text))))


def visible(sign: str) -> str:
    if sign in "\t\n\r":
        return " "
    return "" if unicodedata.category(sign) in ("Cc", "Cs") or sign == "\ufeff" else sign


def replaced(data: Any, missing: list[str]) -> Any:
    table = str.maketrans(dict.fromkeys(missing, GETA))
    return mapped(data, lambda text: text.translate(table))


def mapped(data: Any, change: Any) -> Any:
    if isinstance(data, str):
        return change(data)
    if isinstance(data, Mapping):
        return {key: mapped(value, change) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [mapped(value, change) for value in data]
    return data


def texts_in(content: Any) -> list[str]:
    found: list[str] = []
    mapped(content, lambda text: found.append(text))
    return found
