"""What cells may say in three languages, looked up in dictionaries made once for a run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, cached_property, lru_cache

from django.conf import settings
from django.db.models import Choices
from django.utils.translation import override

from alliance.search import fold
from cities.models import City, Industry
from cities.states import Country, Scheme
from companies.actions.archiving import ended_cities

CODE = re.compile(r"([A-U]|\d{2,4})(?:\b|_)\s*(.*)", re.IGNORECASE | re.DOTALL)


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    return fold(text)


@cache
def meanings(choices: type[Choices]) -> dict[str, str]:
    """Every way to say one of the choices, folded: its label in each of our languages, and its code."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {fold(str(label)): str(value) for value, label in choices.choices if value}
    besides = {word: value for word, value in BESIDES.items() if value in choices.values}
    return besides | found | {fold(str(value)): str(value) for value in choices.values if value}


# Other ways to say the same; labels are known in all languages anyway.
BESIDES = {
    "汉语": "zh", "普通话": "zh", "德语": "de", "英语": "en", "法语": "fr", "日语": "ja", "韩语": "ko",
    "俄语": "ru",
    "西班牙语": "es", "deutsch": "de", "chinesisch": "zh", "englisch": "en", "mandarin": "zh",
    "gesellschaft mit beschrankter haftung": "gmbh", "aktiengesellschaft": "ag", "有限公司": "cn_limited",
    "股份公司": "cn_shares", "人民币": "CNY", "rmb": "CNY", "欧元": "EUR",
}  # fmt: skip


@cache
def yes_or_no() -> dict[str, bool]:
    yes = ["yes", "y", "true", "1", "x", "ja", "j", "wahr", "是", "有", "同意", "对", "✓"]
    no = ["no", "n", "false", "0", "nein", "falsch", "否", "无", "不同意", "不"]
    return dict.fromkeys(yes, True) | dict.fromkeys(no, False)


class Words:
    """The register as a run needs it: cities and industries by every name. `day` is the day of the run."""

    def __init__(self, city: City | None = None, *, day: date, cities: Iterable[City] | None = None) -> None:
        self.city, self.day = city, day
        self._cities = cities

    @cached_property
    def cities(self) -> dict[int, City]:
        rows = City.objects.public() if self._cities is None else self._cities
        return {city.pk: city for city in rows} | ({self.city.pk: self.city} if self.city else {})

    @cached_property
    def city_by_name(self) -> dict[str, int | None]:
        """By name; None where several cities are called so."""
        found: dict[str, int | None] = {}
        for city in self.cities.values():
            for name in set(_names_of(city)):
                found[name] = city.pk if found.get(name, city.pk) == city.pk else None
        return found

    @cached_property
    def city_by_slug(self) -> dict[str, int]:
        return {city.slug: city.pk for city in self.cities.values()}

    @cached_property
    def own_names(self) -> frozenset[str]:
        """How the city whose file it is may be called."""
        return frozenset(_names_of(self.city)) if self.city else frozenset()

    @cached_property
    def left(self) -> frozenset[int]:
        """Cities that have left the alliance: no company of theirs is entered any more."""
        return frozenset(ended_cities(self.day))

    @cached_property
    def industries(self) -> dict[int, Industry]:
        return {industry.pk: industry for industry in Industry.objects.all()}

    @cached_property
    def industry_by_code(self) -> dict[str, int]:
        return {industry.code: pk for pk, industry in self.industries.items()}

    @cached_property
    def industry_by_label(self) -> dict[str, int]:
        """By label; where a class is called like what it stands in, the narrower one."""
        rows = sorted(self.industries.values(), key=lambda industry: len(industry.code))
        return {
            fold(name): industry.pk
            for industry in rows
            for name in (industry.name_zh, industry.name_de, industry.name_en)
            if name
        }

    def industry(self, text: str) -> int | None:
        """By code (with or without its label, or the zero that a spreadsheet took), or by label."""
        if found := CODE.fullmatch(text):
            code = found[1].upper()
            for spelling in (code, f"0{code}"):
                if pk := self.industry_by_code.get(spelling):
                    return pk
        return self.industry_by_label.get(folded(text))

    def scheme(self, city: int | None) -> str:
        """In which classification codes are meant where nothing is said: that of the country."""
        home = self.cities.get(city) if city else self.city
        return Scheme.GBT4754 if home and home.country == Country.CHINA else Scheme.WZ2008


def _names_of(city: City) -> Iterator[str]:
    """All names, folded; those in Chinese also with or without the 市 at their end."""
    for name in (city.name_zh, city.name_de, city.name_en, city.pinyin):
        if plain := fold(name or ""):
            yield plain
    if chinese := fold(city.name_zh).removesuffix("市"):
        yield from (chinese, f"{chinese}市")
