"""Entering a city in the register, and confirming it."""

import re
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pypinyin import lazy_pinyin

from alliance.accounts.models import User
from alliance.accounts.permissions import require_secretariat
from alliance.pages.refusals import Refusal
from cities.models import City
from cities.states import CityKind, Country

# The first two digits name the Land (AGS) or the province (GB/T 2260).
CODES = {
    Country.GERMANY: re.compile(r"(0[1-9]|1[0-6])\d{6}"),
    Country.CHINA: re.compile(r"(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|81|82)\d{4}"),
}
OWN_NAME = {Country.GERMANY: "name_de", Country.CHINA: "name_zh"}
KINDS_IN_CHINESE = "市区县州盟省"


class NameMissing(Refusal):
    """Nobody could find the city by its own name."""

    sentence = _("Please give the city's name in its own language: Chinese in China, German in Germany.")


class CodeWrong(Refusal):
    """The code cannot be that of a city in this country."""


class CodeTaken(Refusal):
    """Another row of the register has this code."""

    sentence = _("The official code %(code)s belongs to %(city)s, which is already in the register.")


def check_code(country: str, code: str) -> None:
    """Refuse a code that no city of the country can have."""
    if not code or CODES[Country(country)].fullmatch(code):
        return
    if country == Country.GERMANY:
        raise CodeWrong(_("The AGS of a German city has eight digits, for example 07315000 for Mainz."))
    raise CodeWrong(_("The GB/T 2260 code of a Chinese city has six digits, for example 440600 for Foshan."))


def pinyin_of(name_zh: str) -> str:
    """How a Chinese name is read: 茂名市 gives Maoming."""
    stem = name_zh[:-1] if len(name_zh) > 2 and name_zh[-1] in KINDS_IN_CHINESE else name_zh
    return "".join(lazy_pinyin(stem)).capitalize()


@transaction.atomic
def add(
    *,
    country: str,
    kind: str = CityKind.CITY,
    name_zh: str = "",
    name_de: str = "",
    name_en: str = "",
    pinyin: str = "",
    region_zh: str = "",
    region_de: str = "",
    region_en: str = "",
    official_code: str = "",
    website: str = "",
    by: User | None = None,
    at: datetime | None = None,
) -> City:
    """Enter a city, not yet confirmed; names it has in one script only stand in for the others."""
    at = at or timezone.now()
    if by is not None:
        require_secretariat(by)
    names = {"name_zh": name_zh.strip(), "name_de": name_de.strip(), "name_en": name_en.strip()}
    if not names[OWN_NAME[Country(country)]]:
        raise NameMissing
    code = official_code.replace(" ", "")
    check_code(country, code)
    refuse_taken(country, code)
    if country == Country.CHINA:
        pinyin = pinyin.strip() or pinyin_of(names["name_zh"])
    return City.objects.create(
        country=country,
        kind=kind,
        **with_stand_ins(country, names, pinyin),
        pinyin=pinyin if country == Country.CHINA else "",
        region_zh=region_zh.strip(),
        region_de=region_de.strip(),
        region_en=region_en.strip(),
        official_code=code,
        website=website.strip(),
        registered_at=at,
    )


def refuse_taken(country: str, code: str) -> None:
    other = City.objects.filter(country=country, official_code=code).first() if code else None
    if other is not None:
        raise CodeTaken(code=code, city=other.name)


def with_stand_ins(country: str, names: dict[str, str], pinyin: str) -> dict[str, str]:
    """Latin names stand in for one another, so that no reader meets an empty name."""
    latin = names["name_de"] or names["name_en"] if country == Country.GERMANY else names["name_en"] or pinyin
    return {
        "name_zh": names["name_zh"] or latin,
        "name_de": names["name_de"] or latin,
        "name_en": names["name_en"] or latin,
    }


@transaction.atomic
def confirm(city: City, *, by: User | None, at: datetime | None = None) -> City:
    """The secretariat has made sure that the city exists and is what it says; now it is public."""
    at = at or timezone.now()
    require_secretariat(by)
    city = City.objects.select_for_update(no_key=True).get(pk=city.pk)
    if city.confirmed_at is None:
        city.confirmed_at, city.confirmed_by = at, by
        city.save(update_fields=["confirmed_at", "confirmed_by"])
    return city
