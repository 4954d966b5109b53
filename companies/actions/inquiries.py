"""A question with everything that belongs to it: filters, who asks, on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from alliance.search.folding import folded_words
from alliance.search.questions import Part, parts
from companies.actions import expanding
from companies.querysets.lexemes import all_of, filters, validity
from companies.querysets.sight import Sight
from companies.querysets.tiers import ANYWHERE, MISTYPED, NAME_AND_CITY, NOTHING, RELATED, Known, query
from companies.querysets.wanted import Wanted
from companies.querysets.windows import Asked


@dataclass
class Inquiry:
    """What somebody asks of the company database."""

    q: str
    wanted: Wanted
    sight: Sight
    day: date
    slips: bool = False
    """Whether nothing was found for it as it was typed."""

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return parts(self.q)

    @cached_property
    def filters(self) -> str:
        """The filters; a question without any letter or digit finds nothing."""
        nothing = NOTHING if self.q.strip() and not folded_words(self.q) else ""
        return all_of([nothing, filters(self.wanted, self.sight, self.day)])

    @cached_property
    def named(self) -> Known:
        return expanding.named(self.parts)

    @cached_property
    def related(self) -> Known:
        return expanding.related(self.parts, self.named)

    @cached_property
    def mistyped(self) -> Known:
        return expanding.mistyped(self.parts, self.related)

    def known(self, tier: int) -> Known:
        return {RELATED: self.related, MISTYPED: self.mistyped}[tier] if tier >= RELATED else self.named

    def words(self, tier: int) -> str:
        return query(self.parts, self.known(tier), tier)

    @property
    def last(self) -> int:
        return MISTYPED if self.slips else RELATED

    def tiers(self) -> list[int]:
        """The tiers to be asked, in order; a list without a question has only one."""
        if not self.parts:
            return [ANYWHERE]
        return [MISTYPED] if self.slips else [NAME_AND_CITY, ANYWHERE, RELATED]

    def asked(self, tier: int) -> Asked:
        """What this tier finds and the one before it did not, names first."""
        if not self.parts:
            return self._asked("")
        words = self.words(tier)
        before = self.words(tier - 1) if NAME_AND_CITY < tier < MISTYPED else ""
        first = query(self.parts, self.known(tier), NAME_AND_CITY) if tier > ANYWHERE else ""
        return self._asked(f"({words})" + (f" & !({before})" if before else ""), first)

    @cached_property
    def whole(self) -> Asked:
        """Everything that any tier finds."""
        return self._asked(f"({self.words(self.last)})" if self.parts else "")

    def _asked(self, words: str, first: str = "") -> Asked:
        valid, days = validity(self.wanted.freshness, self.day)
        return Asked(all_of([words, self.filters]), valid, tuple(days), first)
