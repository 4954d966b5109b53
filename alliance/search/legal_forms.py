"""Legal forms in both scripts: they stand in a company's name, and nobody looks for them."""

import re
from collections.abc import Collection

from pypinyin.constants import PHRASES_DICT

# As folded words; the longer form stands before the shorter one that it begins with.
_LATIN = (
    "gesellschaft mit beschrankter haftung|haftungsbeschrankt|aktiengesellschaft|kommanditgesellschaft"
    "|gmbh|ggmbh|mbh|kgaa|kg|ag|ug|ohg|gbr|partg|partgmbb|se|e k|ek|e kfm|e kfr|e v|ev|e g|eg"
    "|co|cie|ltd|limited|inc|incorporated|corp|corporation|company|llc|llp|plc"
    "|gufen youxian gongsi|youxian zeren gongsi|youxian gongsi|youxiangongsi|gongsi"
)
_OF_ONE_WORD = frozenset(form for form in _LATIN.split("|") if " " not in form)
_FIRST_OF_SEVERAL = frozenset(form.split()[0] for form in _LATIN.split("|") if " " in form)
_LATIN_FORM = re.compile(f"(?<![^ ])(?:{_LATIN})(?![^ ])")
_CHINESE_FORM = re.compile(
    "有限责任公司|股份有限公司|有限公司|总公司|分公司|公司|个人独资企业|股份合作企业|有限合伙企业|普通合伙企业|合伙企业"
)
_FORMS_OF_COMPANIES = "有限责任公司", "股份有限公司", "总公司", "分公司"
_PAIRS = {form[at : at + 2] for form in _FORMS_OF_COMPANIES for at in range(len(form) - 1)}
_FIRST_CHARACTERS = {form[0] for form in (*_FORMS_OF_COMPANIES, "公司")}
_ALSO_A_WORD = "责任"
_STARTS = {word[:length] for word in _LATIN.split("|") for length in range(2, len(word))}


def without_latin_form(folded: str) -> str:
    """Folded Latin words without those of a legal form: "muller gmbh co kg" → "muller"."""
    return " ".join(words_without_form(folded.split()))


def words_without_form(words: Collection[str]) -> list[str]:
    """The same word by word; only where a form of several words may begin the text is searched."""
    if _FIRST_OF_SEVERAL.isdisjoint(words):
        return [word for word in words if word not in _OF_ONE_WORD]
    return _LATIN_FORM.sub(" ", " ".join(words)).split()


def without_chinese_form(folded: str) -> str:
    """A folded Chinese name without its legal form, with a blank where it stood."""
    return " ".join(_CHINESE_FORM.sub(" ", folded).split())


def places_without_form(run: str) -> list[tuple[int, str]]:
    """The pairs of characters of Chinese and where they stand, but for those within a legal form.

    The last character follows alone, unless a legal form ends there.
    """
    spans = [found.span() for found in _CHINESE_FORM.finditer(run)]
    places = (at for at in range(len(run)) if not any(begin <= at < end - 1 for begin, end in spans))
    kept = [(at, run[at : at + 2]) for at in places]
    return kept[:-1] if spans and spans[-1][1] == len(run) else kept


def pairs_without_form(run: str) -> list[str]:
    return [pair for _, pair in places_without_form(run)]


def is_part_of_form(run: str) -> bool:
    """Whether somebody has typed only a part of a Chinese legal form: 有限, 责任公司."""
    return len(run) > 1 and run != _ALSO_A_WORD and any(run in form for form in _FORMS_OF_COMPANIES)


def is_pair_of_form(pair: str) -> bool:
    return pair in _PAIRS


def joins_a_form(pair: str) -> bool:
    """Whether the pair is no word, but the end of one and the beginning of a legal form: 瓷有."""
    return pair[1:] in _FIRST_CHARACTERS and pair not in PHRASES_DICT


def begins_a_form(word: str) -> bool:
    """Whether somebody may be typing a legal form: "gm", "gmb"."""
    return word in _STARTS
