"""Names of companies: how they are sorted, and the keys under which two spellings of one name meet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from alliance.search.folding import is_unspaced
from alliance.search.legal_forms import without_chinese_form, words_without_form
from alliance.search.readings import pinyin
from alliance.search.tokens import canonical, words_in

LONGEST = 300
_CONNECTING = {"und", "and", "the", "der", "die", "das"}
_PROVINCE = re.compile("^[\u4e00-\u9fff]{2,6}?(?:省|自治区)(?=[\u4e00-\u9fff]{3})")
_PLACE = re.compile("^[\u4e00-\u9fff]{2,7}?(?:(?<![城都超夜门股集])市|区|县)(?=[\u4e00-\u9fff]{3})")
_TYPE_OF_PLACE = re.compile("(?<=^[\u4e00-\u9fff]{2})市|(?<=^[\u4e00-\u9fff]{3})市")


def sort_name(names: Sequence[str]) -> str:
    """The first name as it is sorted: folded, Chinese by its pinyin."""
    words = words_in(next((name for name in names if name), ""))
    folded = " ".join(words)
    if not folded.isascii():
        folded = " ".join(" ".join(pinyin(word)) if is_unspaced(word) else word for word in words)
    return folded[:LONGEST]


def name_keys(names: Sequence[str]) -> list[str]:
    """The keys of all names of a company; one key in common speaks for a duplicate.

    佛山市东方陶瓷有限公司 meets 东方陶瓷 and "Foshan Dongfang Taoci Co., Ltd.".
    """
    return sorted({key for name in dict.fromkeys(names) if name for key in keys_of(name)})


def keys_of(name: str) -> tuple[str, ...]:
    words = words_in(name)
    kept = words_without_form([word for word in words if word not in _CONNECTING])
    joined = "".join(kept)
    if kept and joined.isascii():
        return (canonical_key(joined),)
    chinese = without_chinese_form(" ".join(kept)).replace(" ", "")
    chinese = _PROVINCE.sub("", chinese or "".join(word for word in words if word not in _CONNECTING))
    short = _PLACE.sub("", chinese)
    whole = _TYPE_OF_PLACE.sub("", chinese)
    named = [whole] if whole == short else [whole, short]
    return _as_keys([*named, *("".join(pinyin(one)) for one in named)])


def _as_keys(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(canonical_key(text) for text in texts if text))


def canonical_key(text: str) -> str:
    return _canonical(text) if len(text) <= 60 else _long(text)


def _long(text: str) -> str:
    return "".join(_canonical(text[at : at + 60]) for at in range(0, min(len(text), LONGEST), 60))


def _canonical(word: str) -> str:
    """As `canonical` has it, but remembered only where there is something to do."""
    return canonical(word) if "ae" in word or "oe" in word or "ue" in word else word
