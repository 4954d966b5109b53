"""What a row means for the database: new, or what it changes in the entry that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import override

from cities.states import Country
from companies.actions.columns import BY_KEY, COLUMNS, Words
from companies.actions.columns.codes import settled as settle_code
from companies.actions.imports.rows import Read
from companies.models import Company
from companies.models.names import NAMES, derived_names
from companies.states import CompanyState, Currency, TranslationState, Verdict

Entry = Mapping[str, Any]
"""What an entry says now, by field."""

ENDINGS = {"zh": Country.CHINA, "de": Country.GERMANY, "en": ""}
TEXTS = {ending: (f"name_{ending}", f"short_{ending}", f"long_{ending}") for ending in ENDINGS}
TOGETHER = [
    ("turnover_band", "turnover_currency", "turnover_year"),
    ("national_code", "national_scheme", "industry_id"),
    *((*fields, f"translation_{ending}") for ending, fields in TEXTS.items()),
    NAMES,
]
ALWAYS = (
    "id",
    "city_id",
    "state",
    "revision",
    "valid_until",
    "register_kind",
    "register_number",
    "merged_into_id",
)
COLUMN_OF = {name: column for column in COLUMNS for name in reversed(column.fields)}
COLUMN_OF |= {"industry_id": BY_KEY["industry"], "national_scheme": BY_KEY["national_scheme"]}


def touched(fields: list[str]) -> list[str]:
    """Fields that a file may change: those of its columns, and what hangs together with them."""
    found = {*fields, "state"} if "valid_until" in fields else set(fields)
    for group in TOGETHER:
        if found.intersection(group):
            found.update(group)
    return sorted(found - {"id"})


def judge(row: Read, entry: Entry | None, words: Words) -> None:
    """Complete what the row says, and compare it with its entry; only for a row without mistakes."""
    city = entry["city_id"] if entry else row.values.get("city_id") or (words.city.pk if words.city else None)
    complete(row, entry, words, city)
    if row.mistakes:
        row.verdict = Verdict.MISTAKE
    elif entry is None:
        judge_new(row, city, words)
    else:
        compare(row, entry, words)


def complete(row: Read, entry: Entry | None, words: Words, city: int | None) -> None:
    """Say what follows from what was said: a currency, a classification, where a text comes from."""
    values = row.values
    if "turnover_band" in values or "turnover_currency" in values:
        complete_turnover(values, entry, words, city)
    if "national_code" in values or "national_scheme" in values:
        complete_code(row, entry, words, city)
    for ending, fields in TEXTS.items():
        if f"translation_{ending}" in values or any(name in values for name in fields):
            complete_translation(values, entry, words, city, ending)
    if entry and entry["state"] == CompanyState.STALE and is_prolonged(values, entry, words):
        values["state"] = CompanyState.PUBLISHED.value


def is_prolonged(values: Mapping[str, Any], entry: Entry, words: Words) -> bool:
    """Whether the row says that the entry is valid again."""
    until = values.get("valid_until")
    return bool(until and until != entry["valid_until"] and until >= words.day.isoformat())


def said(name: str, values: Mapping[str, Any], entry: Entry | None) -> Any:
    """What the field says once the row is carried out."""
    return values[name] if name in values else entry[name] if entry else ""


def complete_turnover(values: dict[str, Any], entry: Entry | None, words: Words, city: int | None) -> None:
    if not said("turnover_band", values, entry):
        values.pop("turnover_currency", None)
        if entry and entry["turnover_currency"]:
            values |= {"turnover_currency": "", "turnover_year": None}
    elif not said("turnover_currency", values, entry):
        home = words.cities.get(city) if city else None
        chinese = home is not None and home.country == Country.CHINA
        values["turnover_currency"] = Currency.CNY.value if chinese else Currency.EUR.value


def complete_code(row: Read, entry: Entry | None, words: Words, city: int | None) -> None:
    values = row.values
    code = said("national_code", values, entry)
    if not code:
        values.pop("national_scheme", None)
        if entry and entry["national_scheme"]:
            values["national_scheme"] = ""
        return
    same = entry is not None and entry["national_code"] == code
    if entry and same and not values.get("national_scheme"):
        values["national_scheme"] = entry["national_scheme"]
    if entry and same and values["national_scheme"] == entry["national_scheme"]:
        return
    values["national_code"] = code
    if not values.get("national_scheme"):
        values.pop("national_scheme", None)
    if mistake := settle_code(values, words, city=city):
        row.mistaken("national_code", mistake.code, code, mistake.params)


def complete_translation(
    values: dict[str, Any], entry: Entry | None, words: Words, city: int | None, ending: str
) -> None:
    """A text in the country's own language is the original; any other is a translation not yet checked."""
    name = f"translation_{ending}"
    state = said(name, values, entry)
    if not any(said(field, values, entry) for field in TEXTS[ending]):
        values.pop(name, None)
        if entry and entry[name]:
            values[name] = ""
    elif not state:
        home = words.cities.get(city) if city else None
        own = home is not None and ENDINGS[ending] == home.country
        values[name] = (TranslationState.ORIGINAL if own else TranslationState.UNCHECKED).value


def judge_new(row: Read, city: int | None, words: Words) -> None:
    values = row.values
    if not values.get("registered_name"):
        row.mistaken("registered_name", "name_missing")
    if city is None:
        row.mistaken("city", "city_missing")
    elif city in words.left:
        row.mistaken("city", "city_not_kept")
    if not row.mistakes:
        values["city_id"] = city
        row.verdict = Verdict.NEW


def compare(row: Read, entry: Entry, words: Words) -> None:
    values = row.values
    different = {
        name: [entry[name], value]
        for name, value in values.items()
        if entry.get(name) != value and name != "id"
    }
    if different:
        # A cell that says what we would write ourselves says nothing new, however it is spelt.
        different = {
            name: pair for name, pair in different.items() if not as_written(name, row, entry, words)
        }
        for name in values.keys() - different.keys():
            if name in entry:
                values[name] = entry[name]
    row.company, row.revision, row.differences = entry["id"], entry["revision"], different
    row.verdict = Verdict.CHANGED if different else Verdict.UNCHANGED
    refuse_changes(row, entry)
    if row.verdict == Verdict.CHANGED and different.keys() & set(NAMES):
        names(row, {**entry, **values})


def refuse_changes(row: Read, entry: Entry) -> None:
    """What a file may not do to an entry."""
    if not row.differences:
        return
    if entry["state"] == CompanyState.ARCHIVED:
        row.mistaken("registered_name", "archived", params={"company": entry["id"]})
    elif "city_id" in row.differences:
        row.mistaken("city", "moves_away")


def names(row: Read, merged: Mapping[str, Any]) -> None:
    found = derived_names(merged)
    row.sort_name, row.name_keys = found["sort_name"], found["name_keys"]


def as_written(name: str, row: Read, entry: Entry, words: Words) -> bool:
    """Whether the cell is what an export of the entry would have, in any of our languages."""
    column = COLUMN_OF.get(name)
    text = row.texts.get(column.key) if column else None
    if column is None or text is None:
        return False
    company = company_of(entry, words)
    for language, _name in settings.LANGUAGES:
        with override(language):
            if column.write(company) == text:
                return True
    return False


def company_of(values: Mapping[str, Any], words: Words) -> Company:
    """An entry put together from what is known of it, to be written as texts."""
    known = {field.attname for field in Company._meta.concrete_fields}
    company = Company(**{name: value for name, value in values.items() if name in known})
    if company.city_id in words.cities:
        company.city = words.cities[company.city_id]
    if company.industry_id:
        company.industry = words.industries[company.industry_id]
    return company
