"""Writing and asking agree: every word and any part of a name is asked for as it was written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.search.folding import fold, is_unspaced
from alliance.search.legal_forms import begins_a_form
from alliance.search.names import name_keys, sort_name
from alliance.search.questions import Group, Run, Word, parts
from alliance.search.readings import pinyin, readings, splits
from alliance.search.slips import distance, meant
from alliance.search.tokens import asked_words, canonical, name_tokens, plain, text_tokens

german = st.text("aeiouäöüÄÖÜßbgklmnrst -&.", min_size=1, max_size=40)
chinese = st.text("佛山市东方陶瓷有限公司科隆機械绿色", min_size=1, max_size=20)
names = st.one_of(st.text(max_size=40), german, chinese, st.tuples(chinese, german).map(" ".join))


@given(st.text())
def test_the_quick_folding_is_the_thorough_one(text):
    assert "".join(plain(text).split()) == "".join(fold(text).split())


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert plain(plain(text)).split() == plain(text).split()
    for word in plain(text).split():
        assert canonical(canonical(word)) == canonical(word)


@given(german, st.integers(1, 20))
def test_what_is_typed_of_a_word_stays_its_beginning(text, length):
    for word in asked_words(text):
        assert canonical(word).startswith(canonical(word[:length]))


@given(names)
def test_every_word_of_a_name_is_asked_for_as_it_was_written(name):
    written = name_tokens(name) | text_tokens(name)
    for part in parts(name[:60]):
        if isinstance(part, Run):
            assert written.issuperset(part.pairs if len(part.text) > 1 else [])
        elif isinstance(part, Group):
            assert part.joined.text in written or written.issuperset(word.text for word in part.words)
        else:
            assert part.text in written


@given(chinese, st.integers(0, 20), st.integers(2, 20))
def test_any_two_characters_in_a_row_find_a_name(name, begin, length):
    part = fold(name)[begin : begin + length]
    for run in parts(part) if len(part) > 1 else ():
        assert len(run.text) == 1 or name_tokens(name).issuperset(run.pairs)


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("东方陶瓷有限公司", {"东方", "方陶", "陶瓷", "瓷有"}),
        ("股份有限公司佛山分公司", {"司佛", "佛山", "山分"}),
        ("有限公司", set()),
        ("国有资产", {"国有", "有资", "资产", "产"}),
    ],
)
def test_of_a_chinese_legal_form_only_what_joins_it_to_the_name_is_kept(name, tokens):
    assert name_tokens(name) == tokens


@given(german)
def test_umlauts_are_one_however_they_are_written(text):
    apart = text.lower().translate(str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"}))
    bare = text.lower().translate(str.maketrans("äöü", "aou"))
    assert text_tokens(text) == text_tokens(apart) == text_tokens(bare)


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("Müller & Söhne GmbH & Co. KG", {"muller", "sohne"}),
        ("Mueller Soehne e. K.", {"muller", "sohne"}),
        ("Rhein-Main Stahl AG", {"rhein", "main", "rheinmain", "stahl"}),
        ("Green Tools Co., Ltd.", {"green", "tools"}),
        ("东方陶瓷", {"东方", "方陶", "陶瓷", "瓷"}),
        ("東方陶瓷", {"东方", "方陶", "陶瓷", "瓷"}),
        ("GmbH", {"gmbh"}),
        ("3D-Druck", {"3d", "druck", "3ddruck"}),
    ],
)
def test_tokens_of_a_name(name, tokens):
    assert name_tokens(name) == tokens


@pytest.mark.parametrize(
    ("q", "words"),
    [
        ("Müller GmbH & Co. KG", ["muller"]),
        ("佛山陶瓷有限公司", ["佛山陶瓷"]),
        ("东方（集团）股份有限公司", ["东方", "集团"]),
        ("有限公司 GmbH", []),
        ("Köln Köln", ["koln"]),
        ("", []),
    ],
)
def test_legal_forms_are_not_asked_for(q, words):
    assert asked_words(q) == words


def test_a_question_in_parts():
    assert parts("Köln 陶瓷 fo shan of maschinen") == (
        Word("koln"),
        Run("陶瓷"),
        Group((Word("fo"), Word("shan"))),
        Word("maschinen"),
    )
    assert parts("of the") == (Word("of"), Word("the"))
    assert Run("佛山陶瓷").halves == ["佛山", "陶瓷"]
    assert Run("新能源").pairs == ["新能", "能源"]


@pytest.mark.parametrize(
    ("run", "read"),
    [("佛山", "fo shan"), ("重庆银行", "chong qing yin hang"), ("行业", "hang ye"), ("绿色", "lu se")],
)
def test_phrases_are_read_as_phrases(run, read):
    assert pinyin(run) == read.split()


def test_characters_of_no_known_phrase_are_read_in_all_ways():
    assert readings("佛山") == ("foshan",)
    assert {"fotao", "futao"} <= set(readings("佛陶"))
    assert readings("ab") == ()


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("foshantaoci", ("fo", "shan", "tao", "ci")),
        ("xian", ("xian",)),
        ("lvse", ("lu", "se")),
        ("foshant", ("fo", "shan", "t")),
    ],
)
def test_pinyin_typed_together_is_parted(word, first):
    assert splits(word)[0] == first


def test_what_cannot_be_pinyin_is_not_parted():
    assert splits("maschinenbau") == splits("3d") == splits("") == ()
    assert ("xi", "an") in splits("xian")


@given(st.text("aeghinostu", max_size=12))
def test_syllables_are_the_whole_word(word):
    assert {"".join(split) for split in splits(word)} <= {word.replace("lv", "lu").replace("nv", "nu")}


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("keramik", "keramik", 0),
        ("keramk", "keramik", 1),
        ("kermaik", "keramik", 1),
        ("keramick", "keramik", 1),
        ("geramit", "keramik", 2),
        ("haus", "keramik", 3),
    ],
)
def test_distance(one, other, far):
    assert distance(one, other, 2) == distance(other, one, 2) == far


def test_the_nearest_words_are_meant():
    assert meant("keramk", ["keramik", "dynamik", "keramiken", "glaskeramik"]) == [
        "keramik",
        "keramiken",
        "glaskeramik",
    ]
    assert meant("glsa", ["glas", "glasfaser"]) == ["glas"]
    assert meant("haus", ["maus", "hals", "heim"]) == ["maus", "hals"]
    assert meant("tee", ["see"]) == []


@pytest.mark.parametrize(
    "same",
    [
        ["佛山市东方陶瓷有限公司", "东方陶瓷", "佛山东方陶瓷股份有限公司", "Foshan Dongfang Taoci Co., Ltd."],
        ["Müller & Söhne GmbH", "Mueller und Soehne", "MULLER + SOHNE e. K.", "Müller-Söhne AG"],
        ["東方陶瓷", "东方陶瓷有限责任公司"],
    ],
)
def test_spellings_of_one_name_meet(same):
    first = set(name_keys(same[:1]))
    assert all(first & set(name_keys([name])) for name in same)


def test_different_names_do_not_meet():
    keys = [
        set(name_keys([name]))
        for name in ("Müller GmbH", "Möller GmbH", "佛山市东方陶瓷有限公司", "东方建设")
    ]
    assert not any(one & other for one in keys for other in keys if one is not other)


@given(st.lists(names, max_size=4))
def test_keys_and_order_of_any_name_are_short_and_folded(some):
    assert all(key and len(key) <= 300 for key in name_keys(some))
    assert len(sort_name(some)) <= 300
    assert re.fullmatch(r"[^A-Z]*", sort_name(some))


def test_chinese_is_sorted_by_its_pinyin():
    assert sorted(["陶瓷", "Beispiel", "佛山", "Zink"], key=lambda name: sort_name([name])) == [
        "Beispiel",
        "佛山",
        "陶瓷",
        "Zink",
    ]
    assert sort_name(["", "Köln"]) == "koln"
    assert sort_name([]) == ""


def test_the_beginning_of_a_legal_form():
    assert begins_a_form("gm")
    assert not begins_a_form("ma")
    assert is_unspaced("佛")
