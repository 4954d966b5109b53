"""From the text of a cell to what it says: plain functions, made once for each column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Choices

from companies.actions import numbers
from companies.actions.columns.kinds import Mistake, Read, Values
from companies.actions.columns.words import Words, folded, meanings, yes_or_no
from companies.states import RegisterKind

EARLIEST = 1000
MOST_EMPLOYEES = 2_147_483_647
MOST_PARTS = 100
PARTS = re.compile(r"(?<!\\)[;；\n]")
CODE_PARTS = re.compile(r"[;；,，、/\n]")
GROUPED = re.compile(r"\d{1,3}([.,'’ \u00a0\u202f]\d{3})+")
YEAR = re.compile(
    r"(\d{4})(?:年.*|\.0|[-/.](?:0?[1-9]|1[0-2])(?:[-/.](?:0?[1-9]|[12]\d|3[01])(?:[ T].*)?)?)?$", re.DOTALL
)
LATE_YEAR = re.compile(r"\d{1,2}\.\d{1,2}\.(\d{4})")
DAYS = (
    re.compile(r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?(?:[T ]0{1,2}:00(?::00)?)?"),
    re.compile(r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})"),
)
PLAIN_ADDRESS = re.compile(
    r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,24}(:\d{1,5})?([/?#]\S*)?", re.IGNORECASE
)
AS_WE_WRITE = re.compile(r"(\S(?:.*\S)?) HR[AB] [1-9][0-9]{0,5}")
WITH_SECTION = re.compile(r"HR[AB]|GNR|PR|VR|AMTSGERICHT|REGISTERGERICHT")
VAT_LIKE = re.compile(r"[A-Z]{2}[0-9A-Z+*]{2,14}")
url_checked = URLValidator(schemes=["http", "https"])


def line(name: str, most: int) -> Read:
    """A text of one line."""

    def read(text: str, words: Words) -> Values | Mistake:
        plain = " ".join(text.split())
        return {name: plain} if len(plain) <= most else too_long(plain, most)

    return read


def paragraphs(name: str, most: int = 10_000) -> Read:
    """A text of several lines."""

    def read(text: str, words: Words) -> Values | Mistake:
        plain = "\n".join(row.strip() for row in text.strip().splitlines())
        return {name: plain} if len(plain) <= most else too_long(plain, most)

    return read


def too_long(text: str, most: int) -> Mistake:
    return Mistake("too_long", {"most": most, "length": len(text)})


def one_of(name: str, choices: type[Choices]) -> Read:
    """One of a list, by its label in any of our languages or its code."""

    def read(text: str, words: Words) -> Values | Mistake:
        value = meanings(choices).get(folded(text))
        return {name: value} if value else Mistake("not_in_list")

    return read


def some_of(name: str, choices: type[Choices]) -> Read:
    """Some of a list, separated by semicolons, commas or slashes."""

    def read(text: str, words: Words) -> Values | Mistake:
        known, found = meanings(choices), []
        for part in (PARTS if ";" in text or "；" in text else CODE_PARTS).split(text):
            if part.strip():
                if not (value := known.get(folded(part))):
                    return Mistake("part_not_in_list", {"part": part.strip()[:100]})
                found.append(value)
        return {name: in_order(found, choices.values)}

    return read


def in_order(found: Iterable[str], order: Iterable[str]) -> list[str]:
    """Each once, as our list has them: in which order they were typed says nothing."""
    chosen = set(found)
    return [value for value in order if value in chosen]


def several(name: str, most: int = 200) -> Read:
    """Texts of their own with semicolons between them."""

    def read(text: str, words: Words) -> Values | Mistake:
        found = list(dict.fromkeys(plain for part in parted(text) if (plain := " ".join(part.split()))))
        if len(found) > MOST_PARTS:
            return Mistake("too_many_parts", {"most": MOST_PARTS, "count": len(found)})
        if len(text) > most and (long := next((part for part in found if len(part) > most), None)):
            return too_long(long, most)
        return {name: found}

    return read


def parted(text: str) -> list[str]:
    """What stands between semicolons and line breaks; a semicolon of a part's own has a backslash."""
    if "\\" in text:
        return [part.replace("\\;", ";") for part in PARTS.split(text)]
    return text.replace("；", ";").replace("\n", ";").split(";")


def whole(text: str) -> int | None:
    """A whole number, also with its thousands apart."""
    plain = text.strip()
    if GROUPED.fullmatch(plain):
        plain = re.sub(r"\D", "", plain)
    plain = plain.removesuffix(".0").removesuffix(",0")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 19 else None


def count(name: str) -> Read:
    def read(text: str, words: Words) -> Values | Mistake:
        number = whole(text)
        if number is None:
            return Mistake("not_a_number")
        return {name: number} if number <= MOST_EMPLOYEES else Mistake("number_too_large")

    return read


def year(name: str) -> Read:
    """A year, or the year of a day."""

    def read(text: str, words: Words) -> Values | Mistake:
        found = YEAR.match(text.strip()) or LATE_YEAR.fullmatch(text.strip())
        if not found or not found[1].isascii():
            return Mistake("not_a_year")
        number = int(found[1])
        if not EARLIEST <= number <= words.day.year:
            return Mistake("year_not_possible", {"first": str(EARLIEST), "last": str(words.day.year)})
        return {name: number}

    return read


def percent(name: str) -> Read:
    def read(text: str, words: Words) -> Values | Mistake:
        number = whole(text.strip().rstrip("%％ "))
        return {name: number} if number is not None and number <= 100 else Mistake("not_a_percentage")

    return read


def day(name: str) -> Read:
    def read(text: str, words: Words) -> Values | Mistake:
        for pattern in DAYS:
            if found := pattern.fullmatch(text.strip()):
                try:
                    said = date(int(found["y"]), int(found["m"]), int(found["d"]))
                except ValueError:
                    break
                return {name: said.isoformat()}
        return Mistake("not_a_day")

    return read


def truth(name: str) -> Read:
    def read(text: str, words: Words) -> Values | Mistake:
        found = yes_or_no().get(text.strip().casefold())
        return Mistake("not_yes_or_no") if found is None else {name: found}

    return read


def web_address(text: str, words: Words) -> Values | Mistake:
    plain = text.strip()
    if "://" not in plain[:10]:
        plain = f"https://{plain}"
    if len(plain) > 300:
        return too_long(plain, 300)
    if not PLAIN_ADDRESS.fullmatch(plain):
        try:
            url_checked(plain)
        except ValidationError:
            return Mistake("not_a_web_address")
    return {"website": plain}


def own_number(text: str, words: Words) -> Values | Mistake:
    number = whole(text)
    return {"id": number} if number and number < 2**63 else Mistake("not_our_number")


def register_number(text: str, words: Words) -> Values | Mistake:
    """Its kind is recognised by how it looks, so that the mistake named is that of its kind."""
    if is_as_we_write(text):
        return {"register_kind": RegisterKind.HANDELSREGISTER.value, "register_number": text}
    try:
        kind, number = checked_number(text)
    except numbers.NumberRefused as refusal:
        return Mistake(
            type(refusal).__name__, {name: str(said)[:100] for name, said in refusal.values.items()}
        )
    return {"register_kind": str(kind), "register_number": number}


def is_as_we_write(text: str) -> bool:
    """Whether it is of a commercial register, written as we write it: then only the court is looked up."""
    plain = AS_WE_WRITE.fullmatch(text)
    # With a full stop it might be an EUID.
    return plain is not None and "." not in text and is_court(plain[1])


def checked_number(text: str) -> tuple[str, str]:
    compact = numbers.cleaned(text).upper().replace(" ", "")
    if len(compact) == 18 and compact.isalnum() and not WITH_SECTION.search(compact):
        return RegisterKind.USCC, numbers.checked(RegisterKind.USCC, compact)
    if numbers.EUID.fullmatch(compact) and "." in compact:
        return RegisterKind.EUID, numbers.checked(RegisterKind.EUID, compact)
    if WITH_SECTION.search(compact):
        return RegisterKind.HANDELSREGISTER, numbers.checked(RegisterKind.HANDELSREGISTER, text)
    if VAT_LIKE.fullmatch(compact):
        return RegisterKind.VAT, numbers.checked(RegisterKind.VAT, compact)
    kind, number = numbers.recognised(text)
    return kind, number


@lru_cache(maxsize=1000)
def is_court(name: str) -> bool:
    """Whether it is a register court under the very name that we write."""
    number = f"{name} HRB 1"
    try:
        return numbers.checked(RegisterKind.HANDELSREGISTER, number) == number
    except numbers.NumberRefused:
        return False


def city(text: str, words: Words) -> Values | Mistake:
    """A city by any of its names, or by the short name in its address."""
    name, slug = folded(text), text.strip()
    if words.city is not None:
        own = slug == words.city.slug or name in words.own_names
        return {} if own or name == folded(words.city.slug) else Mistake("another_city")
    if found := words.city_by_slug.get(slug) or words.city_by_name.get(name):
        return {"city_id": found}
    return Mistake("city_ambiguous" if name in words.city_by_name else "city_unknown")


def industry(text: str, words: Words) -> Values | Mistake:
    found = words.industry(text.strip())
    return {"industry_id": found} if found else Mistake("industry_unknown")
