"""Finding an industry by what somebody types: a code, or words of its label in any of the three languages."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache, reduce
from operator import and_

from django.db.models import Q

from alliance.search import fold, matches, query_terms
from alliance.search.folding import is_unspaced
from cities.actions.classifications import normal_code
from cities.models import Industry
from cities.states import IndustryLevel, TextLanguage

LONGEST = 200  # characters of a question
MOST = 20  # industries offered at once
FEW = 5  # with fewer than these, words are also tried without their endings
_CODE = re.compile(r"([A-Za-z](?=[\s.]*[0-9]))?[\s.]*([0-9][0-9. ]*)|[A-Za-z]\b")
_folded = lru_cache(maxsize=4096)(fold)


def find(q: str, *, most: int = MOST) -> list[Industry]:
    """The industries that may be meant, likeliest first.

    By code; by the beginnings of words; inside words (Maschinen in Werkzeugmaschinen, taoci in the pinyin of
    a label); where that finds little, by words without their endings (Keramik in keramisch).
    """
    found: dict[str, Industry] = {}
    for enough, condition in _ways(_plain(q), most):
        if len(found) < enough:
            rows = Industry.objects.with_path().filter(condition)
            found.update({row.code: row for row in sorted(rows, key=_likeness(q)) if row.code not in found})
    return _without_twins(list(found.values()))[:most]


def meant(text: str) -> Industry | None:
    """The industry whose code or label this is: "2393", "C 23.93", "2393 Herstellung von …", a label."""
    text = _plain(text)
    code = _CODE.match(text)
    if code and (row := _of_code(code.group())) and fold(text[code.end() :]) in {"", *_labels(row)}:
        return row
    wanted = fold(text)
    rows = Industry.objects.with_path().filter(matches("search_key", text)) if wanted else ()
    return max((row for row in rows if wanted in _labels(row)), key=_depth, default=None)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:LONGEST]).strip()


def _of_code(text: str) -> Industry | None:
    """The industry of a code; the letter of another section is a mistake."""
    section, digits = _parts(text)
    row = Industry.objects.with_path().filter(code=digits or section).first()
    return row if row and section in {"", row.path[0].code} else None


def _parts(text: str) -> tuple[str, str]:
    code = normal_code(text)
    return (code[:1], code[1:]) if code[:1].isalpha() else ("", code)


def _ways(q: str, most: int) -> Iterator[tuple[int, Q]]:
    """Conditions in the order in which they are tried, each with how many are enough to do without it."""
    if _CODE.fullmatch(q):
        section, digits = _parts(q)
        yield most, Q(code__startswith=digits or section)
    if terms := query_terms(q):
        yield most, matches("search_key", q)
        yield most, _contains(piece for term in terms for piece in _pieces(term))
        yield FEW, _contains(_without_ending(term) for term in terms)


def _contains(pieces: Iterator[str]) -> Q:
    return reduce(and_, (Q(search_key__contains=piece) for piece in pieces))


def _pieces(term: str) -> list[str]:
    """A Chinese term of several words as pairs of characters: labels have something between them."""
    if is_unspaced(term) and len(term) > 3:
        return [term[start : start + 2] for start in range(0, len(term) - 1, 2)]
    return [term]


def _without_ending(term: str) -> str:
    return term if is_unspaced(term) or len(term) < 6 else term[:-2]


def _likeness(q: str) -> Callable[[Industry], tuple[bool, bool, str]]:
    """First what is called exactly so, then what begins so; otherwise as the classification has them."""
    wanted = fold(q)

    def place(row: Industry) -> tuple[bool, bool, str]:
        labels = _labels(row)
        return wanted not in labels, not any(label.startswith(wanted) for label in labels), row.code

    return place


def _labels(row: Industry) -> set[str]:
    return {_folded(getattr(row, f"name_{language}")) for language in TextLanguage.values}


def _depth(row: Industry) -> int:
    return list(IndustryLevel.values).index(row.level)


def _without_twins(rows: list[Industry]) -> list[Industry]:
    """A group that is one class of the same name is left to that class."""
    same = {(row.parent_id, row.name_en) for row in rows if row.level == IndustryLevel.CLASS}
    return [row for row in rows if (row.pk, row.name_en) not in same]
