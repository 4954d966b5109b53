"""Reading ISIC Rev. 4 in bulk: what stands above a code, and under which words it is found.

Read once in each process: industries change with releases, and a label corrected in the administration is
used for searching after the next start.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from cities.models import Industry
from cities.states import TextLanguage


@dataclass(frozen=True)
class Entry:
    """One industry as it is kept in memory."""

    code: str
    level: str
    parent: str
    labels: Mapping[str, str]


@cache
def catalogue() -> Mapping[str, Entry]:
    """All industries by code, a section before its divisions and so on down."""
    rows = Industry.objects.values_list("code", "level", "parent__code", "name_zh", "name_de", "name_en")
    entries = (
        Entry(code, level, parent or "", MappingProxyType({"zh": zh, "de": de, "en": en}))
        for code, level, parent, zh, de, en in rows
    )
    return MappingProxyType({entry.code: entry for entry in entries})


def ancestors(code: str) -> tuple[str, ...]:
    """The codes above this one, from the section down; `ancestors("2393") == ("C", "23", "239")`."""
    above = catalogue()[code].parent
    return (*ancestors(above), above) if above else ()


def labels_of(code: str) -> dict[str, str]:
    """The label of an industry by language: zh, de, en."""
    return dict(catalogue()[code].labels)


@cache
def label_texts() -> Mapping[str, tuple[str, ...]]:
    """For each code the labels under which a company of that industry is found, in three languages.

    They are its own and those of the groups and divisions above it; a section says too little.
    """
    return MappingProxyType({code: tuple(texts_of(code)) for code in catalogue()})


def texts_of(code: str) -> dict[str, None]:
    """The labels of an industry and of what stands above it, each once, the broadest first."""
    path = [above for above in ancestors(code) if catalogue()[above].parent] + [code]
    return dict.fromkeys(
        catalogue()[one].labels[language] for one in path for language in TextLanguage.values
    )
