"""A question with everything that belongs to it: filters, who asks, on which day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from alliance.search.folding import folded_words
from alliance.search.questions import Part, parts
from companies.actions import expanding
from companies.querysets.lexemes import all_of, filters, validity, wide
from companies.querysets.sight import Sight
from companies.querysets.tiers import ANYWHERE, MISTYPED, NAME_AND_CITY, NOTHING, RELATED, Known, Tier
from companies.querysets.wanted import Wanted
from companies.querysets.windows import NOTHING_KNOWN, Asked, Size


@dataclass
class Inquiry:
    """What somebody asks of the company database."""

    q: str
    wanted: Wanted
    sight: Sight
    day: date
    slips: bool = False
    """Whether nothing was found for it as it was typed."""
    everything: Size = NOTHING_KNOWN

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return parts(self.q)

    def with_slips(self) -> Inquiry:
        """The same, asked for as it may have been meant; what is known of it stays known."""
        other = replace(self, slips=True)
        known = {"parts", "filters", "named", "related"}
        other.__dict__.update({name: value for name, value in self.__dict__.items() if name in known})
        return other

    @cached_property
    def filters(self) -> str:
        """The filters; a question without any letter or digit finds nothing."""
        nothing = NOTHING if self.q.strip() and not folded_words(self.q) else ""
        return all_of([nothing, filters(self.wanted, self.day)])

    @cached_property
    def named(self) -> Known:
        return expanding.named(self.parts)

    @cached_property
    def related(self) -> Known:
        return expanding.related(self.parts, self.named)

    @cached_property
    def mistyped(self) -> Known:
        return expanding.mistyped(self.parts, self.related)

    def words(self, tier: int) -> str:
        """What a tier looks for; the one after it finds the same and more."""
        return Tier(tier, self.known(tier), names_only=tier == NAME_AND_CITY).query(self.parts)

    def known(self, tier: int) -> Known:
        return {RELATED: self.related, MISTYPED: self.mistyped}[tier] if tier >= RELATED else self.named

    def in_names(self, tier: int) -> str:
        """What the tier finds in names and cities."""
        return Tier(tier, self.known(tier), names_only=True).query(self.parts)

    def tiers(self) -> list[int]:
        if not self.parts:
            return [ANYWHERE]
        return [MISTYPED] if self.slips else [NAME_AND_CITY, ANYWHERE, RELATED]

    def asked(self, tier: int) -> Asked:
        """What this tier finds and the one before it did not, names first."""
        if not self.parts:
            return self._asked("")
        before = f" & !({self.words(tier - 1)})" if NAME_AND_CITY < tier < MISTYPED else ""
        first = (self.in_names(tier),) if tier > ANYWHERE else ()
        return self._asked(f"({self.words(tier)}){before}", first, self.expected(tier))

    @cached_property
    def anywhere(self) -> Asked:
        """What has the words as they were typed."""
        return self._asked(f"({self.words(ANYWHERE)})", (), self.expected(ANYWHERE))

    @cached_property
    def whole(self) -> Asked:
        """Everything that any tier finds, in their order."""
        if self.slips or not self.parts:
            return self.asked(MISTYPED)
        first = self.words(NAME_AND_CITY), self.words(ANYWHERE), self.in_names(RELATED)
        return self._asked(f"({self.words(RELATED)})", first)

    def expected(self, tier: int) -> int | None:
        return Tier(tier, self.named).expected(self.parts) if tier <= ANYWHERE else None

    def _asked(self, words: str, first: tuple[str, ...] = (), expected: int | None = None) -> Asked:
        valid, days = validity(self.wanted.freshness, self.day)
        query = all_of([words, self.filters])
        return Asked(query, wide(self.wanted, self.sight), valid, tuple(days), first, expected)
