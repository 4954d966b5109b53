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
from companies.querysets.tiers import ANYWHERE, MISTYPED, NAME_AND_CITY, NOTHING, RELATED, Known, Tier
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

    @cached_property
    def words(self) -> dict[int, str]:
        """What each tier looks for; the one after it finds the same and more."""
        if self.slips:
            return {MISTYPED: Tier(MISTYPED, self.mistyped).query(self.parts)}
        return {
            NAME_AND_CITY: Tier(NAME_AND_CITY, self.named, names_only=True).query(self.parts),
            ANYWHERE: Tier(ANYWHERE, self.named).query(self.parts),
            RELATED: Tier(RELATED, self.related).query(self.parts),
        }

    def in_names(self, tier: int) -> str:
        known = self.mistyped if tier == MISTYPED else self.related
        return Tier(tier, known, names_only=True).query(self.parts)

    def tiers(self) -> list[int]:
        """The tiers that find something of their own."""
        seen: dict[str, int] = {}
        for tier, words in self.words.items():
            seen.setdefault(words, tier)
        return list(seen.values()) if self.parts else [ANYWHERE]

    def asked(self, tier: int) -> Asked:
        """What this tier finds and the one before it did not, names first."""
        if not self.parts:
            return self._asked("")
        before = f" & !({self.words[tier - 1]})" if tier - 1 in self.words else ""
        first = (self.in_names(tier),) if tier > ANYWHERE else ()
        return self._asked(f"({self.words[tier]}){before}", first)

    @cached_property
    def whole(self) -> Asked:
        """Everything that any tier finds, in their order."""
        if self.slips or not self.parts:
            return self.asked(MISTYPED)
        first = self.words[NAME_AND_CITY], self.words[ANYWHERE], self.in_names(RELATED)
        return self._asked(f"({self.words[RELATED]})", first)

    def _asked(self, words: str, first: tuple[str, ...] = ()) -> Asked:
        valid, days = validity(self.wanted.freshness, self.day)
        return Asked(all_of([words, self.filters]), valid, tuple(days), first)
