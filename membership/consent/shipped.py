"""The four rules every alliance starts with (docs/consent.md, "Shipped rules")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from membership.consent.rules import TWO_THIRDS, Rule, Silence, Threshold


class Visibility(StrEnum):
    """Who sees the answers before the circular closes."""

    SECRETARIAT = "secretariat"
    MEMBERS = "members"


@dataclass(frozen=True)
class ShippedRule:
    """A consent rule as delivered; the secretariat may add versions and rules of its own."""

    key: str
    names: Mapping[str, str]
    threshold: Threshold
    silence: Silence
    period_days: int
    quorum_percent: int = 0
    share: Fraction = TWO_THIRDS
    share_cn: Fraction = TWO_THIRDS
    share_de: Fraction = TWO_THIRDS
    early_close: bool = False
    visibility: Visibility = Visibility.MEMBERS
    zone: str = "Asia/Shanghai"
    reminder_days: tuple[int, ...] = (14, 3)
    wait_days: int = 0
    is_default: bool = False

    @property
    def rule(self) -> Rule:
        """The part of it that the outcome depends on."""
        return Rule(
            threshold=self.threshold,
            silence=self.silence,
            quorum_percent=self.quorum_percent,
            share=self.share,
            share_cn=self.share_cn,
            share_de=self.share_de,
            early_close=self.early_close,
        )


SHIPPED_RULES: tuple[ShippedRule, ...] = (
    ShippedRule(
        key="all-expressly",
        names={
            "en": "All members consent expressly",
            "de": "Alle Mitglieder stimmen ausdrücklich zu",
            "zh-hans": "全体成员明示同意",
        },
        threshold=Threshold.ALL_EXPRESSLY,
        silence=Silence.BLOCKS,
        period_days=42,
        is_default=True,
    ),
    ShippedRule(
        key="silence-procedure",
        names={"en": "Silence procedure", "de": "Schweigeverfahren", "zh-hans": "默示同意程序"},
        threshold=Threshold.NO_OBJECTION,
        silence=Silence.CONSENT,
        period_days=28,
    ),
    ShippedRule(
        key="two-thirds",
        names={
            "en": "Two thirds of answers",
            "de": "Zwei Drittel der Antworten",
            "zh-hans": "答复的三分之二同意",
        },
        threshold=Threshold.SHARE,
        silence=Silence.IGNORED,
        quorum_percent=50,
        period_days=42,
    ),
    ShippedRule(
        key="both-sides",
        names={"en": "Both sides", "de": "Beide Seiten", "zh-hans": "中德双方同意"},
        threshold=Threshold.BOTH_SIDES,
        silence=Silence.IGNORED,
        quorum_percent=50,
        period_days=42,
    ),
)
