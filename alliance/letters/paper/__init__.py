"""Paper: letters and records as PDF on the alliance's letterhead, set by typst."""

from alliance.letters.paper.sheets import Fact, Section, Sheet
from alliance.letters.paper.typesetting import typeset, unprintable

__all__ = ["Fact", "Section", "Sheet", "typeset", "unprintable"]
