"""Folding: one plain form for what people write in different ways."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.search import fold
from alliance.search.folding import folded_words, is_unspaced
from alliance.search.traditional import TO_SIMPLIFIED


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("  ", ""),
        ("Köln", "koln"),
        ("KÖLN", "koln"),
        ("Ko\u0308ln", "koln"),
        ("Weißenfels", "weissenfels"),
        ("WEIẞENFELS", "weissenfels"),
        ("Fóshān", "foshan"),
        ("ＦＯＳＨＡＮ　４４０６００", "foshan 440600"),
        ("Rhein-Kreis  Neuss", "rhein kreis neuss"),
        ("Xi'an", "xi an"),
        ("（佛山）·广东", "佛山 广东"),
        ("揚州 貴陽", "扬州 贵阳"),
        ("Düs\u00adsel\u200bdorf", "dusseldorf"),
        ("50%_\\'\x00;", "50"),
        ("Łódź, Århus, Tromsø", "lodz arhus tromso"),
    ],
)
def test_folds(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("plane", range(17))
def test_folding_every_character_twice_changes_nothing(plane):
    characters = map(chr, range(plane * 0x10000, min((plane + 1) * 0x10000, sys.maxunicode + 1)))
    assert [char for char in characters if fold(fold(char)) != fold(char)] == []


@given(st.text(), st.text())
def test_a_blank_parts_what_is_folded(first, second):
    assert fold(f"{first} {second}") == " ".join(filter(None, (fold(first), fold(second))))


def test_words_part_where_the_script_changes():
    assert folded_words("佛山Foshan 2016年") == ["佛山", "foshan", "2016", "年"]


@given(st.text())
def test_words_are_of_one_script_and_lose_nothing(text):
    words = folded_words(text)
    assert "".join(words) == fold(text).replace(" ", "")
    assert all({is_unspaced(char) for char in word} == {is_unspaced(word)} for word in words)


def test_no_simplified_character_is_taken_for_a_traditional_one():
    assert set(map(chr, TO_SIMPLIFIED)) & set(TO_SIMPLIFIED.values()) == set()
