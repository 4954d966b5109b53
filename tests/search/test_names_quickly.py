"""The short ways through a name lead where the long ones do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.search import names
from alliance.search.folding import words_of
from alliance.search.legal_forms import _LATIN_FORM, without_latin_form
from alliance.search.readings import FIRST_READ, PHRASES_DICT, PINYIN_DICT
from alliance.search.tokens import canonical, plain, words_in

PIECES = st.sampled_from(
    ["GmbH", "& Co. KG", "e. K.", "e.V.", "E K", "Gesellschaft", "mit beschränkter Haftung", "SE", "Größe",
     "Köln", "Koeln", "½", "ª", "µ", "Ærø", "naïve", "é", "佛山市", "东方", "有限公司", "und", "-", "ＡＢＣ"]
)  # fmt: skip
NAMES = st.lists(PIECES, min_size=1, max_size=5).map(" ".join) | st.text(max_size=20)


@given(NAMES)
def test_words_of_a_name_are_those_of_any_text(name):
    assert list(words_in(name)) == words_of(plain(name))


@pytest.mark.parametrize("code", range(256))
def test_each_western_character_is_folded_as_in_any_text(code):
    assert list(words_in(f"a{chr(code)}b")) == words_of(plain(f"a{chr(code)}b"))


@given(NAMES)
def test_legal_forms_are_left_out_word_by_word_as_in_a_text(name):
    folded = " ".join(words_of(plain(name)))
    assert without_latin_form(folded) == " ".join(_LATIN_FORM.sub(" ", folded).split())


@given(st.text("aeouxkl", min_size=1, max_size=59))
def test_a_key_is_canonical(word):
    assert names.canonical_key(word) == canonical(word)


def test_nothing_before_the_first_character_that_is_read_has_a_reading():
    assert min(min(PHRASES_DICT), chr(min(PINYIN_DICT))) >= FIRST_READ
