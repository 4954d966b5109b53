"""Register numbers: checked, and kept in one way of writing each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.actions.numbers import (
    EuidFormat,
    KindMissing,
    KindNotRecognised,
    NumberMissing,
    NumberRefused,
    RegisterCourtUnknown,
    RegisterNumberFormat,
    SocialCreditCodeChecksum,
    SocialCreditCodeFormat,
    SocialCreditCodeLength,
    VatNumberWrong,
    checked,
    recognised,
)
from companies.states import RegisterKind

K = RegisterKind
RIGHT = [
    (K.USCC, "91110000600037341L", "91110000600037341L"),
    (K.USCC, " 9111 0000-6000 37341l ", "91110000600037341L"),
    (K.USCC, "９１１１００００６０００３７３４１Ｌ", "91110000600037341L"),
    (K.HANDELSREGISTER, "Köln HRB 12345", "Köln HRB 12345"),
    (K.HANDELSREGISTER, "hrb12345 koeln", "Köln HRB 12345"),
    (K.HANDELSREGISTER, "HRB 12345, Amtsgericht Köln", "Köln HRB 12345"),
    (K.HANDELSREGISTER, "AG Nürnberg, HRA Nr. 77", "Nürnberg HRA 77"),
    (K.HANDELSREGISTER, "Charlottenburg HRB 5 B", "Berlin (Charlottenburg) HRB 5 B"),
    (K.HANDELSREGISTER, "Frankfurt am Main gnr 12", "Frankfurt am Main GnR 12"),
    (K.EUID, "der3101.hrb12345", "DER3101.HRB12345"),
    (K.EUID, "DEK1101R.HRB116737", "DEK1101R.HRB116737"),
    (K.EUID, "FR7501.123456789", "FR7501.123456789"),
    (K.EUID, "ROONRC.J40/1234/2001", "ROONRC.J40/1234/2001"),
    (K.VAT, "de 136 695 976", "DE136695976"),
    (K.VAT, "FR 61 954 506 077", "FR61954506077"),
]
WRONG = [
    (K.USCC, "9111", SocialCreditCodeLength, "has 18 characters; “9111” has 4."),
    (K.USCC, "91110000600037341M", SocialCreditCodeChecksum, "one is mistyped, or two are swapped"),
    (K.USCC, "A1110000600037341L", SocialCreditCodeFormat, "it begins with 8 digits"),
    (K.USCC, "9111000060003734OL", SocialCreditCodeFormat, "the letters I, O, S, V and Z do not occur"),
    (K.HANDELSREGISTER, "HRB 12345", RegisterNumberFormat, "such as “Köln HRB 12345”"),
    (K.HANDELSREGISTER, "Köln 12345", RegisterNumberFormat, "needs the register court, the section"),
    (K.HANDELSREGISTER, "Köln HRC 12345", RegisterNumberFormat, "“Köln HRC 12345” is no commercial"),
    (K.HANDELSREGISTER, "HRB 7, Entenhausen", RegisterCourtUnknown, "“Entenhausen” is no court"),
    (K.EUID, "DE.HRB1", EuidFormat, "such as “DER3101.HRB12345”"),
    (K.EUID, "USX1.1", EuidFormat, "“USX1.1” is no European unique identifier"),
    (K.EUID, "DER3101HRB12345", EuidFormat, "a full stop and the number"),
    (K.VAT, "DE136695978", VatNumberWrong, "its country, length or check digit is wrong"),
    (K.VAT, "US123", VatNumberWrong, "of a member state of the European Union"),
    (K.VAT, "", NumberMissing, "or leave its kind empty too"),
    ("", "4711", KindMissing, "what kind of number “4711” is"),
]


@pytest.mark.parametrize(("kind", "number", "kept"), RIGHT)
def test_a_number_is_kept_in_one_way_of_writing(kind, number, kept):
    assert checked(kind, number) == kept
    assert checked(kind, kept) == kept


@pytest.mark.parametrize(("kind", "number", "refusal", "sentence"), WRONG)
def test_a_wrong_number_is_refused_with_what_is_wrong(kind, number, refusal, sentence):
    with pytest.raises(refusal) as refused:
        checked(kind, number)
    assert sentence in refused.value.sentence


def test_without_a_number_there_is_nothing_to_check():
    assert checked("", "  ") == ""


@pytest.mark.parametrize(("kind", "number", "kept"), RIGHT)
def test_the_kind_of_a_number_is_recognised(kind, number, kept):
    assert recognised(number) == (kind, kept)


@pytest.mark.parametrize(
    ("number", "refusal"), [("", NumberMissing), ("4711", KindNotRecognised), ("HRB 4711", KindNotRecognised)]
)
def test_what_is_none_of_them_is_refused(number, refusal):
    with pytest.raises(refusal):
        recognised(number)


@given(st.sampled_from(K.values), st.text(max_size=40))
def test_whatever_is_typed_it_is_kept_the_same_again_or_refused(kind, number):
    try:
        kept = checked(kind, number)
    except NumberRefused:
        return
    assert checked(kind, kept) == kept
    assert len(kept) <= 100
