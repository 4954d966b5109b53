"""Legal forms in both scripts: they stand in a company's name, and nobody looks for them."""

import re

# As folded words; the longer form stands before the shorter one that it begins with.
_LATIN = (
    "gesellschaft mit beschrankter haftung|haftungsbeschrankt|aktiengesellschaft|kommanditgesellschaft"
    "|gmbh|ggmbh|mbh|kgaa|kg|ag|ug|ohg|gbr|partg|partgmbb|se|e k|ek|e kfm|e kfr|e v|ev|e g|eg"
    "|co|cie|ltd|limited|inc|incorporated|corp|corporation|company|llc|llp|plc"
)
_LATIN_FORM = re.compile(f"(?<![^ ])(?:{_LATIN})(?![^ ])")
_CHINESE_FORM = re.compile(
    "有限责任公司|股份有限公司|有限公司|总公司|分公司|公司|个人独资企业|股份合作企业|有限合伙企业|普通合伙企业|合伙企业"
)
_STARTS = {word[:length] for word in _LATIN.split("|") for length in range(2, len(word))}


def without_latin_form(folded: str) -> str:
    """Folded Latin words without those of a legal form: "muller gmbh co kg" → "muller"."""
    return " ".join(_LATIN_FORM.sub(" ", folded).split())


def without_chinese_form(folded: str) -> str:
    """A folded Chinese name without its legal form, with a blank where it stood."""
    return " ".join(_CHINESE_FORM.sub(" ", folded).split())


def begins_a_form(word: str) -> bool:
    """Whether somebody may be typing a legal form: "gm", "gmb"."""
    return word in _STARTS
