"""What somebody asks the company database for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    """The filters beside the words; empty means anything. Several of one kind: any of them will do."""

    country: str = ""
    cities: tuple[int, ...] = ()
    industry: str = ""
    """The code of any level: a section such as C, a division, a group or a class."""
    sizes: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    direction: str = ""
    freshness: str = ""
    """One of `Freshness`."""
    states: tuple[str, ...] = ()
