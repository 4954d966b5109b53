"""The consent rule as pure functions, without database or clock (docs/consent.md).

The deadline and the moment are handed in; words come in the language of whoever reads them.
"""

from membership.consent.electorate import Answer, Electorate, Member, Position, positions
from membership.consent.explanations import EXPLANATIONS
from membership.consent.outcomes import (
    Outcome,
    early_close_hindrances,
    may_close_early,
    missing,
    outcome,
)
from membership.consent.reasons import Reason, sentences
from membership.consent.rules import (
    ALLOWED_SILENCES,
    InvalidRule,
    Result,
    Rule,
    Side,
    Silence,
    Threshold,
    check_pair,
)
from membership.consent.shipped import SHIPPED_RULES, ShippedRule, Visibility
from membership.consent.tallies import Tally
from membership.consent.words import Missing

__all__ = [
    "ALLOWED_SILENCES",
    "EXPLANATIONS",
    "SHIPPED_RULES",
    "Answer",
    "Electorate",
    "InvalidRule",
    "Member",
    "Missing",
    "Outcome",
    "Position",
    "Reason",
    "Result",
    "Rule",
    "ShippedRule",
    "Side",
    "Silence",
    "Tally",
    "Threshold",
    "Visibility",
    "check_pair",
    "early_close_hindrances",
    "may_close_early",
    "missing",
    "outcome",
    "positions",
    "sentences",
]
