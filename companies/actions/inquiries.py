"""A question with everything that belongs to it: filters, who asks, on which day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from alliance.search.folding import folded_words
from alliance.search.questions import Part, parts
from companies.actions import expanding
from companies.querysets.asked import Asked
from companies.querysets.lexemes import all_of, filters, validity, wide
from companies.querysets.sight import Sight
from companies.querysets.tiers import ANYWHERE, MISTYPED, NAME_AND_CITY, NOTHING, RELATED, Known, Tier
from companies.querysets.wanted import Wanted


@dataclass
class Inquiry:
    """What somebody asks of the company database."""

    q: str
    wanted: Wanted
    sight: Sight
    day: date
    slips: bool = False
    """Whether nothing was found for it as it was typed."""
    highest: int = 0
    """The highest number of a company."""

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
    def filters(self) -> list[str]:
        """The filters; a question without any letter or digit finds nothing."""
        nothing = [NOTHING] if self.q.strip() and not folded_words(self.q) else []
        return [*nothing, *filters(self.wanted, self.day)]

    @cached_property
    def named(self) -> Known:
        return expanding.named(self.parts)

    @cached_property
    def related(self) -> Known:
        return expanding.related(self.parts, self.named)

    @cached_property
    def mistyped(self) -> Known:
        return expanding.mistyped(self.parts, self.related)

    def words(self, tier: int) -> list[str]:
        """What a tier looks for; the one after it finds the same and more."""
        return self.tier(tier, names_only=tier == NAME_AND_CITY, industries=tier >= RELATED)

    def tier(self, tier: int, **narrowed: bool) -> list[str]:
        return Tier(tier, self.known(tier), **narrowed).queries(self.parts)

    def known(self, tier: int) -> Known:
        if tier == MISTYPED:
            return self.mistyped
        return self.related if tier == RELATED else self.named

    def order(self, tier: int) -> tuple[str, ...]:
        """In which order the answers of a tier are shown: names, texts, what is only read so, industries."""
        if tier <= ANYWHERE:
            return ()
        ways = (
            self.tier(tier, names_only=True, readings=False),
            self.tier(tier, readings=False),
            self.tier(tier, names_only=True),
            self.tier(ANYWHERE, industries=True),
        )
        return tuple(dict.fromkeys(map(all_of, ways)))

    def tiers(self) -> list[int]:
        if not self.parts:
            return [ANYWHERE]
        return [MISTYPED] if self.slips else [NAME_AND_CITY, ANYWHERE, RELATED]

    def asked(self, tier: int) -> Asked:
        """What this tier finds and the one before it did not."""
        if not self.parts:
            return self._asked([])
        before = [f"!({all_of(self.words(tier - 1))})"] if NAME_AND_CITY < tier < MISTYPED else []
        within = self.whole if tier < MISTYPED else None
        return replace(self._asked([*self.words(tier), *before], self.order(tier)), within=within)

    @cached_property
    def whole(self) -> Asked:
        """Everything that any tier finds, in their order."""
        if self.slips or not self.parts:
            return self.asked(MISTYPED)
        first = (all_of(self.words(tier)) for tier in (NAME_AND_CITY, ANYWHERE))
        return self._asked(self.words(RELATED), (*first, *self.order(RELATED)))

    def _asked(self, words: list[str], first: tuple[str, ...] = ()) -> Asked:
        valid, days = validity(self.wanted.freshness, self.day)
        query = (*words, *self.filters)
        return Asked(query, tuple(wide(self.wanted, self.sight)), valid, tuple(days), first, self.highest)
