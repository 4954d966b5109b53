"""From national codes of industries to ISIC Rev. 4."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cities.actions.classifications import NO_HUB, Hub, UnknownCode, hub, hubs, normal_code
from cities.states import Scheme

LEADING = [scheme for scheme in Scheme if scheme != Scheme.GBT4754]


@pytest.mark.parametrize(
    ("scheme", "code", "isic"),
    [
        ("isic4", "2393", "2393"),
        ("isic4", "C", "C"),
        ("nace2", "25.61", "2592"),
        ("nace2", "25.62", "2592"),
        ("nace2", "01.43", "0142"),
        ("nace2", "28.41", "2822"),
        ("nace2", "13.1", "131"),
        ("nace2", "23", "23"),
        ("nace21", "25.51", "2592"),
        ("nace21", "28.41", "2822"),
        ("nace21", "62.10", "6201"),
        ("wz2008", "23.41", "2393"),
        ("wz2008", "23.41.0", "2393"),
        ("wz2008", "62.01.1", "6201"),
        ("wz2025", "23.41.0", "2393"),
        ("wz2025", "01.13.2", "0113"),
    ],
)
def test_facts_from_the_correspondence_tables(scheme, code, isic):
    assert hub(scheme, code) == Hub(isic, True, (isic,))


@pytest.mark.parametrize(
    ("scheme", "code", "expected"),
    [
        ("nace21", "10.71", Hub("107", False, ("1071", "1079"))),
        ("nace21", "01.47", Hub("01", False, ("0146", "0149", "0162"))),
        ("wz2025", "01.13.1", Hub("01", False, ("0113", "0119", "0128"))),
        ("nace21", "20.16", Hub("", False, ("2013", "3830"))),
        ("nace21", "K", Hub("", False, ("H", "J", "N"))),
        ("nace21", "46.89", Hub("466", True, ("466",))),
    ],
)
def test_of_several_industries_the_hub_is_the_closest_above_them_all(scheme, code, expected):
    assert hub(scheme, code) == expected


@pytest.mark.parametrize(
    "spelling",
    [
        "C 23.41",
        "23.41",
        "2341",
        "23.41.0",
        "C2341",
        "c23.41",
        " 23 41 ",
        "23-41",
        "C: 23.41.0",
        "２３．４１",
    ],
)
@pytest.mark.parametrize("scheme", ["wz2008", "wz2025", "nace2", "nace21"])
def test_codes_may_be_spelt_in_many_ways(scheme, spelling):
    assert hub(scheme, spelling).code == "2393"


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        ("1.11", "0111"),
        ("A 1.11", "A0111"),
        ("1", "01"),
        ("c", "C"),
        ("01.11.0", "01110"),
        ("", ""),
        ("x y", "X Y"),
    ],
)
def test_the_normal_spelling(given, normal):
    assert normal_code(given) == normal


@pytest.mark.parametrize(
    ("scheme", "code"),
    [
        ("wz2008", "99.99"),
        ("wz2008", "F 23.41"),
        ("wz2008", "23.41.1"),
        ("nace21", "J 62.10"),
        ("isic4", "2341"),
        ("isic4", "23930"),
        ("nace2", ""),
        ("nace2", "Keramik"),
        ("nace2", "V"),
    ],
)
def test_an_unknown_code_is_refused_with_a_sentence(scheme, code):
    with pytest.raises(UnknownCode) as refused:
        hub(scheme, code)
    assert str(refused.value) == (
        f"{Scheme(scheme).label} has no code “{code}”. Check the code, or choose the industry by its name."
    )


def test_chinese_codes_are_kept_as_text_and_lead_nowhere():
    """GB/T 4754 has other letters: its F is trade, its I is information technology."""
    for code in ["C3071", "3071", "F", "I65", "陶瓷"]:
        assert hub("gbt4754", code) == hubs("gbt4754").get(normal_code(code)) == NO_HUB
    assert len(hubs("gbt4754")) == 0


@pytest.mark.parametrize("scheme", LEADING)
def test_every_code_leads_to_isic_and_its_hub_stands_above_its_candidates(scheme):
    isic = hubs("isic4")
    for code, place in hubs(scheme).items():
        assert normal_code(code) == code
        assert place.candidates
        assert all(candidate in isic for candidate in place.candidates)
        assert place.exact == (len(place.candidates) == 1)
        if len(place.code) > 1:
            assert all(candidate.startswith(place.code) for candidate in place.candidates)


def test_whole_classifications_are_known():
    bare = {scheme: [code for code in hubs(scheme) if code[0].isdigit()] for scheme in LEADING}
    counted = {scheme: len([code for code in codes if len(code) == 4]) for scheme, codes in bare.items()}
    assert counted == {"isic4": 419, "nace2": 615, "nace21": 651, "wz2008": 615, "wz2025": 651}
    assert len([code for code in bare["wz2008"] if len(code) == 5]) == 839
    assert len([code for code in bare["wz2025"] if len(code) == 5]) == 983


@given(st.sampled_from(LEADING), st.data())
def test_points_blanks_and_letters_change_nothing(scheme, data):
    code = data.draw(st.sampled_from(sorted(hubs(scheme))))
    between = data.draw(st.lists(st.sampled_from(["", ".", " ", ". "]), min_size=8, max_size=8))
    if code[0].isalpha():
        return
    pairs = [code[:2], *code[2:]]
    spelt = "".join(piece + gap for piece, gap in zip(pairs, between, strict=False))
    assert hub(scheme, spelt) == hub(scheme, f" {spelt}\t") == hubs(scheme)[code]


@given(st.text(max_size=12))
def test_any_text_has_a_normal_spelling_which_stays(text):
    assert normal_code(normal_code(text)) == normal_code(text)
    assert normal_code(text) == normal_code(f" {text} ")
