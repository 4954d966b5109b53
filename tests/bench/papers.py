"""What a letter costs as PDF: two pages, with the compiler that is kept and with a fresh one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from time import process_time

from django.utils.translation import override

from alliance.letters.paper import Fact, Section, Sheet, typeset
from alliance.letters.paper.typesetting import compiler

AT = datetime(2017, 1, 29, 2, 0, tzinfo=UTC)
AIM_MS = 15
ROUNDS = 40
FRESH_ROUNDS = 3
TEXTS = {
    "en": "The city has applied for membership; its application describes economy, industry and cooperation.",
    "de": "Die Stadt hat die Mitgliedschaft beantragt; der Antrag beschreibt Wirtschaftskraft und Industrie.",
    "zh-hans": "该市已申请加入联盟，申请包括经济关键数据、产业特点、现有合作和合作意向，全文请见通函。",
}


@dataclass(frozen=True)
class Paper:
    """A language with the processor time of a letter in it, in ms, and how large it is."""

    language: str
    kept: float
    fresh: float
    size: int


def measure() -> list[Paper]:
    return [measured(language) for language in TEXTS]


def measured(language: str) -> Paper:
    size = len(letter(language, 0))
    kept = median(seconds(language, number) for number in range(1, ROUNDS))
    fresh = median(seconds(language, number, fresh=True) for number in range(FRESH_ROUNDS))
    return Paper(language, kept * 1000, fresh * 1000, size)


def seconds(language: str, number: int, *, fresh: bool = False) -> float:
    if fresh:
        compiler.cache_clear()
    begin = process_time()
    letter(language, number)
    return process_time() - begin


def letter(language: str, number: int) -> bytes:
    """A letter that was never set before: each has its own number."""
    paragraph = f"{TEXTS[language]} " * 4
    seal = "0123456789abcdef" * 4
    facts = [Fact(f"No. {row}", [paragraph[:100]]) for row in range(8)]
    sections = [Section("1", facts=facts), Section("2", facts=[Fact("SHA-256", [seal], mono=True)])]
    text = "\n\n".join([paragraph] * 5)
    with override(language):
        sheet = Sheet(
            f"{number}: {TEXTS[language][:40]}", text, sections=sections, seal="0123456789abcdef" * 4
        )
        return typeset("letter", sheet.as_data(), at=AT)
