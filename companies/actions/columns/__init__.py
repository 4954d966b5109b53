"""The columns of a company sheet: one home for what is imported, exported and explained in the template."""

from __future__ import annotations

from typing import Any

from django.db.models import Choices
from django.utils.translation import gettext_lazy as _

from cities.states import Scheme
from companies.actions.columns import codes, reading, writing
from companies.actions.columns.heads import HEADS
from companies.actions.columns.kinds import EMPTIED, Column, Mistake, Read, Values, Write
from companies.actions.columns.words import Words
from companies.states import (
    CompanyLanguage,
    CooperationForm,
    Currency,
    Experience,
    InvestmentBand,
    InvestmentDirection,
    LegalForm,
    Ownership,
    TranslationState,
    TurnoverBand,
    Visibility,
)

__all__ = ["BY_KEY", "COLUMNS", "EMPTIED", "Column", "Mistake", "Values", "Words"]

ONE = _("One of the list.")
SOME = _("Some of the list, with semicolons between them.")
PARTS = _("Several with semicolons between them.")


def column(
    key: str, read: Read, write: Write, explanation: Any = "", example: str = "", **options: Any
) -> Column:
    fields = options.pop("fields", (key,))
    return Column(key, HEADS[key], read, write, fields, explanation, example, **options)


def text(key: str, most: int, explanation: Any = "", example: str = "", **options: Any) -> Column:
    options = {"empty": {key: ""}, "repeats": False, **options}
    return column(key, reading.line(key, most), writing.text(key), explanation, example, **options)


def chosen(key: str, choices: type[Choices], example: str, explanation: Any = ONE, **options: Any) -> Column:
    options = {"empty": {key: ""}, "allowed": tuple(choices.choices), **options}
    return column(
        key, reading.one_of(key, choices), writing.label(key, choices), explanation, example, **options
    )


def listed(key: str, choices: type[Choices], example: str) -> Column:
    options = {"empty": {key: []}, "allowed": tuple(choices.choices)}
    return column(key, reading.some_of(key, choices), writing.labels(key, choices), SOME, example, **options)


def parts(key: str, example: str, explanation: Any = PARTS, **options: Any) -> Column:
    read, write = reading.several(key), writing.parts(key)
    return column(key, read, write, explanation, example, empty={key: []}, **options)


def number(key: str, read: Read, explanation: Any, example: str) -> Column:
    return column(key, read, writing.text(key), explanation, example, empty={key: None})


def long_text(key: str, example: str) -> Column:
    explanation = _("May have several paragraphs.")
    read, write = reading.paragraphs(key), writing.text(key)
    return column(key, read, write, explanation, example, empty={key: ""}, repeats=False)


COLUMNS: list[Column] = [
    column(
        "id",
        reading.own_number,
        writing.text("id"),
        _("The number of the entry in this database, as an export has it. Leave it empty for a new company."),
        "",
        repeats=False,
    ),
    text(
        "registered_name",
        300,
        _("As it stands in the register, in its own script. Needed for every new company."),
        "Musterwerk Werkzeugmaschinen GmbH",
        empty={},
    ),
    text("latin_name", 300, _("For Chinese companies: pinyin, or the name they use abroad."), "Foshan Taoci"),
    text("name_zh", 300, _("If the company has a name in this language."), "示范机床有限公司"),
    text("name_de", 300, _("If the company has a name in this language."), "Musterwerk Werkzeugmaschinen"),
    text("name_en", 300, _("If the company has a name in this language."), "Musterwerk Machine Tools"),
    *(
        chosen(f"translation_{ending}", TranslationState, str(TranslationState.CHECKED.value))
        for ending in ("zh", "de", "en")
    ),
    chosen("legal_form", LegalForm, "GmbH"),
    column(
        "register_number",
        reading.register_number,
        writing.text("register_number"),
        _(
            "Unified social credit code, commercial register number with its court, EUID or VAT number; "
            "which one it is, is recognised. It is checked."
        ),
        "Köln HRB 12345",
        fields=("register_kind", "register_number"),
        empty={"register_kind": "", "register_number": ""},
        repeats=False,
    ),
    column(
        "city",
        reading.city,
        writing.city,
        _("A city of the register in any of its languages. In a file of one city it can be left out."),
        "Köln",
        fields=("city_id",),
    ),
    text("address", 300, _("Street, number, postal code and place."), "Musterstraße 1, 50667 Köln"),
    column(
        "website",
        reading.web_address,
        writing.text("website"),
        "",
        "https://firm.example",
        empty={"website": ""},
        repeats=False,
    ),
    number("founded", reading.year("founded"), _("A year of four digits."), "1998"),
    number("employees", reading.count("employees"), _("A whole number."), "250"),
    number("employees_year", reading.year("employees_year"), _("The year the number is from."), "2025"),
    chosen("turnover_band", TurnoverBand, "to_50", _("A band of the list, in millions of the currency.")),
    chosen("turnover_currency", Currency, "EUR"),
    number("turnover_year", reading.year("turnover_year"), _("The year the turnover is from."), "2025"),
    number("export_share", reading.percent("export_share"), _("A whole number from 0 to 100."), "45"),
    chosen("ownership", Ownership, "family"),
    column(
        "industry",
        reading.industry,
        writing.industry,
        _("A code of ISIC Rev. 4 or its label in any of our languages."),
        "2822",
        fields=("industry_id",),
        empty={"industry_id": None},
    ),
    column(
        "national_scheme",
        codes.scheme,
        writing.label("national_scheme", Scheme),
        _(
            "Which classification the code in the next column is from. "
            "Empty: WZ 2008 in Germany, GB/T 4754 in China."
        ),
        "WZ 2008",
        allowed=tuple(Scheme.choices),
        empty={"national_scheme": ""},
    ),
    column(
        "national_code",
        codes.national_code,
        writing.text("national_code"),
        _("The code of the company in its national classification; where no industry is given, it follows."),
        "28.41",
        empty={"national_code": ""},
        fields=("national_code", "national_scheme", "industry_id"),
    ),
    parts("products", "Fräsmaschinen; Drehmaschinen", repeats=False),
    parts("certificates", "ISO 9001; ISO 14001"),
    listed("languages", CompanyLanguage, "de; en"),
    parts("sites_abroad", "Foshan; Lyon"),
    chosen("experience", Experience, "trade"),
    text("experience_note", 300, _("In one sentence."), "Vertrieb in Foshan seit 2012"),
    chosen("investment_direction", InvestmentDirection, "outward"),
    chosen("investment_band", InvestmentBand, "to_5"),
    listed("cooperation_forms", CooperationForm, "joint_venture; technology"),
    text("short_zh", 300, _("One or two sentences."), "制造高精度铣床。"),
    text("short_de", 300, _("One or two sentences."), "Baut hochgenaue Fräsmaschinen."),
    text("short_en", 300, _("One or two sentences."), "Builds high-precision milling machines."),
    long_text("long_zh", "成立于1998年。"),
    long_text("long_de", "Gegründet 1998 in Köln."),
    long_text("long_en", "Founded in Cologne in 1998."),
    chosen("visibility", Visibility, "members", _("Who sees the entry once it is published."), empty={}),
    column(
        "released",
        reading.truth("released"),
        writing.yes_or_no("released"),
        _("Yes or no: whether the company has agreed that its entry is passed on."),
        "no",
        empty={"released": False},
    ),
    column(
        "valid_until",
        reading.day("valid_until"),
        writing.day("valid_until"),
        _("The day until which the entry holds, such as 2026-12-31. For companies that are published."),
        "2026-12-31",
    ),
]
"""All columns, in the order in which we write them."""

BY_KEY = {one.key: one for one in COLUMNS}
