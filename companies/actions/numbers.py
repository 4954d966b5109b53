"""Register numbers of companies: checked, and kept in one way of writing each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _
from stdnum import exceptions as said
from stdnum.cn import uscc
from stdnum.de import handelsregisternummer
from stdnum.eu import vat

from cities.models.city import GERMAN_LETTERS
from companies.actions.refusals import CompanyRefusal
from companies.states import RegisterKind

# Every state of the European Economic Area, as the interconnected registers of businesses know them.
REGISTER_COUNTRIES = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "GR", "HR", "HU", "IE"),
    *("IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"),
)
EUID = re.compile(
    r"(?P<country>[A-Z]{2})(?P<register>[A-Z0-9-]{1,20})\.(?P<number>[A-Z0-9./-]{1,40}(_[A-Z0-9]{1,2})?)"
)
COURT_WORDS = re.compile(r"\b(Amtsgericht|Registergericht|AG)\b[:\s]*", re.IGNORECASE)
REGISTERS = {"hra": "HRA", "hrb": "HRB", "pr": "PR", "gnr": "GnR", "vr": "VR"}
SECTION = re.compile(r"\b(HRA|HRB|GnR|PR|VR)\s*(?:Nr\.?\s*)?(?=\d)", re.IGNORECASE)

NOT_THE_COURT = re.compile(r"[,\s]*\b(HRA|HRB|GnR|PR|VR)\s+\d+(\s*[A-ZÖ]{1,3}\b)?[,\s]*", re.IGNORECASE)
COURTS_WITHOUT_UMLAUTS = {
    spelt: court
    for court in handelsregisternummer.GERMAN_COURTS
    if (spelt := court.translate(GERMAN_LETTERS).lower()) != court.lower()
}


class NumberRefused(CompanyRefusal):
    """A register number that cannot be right."""


class NumberMissing(NumberRefused):
    sentence = _("Please enter the register number, or leave its kind empty too.")


class KindMissing(NumberRefused):
    sentence = _("Please say what kind of number “%(number)s” is.")


class KindNotRecognised(NumberRefused):
    """None of the kinds fits."""

    sentence = _(
        "“%(number)s” is neither a unified social credit code, nor a commercial register number with its "
        "court, nor an EUID, nor a VAT identification number. Please check it."
    )


class SocialCreditCodeLength(NumberRefused):
    sentence = _(
        "A unified social credit code has 18 characters; “%(number)s” has %(count)s. Please check it."
    )


class SocialCreditCodeFormat(NumberRefused):
    sentence = _(
        "“%(number)s” is no unified social credit code: it begins with 8 digits, and the letters "
        "I, O, S, V and Z do not occur. Please check it."
    )


class SocialCreditCodeChecksum(NumberRefused):
    sentence = _(
        "The last character of the unified social credit code “%(number)s” does not fit the others: "
        "one is mistyped, or two are swapped. Please check it."
    )


class RegisterNumberFormat(NumberRefused):
    sentence = _(
        "“%(number)s” is no commercial register number: it needs the register court, the section and the "
        "number, such as “Köln HRB 12345”."
    )


class RegisterCourtUnknown(NumberRefused):
    sentence = _("“%(court)s” is no court that keeps a commercial register. Please check “%(number)s”.")


class EuidFormat(NumberRefused):
    sentence = _(
        "“%(number)s” is no European unique identifier: it needs the country, the register, a full stop and "
        "the number, such as “DER3101.HRB12345”."
    )


class VatNumberWrong(NumberRefused):
    sentence = _(
        "“%(number)s” is no VAT identification number of a member state of the European Union: its country, "
        "length or check digit is wrong. Please check it."
    )


def checked(kind: str, number: str) -> str:
    """The number in its normal way of writing, after checking it; empty if neither is given."""
    number = cleaned(number)
    if not kind and not number:
        return ""
    if not number:
        raise NumberMissing
    if not kind:
        raise KindMissing(number=number)
    return CHECKS[RegisterKind(kind)](number)


def recognised(number: str) -> tuple[RegisterKind, str]:
    """What kind a number without one is, and the number in its normal way of writing."""
    number = cleaned(number)
    if not number:
        raise NumberMissing
    for kind, check in CHECKS.items():
        try:
            return kind, check(number)
        except NumberRefused:
            continue
    raise KindNotRecognised(number=number)


def cleaned(number: str) -> str:
    """Full-width signs as they are typed in Chinese become plain ones, and spaces single."""
    return " ".join(unicodedata.normalize("NFKC", number or "").split())


def social_credit_code(number: str) -> str:
    compact = uscc.compact(number)
    try:
        return uscc.validate(compact)
    except said.InvalidLength as error:
        raise SocialCreditCodeLength(number=compact, count=len(compact)) from error
    except said.InvalidChecksum as error:
        raise SocialCreditCodeChecksum(number=compact) from error
    except said.ValidationError as error:
        raise SocialCreditCodeFormat(number=compact) from error


def commercial_register(number: str) -> str:
    """“Köln HRB 12345”: court, section, number; written in whichever order."""
    given = SECTION.sub(lambda match: f" {match[1]} ", COURT_WORDS.sub(" ", number))
    given = " ".join(given.split()).strip(" ,;")
    court = NOT_THE_COURT.sub("", given)
    if umlauts := COURTS_WITHOUT_UMLAUTS.get(court.lower()):
        given = given.replace(court, umlauts)
    try:
        found = handelsregisternummer.validate(given)
    except said.InvalidComponent as error:
        raise RegisterCourtUnknown(court=court, number=number) from error
    except said.ValidationError as error:
        raise RegisterNumberFormat(number=number) from error
    return SECTION.sub(lambda match: f"{REGISTERS[match[1].lower()]} ", found)


def euid(number: str) -> str:
    """Country, register, full stop, number (Implementing Regulation (EU) 2021/1042)."""
    compact = "".join(number.split()).upper()
    found = EUID.fullmatch(compact)
    if found is None or found["country"] not in REGISTER_COUNTRIES:
        raise EuidFormat(number=number)
    return compact


def vat_number(number: str) -> str:
    try:
        return vat.validate(number)
    except said.ValidationError as error:
        raise VatNumberWrong(number=number) from error


# The order in which a number is recognised: the strictest check first.
CHECKS: dict[RegisterKind, Callable[[str], str]] = {
    RegisterKind.USCC: social_credit_code,
    RegisterKind.VAT: vat_number,
    RegisterKind.EUID: euid,
    RegisterKind.HANDELSREGISTER: commercial_register,
}
