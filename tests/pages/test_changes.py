"""Two versions of a text: what was taken out and put in."""

import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from alliance.pages.changes import compare, pieces


def spoken(word, text, tag):
    return f'<{tag}><span class="visually-hidden">{word} </span>{text}</{tag}>'


def test_words_are_compared_whole_and_said_aloud():
    with translation.override("en"):
        before, after = compare("a strong economy", "a varied economy")
    assert before == f"a {spoken('Deleted:', 'strong', 'del')} economy"
    assert after == f"a {spoken('Added:', 'varied', 'ins')} economy"


def test_chinese_is_compared_sign_by_sign():
    with translation.override("en"):
        before, after = compare("在玻璃工业领域", "在玻璃和媒体领域")
    assert before == f"在玻璃{spoken('Deleted:', '工业', 'del')}领域"
    assert after == f"在玻璃{spoken('Added:', '和媒体', 'ins')}领域"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("213,528 people", ["213,528", " ", "people"]),
        ("Köln.", ["Köln", "."]),
        ("佛山 Foshan", ["佛", "山", " ", "Foshan"]),
        ("", []),
    ],
)
def test_pieces(text, parts):
    assert pieces(text) == parts


def test_markup_in_texts_is_escaped():
    before, after = compare("<b>x</b>", "<i>x</i>")
    assert "<b>" not in before
    assert "<i>" not in after


def test_equal_texts_have_no_marks():
    assert compare("same", "same") == ("same", "same")


@given(st.text(max_size=60), st.text(max_size=60))
def test_without_the_marks_both_texts_are_as_they_were(before, after):
    assert "".join(pieces(before)) == before
    left, right = compare(before, after)
    assert plain(left) == plain(compare(before, before)[0])
    assert plain(right) == plain(compare(after, after)[0])


def plain(html):
    return re.sub(r"</?(?:del|ins)>", "", re.sub(r'<span class="visually-hidden">[^<]*</span>', "", html))
