"""Names of companies: how they are sorted, and the keys under which two spellings of one name meet."""

from __future__ import annotations

from collections.abc import Sequence

from pypinyin import lazy_pinyin

from alliance.search.folding import fold


def sort_name(names: Sequence[str]) -> str:
    """The first name as it is sorted: folded, Chinese by its pinyin."""
    return fold(" ".join(lazy_pinyin(next((name for name in names if name), ""))))[:300]


def name_keys(names: Sequence[str]) -> list[str]:
    """The keys of all names of a company, without legal forms; one key in common speaks for a duplicate."""
    return sorted({key for name in names if name and (key := fold(name))})
