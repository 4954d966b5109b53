"""Firms made of words and a seed: the same seed makes the same firms."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from pypinyin import lazy_pinyin

from cities.models import City
from cities.states import Country, Scheme
from companies.management.invented import words
from companies.management.invented.words import STEMS_DE, STEMS_ZH, TRADES, Trade
from companies.states import (
    CooperationForm,
    Currency,
    Experience,
    InvestmentBand,
    InvestmentDirection,
    LegalForm,
    Ownership,
    RegisterKind,
    TranslationState,
    TurnoverBand,
    Visibility,
)

FORMS_DE = {
    LegalForm.GMBH: "GmbH",
    LegalForm.GMBH_CO_KG: "GmbH & Co. KG",
    LegalForm.AG: "AG",
    LegalForm.KG: "KG",
    LegalForm.SE: "SE",
}
FORMS_ZH = {LegalForm.CN_LIMITED: "有限公司", LegalForm.CN_SHARES: "股份有限公司"}
USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
OFFICE_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
OFFICE_WEIGHTS = 3, 7, 9, 10, 5, 8, 4, 2
SHOWN = [Visibility.PUBLIC] * 6 + [Visibility.MEMBERS] * 3 + [Visibility.SECRETARIAT]
EMPLOYEES = 4, 12, 28, 45, 70, 120, 180, 240, 400, 800, 1500, 5200
TURNOVERS, OWNERSHIPS, FORMS = TurnoverBand.values, Ownership.values, CooperationForm.values
EXPERIENCES, DIRECTIONS, BANDS = Experience.values, InvestmentDirection.values, InvestmentBand.values
Values = dict[str, Any]


def invented(cities: Sequence[City], *, seed: int, day: date) -> Iterator[Values]:
    """Values of firms without end, one of each country in turn; nobody's name, nobody's number."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret hangs on it
    seats = [[city for city in cities if city.country == side] for side in (Country.GERMANY, Country.CHINA)]
    for number in itertools.count(1):
        side = number % 2 if all(seats) else int(not seats[0])
        firm = german if side == 0 else chinese
        city = chance.choice(seats[side])
        yield firm(number, city, chance.choice(TRADES), chance) | common(number, chance, day, city)


def german(number: int, city: City, trade: Trade, chance: random.Random) -> Values:
    stem, form = chance.choice(STEMS_DE), chance.choice(list(FORMS_DE))
    name = f"{stem} {trade.de} {FORMS_DE[form]}"
    register = "HRA" if "KG" in FORMS_DE[form] else "HRB"
    court = words.COURTS.get(city.slug, words.OTHER_COURT)
    product = chance.choice(trade.products)
    return texts(trade, product, city, "de") | {
        "registered_name": name,
        "name_de": name,
        "name_en": f"{stem} {trade.en}",
        "name_zh": f"{stem}{trade.zh}" if chance.random() < 0.3 else "",
        "legal_form": form,
        "register_kind": RegisterKind.HANDELSREGISTER,
        "register_number": f"{court} {register} {register_entry(number)}",
        "address": f"{chance.choice(words.STREETS_DE)} {chance.randint(1, 180)}",
        "turnover_currency": Currency.EUR,
        "national_scheme": Scheme.WZ2008,
        "national_code": trade.wz,
        "languages": ["de", "en", "zh"] if chance.random() < 0.2 else ["de", "en"],
    }


def register_entry(number: int) -> int:
    """From 900,000 on, where hardly a court has come to yet, and round again; no court enters a 0."""
    return (900_000 + number) % 1_000_000 or 900_000


def chinese(number: int, city: City, trade: Trade, chance: random.Random) -> Values:
    stem, form = chance.choice(STEMS_ZH), chance.choice(list(FORMS_ZH))
    name = f"{city.name_zh}{stem}{trade.zh}{FORMS_ZH[form]}"
    latin = f"{city.name_en} {reading(stem)} {trade.en} Co., Ltd."
    product = chance.choice(trade.products)
    return texts(trade, product, city, "zh") | {
        "registered_name": name,
        "latin_name": latin,
        "name_zh": name,
        "name_en": latin if chance.random() < 0.5 else "",
        "name_de": "",
        "legal_form": form,
        "register_kind": RegisterKind.USCC,
        "register_number": credit_code(number, city.official_code),
        "address": f"{chance.choice(words.STREETS_ZH)}{chance.randint(1, 980)}号",
        "turnover_currency": Currency.CNY,
        "national_scheme": Scheme.ISIC4,
        "national_code": trade.isic,
        "languages": ["zh", "en", "de"] if chance.random() < 0.15 else ["zh", "en"],
    }


@cache
def reading(stem: str) -> str:
    return "".join(lazy_pinyin(stem)).capitalize()


def texts(trade: Trade, product: dict[str, str], city: City, own: str) -> Values:
    """Products and short texts; the language that is not the firm's own is a translation."""
    de, zh, en = product["de"], product["zh"], product["en"]
    return {
        "industry": trade.isic,
        "products": [de, en] if own == "de" else [zh, en],
        "short_de": f"{de} aus {city.name_de}." if own == "de" else "",
        "short_zh": f"专业生产{zh}，位于{city.name_zh}。" if own == "zh" else "",
        "short_en": f"Maker of {en} in {city.name_en}.",
        "long_de": "", "long_zh": "", "long_en": "",
    }  # fmt: skip


def common(number: int, chance: random.Random, day: date, city: City) -> Values:
    valid = day + timedelta(days=chance.randint(-60, 365))
    checked = valid - timedelta(days=365)
    return {
        "city": city,
        "website": f"https://firm-{number}.example",
        "founded": chance.randint(1890, day.year - 1),
        "employees": chance.choice(EMPLOYEES) + number % 3,
        "employees_year": day.year - 1,
        "turnover_band": chance.choice(TURNOVERS),
        "turnover_year": day.year - 1,
        "export_share": chance.randint(0, 18) * 5,
        "ownership": chance.choice(OWNERSHIPS),
        "certificates": chance.sample(words.CERTIFICATES, chance.randint(0, 3)),
        "sites_abroad": [],
        "experience": chance.choice(EXPERIENCES),
        "investment_direction": chance.choice(DIRECTIONS),
        "investment_band": chance.choice(BANDS),
        "cooperation_forms": chance.sample(FORMS, chance.randint(1, 3)),
        "visibility": chance.choice(SHOWN),
        "released": chance.random() < 0.6,
        "valid_until": valid,
        "checked_on": checked,
    }


def translations(values: Values) -> Values:
    """Where each language's texts come from: the original is that of the registered name."""
    own = "zh" if values["register_kind"] == RegisterKind.USCC else "de"
    said = {
        ending: any(values[f"{part}_{ending}"] for part in ("name", "short", "long"))
        for ending in ("zh", "de", "en")
    }
    state = {True: TranslationState.ORIGINAL, False: TranslationState.UNCHECKED}
    return {f"translation_{ending}": state[ending == own] if said[ending] else "" for ending in said}


def credit_code(number: int, region: str) -> str:
    """A number with right check digits; only the demonstration's and the benchmark's."""
    office = f"Y{number:07d}"
    rest = (
        -sum(OFFICE_SIGNS.index(sign) * weight for sign, weight in zip(office, OFFICE_WEIGHTS, strict=True))
        % 11
    )
    return with_check(f"91{(region or '440600')[:6]}{office}{'X' if rest == 10 else rest}")


def with_check(code: str) -> str:
    total = sum(USCC_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code))
    return code + USCC_SIGNS[-total % 31]
