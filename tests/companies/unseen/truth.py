"""What is right, said without the search: which texts a company must contain, after folding of our own.

A rule is groups joined by " & ", each of them alternatives joined by " | ". An alternative in Chinese stands
anywhere in a text; one in Latin letters begins a word, or with "~" stands anywhere within one. Firms' umlauts
are read as ä, ae and a alike, and ß as ß and ss.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache

from tests.companies.unseen.firms import Firm, World

TRADITIONAL = str.maketrans(
    "廣龍騰電機動發變壓專業製與廈門腦筆記伺顯示產東網絡務聯廠車銀慶長陽島濟蘇啤藥陶瓷貿際國",
    "广龙腾电机动发变压专业制与厦门脑笔记伺显示产东网络务联厂车银庆长阳岛济苏啤药陶瓷贸际国",
)
SPELLED = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
BARE = {"ä": "a", "ö": "o", "ü": "u", "ß": "ss"}
NAMES = "registered_name", "latin_name", "name_zh", "name_de", "name_en"
WORDS = (
    *NAMES,
    "products",
    "certificates",
    "short_zh",
    "short_de",
    "short_en",
    "long_zh",
    "long_de",
    "long_en",
)
BESIDE = "address", "website", "register_number"
SIZES = {"micro": (0, 9), "small": (10, 49), "medium": (50, 249), "large": (250, 999)}
SIZES["very_large"] = (1000, 10**9)


@dataclass(frozen=True)
class Question:
    """What is asked for, and the rule of what is right."""

    kind: str
    q: str
    must: str = ""
    """The rule for companies that have to be found."""
    may: str = ""
    """A wider rule for companies that may be found too; the first one holds as well."""
    keys: frozenset[str] | None = None
    """Instead of a rule: exactly these."""
    names_only: bool = False
    who: str = "member"
    wanted: dict = field(default_factory=dict)
    exact: bool = False
    """Nothing else may be found at all."""


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().replace("’", "'").translate(TRADITIONAL)


def readings(texts: list[str]) -> str:
    """All texts in each reading of their umlauts, a line for each."""
    folded = fold("\n".join(texts))
    return "\n".join(folded.translate(str.maketrans(table)) for table in ({}, SPELLED, BARE))


@cache
def beginning(needle: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9äöüßéè]){re.escape(needle)}")


def is_latin(text: str) -> bool:
    return re.search("[㐀-鿿]", text) is None


def stands_in(needle: str, text: str, *, anywhere: bool) -> bool:
    within = anywhere or needle.startswith("~") or not is_latin(needle)
    needle = needle.removeprefix("~")
    return needle in text and (within or beginning(needle).search(text) is not None)


def holds(rule: str, text: str, *, anywhere: bool = False) -> bool:
    return all(
        any(stands_in(needle.strip(), text, anywhere=anywhere) for needle in group.split(" | "))
        for group in rule.split(" & ")
    )


def read(firm: Firm) -> dict[str, str]:
    """What stands in a company's names, in all that it is found by, and beside that."""
    if not firm.read:
        words = [*firm.of(*WORDS), *firm.city_names, *firm.labels]
        beside = [*firm.of(*BESIDE), *firm.wider_labels]
        texts = {"names": firm.of(*NAMES), "words": words, "everything": words + beside}
        firm.read.update({name: readings(text) for name, text in texts.items()})
    return firm.read


def is_right(question: Question, firm: Firm) -> bool:
    if question.keys is not None:
        return firm.key in question.keys
    text = read(firm)["names" if question.names_only else "words"]
    return not question.must or holds(question.must, text)


def is_allowed(question: Question, firm: Firm) -> bool:
    if is_right(question, firm):
        return True
    rules = [rule for rule in (question.may, question.must) if rule]
    return any(holds(rule, read(firm)["everything"], anywhere=not question.exact) for rule in rules)


def is_shown(who: str, firm: Firm) -> bool:
    """What each person may see: see `sight` beside the asking."""
    state, visibility = firm.values.get("state", "published"), firm.values["visibility"]
    own = {"aachen": "Aachen", "foshan": "Foshan"}.get(who)
    if who == "secretariat" or firm.city == own:
        return True
    seen = {"visitor": ["public"]}.get(who, ["public", "members"])
    return state in ("published", "stale") and visibility in seen


def is_wanted(wanted: dict, firm: Firm) -> bool:
    checks = {
        "country": lambda value: firm.country == value,
        "cities": lambda value: firm.city in value,
        "industry": lambda value: in_industry(firm, value),
        "sizes": lambda value: any(in_size(firm, size) for size in value),
        "forms": lambda value: bool(set(value) & set(firm.values.get("cooperation_forms", []))),
        "states": lambda value: firm.values.get("state", "published") in value,
        "freshness": lambda value: firm.key in {"stale": STALE, "expiring": EXPIRING}[value],
    }
    return all(checks[name](value) for name, value in wanted.items())


STALE = {"stalecn1", "stalecn2", "stalede1", "stalede2"}
EXPIRING = {"expcn1", "expcn2", "expde1"}
SECTIONS = {"C": range(10, 34), "K": range(64, 67), "H": range(49, 54), "J": range(58, 64)}


def in_industry(firm: Firm, code: str) -> bool:
    if code in SECTIONS:
        return int(firm.isic[:2]) in SECTIONS[code]
    return firm.isic.startswith(code)


def in_size(firm: Firm, size: str) -> bool:
    low, high = SIZES[size]
    employees = firm.values.get("employees")
    return employees is not None and low <= employees <= high


def expected(question: Question, world: World) -> set[str]:
    return {key for key, firm in reachable(question, world).items() if is_right(question, firm)}


def allowed(question: Question, world: World) -> set[str]:
    return {key for key, firm in reachable(question, world).items() if is_allowed(question, firm)}


def reachable(question: Question, world: World) -> dict[str, Firm]:
    return {
        key: firm
        for key, firm in world.firms.items()
        if is_shown(question.who, firm) and is_wanted(question.wanted, firm)
    }
