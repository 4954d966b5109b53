"""What was found is marked, in whichever script it stands, and nothing else of the text is touched."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.search.marking import marked
from alliance.search.questions import parts

texts = st.one_of(
    st.text(max_size=60),
    st.text("佛山陶瓷aeouKöln<>&' -\u0308", max_size=40),
    st.just("佛山市东方陶瓷 Müller & Söhne"),
)
asked = st.one_of(st.text(max_size=20), st.sampled_from(["foshan taoci", "佛山", "mueller", "so", "佛", "e"]))


@pytest.mark.parametrize(
    ("text", "q", "shown"),
    [
        ("佛山市东方陶瓷有限公司", "foshan taoci", "[佛山]市东方[陶瓷]有限公司"),
        ("佛山市东方陶瓷有限公司", "foshantaoci", "[佛山]市东方[陶瓷]有限公司"),
        ("佛山市东方陶瓷", "东方陶瓷", "佛山市[东方陶瓷]"),
        ("東方陶瓷", "东方", "[東方]陶瓷"),
        ("佛山市", "佛", "[佛]山市"),
        ("佛山陶瓷", "fosh", "[佛山]陶瓷"),
        ("广东绿色机械", "lvse", "广东[绿色]机械"),
        ("Müller Werkzeugmaschinenbau", "mueller maschinenbau", "[Müller] Werkzeug[maschinenbau]"),
        ("Bauelemente", "elemente", "Bau[elemente]"),
        ("Koeln", "köln", "[Koeln]"),
        ("Koeln", "kö", "[Koe]ln"),
        ("Ko\u0308ln", "koln", "[Ko\u0308ln]"),
        ("Weißenfels", "weissen", "[Weißen]fels"),
        ("Maschine", "Maschinen", "[Maschine]"),
        ("Müller GmbH", "Müller GmbH", "[Müller] GmbH"),
        ("Foshan", "ningbo", "Foshan"),
        ("佛山", "foning", "佛山"),
        ("Keramik", "", "Keramik"),
        ("", "Keramik", ""),
    ],
)
def test_marks(text, q, shown):
    assert marked(text, q) == shown.replace("[", "<mark>").replace("]", "</mark>")


def test_text_is_escaped_inside_and_outside_of_marks():
    assert marked("<b>K&M</b>", "k m") == "&lt;b&gt;<mark>K</mark>&amp;<mark>M</mark>&lt;/b&gt;"


@given(texts, asked)
def test_marking_never_changes_the_text(text, q):
    shown = marked(text, q)
    assert html.unescape(re.sub("</?mark>", "", shown)) == text
    assert re.findall("</?mark>", shown) == ["<mark>", "</mark>"] * (shown.count("<mark>"))


@given(st.text("佛山陶瓷aeouköln ", min_size=1, max_size=20))
def test_a_text_is_marked_by_its_own_words(text):
    if parts(text):
        assert "<mark>" in marked(text, text)
