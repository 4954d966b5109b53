"""Names of companies: how they are sorted, and the keys under which two spellings of one name meet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from alliance.search.folding import is_unspaced, words_of
from alliance.search.legal_forms import without_chinese_form, without_latin_form
from alliance.search.readings import pinyin
from alliance.search.tokens import canonical, plain

LONGEST = 300
_CONNECTING = {"und", "and", "the", "der", "die", "das"}
_PROVINCE = re.compile("^[\u4e00-\u9fff]{2,6}?(?:省|自治区)(?=[\u4e00-\u9fff]{3})")
_PLACE = re.compile("^[\u4e00-\u9fff]{2,7}?(?:(?<![城都超夜门股集])市|区|县)(?=[\u4e00-\u9fff]{3})")
_TYPE_OF_PLACE = re.compile("(?<=^[\u4e00-\u9fff]{2})市|(?<=^[\u4e00-\u9fff]{3})市")


def sort_name(names: Sequence[str]) -> str:
    """The first name as it is sorted: folded, Chinese by its pinyin."""
    return _sorted_as(next((name for name in names if name), ""))


@lru_cache(maxsize=20_000)
def _sorted_as(name: str) -> str:
    words = words_of(plain(name))
    return " ".join(" ".join(pinyin(word)) if is_unspaced(word) else word for word in words)[:LONGEST]


def name_keys(names: Sequence[str]) -> list[str]:
    """The keys of all names of a company; one key in common speaks for a duplicate.

    佛山市东方陶瓷有限公司 meets 东方陶瓷 and "Foshan Dongfang Taoci Co., Ltd.".
    """
    return sorted({key for name in names if name for key in keys_of(name)})


@lru_cache(maxsize=20_000)
def keys_of(name: str) -> tuple[str, ...]:
    words = words_of(plain(name))
    folded = " ".join(word for word in words if word not in _CONNECTING)
    kept = without_chinese_form(without_latin_form(folded)) or folded
    if not any(map(is_unspaced, words)):
        return _as_keys([kept])
    chinese = _PROVINCE.sub("", kept.replace(" ", ""))
    short = _PLACE.sub("", chinese)
    whole = _TYPE_OF_PLACE.sub("", chinese)
    return _as_keys([whole, short, "".join(pinyin(whole)), "".join(pinyin(short))])


def _as_keys(texts: Sequence[str]) -> tuple[str, ...]:
    keys = (canonical_key(text.replace(" ", "")) for text in texts)
    return tuple(dict.fromkeys(filter(None, keys)))


def canonical_key(text: str) -> str:
    return canonical(text[:LONGEST]) if len(text) <= 60 else _long(text)


def _long(text: str) -> str:
    return "".join(canonical(text[at : at + 60]) for at in range(0, min(len(text), LONGEST), 60))
