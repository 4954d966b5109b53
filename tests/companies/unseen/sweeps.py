"""Questions made from the companies themselves: each of them has to be found by parts of its own words."""

import re

from tests.companies.unseen.firms import Firm, World
from tests.companies.unseen.truth import NAMES, is_shown

CHINESE_RUN = re.compile("[一-鿿]{2,}")
GERMAN_WORD = re.compile("[A-Za-zÄÖÜäöüß]{6,}")
OF_FORMS = {"gesellschaft", "beschränkter", "haftung", "haftungsbeschränkt"}
FORMS = ("股份有限公司", "有限责任公司", "有限公司", "集团", "公司", "股份合作企业")
SPELLINGS = [{"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}, {"ä": "a", "ö": "o", "ü": "u", "ß": "ss"}]


def parts_of_chinese(firm: Firm, length: int) -> list[str]:
    """Every contiguous part of that many characters of its names and products, legal forms apart."""
    runs = [run for text in firm.of(*NAMES, "products") for run in CHINESE_RUN.findall(without_form(text))]
    return [run[start : start + length] for run in runs for start in range(len(run) - length + 1)]


def without_form(text: str) -> str:
    for form in FORMS:
        text = text.removesuffix(form)
    return text


def german_words(firm: Firm) -> list[str]:
    texts = firm.of("registered_name", "products", "short_de")
    words = [word for text in texts for word in GERMAN_WORD.findall(text) if word.lower() not in OF_FORMS]
    return words if firm.country == "DE" else []


def beginnings(firm: Firm, length: int) -> list[str]:
    return [word[:length] for word in german_words(firm)]


def spellings(firm: Firm) -> list[str]:
    """Words with an umlaut, as they are written where the keyboard has none, and in capitals."""
    words = [word for word in german_words(firm) if re.search("[äöüß]", word)]
    spelled = [word.lower().translate(str.maketrans(table)) for word in words for table in SPELLINGS]
    return spelled + [word.upper() for word in words]


def sample(world: World, parts, *, every: int) -> list[tuple[str, str]]:
    """Each so-manieth question of all companies that a member sees, with the company it was made from."""
    firms = [firm for firm in world.firms.values() if is_shown("member", firm)]
    asked = {part: firm.key for firm in firms for part in parts(firm)}
    return list(asked.items())[::every]


SWEEPS = {
    "two characters": (lambda firm: parts_of_chinese(firm, 2), 31),
    "three characters": (lambda firm: parts_of_chinese(firm, 3), 41),
    "five characters": (lambda firm: parts_of_chinese(firm, 5), 29),
    "three letters": (lambda firm: beginnings(firm, 3), 17),
    "five letters": (lambda firm: beginnings(firm, 5), 23),
    "nine letters": (lambda firm: beginnings(firm, 9), 23),
    "spellings": (spellings, 11),
}
