"""Legal forms in both scripts: they stand in a company's name, and nobody looks for them."""

import re
from collections.abc import Collection

# As folded words; the longer form stands before the shorter one that it begins with.
_LATIN = (
    "gesellschaft mit beschrankter haftung|haftungsbeschrankt|aktiengesellschaft|kommanditgesellschaft"
    "|gmbh|ggmbh|mbh|kgaa|kg|ag|ug|ohg|gbr|partg|partgmbb|se|e k|ek|e kfm|e kfr|e v|ev|e g|eg"
    "|co|cie|ltd|limited|inc|incorporated|corp|corporation|company|llc|llp|plc"
)
_OF_ONE_WORD = frozenset(form for form in _LATIN.split("|") if " " not in form)
_FIRST_OF_SEVERAL = frozenset(form.split()[0] for form in _LATIN.split("|") if " " in form)
_LATIN_FORM = re.compile(f"(?<![^ ])(?:{_LATIN})(?![^ ])")
_CHINESE_FORM = re.compile(
    "有限责任公司|股份有限公司|有限公司|总公司|分公司|公司|个人独资企业|股份合作企业|有限合伙企业|普通合伙企业|合伙企业"
)
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


def begins_a_form(word: str) -> bool:
    """Whether somebody may be typing a legal form: "gm", "gmb"."""
    return word in _STARTS
