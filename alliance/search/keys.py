"""The stored side of search: every form under which a row must be found, in one text."""

import re
import unicodedata

from pypinyin import lazy_pinyin

from alliance.search.folding import fold, folded_words, is_unspaced

_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LETTER_E = re.compile("([aou])e")
_LONGEST_NAME = 8  # words; longer texts are searched word by word only


def search_key(*names: str | None) -> str:
    """Return one text for a search column, made of all names of a row; to be asked with `matches`."""
    forms = {form for name in names if name for form in keys(name)}
    return " " + " ".join(sorted(forms)) if forms else ""


def keys(name: str) -> set[str]:
    """Return the folded words under which a name must be found.

    "Köln" → koln, koeln; "Koeln" → koeln, koln; "佛山" → 佛山, foshan, fo, shan;
    "Rhein-Kreis" → rhein, kreis, rheinkreis.
    """
    forms: set[str] = set()
    for spelling in (fold(name), fold(_spell_out(name))):
        words = folded_words(spelling)
        latin = [word for word in words if not is_unspaced(word)]
        forms.update(words, _joined(latin), map(_without_letter_e, latin))
    for word in folded_words(name):
        forms.update(_readings(word) if is_unspaced(word) else ())
    return forms


def _spell_out(name: str) -> str:
    """Write umlauts as Germans do where the keyboard has none: "Köln" → "koeln"."""
    return unicodedata.normalize("NFC", name).casefold().translate(_SPELT_OUT)


def _without_letter_e(word: str) -> str:
    """Take a spelt-out umlaut back to the bare vowel, so that "Koeln" is also found by "Koln"."""
    return _LETTER_E.sub(r"\1", word)


def _joined(words: list[str]) -> set[str]:
    return {"".join(words)} if 1 < len(words) <= _LONGEST_NAME else set()


def _readings(word: str) -> set[str]:
    """Return the pinyin of a Chinese word by syllable and joined; ü as v and as u."""
    syllables = [fold(syllable) for syllable in lazy_pinyin(word, errors="ignore")]
    with_u = [re.sub("^([ln])v", r"\1u", syllable) for syllable in syllables]
    return {*syllables, *with_u, *_joined(syllables), *_joined(with_u)}
