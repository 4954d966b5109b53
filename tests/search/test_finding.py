"""Writing and asking agree: what is stored under a name is found by that name, however it is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.search import fold, is_found, keys, matches, query_key, query_terms, search_key

FOSHAN = search_key("佛山市", "Foshan", "Foshan", "Foshan")
KOELN = search_key("科隆", "Köln", "Cologne", "Kelong")
NUERNBERG = search_key("纽伦堡", "Nürnberg", "Nuremberg")
WEISSENFELS = search_key("魏森费尔斯", "Weißenfels")
STORED = {"Foshan": FOSHAN, "Köln": KOELN, "Nürnberg": NUERNBERG, "Weißenfels": WEISSENFELS}

letters = st.text(st.characters(categories=("L", "N", "Zs")), min_size=1, max_size=30)
german = st.text("aeiouäöüÄÖÜßbgklmnrst -", min_size=1, max_size=30)
names = st.one_of(
    letters, german, st.text(max_size=30), st.sampled_from(["佛山市", "Köln", "Rhein-Kreis Neuss"])
)


@pytest.mark.parametrize(
    ("q", "city"),
    [
        ("佛山", "Foshan"),
        ("佛山市", "Foshan"),
        ("山市", "Foshan"),
        ("foshan", "Foshan"),
        ("FOSHAN", "Foshan"),
        ("ｆｏｓｈａｎ", "Foshan"),
        ("fo shan", "Foshan"),
        ("Fó shān", "Foshan"),
        ("fosh", "Foshan"),
        ("佛山 foshan", "Foshan"),
        ("佛山foshan", "Foshan"),
        ("Köln", "Köln"),
        ("KÖLN", "Köln"),
        ("Ko\u0308ln", "Köln"),
        ("Koeln", "Köln"),
        ("Koln", "Köln"),
        ("Cologne", "Köln"),
        ("科隆", "Köln"),
        ("科隆市", "Köln"),
        ("ke long", "Köln"),
        ("Nürnberg", "Nürnberg"),
        ("Nuernberg", "Nürnberg"),
        ("Nurnberg", "Nürnberg"),
        ("Nuremberg", "Nürnberg"),
        ("nür", "Nürnberg"),
        ("紐倫堡", "Nürnberg"),
        ("Weißenfels", "Weißenfels"),
        ("WEIẞENFELS", "Weißenfels"),
        ("weissenfels", "Weißenfels"),
    ],
)
def test_each_spelling_finds_exactly_its_city(q, city):
    assert [name for name, stored in STORED.items() if is_found(q, stored)] == [city]


@pytest.mark.parametrize(
    "q", ["oshan", "öln", "berg", "foshan köln", "佛隆", "foshanx", "Bonn", "???", "%", "_"]
)
def test_finds_nothing(q):
    assert [name for name, stored in STORED.items() if is_found(q, stored)] == []


@pytest.mark.parametrize("q", ["", "  ", "\t"])
def test_a_blank_question_finds_everything(q):
    assert [name for name, stored in STORED.items() if is_found(q, stored)] == list(STORED)


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Köln", {"koln", "koeln"}),
        ("Koeln", {"koln", "koeln"}),
        ("Weißenfels", {"weissenfels"}),
        ("佛山", {"佛山", "fo", "shan", "foshan"}),
        ("吕", {"吕", "lv", "lu"}),
        ("Xi'an", {"xi", "an", "xian"}),
        ("Rhein-Kreis", {"rhein", "kreis", "rheinkreis"}),
        ("Fo Shan", {"fo", "shan", "foshan"}),
        ("…", set()),
    ],
)
def test_keys(name, forms):
    assert keys(name) == forms


def test_the_stored_text_begins_with_a_blank_and_holds_each_form_once():
    assert search_key("Köln", None, "", "KÖLN") == " koeln koln"
    assert search_key() == search_key("", None, "–") == ""


@given(names)
def test_any_name_finds_itself(name):
    if fold(name):
        assert is_found(name, search_key(name))


@given(st.lists(names, min_size=1, max_size=4))
def test_any_word_of_any_name_finds_the_row(row):
    stored = search_key(*row)
    for word in " ".join(row).split():
        if fold(word):
            assert is_found(word, stored)


@given(names)
def test_every_spelling_of_umlauts_finds_the_name(name):
    stored = search_key(name)
    for spelling in ({"ä": "ae", "ö": "oe", "ü": "ue"}, {"ä": "a", "ö": "o", "ü": "u"}):
        typed = name.lower().translate(str.maketrans(spelling))
        if fold(typed):
            assert is_found(typed, stored)


@given(names, st.integers(1, 10))
def test_typing_on_never_loses_the_name(name, length):
    for word in query_terms(name):
        assert is_found(word[:length], search_key(name))


@given(st.text())
def test_terms_are_folded_and_each_stands_once(q):
    terms = query_terms(q)
    assert len(terms) == len(set(terms))
    assert [fold(term) for term in terms] == terms


def test_a_long_question_is_cut():
    assert query_terms("a" * 500) == ["a" * 200]


def test_the_sign_for_city_alone_is_a_word():
    assert [query_key(term) for term in ("市", "城市", "科隆市", "koln")] == ["市", "城市", "科隆", " koln"]


@pytest.mark.parametrize(
    ("q", "keys_asked"),
    [
        ("", []),
        ("Köln", [("search_key__contains", " koln")]),
        ("fo 佛山", [("search_key__contains", " fo"), ("search_key__contains", "佛山")]),
        ("???", [("pk__in", [])]),
    ],
)
def test_the_condition_asks_for_every_word(q, keys_asked):
    condition = matches("search_key", q)
    assert condition.connector == "AND"
    assert not condition.negated
    assert condition.children == keys_asked
