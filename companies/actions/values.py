"""What people enter about a company: made tidy, completed and checked, whichever way it came."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey
from django.utils.translation import gettext_lazy as _

from cities.actions.classifications import UnknownCode, hub
from cities.models import Industry
from cities.states import Country
from companies.actions import numbers
from companies.actions.refusals import ValuesRefused
from companies.models import Company
from companies.models.company import ENDINGS
from companies.models.names import NAMES
from companies.states import TranslationState
from membership.models.membership import alliance_day

TEXTS = tuple(f"{kind}_{ending}" for kind in ("short", "long") for ending in ENDINGS)
TRANSLATIONS = tuple(f"translation_{ending}" for ending in ENDINGS)
FIELDS = (
    *NAMES,
    *TRANSLATIONS,
    "legal_form",
    "register_kind",
    "register_number",
    "address",
    "website",
    "founded",
    "employees",
    "employees_year",
    "turnover_band",
    "turnover_currency",
    "turnover_year",
    "export_share",
    "ownership",
    "industry",
    "national_scheme",
    "national_code",
    "products",
    "certificates",
    "languages",
    "sites_abroad",
    "experience",
    "experience_note",
    "investment_direction",
    "investment_band",
    "cooperation_forms",
    *TEXTS,
    "visibility",
    "released",
)
"""What may be entered and changed; the rest follows from what is done with the entry."""

YEARS = "founded", "employees_year", "turnover_year"
EARLIEST = {"founded": 1000, "employees_year": 1990, "turnover_year": 1990}
Errors = dict[str, list[Any]]


def fill(company: Company, values: Mapping[str, Any], *, at: datetime) -> list[str]:
    """Put values into an entry that is not saved yet, complete and check them; which fields changed."""
    if unknown := values.keys() - set(FIELDS):
        raise ValueError(f"Not for entering: {sorted(unknown)}")
    before = {field: getattr(company, attribute(field)) for field in FIELDS}
    for field, value in values.items():
        setattr(company, field, tidy(value))
    errors: Errors = {}
    complete(company, values.keys(), errors)
    changed = [field for field in FIELDS if getattr(company, attribute(field)) != before[field]]
    check(company, {*values, *changed}, errors, at=at)
    if errors:
        raise ValuesRefused(errors)
    return changed


def attribute(field: str) -> str:
    return "industry_id" if field == "industry" else field


def tidy(value: Any) -> Any:
    """Without spaces around, and lists without empty or repeated entries."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list | tuple):
        return list(dict.fromkeys(one for one in map(tidy, value) if one))
    return value


def complete(company: Company, entered: Collection[str], errors: Errors) -> None:
    """What follows from what was entered."""
    if company.website and "://" not in company.website:
        company.website = f"https://{company.website}"
    if not {"register_kind", "register_number"}.isdisjoint(entered):
        check_number(company, errors)
    if not {"national_scheme", "national_code"}.isdisjoint(entered):
        place_in_the_hub(company, errors)
    for field, state in translation_states(company.__dict__, company.city.country).items():
        setattr(company, field, state)


def check_number(company: Company, errors: Errors) -> None:
    try:
        company.register_number = numbers.checked(company.register_kind, company.register_number)
    except numbers.NumberRefused as refusal:
        errors["register_number"] = [refusal.sentence]


def translation_states(values: Mapping[str, Any], country: str) -> dict[str, str]:
    """Where each language's texts come from: as said; else those in the city's own language are original."""
    native = "zh" if country == Country.CHINA else "de"
    found = {}
    for ending in ENDINGS:
        field = f"translation_{ending}"
        has_text = any(values.get(f"{kind}_{ending}") for kind in ("name", "short", "long"))
        unsaid = TranslationState.ORIGINAL if ending == native else TranslationState.UNCHECKED
        found[field] = (values.get(field) or unsaid) if has_text else ""
    return found


def place_in_the_hub(company: Company, errors: Errors) -> None:
    """Without an industry chosen, the national code says which it is."""
    if not (company.national_scheme and company.national_code):
        return
    try:
        place = hub(company.national_scheme, company.national_code)
    except UnknownCode as refusal:
        errors["national_code"] = [refusal.sentence]
        return
    if company.industry_id is None and place.code:
        company.industry = Industry.objects.filter(code=place.code).first()


def check(company: Company, fields: Iterable[str], errors: Errors, *, at: datetime) -> None:
    """Each value by itself, and those that belong together."""
    for field in sorted(fields):
        if field in errors:
            continue
        try:
            value_alone(company, field)
        except ValidationError as refused:
            errors[field] = [f"{label(field)}: {sentence}" for sentence in refused.messages]
    for wrong in (missing_pairs(company), wrong_years(company, alliance_day(at).year)):
        for field, sentence in wrong:
            errors.setdefault(field, [sentence])


def value_alone(company: Company, field: str) -> None:
    known: Any = Company._meta.get_field(field)
    if isinstance(known, ForeignKey):
        return
    setattr(company, field, known.clean(getattr(company, field), company))


def label(field: str) -> str:
    """A field's name as a sentence begins with it."""
    known: Any = Company._meta.get_field(field)
    words = str(known.verbose_name)
    return words[:1].upper() + words[1:]


Rule = tuple[str, Callable[[Company], bool], Any]
PAIRS: tuple[Rule, ...] = (
    (
        "turnover_currency",
        lambda company: bool(company.turnover_band) and not company.turnover_currency,
        _("Please say in which currency the turnover is."),
    ),
    (
        "turnover_band",
        lambda company: bool(company.turnover_currency) and not company.turnover_band,
        _("Please say how large the turnover is, or leave its currency empty too."),
    ),
    (
        "national_scheme",
        lambda company: bool(company.national_code) and not company.national_scheme,
        _("Please say from which classification the code is."),
    ),
    (
        "national_code",
        lambda company: bool(company.national_scheme) and not company.national_code,
        _("Please enter the code in the classification, or leave the classification empty too."),
    ),
)


def missing_pairs(company: Company) -> Iterator[tuple[str, Any]]:
    for field, is_wrong, sentence in PAIRS:
        if is_wrong(company):
            yield field, sentence


def wrong_years(company: Company, this_year: int) -> Iterator[tuple[str, Any]]:
    for field in YEARS:
        year = getattr(company, field)
        if isinstance(year, int) and not EARLIEST[field] <= year <= this_year:
            yield (
                field,
                _("%(field)s: please enter a year between %(first)s and %(last)s.")
                % {"field": label(field), "first": EARLIEST[field], "last": this_year},
            )
