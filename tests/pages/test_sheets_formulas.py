"""Text that begins like a formula is defused for CSV, and comes back as it was."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alliance.pages.sheets.formulas import FORMULA_BEGINNINGS, defused, undefused

ANY_TEXT = st.text()
LIKE_FORMULAS = st.builds(
    lambda apostrophes, sign, rest: "'" * apostrophes + sign + rest,
    st.integers(0, 4),
    st.sampled_from([*FORMULA_BEGINNINGS, "", "a"]),
    st.text(max_size=5),
)


@given(ANY_TEXT | LIKE_FORMULAS)
@example("'=1")
@example("''＝1")
@example("'")
@example("O'Neill")
def test_defusing_is_taken_off_again_whatever_the_text(text):
    assert undefused(defused(text)) == text


@given(ANY_TEXT | LIKE_FORMULAS)
def test_nothing_defused_begins_like_a_formula(text):
    assert not defused(text).startswith(FORMULA_BEGINNINGS)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1", "'=1"),
        ("'=1", "''=1"),
        ("''@x", "'''@x"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("", ""),
        ("'", "'"),
    ],
)
def test_apostrophes_are_added_only_where_they_are_needed(text, written):
    assert defused(text) == written
